// When a session is to be up: pure functions of rules and an instant.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "schedule/time_zone.hpp"

namespace broker::schedule {

// A time of the week by the zone's clock.
struct WeekTime {
    std::chrono::weekday day;
    std::chrono::seconds time{0};  // since local midnight, up to 24 h
};

// From open to close, over as many days as lie between; close at the same time as open, or before
// it, is a week later.
struct Window {
    WeekTime open;
    WeekTime close;
};

// Part of a day, or of several, on which nothing is open whatever the windows say.
struct Closure {
    LocalSeconds from;
    LocalSeconds to;
};

struct ScheduleRules {
    TimeZone zone = TimeZone::utc();
    std::vector<Window> windows;        // empty: always
    std::vector<Window> logon_windows;  // the part of them in which we are logged on; empty: all
    std::vector<Closure> closures;
    std::optional<std::chrono::seconds> sequence_reset;  // time of day; absent: never by the clock
};

// One change of what is to be.
enum class ScheduleEvent {
    Open,           // the session is to be up from here
    Close,          // it is to be logged out from here
    SequenceReset,  // the next logon begins with MsgSeqNum 1
};

struct ScheduledEvent {
    ScheduleEvent event = ScheduleEvent::Open;
    UtcSeconds at;

    friend bool operator==(const ScheduledEvent&, const ScheduledEvent&) = default;
};

// Local times that the clocks skip count as the instant of the change; of those that they show
// twice, an opening and a reset take the first, a closing the second, so that no window is shorter
// than it says. Windows that touch or overlap are one. [any-thread]
class SessionSchedule {
public:
    explicit SessionSchedule(ScheduleRules rules) : rules_{std::move(rules)} {}

    [[nodiscard]] bool is_open(UtcSeconds instant) const;
    // The first Open or Close after `instant`; null: none within four hundred days.
    [[nodiscard]] std::optional<ScheduledEvent> next_change(UtcSeconds instant) const;
    // The last reset at or before `instant`, and the first one after it; null without a rule.
    [[nodiscard]] std::optional<UtcSeconds> last_reset(UtcSeconds instant) const;
    [[nodiscard]] std::optional<UtcSeconds> next_reset(UtcSeconds instant) const;
    // The next events after `instant`, in order: at most `count`.
    [[nodiscard]] std::vector<ScheduledEvent> next(UtcSeconds instant, std::size_t count) const;

    [[nodiscard]] const ScheduleRules& rules() const { return rules_; }

private:
    struct Span {
        UtcSeconds from;
        UtcSeconds to;  // exclusive
    };
    // Open spans, merged and in order, that meet [from, to): whole at their ends where those lie
    // outside.
    [[nodiscard]] std::vector<Span> spans(UtcSeconds from, UtcSeconds to) const;
    [[nodiscard]] std::vector<Span> spans_of(const std::vector<Window>& windows, LocalDays first,
                                             LocalDays last) const;
    [[nodiscard]] UtcSeconds reset_on(LocalDays day) const;

    ScheduleRules rules_;
};

}  // namespace broker::schedule
