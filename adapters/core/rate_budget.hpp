// How many requests of one kind may go to a venue that counts them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/clock.hpp"

namespace broker::core {

// At most `count` requests in every rolling window, exactly (not a token bucket, which lets twice
// as many pass around a boundary). A venue that throttles all the same (HTTP 429) has a tighter
// budget than we were told: each such answer halves the count, then doubles the window, up to a
// minute; each minute without one takes one step back. Requests already on their way when the venue
// throttles belong to the same burst and tighten it once. [event-thread]
class RateBudget {
public:
    static constexpr std::uint32_t kMaxCount = 10'000;

    // `count` is brought into 1 to kMaxCount, `window` is at least a millisecond.
    RateBudget(std::uint32_t count, Duration window);

    // When one more may go; `now` if at once.
    [[nodiscard]] MonotonicTime next(MonotonicTime now) const { return next_after(0, now); }
    // The same, if `ahead` others go before it, each as early as it may.
    [[nodiscard]] MonotonicTime next_after(std::size_t ahead, MonotonicTime now) const;
    // Counts one, unless it may not go: then false.
    bool take(MonotonicTime now);
    // The venue refused one for the rate: nothing goes before `retry_after`, or else before 1, 2,
    // 4 s... up to a minute.
    void throttled(MonotonicTime now, std::optional<Duration> retry_after);

    // How many may go at once.
    [[nodiscard]] std::uint32_t remaining(MonotonicTime now) const;

private:
    struct Limit {
        std::uint32_t count;
        Duration window;
    };
    [[nodiscard]] std::uint32_t steps(MonotonicTime now) const;
    [[nodiscard]] Limit limit(MonotonicTime now) const;
    // The time of the n-th last one; n from 1 to taken_.
    [[nodiscard]] MonotonicTime nth_last(std::size_t n) const;

    std::uint32_t count_;
    Duration window_;
    std::vector<MonotonicTime> recent_;  // ring of the last count_ times
    std::size_t next_slot_ = 0;
    std::size_t taken_ = 0;    // of the ring
    std::uint32_t steps_ = 0;  // that the budget is tighter than it was told to be, at since_
    MonotonicTime since_;
    MonotonicTime blocked_until_;
};

}  // namespace broker::core
