#include "core/backoff.hpp"

#include <algorithm>
#include <limits>

namespace broker::core {
namespace {

// min(maximum, initial * 2^failures) without overflow, and never below the clock's resolution.
Duration longest_wait(const BackoffRules& rules, std::uint32_t failures) {
    Duration wait = std::max(rules.initial, Duration{1});
    for (std::uint32_t i = 0; i < failures && wait < rules.maximum; ++i) {
        wait = wait > Duration::max() / 2 ? Duration::max() : wait * 2;
    }
    return std::max(std::min(wait, rules.maximum), Duration{1});
}

}  // namespace

Backoff::Backoff(BackoffRules rules, std::uint64_t seed) : rules_{rules}, random_{seed} {}

Duration Backoff::next() {
    const Duration longest = longest_wait(rules_, failures_);
    if (failures_ < std::numeric_limits<std::uint32_t>::max()) ++failures_;
    return Duration{std::uniform_int_distribution<Duration::rep>{1, longest.count()}(random_)};
}

void Backoff::session_ended(Duration lasted) {
    if (lasted >= rules_.healthy_after) failures_ = 0;
}

}  // namespace broker::core
