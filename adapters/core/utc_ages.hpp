// How old a UTC stamp is although somebody may have set the clock back since it was made.
#pragma once

#include <functional>
#include <optional>

#include "core/clock.hpp"

namespace broker::core {

// Never tells an age that is too low. After the clock was set back, stamps that may be of before
// count with the clock of before: until it has come as far again, younger ones count as older than
// they are by as much. A step forward makes what is older look older still: a machine that was
// suspended looks the same, and there the age is right.
// Not thread-safe.
class UtcAges {
public:
    // UTC minus the monotonic clock at its highest since the machine started; it changes with
    // steps of the clock alone. Told when it grows, to be kept for the next process.
    using Keep = std::function<void(Duration highest_offset)>;

    explicit UtcAges(const Clock& clock) : UtcAges{clock, std::nullopt, {}} {}
    // `kept` is of this start of the machine; null: nothing is known of what was before.
    UtcAges(const Clock& clock, std::optional<Duration> kept, Keep keep);

    // Call often: a step is noticed by it. Returns by how much the clock was last set back since
    // the last look, whoever noticed it; null: it was not.
    [[nodiscard]] std::optional<Duration> look();

    // Of a stamp that this machine made. Duration::max() if it lies in the future, and so nothing
    // is known.
    [[nodiscard]] Duration age(UtcTime stamp);

private:
    // Notices what has become of the clock; returns the time.
    Instant notice();

    const Clock& clock_;
    Keep keep_;
    Duration highest_;                  // offset
    Duration last_;                     // offset at the last look
    UtcTime doubtful_until_{};          // stamps up to this may be of before a step back
    std::optional<Duration> set_back_;  // not told yet
};

}  // namespace broker::core
