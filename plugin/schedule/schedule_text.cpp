#include "schedule/schedule_text.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>

namespace broker::schedule {
namespace {

using core::Result;
using std::chrono::days;
using std::chrono::weekday;

core::Error wrong(std::string_view text, std::string_view expected) {
    return core::fail(core::Reason::Configuration, "expected " + std::string{expected} +
                                                       ", found \"" + std::string{text} + "\"");
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

std::optional<int> number(std::string_view text, std::size_t digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    if (text.size() != digits || !is_whole || value < 0) return std::nullopt;
    return value;
}

std::optional<weekday> day_from(std::string_view name) {
    constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
    for (unsigned day = 0; day < kDays.size(); ++day) {
        if (kDays[day] == name) return weekday{day};
    }
    return std::nullopt;
}

// "Mon-Fri", "Mon,Wed", "Sun"; empty if it is none.
std::vector<weekday> days_from(std::string_view text) {
    std::vector<weekday> result;
    if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
        const auto first = day_from(text.substr(0, dash));
        const auto last = day_from(text.substr(dash + 1));
        if (!first || !last) return {};
        for (weekday day = *first; day != *last; day += days{1}) result.push_back(day);
        result.push_back(*last);
        return result;
    }
    while (true) {
        const std::size_t comma = text.find(',');
        const auto day = day_from(text.substr(0, comma));
        if (!day) return {};
        result.push_back(*day);
        if (comma == std::string_view::npos) return result;
        text.remove_prefix(comma + 1);
    }
}

// "Fri 16:55" or "16:55".
struct Half {
    std::vector<weekday> days;
    std::chrono::seconds time{0};
};

Result<Half> half_from(std::string_view text) {
    Half half;
    if (const std::size_t space = text.find(' '); space != std::string_view::npos) {
        half.days = days_from(text.substr(0, space));
        if (half.days.empty()) return wrong(text.substr(0, space), "days such as Sun or Mon-Fri");
        text = trimmed(text.substr(space));
    }
    const auto time = time_of_day_from_text(text);
    if (!time) return time.error();
    half.time = *time;
    return half;
}

}  // namespace

Result<std::chrono::seconds> time_of_day_from_text(std::string_view text) {
    constexpr std::string_view kExpected = "a time of day such as 17:05";
    const bool has_seconds = text.size() == 8 && text[5] == ':';
    if ((text.size() != 5 && !has_seconds) || text[2] != ':') return wrong(text, kExpected);
    const auto hours = number(text.substr(0, 2), 2);
    const auto minutes = number(text.substr(3, 2), 2);
    const auto seconds = has_seconds ? number(text.substr(6, 2), 2) : std::optional{0};
    if (!hours || !minutes || !seconds || *minutes > 59 || *seconds > 59) {
        return wrong(text, kExpected);
    }
    const auto time = std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
                      std::chrono::seconds{*seconds};
    if (time > days{1}) return wrong(text, kExpected);
    return time;
}

Result<LocalDays> date_from_text(std::string_view text) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const auto year = number(text.substr(0, 4), 4);
        const auto month = number(text.substr(5, 2), 2);
        const auto day = number(text.substr(8, 2), 2);
        if (year && month && day) {
            const std::chrono::year_month_day date{
                std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                std::chrono::day{static_cast<unsigned>(*day)}};
            if (date.ok()) return LocalDays{date};
        }
    }
    return wrong(text, "a date such as 2026-12-25");
}

Result<LocalSeconds> local_time_from_text(std::string_view text) {
    const std::size_t space = text.find(' ');
    const auto date = date_from_text(text.substr(0, space));
    if (!date) return date.error();
    if (space == std::string_view::npos) return wrong(text, "a time such as 2026-12-24 13:00");
    const auto time = time_of_day_from_text(trimmed(text.substr(space)));
    if (!time) return time.error();
    return *date + *time;
}

Result<std::vector<Window>> windows_from_text(std::string_view text) {
    const std::size_t dash = text.find(" - ");
    if (dash == std::string_view::npos) {
        return wrong(text, "a window such as \"Sun 17:05 - Fri 16:55\" or \"08:00 - 17:00\"");
    }
    auto open = half_from(trimmed(text.substr(0, dash)));
    if (!open) return open.error();
    const auto close = half_from(trimmed(text.substr(dash + 3)));
    if (!close) return close.error();
    if (!close->days.empty()) {
        if (open->days.size() != 1 || close->days.size() != 1) {
            return wrong(text, "one day on each side of the window, or days on the left alone");
        }
        return std::vector<Window>{
            {{open->days.front(), open->time}, {close->days.front(), close->time}}};
    }
    if (open->days.empty()) open->days = days_from("Sun-Sat");
    std::vector<Window> windows;
    for (const weekday day : open->days) {
        const weekday close_day = close->time <= open->time ? day + days{1} : day;
        windows.push_back({{day, open->time}, {close_day, close->time}});
    }
    return windows;
}

std::string utc_text(UtcSeconds at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    std::array<char, 48> text{};
    (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                        static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                        static_cast<int>(time.minutes().count()),
                        static_cast<int>(time.seconds().count()));
    return text.data();
}

std::string local_text(UtcSeconds at, const TimeZone& zone) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const LocalSeconds local = zone.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::hh_mm_ss time{local - day};
    std::array<char, 32> text{};
    (void)std::snprintf(
        text.data(), text.size(), "%s %02d:%02d:%02d",
        kDays[std::chrono::weekday{day}.c_encoding()], static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return std::string{text.data()} + " " + zone.name();
}

std::string next_opening_text(const SessionSchedule& schedule, UtcSeconds now) {
    auto change = schedule.next_change(now);
    // The last moments before a close, when the session is logged out already.
    if (change && change->event == ScheduleEvent::Close) change = schedule.next_change(change->at);
    if (!change) return "no opening is scheduled";
    return "opens at " + utc_text(change->at) + " (" +
           local_text(change->at, schedule.rules().zone) + ")";
}

}  // namespace broker::schedule
