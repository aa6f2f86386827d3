#include "core/circuit_breaker.hpp"

#include <algorithm>

namespace broker::core {
namespace {

constexpr std::uint32_t kMaxSample = 1'000;

}  // namespace

CircuitBreaker::CircuitBreaker(CircuitBreakerRules rules)
    : rules_{rules}, outcomes_(std::min(rules.sample, kMaxSample)), open_for_{rules.open_for} {}

CircuitBreaker::Admission CircuitBreaker::allow(MonotonicTime now) {
    if (state_ == CircuitState::Closed) return {true, {}};
    if (now < next_probe_) return {false, {}};
    const bool is_first = state_ == CircuitState::Open;
    state_ = CircuitState::HalfOpen;
    next_probe_ = now + rules_.probe_timeout;
    return {true, is_first ? std::optional{state_} : std::nullopt};
}

std::optional<CircuitState> CircuitBreaker::succeeded(MonotonicTime) {
    if (state_ == CircuitState::Open) return std::nullopt;
    if (state_ == CircuitState::Closed) {
        note(false);
        return std::nullopt;
    }
    state_ = CircuitState::Closed;
    open_for_ = rules_.open_for;
    in_a_row_ = 0;
    next_slot_ = noted_ = failures_ = 0;
    return state_;
}

std::optional<CircuitState> CircuitBreaker::failed(MonotonicTime now) {
    if (state_ == CircuitState::Open) return std::nullopt;
    if (state_ == CircuitState::HalfOpen) {
        open_for_ = std::min(open_for_ * 2, std::max(rules_.longest_open, rules_.open_for));
        return open(now);
    }
    note(true);
    if (in_a_row_ < rules_.failures_to_open && !is_share_reached()) return std::nullopt;
    return open(now);
}

void CircuitBreaker::note(bool is_failure) {
    in_a_row_ = is_failure ? in_a_row_ + 1 : 0;
    if (outcomes_.empty()) return;
    const bool is_full = noted_ == outcomes_.size();
    if (is_full && outcomes_[next_slot_]) --failures_;
    outcomes_[next_slot_] = is_failure;
    if (is_failure) ++failures_;
    next_slot_ = (next_slot_ + 1) % outcomes_.size();
    noted_ = std::min(noted_ + 1, outcomes_.size());
}

bool CircuitBreaker::is_share_reached() const {
    return !outcomes_.empty() && noted_ == outcomes_.size() &&
           failures_ * 100 >= std::size_t{rules_.failure_percent} * noted_;
}

CircuitState CircuitBreaker::open(MonotonicTime now) {
    state_ = CircuitState::Open;
    next_probe_ = now + open_for_;
    return state_;
}

}  // namespace broker::core
