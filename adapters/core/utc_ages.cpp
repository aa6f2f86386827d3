#include "core/utc_ages.hpp"

#include <algorithm>
#include <utility>

namespace broker::core {
namespace {

// Less is no step: a leap second is more, and clocks that are slewed are slewed together.
constexpr Duration kSmallestStep = std::chrono::milliseconds{1};

// The thread may stand still between two readings, so that an offset is known within bounds.
struct Reading {
    explicit Reading(const Clock& clock)
        : before{clock.monotonic()}, utc{clock.utc()}, behind{clock.monotonic()} {}
    [[nodiscard]] Duration lowest() const {
        return utc.time_since_epoch() - behind.time_since_epoch();
    }
    [[nodiscard]] Duration highest() const {
        return utc.time_since_epoch() - before.time_since_epoch();
    }
    [[nodiscard]] UtcTime at_offset(Duration offset) const {
        return UtcTime{behind.time_since_epoch() + offset};
    }

    MonotonicTime before;
    UtcTime utc;
    MonotonicTime behind;
};

}  // namespace

UtcAges::UtcAges(const Clock& clock, std::optional<Duration> kept, Keep keep)
    : clock_{clock}, keep_{std::move(keep)} {
    const Reading now{clock_};
    last_ = now.lowest();
    highest_ = std::max(kept.value_or(last_), last_);
    if (now.highest() < highest_ - kSmallestStep) doubtful_until_ = now.at_offset(highest_);
    if (keep_ && kept != highest_) keep_(highest_);
}

Instant UtcAges::notice() {
    const Reading now{clock_};
    if (now.highest() < last_ - kSmallestStep) {
        set_back_ = last_ - now.highest();
        doubtful_until_ = std::max(doubtful_until_, now.at_offset(last_));
    }
    last_ = now.lowest();
    if (last_ > highest_ + kSmallestStep) {
        highest_ = last_;
        if (keep_) keep_(highest_);
    }
    return {now.behind, now.utc};
}

std::optional<Duration> UtcAges::look() {
    (void)notice();
    return std::exchange(set_back_, std::nullopt);
}

Duration UtcAges::age(UtcTime stamp) {
    const Instant now = notice();
    if (stamp <= doubtful_until_)
        return now.monotonic.time_since_epoch() + highest_ - stamp.time_since_epoch();
    return stamp > now.utc ? Duration::max() : now.utc - stamp;
}

}  // namespace broker::core
