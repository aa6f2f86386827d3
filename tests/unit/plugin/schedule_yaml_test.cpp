#include "config/schedule_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace broker::config {
namespace {

using testing::HasSubstr;

class ScheduleYaml : public testing::Test {
protected:
    ScheduleSettings load(const std::string& text) {
        const auto file = directory_.path() / "schedule.yaml";
        std::ofstream{file} << text;
        return read_schedule(load_yaml(file));
    }
    std::string error_of(const std::string& text) {
        try {
            (void)load(text);
        } catch (const ConfigError& e) {
            return e.what();
        }
        return "no error";
    }

    test::TemporaryDirectory directory_;
};

TEST_F(ScheduleYaml, EveryKeyIsRead) {
    const ScheduleSettings settings = load(R"(
time_zone: America/New_York
windows: ["Sun 17:05 - Fri 16:55"]
logon_windows: ["Mon-Fri 08:00 - 16:00"]
sequence_reset: "17:05"
holidays: [2026-12-25]
half_days: ["2026-12-24 13:00"]
closures: [{from: "2026-12-31 12:00", to: "2027-01-03 17:05"}]
logon_jitter_ms: 100
logout_before_close_ms: 200
)");
    EXPECT_EQ(settings.rules.zone.name(), "America/New_York");
    EXPECT_EQ(settings.rules.windows.size(), 1U);
    EXPECT_EQ(settings.rules.logon_windows.size(), 5U);
    EXPECT_EQ(settings.rules.sequence_reset, std::chrono::hours{17} + std::chrono::minutes{5});
    ASSERT_EQ(settings.rules.closures.size(), 3U);
    EXPECT_EQ(settings.rules.closures[1].to - settings.rules.closures[1].from,
              std::chrono::hours{11});
    EXPECT_EQ(settings.logon_jitter, std::chrono::milliseconds{100});
    EXPECT_EQ(settings.logout_before_close, std::chrono::milliseconds{200});
}

TEST_F(ScheduleYaml, AnUnknownZoneIsNamedWithTheNearestOne) {
    EXPECT_THAT(error_of("time_zone: America/NewYork"),
                HasSubstr("schedule.yaml:1: time_zone: no time zone \"America/NewYork\""));
    EXPECT_THAT(error_of("time_zone: America/NewYork"), HasSubstr("e.g. America/New_York"));
    EXPECT_THAT(error_of("time_zone: london"), HasSubstr("e.g. Europe/London"));
}

TEST_F(ScheduleYaml, AWrongValueIsToldWithItsPlaceAndWhatWasExpected) {
    EXPECT_THAT(error_of("windows: [\"08:00 - 17:00\"]"), HasSubstr("time_zone"));
    EXPECT_THAT(error_of("time_zone: Etc/UTC\nwindows: [\"8 to 17\"]"),
                HasSubstr("schedule.yaml:2: windows[0]: expected a window such as"));
    EXPECT_THAT(error_of("time_zone: Etc/UTC\nholidays: [25.12.2026]"),
                HasSubstr("holidays[0]: expected a date such as 2026-12-25"));
    EXPECT_THAT(error_of("time_zone: Etc/UTC\nsequence_reset: noon"),
                HasSubstr("sequence_reset: expected a time of day"));
    EXPECT_THAT(error_of("time_zone: Etc/UTC\nclosures: [{from: \"2026-12-24 13:00\", to: "
                         "\"2026-12-24 13:00\"}]"),
                HasSubstr("closures[0]: expected \"to\" after \"from\""));
    EXPECT_THAT(error_of("time_zone: Etc/UTC\nwindow: [\"08:00 - 17:00\"]"),
                HasSubstr("the nearest known key is \"windows\""));
}

}  // namespace
}  // namespace broker::config
