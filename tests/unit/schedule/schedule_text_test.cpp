#include "schedule/schedule_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broker::schedule {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

std::string error_of(std::string_view text) {
    const auto windows = windows_from_text(text);
    return windows ? "no error" : windows.error().detail;
}

TEST(ScheduleText, WeeklyWindowHasADayOnEachSide) {
    const auto windows = windows_from_text("Sun 17:05 - Fri 16:55").value();
    ASSERT_EQ(windows.size(), 1U);
    EXPECT_EQ(windows[0].open.day, std::chrono::Sunday);
    EXPECT_EQ(windows[0].open.time, 17h + 5min);
    EXPECT_EQ(windows[0].close.day, std::chrono::Friday);
    EXPECT_EQ(windows[0].close.time, 16h + 55min);
}

TEST(ScheduleText, WindowWithoutADayIsThatOfEachDay) {
    EXPECT_EQ(windows_from_text("08:00 - 24:00").value().size(), 7U);
}

TEST(ScheduleText, RangesAndListsOfDaysAreEachOfThem) {
    EXPECT_EQ(windows_from_text("Mon-Fri 08:00 - 17:00:30").value().size(), 5U);
    EXPECT_EQ(windows_from_text("Fri-Mon 08:00 - 17:00").value().size(), 4U);
    const auto windows = windows_from_text("Mon,Wed 22:00 - 02:00").value();
    ASSERT_EQ(windows.size(), 2U);
    EXPECT_EQ(windows[1].close.day, std::chrono::Thursday);
}

TEST(ScheduleText, ErrorsNameWhatWasExpectedAndFound) {
    EXPECT_THAT(error_of("17:05"), HasSubstr("expected a window such as"));
    EXPECT_THAT(error_of("Son 17:05 - Fri 16:55"), HasSubstr("found \"Son\""));
    EXPECT_THAT(error_of("Sun 17.05 - Fri 16:55"), HasSubstr("found \"17.05\""));
    EXPECT_THAT(error_of("Sun 24:01 - Fri 16:55"), HasSubstr("a time of day"));
    EXPECT_THAT(error_of("Mon-Fri 08:00 - Fri 17:00"), HasSubstr("one day on each side"));
    EXPECT_THAT(date_from_text("2026-02-29").error().detail, HasSubstr("2026-02-29"));
    EXPECT_THAT(local_time_from_text("2026-02-28").error().detail, HasSubstr("a time such as"));
}

TEST(ScheduleText, ZoneThatDoesNotExistIsNamed) {
    EXPECT_THAT(TimeZone::find("America/Gotham").error().detail, HasSubstr("America/Gotham"));
}

}  // namespace
}  // namespace broker::schedule
