// Keeps an account's FIX sessions to their schedule: when they log on, when they log out, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "core/clock.hpp"
#include "core/reason.hpp"
#include "schedule/session_schedule.hpp"

namespace broker::account {

struct ScheduleSettings {
    schedule::SessionSchedule schedule;
    // A random part of it passes between an opening and the logon, so that the accounts of one
    // venue do not all come in the same second.
    core::Duration logon_jitter = std::chrono::seconds{5};
    // The logout begins so long before the schedule closes.
    core::Duration logout_before_close = std::chrono::seconds{5};
};

// What is to be done now.
struct ScheduleStep {
    enum class Kind {
        Open,
        Close,       // log out
        StayClosed,  // logged out for a reset, and meanwhile the schedule has closed
    };
    Kind kind = Kind::Open;
    core::Reason reason = core::Reason::None;  // of a Close: ScheduleClosed or ScheduleReset
    std::string text;                          // of a Close, for people
};

// What is to be follows the UTC clock, whichever way it has been set; waits follow the monotonic
// one. A sequence reset is a Close with an Open after it: the engine resets its numbers as it
// connects. Without settings the sessions are always up. Owned by the coordinator. [event-thread]
class ScheduleKeeper {
public:
    ScheduleKeeper(std::optional<ScheduleSettings> settings, std::uint64_t seed);

    // The account starts: whether its sessions are to be up at once.
    [[nodiscard]] bool begin(core::Instant now);
    // Called several times a second; null: all is as it is to be. After a Close it is silent until
    // the sessions have `logged_out`.
    [[nodiscard]] std::optional<ScheduleStep> next_step(core::Instant now);
    void logged_out() { phase_ = Phase::Down; }

    // The sessions are to be up.
    [[nodiscard]] bool is_open() const { return !settings_ || phase_ == Phase::Up; }
    [[nodiscard]] bool is_logging_out() const { return phase_ == Phase::LoggingOut; }
    // The reason of the last Close; ScheduleClosed before the first.
    [[nodiscard]] core::Reason close_reason() const { return close_reason_; }
    // When the sessions come up again, for people: "opens at 2026-01-04T22:05:00Z (Sun 17:05:00
    // America/New_York)".
    [[nodiscard]] std::string next_opening(core::UtcTime now) const;

private:
    enum class Phase { Down, Up, LoggingOut };

    [[nodiscard]] bool is_wanted(core::UtcTime now);
    void look_up(schedule::UtcSeconds now);
    void look_for_reset(core::UtcTime now);
    [[nodiscard]] core::Duration jitter();
    [[nodiscard]] ScheduleStep close(core::Reason reason, std::string text);

    std::optional<ScheduleSettings> settings_;
    std::mt19937_64 random_;
    Phase phase_ = Phase::Down;
    core::Reason close_reason_ = core::Reason::ScheduleClosed;
    std::optional<core::MonotonicTime> open_at_;  // the opening has come; then its jitter is over
    std::optional<schedule::UtcSeconds> next_reset_;
    core::UtcTime last_utc_;

    // The answer that holds in [known_from_, known_until_): the schedule is not worked out anew
    // several times a second.
    bool is_wanted_ = false;
    schedule::UtcSeconds known_from_ = schedule::UtcSeconds::max();
    schedule::UtcSeconds known_until_ = schedule::UtcSeconds::min();
};

}  // namespace broker::account
