#include "schedule/session_schedule.hpp"

#include <algorithm>
#include <utility>

namespace broker::schedule {
namespace {

using std::chrono::days;

// How far a search for the next change looks, and in which steps.
constexpr days kHorizon{400};
constexpr days kStep{14};
// A window lasts a week at most, and no offset from UTC is as long as two days.
constexpr days kMargin{10};

LocalDays day_of(LocalSeconds time) { return std::chrono::floor<days>(time); }

template <class Span>
std::vector<Span> merged(std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.from < b.from; });
    std::vector<Span> result;
    for (const Span& span : spans) {
        if (span.to <= span.from) continue;
        if (!result.empty() && span.from <= result.back().to) {
            result.back().to = std::max(result.back().to, span.to);
        } else {
            result.push_back(span);
        }
    }
    return result;
}

// The parts that are in both.
template <class Span>
std::vector<Span> intersection(const std::vector<Span>& a, const std::vector<Span>& b) {
    std::vector<Span> result;
    for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
        const Span both{std::max(left->from, right->from), std::min(left->to, right->to)};
        if (both.from < both.to) result.push_back(both);
        if (left->to < right->to) {
            ++left;
        } else {
            ++right;
        }
    }
    return result;
}

template <class Span>
std::vector<Span> without(std::vector<Span> spans, const Span& hole) {
    std::vector<Span> result;
    for (const Span& span : spans) {
        if (hole.to <= span.from || span.to <= hole.from) {
            result.push_back(span);
            continue;
        }
        if (span.from < hole.from) result.push_back({span.from, hole.from});
        if (hole.to < span.to) result.push_back({hole.to, span.to});
    }
    return result;
}

}  // namespace

std::vector<SessionSchedule::Span> SessionSchedule::spans_of(const std::vector<Window>& windows,
                                                             LocalDays first,
                                                             LocalDays last) const {
    std::vector<Span> spans;
    for (LocalDays day = first; day <= last; day += days{1}) {
        for (const Window& window : windows) {
            if (std::chrono::weekday{day} != window.open.day) continue;
            LocalDays close_day = day + (window.close.day - window.open.day);
            if (close_day == day && window.close.time <= window.open.time) close_day += days{7};
            spans.push_back({rules_.zone.to_utc(day + window.open.time, Ambiguous::First),
                             rules_.zone.to_utc(close_day + window.close.time, Ambiguous::Second)});
        }
    }
    return merged(std::move(spans));
}

std::vector<SessionSchedule::Span> SessionSchedule::spans(UtcSeconds from, UtcSeconds to) const {
    const LocalDays first = day_of(rules_.zone.to_local(from)) - kMargin;
    const LocalDays last = day_of(rules_.zone.to_local(to)) + kMargin;
    std::vector<Span> open{{from - kMargin, to + kMargin}};
    if (!rules_.windows.empty()) open = spans_of(rules_.windows, first, last);
    if (!rules_.logon_windows.empty()) {
        open = intersection(open, spans_of(rules_.logon_windows, first, last));
    }
    for (const Closure& closure : rules_.closures) {
        open = without(std::move(open), Span{rules_.zone.to_utc(closure.from, Ambiguous::First),
                                             rules_.zone.to_utc(closure.to, Ambiguous::Second)});
    }
    std::erase_if(open, [&](const Span& span) { return span.to <= from || to <= span.from; });
    return open;
}

bool SessionSchedule::is_open(UtcSeconds instant) const {
    return !spans(instant, instant + std::chrono::seconds{1}).empty();
}

std::optional<ScheduledEvent> SessionSchedule::next_change(UtcSeconds instant) const {
    const bool is_open_now = is_open(instant);
    for (UtcSeconds from = instant; from < instant + kHorizon; from += kStep) {
        for (const Span& span : spans(from, from + kStep)) {
            if (!is_open_now && span.from > instant) return {{ScheduleEvent::Open, span.from}};
            // The end of a span that reaches beyond what was looked at may not be its end.
            const bool is_end = span.to < from + kStep;
            if (is_open_now && is_end && span.to > instant) {
                return {{ScheduleEvent::Close, span.to}};
            }
        }
    }
    return std::nullopt;
}

UtcSeconds SessionSchedule::reset_on(LocalDays day) const {
    return rules_.zone.to_utc(day + *rules_.sequence_reset, Ambiguous::First);
}

std::optional<UtcSeconds> SessionSchedule::last_reset(UtcSeconds instant) const {
    if (!rules_.sequence_reset) return std::nullopt;
    LocalDays day = day_of(rules_.zone.to_local(instant)) + days{1};
    while (reset_on(day) > instant) day -= days{1};
    return reset_on(day);
}

std::optional<UtcSeconds> SessionSchedule::next_reset(UtcSeconds instant) const {
    if (!rules_.sequence_reset) return std::nullopt;
    LocalDays day = day_of(rules_.zone.to_local(instant)) - days{1};
    while (reset_on(day) <= instant) day += days{1};
    return reset_on(day);
}

std::vector<ScheduledEvent> SessionSchedule::next(UtcSeconds instant, std::size_t count) const {
    std::vector<ScheduledEvent> events;
    std::optional<ScheduledEvent> change = next_change(instant);
    std::optional<UtcSeconds> reset = next_reset(instant);
    while (events.size() < count && (change || reset)) {
        if (!change || (reset && *reset < change->at)) {
            events.push_back({ScheduleEvent::SequenceReset, *reset});
            reset = next_reset(*reset);
        } else {
            events.push_back(*change);
            change = next_change(change->at);
        }
    }
    return events;
}

}  // namespace broker::schedule
