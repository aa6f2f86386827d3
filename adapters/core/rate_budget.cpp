#include "core/rate_budget.hpp"

#include <algorithm>
#include <bit>

namespace broker::core {
namespace {

constexpr Duration kLongestWindow = std::chrono::minutes{1};
constexpr Duration kRecovery = std::chrono::minutes{1};
constexpr Duration kLongestBackoff = std::chrono::minutes{1};
constexpr Duration kLongestRetryAfter = std::chrono::hours{24};
constexpr std::uint32_t kBackoffSteps = 7;  // 1, 2, 4... 64 s

std::uint32_t halvings(std::uint32_t count) {
    return static_cast<std::uint32_t>(std::bit_width(count)) - 1;
}

Duration doubled(Duration window, std::uint32_t times) {
    const Duration longest = std::max(window, kLongestWindow);
    for (; times > 0 && window < longest; --times) window *= 2;
    return std::min(window, longest);
}

// Beyond this nothing gets tighter.
std::uint32_t most_steps(std::uint32_t count, Duration window) {
    std::uint32_t doublings = 0;
    while (doubled(window, doublings) < kLongestWindow) ++doublings;
    return std::max(halvings(count) + doublings, kBackoffSteps);
}

Duration backoff(std::uint32_t steps) {
    const std::uint32_t exponent = std::min(steps, kBackoffSteps) - 1;
    return std::min<Duration>(std::chrono::seconds{1U << exponent}, kLongestBackoff);
}

}  // namespace

RateBudget::RateBudget(std::uint32_t count, Duration window)
    : count_{std::clamp(count, 1U, kMaxCount)},
      window_{std::max<Duration>(window, std::chrono::milliseconds{1})},
      recent_(count_) {}

std::uint32_t RateBudget::steps(MonotonicTime now) const {
    if (now <= since_) return steps_;
    const auto recovered = (now - since_) / kRecovery;
    return recovered >= steps_ ? 0 : steps_ - static_cast<std::uint32_t>(recovered);
}

RateBudget::Limit RateBudget::limit(MonotonicTime now) const {
    const std::uint32_t tighter = steps(now);
    const std::uint32_t halved = std::min(tighter, halvings(count_));
    return {count_ >> halved, doubled(window_, tighter - halved)};
}

MonotonicTime RateBudget::nth_last(std::size_t n) const {
    return recent_[(next_slot_ + recent_.size() - n) % recent_.size()];
}

MonotonicTime RateBudget::next_after(std::size_t ahead, MonotonicTime now) const {
    const Limit allowed = limit(now);
    const std::size_t rounds = ahead / allowed.count;  // windows filled by those ahead
    const std::size_t place = allowed.count - ahead % allowed.count;
    MonotonicTime at = std::max(now, blocked_until_);
    if (place <= taken_) at = std::max(at, nth_last(place) + allowed.window);
    return at + allowed.window * static_cast<Duration::rep>(rounds);
}

bool RateBudget::take(MonotonicTime now) {
    if (next(now) > now) return false;
    recent_[next_slot_] = now;
    next_slot_ = (next_slot_ + 1) % recent_.size();
    taken_ = std::min(taken_ + 1, recent_.size());
    return true;
}

void RateBudget::throttled(MonotonicTime now, std::optional<Duration> retry_after) {
    const bool is_same_burst = now < blocked_until_;
    if (!is_same_burst) steps_ = std::min(steps(now) + 1, most_steps(count_, window_));
    if (is_same_burst && !retry_after) return;
    const Duration wait =
        retry_after ? std::clamp(*retry_after, Duration{}, kLongestRetryAfter) : backoff(steps_);
    blocked_until_ = std::max(blocked_until_, now + wait);
    since_ = blocked_until_;
}

std::uint32_t RateBudget::remaining(MonotonicTime now) const {
    if (now < blocked_until_) return 0;
    const Limit allowed = limit(now);
    std::uint32_t used = 0;
    while (used < std::min<std::size_t>(taken_, allowed.count) &&
           nth_last(used + 1) + allowed.window > now) {
        ++used;
    }
    return allowed.count - used;
}

}  // namespace broker::core
