#include "schedule/session_schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/schedule_text.hpp"

namespace broker::schedule {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

TimeZone zone(const std::string& name) { return TimeZone::find(name).value(); }

ScheduleRules rules(const std::string& zone_name, std::vector<std::string> windows) {
    ScheduleRules result;
    result.zone = zone(zone_name);
    for (const std::string& text : windows) {
        for (const Window& window : windows_from_text(text).value()) {
            result.windows.push_back(window);
        }
    }
    return result;
}

// "2026-03-06 21:55" in UTC.
UtcSeconds utc(std::string_view text) {
    return UtcSeconds{local_time_from_text(text).value().time_since_epoch()};
}

ScheduledEvent open_at(std::string_view text) { return {ScheduleEvent::Open, utc(text)}; }
ScheduledEvent close_at(std::string_view text) { return {ScheduleEvent::Close, utc(text)}; }
ScheduledEvent reset_at(std::string_view text) { return {ScheduleEvent::SequenceReset, utc(text)}; }

TEST(SessionSchedule, TradingWeekOfNewYorkFollowsItsClocksOverTheYear) {
    const SessionSchedule schedule{rules("America/New_York", {"Sun 17:05 - Fri 16:55"})};
    EXPECT_THAT(schedule.next(utc("2026-03-04 00:00"), 4),
                ElementsAre(close_at("2026-03-06 21:55"), open_at("2026-03-08 21:05"),
                            close_at("2026-03-13 20:55"), open_at("2026-03-15 21:05")));
    EXPECT_TRUE(schedule.is_open(utc("2026-03-06 21:54")));
    EXPECT_FALSE(schedule.is_open(utc("2026-03-06 21:55")));
    EXPECT_FALSE(schedule.is_open(utc("2026-03-08 21:04")));
    EXPECT_TRUE(schedule.is_open(utc("2026-03-08 21:05")));
}

TEST(SessionSchedule, WithoutWindowsIsAlwaysOpenAndNeverChanges) {
    const SessionSchedule schedule{ScheduleRules{}};
    EXPECT_TRUE(schedule.is_open(utc("2026-01-01 00:00")));
    EXPECT_FALSE(schedule.next_change(utc("2026-01-01 00:00")));
    EXPECT_TRUE(schedule.next(utc("2026-01-01 00:00"), 5).empty());
}

TEST(SessionSchedule, SeveralWindowsADayOpenAndCloseEach) {
    const SessionSchedule schedule{
        rules("Etc/UTC", {"Mon-Fri 08:00 - 12:00", "Mon-Fri 13:00 - 17:30"})};
    EXPECT_THAT(schedule.next(utc("2026-11-27 07:00"), 5),
                ElementsAre(open_at("2026-11-27 08:00"), close_at("2026-11-27 12:00"),
                            open_at("2026-11-27 13:00"), close_at("2026-11-27 17:30"),
                            open_at("2026-11-30 08:00")));
}

TEST(SessionSchedule, WindowThatEndsWhereItBeginsADayLaterNeverCloses) {
    const SessionSchedule schedule{rules("America/Santiago", {"06:00 - 06:00"})};
    EXPECT_TRUE(schedule.is_open(utc("2026-11-27 21:00")));
    EXPECT_FALSE(schedule.next_change(utc("2026-11-27 00:00")));
}

TEST(SessionSchedule, WindowPastMidnightBelongsToTheDayItBeginsOn) {
    const SessionSchedule schedule{rules("Etc/UTC", {"Fri 22:00 - 02:00"})};
    EXPECT_THAT(schedule.next(utc("2026-11-26 00:00"), 2),
                ElementsAre(open_at("2026-11-27 22:00"), close_at("2026-11-28 02:00")));
}

TEST(SessionSchedule, HolidayAndHalfDayCutWhatTheWindowsSay) {
    ScheduleRules with_closures = rules("Europe/London", {"Mon-Fri 08:00 - 17:00"});
    const LocalDays christmas = date_from_text("2026-12-25").value();
    with_closures.closures.push_back({christmas, christmas + 24h});
    with_closures.closures.push_back({christmas - 24h + 12h + 30min, christmas});
    const SessionSchedule schedule{with_closures};
    EXPECT_THAT(schedule.next(utc("2026-12-24 00:00"), 3),
                ElementsAre(open_at("2026-12-24 08:00"), close_at("2026-12-24 12:30"),
                            open_at("2026-12-28 08:00")));
}

TEST(SessionSchedule, LogonWindowsAreTheOpenPartOfTheSession) {
    ScheduleRules with_logon = rules("Etc/UTC", {"Sun 22:00 - Fri 22:00"});
    with_logon.logon_windows = windows_from_text("Mon-Fri 06:00 - 20:00").value();
    const SessionSchedule schedule{with_logon};
    EXPECT_THAT(schedule.next(utc("2026-11-27 21:00"), 3),
                ElementsAre(open_at("2026-11-30 06:00"), close_at("2026-11-30 20:00"),
                            open_at("2026-12-01 06:00")));
}

TEST(SessionSchedule, SequenceResetIsDailyAtItsTimeOfDay) {
    ScheduleRules with_reset = rules("America/New_York", {"Sun 17:05 - Fri 16:55"});
    with_reset.sequence_reset = time_of_day_from_text("17:05").value();
    const SessionSchedule schedule{with_reset};
    EXPECT_EQ(schedule.last_reset(utc("2026-03-08 21:05")), utc("2026-03-08 21:05"));
    EXPECT_EQ(schedule.last_reset(utc("2026-03-08 21:04")), utc("2026-03-07 22:05"));
    EXPECT_THAT(schedule.next(utc("2026-03-06 21:00"), 4),
                ElementsAre(close_at("2026-03-06 21:55"), reset_at("2026-03-06 22:05"),
                            reset_at("2026-03-07 22:05"), open_at("2026-03-08 21:05")));
}

TEST(SessionSchedule, SkippedOpeningIsTheInstantOfTheChange) {
    // 02:00 to 03:00 does not exist on 2026-03-08 in New York.
    const SessionSchedule schedule{rules("America/New_York", {"Sun 02:30 - 10:00"})};
    EXPECT_THAT(schedule.next(utc("2026-03-08 00:00"), 2),
                ElementsAre(open_at("2026-03-08 07:00"), close_at("2026-03-08 14:00")));
}

TEST(SessionSchedule, RepeatedTimesMakeAWindowLongerAndNeverShorter) {
    // 01:00 to 02:00 comes twice on 2026-11-01 in New York: at 05:00 and at 06:00 UTC.
    const SessionSchedule opens{rules("America/New_York", {"Sun 01:30 - 10:00"})};
    EXPECT_EQ(opens.next_change(utc("2026-11-01 00:00")), open_at("2026-11-01 05:30"));
    const SessionSchedule closes{rules("America/New_York", {"Sun 00:00 - 01:30"})};
    EXPECT_EQ(closes.next_change(utc("2026-11-01 05:00")), close_at("2026-11-01 06:30"));
}

// ---- properties over every change of the clocks

const std::vector<std::string> kZones{
    "America/New_York", "America/Chicago", "America/Sao_Paulo", "Europe/London",    "Europe/Berlin",
    "America/Santiago", "Asia/Jerusalem",  "Australia/Sydney",  "Pacific/Auckland", "Africa/Cairo"};

std::vector<UtcSeconds> clock_changes(const TimeZone& zone) {
    std::vector<UtcSeconds> changes;
    const auto offset = [&](UtcSeconds at) {
        return zone.to_local(at).time_since_epoch() - at.time_since_epoch();
    };
    for (UtcSeconds day = utc("2000-01-01 00:00"); day < utc("2030-01-01 00:00"); day += 24h) {
        if (offset(day) == offset(day + 24h)) continue;
        UtcSeconds at = day;
        while (offset(at) == offset(day)) at += 30min;
        changes.push_back(at);
    }
    EXPECT_GT(changes.size(), 10U);
    return changes;
}

class ScheduleOverClockChanges : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Zone, ScheduleOverClockChanges, testing::ValuesIn(kZones),
                         [](const auto& parameter) {
                             std::string name = parameter.param;
                             std::replace(name.begin(), name.end(), '/', '_');
                             return name;
                         });

