#include "account/schedule_keeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schedule/schedule_text.hpp"
#include "support/manual_clock.hpp"

namespace broker::account {
namespace {

using core::Reason;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ScheduleKeeperTest : public testing::Test {
protected:
    static schedule::ScheduleRules rules(const std::string& window, const char* reset = nullptr,
                                         const std::string& zone = "Etc/UTC") {
        schedule::ScheduleRules rules;
        rules.zone = schedule::TimeZone::find(zone).value();
        if (!window.empty()) rules.windows = schedule::windows_from_text(window).value();
        if (reset != nullptr) rules.sequence_reset = schedule::time_of_day_from_text(reset).value();
        return rules;
    }
    bool begin(schedule::ScheduleRules rules, core::Duration jitter = {},
               core::Duration early = seconds{5}) {
        keeper_.emplace(
            ScheduleSettings{schedule::SessionSchedule{std::move(rules)}, jitter, early}, 7);
        return keeper_->begin(clock_.now());
    }
    // Sets the clock to a time on 2026-01-05, a Monday, where it begins at 12:00 UTC.
    void set_time(std::string_view utc) {
        const auto wanted = schedule::local_time_from_text(utc).value().time_since_epoch();
        clock_.advance(core::UtcTime{wanted} - clock_.utc());
    }
    // The steps in the time to come, each with when it was due; a Close is over at once.
    std::vector<std::string> steps(core::Duration time, core::Duration tick = seconds{1}) {
        std::vector<std::string> found;
        const core::MonotonicTime end = clock_.monotonic() + time;
        while (clock_.monotonic() < end) {
            clock_.advance(tick);
            if (auto line = step(); !line.empty()) found.push_back(line);
        }
        return found;
    }
    std::string step() {
        const auto step = keeper_->next_step(clock_.now());
        if (!step) return {};
        const auto at = schedule::utc_text(std::chrono::floor<seconds>(clock_.utc()));
        if (step->kind == ScheduleStep::Kind::Open) return "open " + at;
        if (step->kind == ScheduleStep::Kind::StayClosed) return "stay closed " + at;
        keeper_->logged_out();
        return std::string{core::reason_name(step->reason)} + " " + at;
    }

    test::ManualClock clock_;  // Monday, 2026-01-05 12:00 UTC
    std::optional<ScheduleKeeper> keeper_;
};

TEST_F(ScheduleKeeperTest, WithoutAScheduleTheSessionsAreAlwaysUp) {
    ScheduleKeeper keeper{std::nullopt, 7};
    EXPECT_TRUE(keeper.begin(clock_.now()));
    clock_.advance(hours{24 * 400});
    EXPECT_FALSE(keeper.next_step(clock_.now()));
}

TEST_F(ScheduleKeeperTest, LogsOutBeforeTheCloseAndOnAtTheOpening) {
    ASSERT_TRUE(begin(rules("08:00 - 17:00")));
    EXPECT_THAT(steps(hours{24}),
                ElementsAre("SCHEDULE_CLOSED 2026-01-05T16:59:55Z", "open 2026-01-06T08:00:00Z"));
}

TEST_F(ScheduleKeeperTest, StartsClosedOutsideAndSaysWhenItOpens) {
    ASSERT_FALSE(begin(rules("Sun 17:05 - Mon 05:00", nullptr, "America/New_York")));
    EXPECT_THAT(keeper_->next_opening(clock_.utc()),
                HasSubstr("opens at 2026-01-11T22:05:00Z (Sun 17:05:00 America/New_York)"));
    EXPECT_THAT(steps(hours{24}, minutes{1}), IsEmpty());
}

TEST_F(ScheduleKeeperTest, TheOpeningFollowsTheZoneThroughItsChangeOfClocks) {
    // New York changes on 2026-03-08 at 02:00: from 13:00 UTC to 12:00 UTC.
    set_time("2026-03-06 23:00");
    ASSERT_FALSE(begin(rules("08:00 - 17:00", nullptr, "America/New_York")));
    EXPECT_THAT(steps(hours{62}, seconds{10}),
                ElementsAre("open 2026-03-07T13:00:00Z", "SCHEDULE_CLOSED 2026-03-07T22:00:00Z",
                            "open 2026-03-08T12:00:00Z", "SCHEDULE_CLOSED 2026-03-08T21:00:00Z",
                            "open 2026-03-09T12:00:00Z"));
}

TEST_F(ScheduleKeeperTest, AHolidayHasNoOpening) {
    auto holidays = rules("08:00 - 17:00");
    const auto day = schedule::date_from_text("2026-01-06").value();
    holidays.closures.push_back({day, day + std::chrono::days{1}});
    ASSERT_TRUE(begin(holidays));
    EXPECT_THAT(steps(hours{48}),
                ElementsAre("SCHEDULE_CLOSED 2026-01-05T16:59:55Z", "open 2026-01-07T08:00:00Z"));
}

TEST_F(ScheduleKeeperTest, LogonsAreSpreadOverTheJitter) {
    core::Duration first = hours{1};
    core::Duration last{0};
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        test::ManualClock clock;
        ScheduleKeeper keeper{
            ScheduleSettings{schedule::SessionSchedule{rules("12:00:10 - 17:00")}, seconds{30}},
            seed};
        ASSERT_FALSE(keeper.begin(clock.now()));
        clock.advance(seconds{10});
        const auto opening = clock.monotonic();
        while (!keeper.next_step(clock.now())) clock.advance(std::chrono::milliseconds{100});
        first = std::min<core::Duration>(first, clock.monotonic() - opening);
        last = std::max<core::Duration>(last, clock.monotonic() - opening);
    }
    EXPECT_LT(first, seconds{3});
    EXPECT_GT(last, seconds{27});
    EXPECT_LE(last, seconds{30} + std::chrono::milliseconds{100});
}

TEST_F(ScheduleKeeperTest, AResetLogsOutAndOnOnce) {
    ASSERT_TRUE(begin(rules("", "17:05")));
    EXPECT_THAT(steps(hours{36}),
                ElementsAre("SCHEDULE_RESET 2026-01-05T17:05:00Z", "open 2026-01-05T17:05:01Z",
                            "SCHEDULE_RESET 2026-01-06T17:05:00Z", "open 2026-01-06T17:05:01Z"));
}

TEST_F(ScheduleKeeperTest, ASessionThatOpensAtTheResetLogsOnOnce) {
    ASSERT_TRUE(begin(rules("17:05 - 16:55", "17:05")));
    EXPECT_THAT(steps(hours{6}),
                ElementsAre("SCHEDULE_CLOSED 2026-01-05T16:54:55Z", "open 2026-01-05T17:05:00Z"));
}

TEST_F(ScheduleKeeperTest, ANonStopSessionWithoutAResetStaysUp) {
    ASSERT_TRUE(begin(rules("")));
    EXPECT_THAT(steps(hours{24 * 30}, minutes{1}), IsEmpty());
}

TEST_F(ScheduleKeeperTest, TheUtcClockDecidesWhicheverWayItIsSet) {
    ASSERT_TRUE(begin(rules("08:00 - 12:30")));
    clock_.step_utc(hours{1});
    EXPECT_EQ(step(), "SCHEDULE_CLOSED 2026-01-05T13:00:00Z");
    EXPECT_EQ(step(), "");
    clock_.step_utc(-hours{1});
    EXPECT_EQ(step(), "open 2026-01-05T12:00:00Z");
    EXPECT_EQ(step(), "");
}

TEST_F(ScheduleKeeperTest, AClockSetBackWaitsForTheResetOfItsOwnTime) {
    ASSERT_TRUE(begin(rules("", "12:30")));
    clock_.step_utc(hours{1});
    EXPECT_EQ(step(), "SCHEDULE_RESET 2026-01-05T13:00:00Z");
    EXPECT_EQ(step(), "open 2026-01-05T13:00:00Z");
    EXPECT_EQ(step(), "");
    clock_.step_utc(std::chrono::days{30});
    EXPECT_EQ(step(), "SCHEDULE_RESET 2026-02-04T13:00:00Z");  // missed ones are one
    EXPECT_EQ(step(), "open 2026-02-04T13:00:00Z");
    clock_.step_utc(-std::chrono::days{30});
    EXPECT_EQ(step(), "");
    EXPECT_THAT(steps(hours{24}),
                ElementsAre("SCHEDULE_RESET 2026-01-06T12:30:00Z", "open 2026-01-06T12:30:01Z"));
}

TEST_F(ScheduleKeeperTest, NothingHappensWhileTheLogoutIsUnderWay) {
    ASSERT_TRUE(begin(rules("08:00 - 12:30")));
    clock_.advance(hours{1});
    ASSERT_TRUE(keeper_->next_step(clock_.now()));
    EXPECT_TRUE(keeper_->is_logging_out());
    clock_.advance(hours{20});
    EXPECT_FALSE(keeper_->next_step(clock_.now()));
    keeper_->logged_out();
    EXPECT_EQ(step(), "open 2026-01-06T09:00:00Z");
}

TEST_F(ScheduleKeeperTest, AScheduleThatClosesDuringAResetStaysClosedForThatReason) {
    ASSERT_TRUE(begin(rules("08:00 - 17:05:10", "17:05"), seconds{0}));
    clock_.advance(hours{5} + minutes{5});
    ASSERT_TRUE(keeper_->next_step(clock_.now()));
    EXPECT_EQ(keeper_->close_reason(), Reason::ScheduleReset);
    clock_.advance(seconds{6});
    keeper_->logged_out();
    EXPECT_EQ(step(), "stay closed 2026-01-05T17:05:06Z");
    EXPECT_EQ(keeper_->close_reason(), Reason::ScheduleClosed);
    EXPECT_EQ(step(), "");
}

}  // namespace
}  // namespace broker::account
