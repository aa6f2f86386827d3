// A clock that moves only when the test says so.
#pragma once

#include "core/clock.hpp"

namespace broker::test {

class ManualClock final : public core::Clock {
public:
    [[nodiscard]] core::MonotonicTime monotonic() const override { return now_.monotonic; }
    [[nodiscard]] core::UtcTime utc() const override { return now_.utc; }

    void advance(core::Duration by) {
        now_.monotonic += by;
        now_.utc += by;
    }
    // The wall clock is set by somebody; intervals go on.
    void step_utc(core::Duration by) { now_.utc += by; }

private:
    // Away from zero, which means "absent" in many records. 2026-01-05 12:00:00 UTC, a Monday.
    core::Instant now_{core::MonotonicTime{std::chrono::hours{1}},
                       core::UtcTime{std::chrono::seconds{1'767'614'400}}};
};

}  // namespace broker::test