// Whether a local time is in a window, by its clock alone.
bool is_in(const Window& window, LocalSeconds local) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::seconds at = (std::chrono::weekday{day} - window.open.day) + (local - day);
    const std::chrono::seconds close = (window.close.day - window.open.day) + window.close.time;
    const std::chrono::seconds since_open = at - window.open.time;
    const std::chrono::seconds length = close - window.open.time;
    const std::chrono::seconds week = std::chrono::days{7};
    return (since_open + week) % week < (length + week) % week;
}

TEST_P(ScheduleOverClockChanges, IsOpenExactlyWhenTheLocalClockIsInTheWindow) {
    // Its edges are never skipped or repeated.
    const SessionSchedule schedule{rules(GetParam(), {"Sun 17:05 - Fri 16:55"})};
    const Window window = schedule.rules().windows.front();
    for (const UtcSeconds change : clock_changes(schedule.rules().zone)) {
        for (UtcSeconds at = change - 24h; at < change + 24h; at += 55min) {
            ASSERT_EQ(schedule.is_open(at), is_in(window, schedule.rules().zone.to_local(at)))
                << at.time_since_epoch().count();
        }
    }
}

TEST_P(ScheduleOverClockChanges, ChangesExactlyWhereItSays) {
    ScheduleRules several = rules(GetParam(), {"00:30 - 02:30", "03:15 - 23:45"});
    several.sequence_reset = 2h + 15min;
    const SessionSchedule schedule{several};
    for (const UtcSeconds change : clock_changes(several.zone)) {
        UtcSeconds at = change - 20h;
        UtcSeconds last = at;
        for (int i = 0; i < 6; ++i) {
            const auto next = schedule.next_change(last);
            ASSERT_TRUE(next);
            ASSERT_GT(next->at, last);
            const bool opens = next->event == ScheduleEvent::Open;
            ASSERT_EQ(schedule.is_open(next->at), opens);
            ASSERT_NE(schedule.is_open(next->at - 1s), opens);
            last = next->at;
        }
        const auto reset = schedule.next_reset(at);
        ASSERT_TRUE(reset);
        ASSERT_GT(*reset, at);
        ASSERT_LE(*reset, at + 26h);
        ASSERT_EQ(schedule.last_reset(*reset), reset);
        ASSERT_LT(*schedule.last_reset(*reset - 1s), *reset);
    }
}

}  // namespace
}  // namespace broker::schedule
