// Where time comes from. Rules take instants as arguments or hold a Clock; none reads the machine's
// clock itself, so that every rule runs in a test on a ManualClock.
#pragma once

#include <chrono>

namespace broker::core {

using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
using UtcTime = std::chrono::sys_time<std::chrono::nanoseconds>;
using Duration = std::chrono::nanoseconds;

// One instant on both clocks: intervals are measured on the first, dates come from the second.
struct Instant {
    MonotonicTime monotonic;
    UtcTime utc;
};

// [any-thread]
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual MonotonicTime monotonic() const = 0;
    [[nodiscard]] virtual UtcTime utc() const = 0;
    [[nodiscard]] Instant now() const { return {monotonic(), utc()}; }
};

// CLOCK_MONOTONIC and CLOCK_REALTIME.
class SystemClock final : public Clock {
public:
    [[nodiscard]] MonotonicTime monotonic() const override;
    [[nodiscard]] UtcTime utc() const override;
};

}  // namespace broker::core
