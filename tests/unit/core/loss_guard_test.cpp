#include "core/loss_guard.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

// The manual clock starts at noon UTC.
class LossGuardTest : public testing::Test {
protected:
    void make(LossGuardRules rules, const LossGuardState& state = {}) {
        rules.max_age = 10s;
        guard_.emplace(rules, state);
    }
    std::optional<Reason> equity(std::string_view value) {
        return guard_->take_equity(dec(value), clock_.now());
    }
    [[nodiscard]] Reason reason() const {
        const auto result = guard_->check(clock_.now());
        return result ? Reason::None : result.error().reason;
    }

    test::ManualClock clock_;
    std::optional<LossGuard> guard_;
};

TEST_F(LossGuardTest, TripsWhenTheLossOfTheDayReachesItsLimit) {
    make({.daily_loss = dec("500")});
    EXPECT_FALSE(equity("10000"));
    EXPECT_FALSE(equity("9500.01"));
    EXPECT_EQ(reason(), Reason::None);
    EXPECT_EQ(equity("9500"), Reason::DailyLossReached);
    EXPECT_EQ(reason(), Reason::DailyLossReached);
    EXPECT_EQ(guard_->text(), "equity 9500 is 500 below 10000, the limit is 500");
}

TEST_F(LossGuardTest, TripsOnceAndStaysSoWhenTheEquityRecovers) {
    make({.daily_loss = dec("500")});
    (void)equity("10000");
    EXPECT_TRUE(equity("9000"));
    EXPECT_FALSE(equity("8000"));
    EXPECT_FALSE(equity("12000"));
    EXPECT_EQ(reason(), Reason::DailyLossReached);
}

TEST_F(LossGuardTest, CountsAPercentageOfTheEquityAtTheStartOfTheDay) {
    make({.daily_loss_percent = dec("5")});
    (void)equity("10000");
    EXPECT_FALSE(equity("9500.01"));
    EXPECT_EQ(equity("9500"), Reason::DailyLossReached);
}

TEST_F(LossGuardTest, ReleasesTheDailyLossWhenTheNextDayStarts) {
    make({.daily_loss = dec("500"), .day_starts_at = 22h});
    (void)equity("10000");
    (void)equity("9000");
    clock_.advance(10h - 1ns);
    EXPECT_FALSE(guard_->on_time(clock_.utc()));
    EXPECT_EQ(reason(), Reason::DailyLossReached);
    clock_.advance(1ns);
    EXPECT_EQ(reason(), Reason::EquityUnknown);
    EXPECT_TRUE(guard_->on_time(clock_.utc()));
    EXPECT_EQ(reason(), Reason::EquityUnknown);  // nothing heard in the new day
    EXPECT_FALSE(equity("9000"));
    EXPECT_EQ(reason(), Reason::None);
    EXPECT_EQ(guard_->loss_of_day(), Decimal{});
}

TEST_F(LossGuardTest, StartsNoDayWhenTheClockIsSetBack) {
    make({.daily_loss = dec("500")});
    (void)equity("10000");
    (void)equity("9000");
    clock_.step_utc(-48h);
    EXPECT_FALSE(guard_->on_time(clock_.utc()));
    EXPECT_EQ(reason(), Reason::DailyLossReached);
}

TEST_F(LossGuardTest, MeasuresAStaticDrawdownFromTheInitialEquity) {
    make({.max_drawdown = dec("1000"), .initial_equity = dec("10000")});
    EXPECT_FALSE(equity("12000"));
    EXPECT_FALSE(equity("9000.01"));
    EXPECT_EQ(equity("9000"), Reason::DrawdownReached);
}

TEST_F(LossGuardTest, MeasuresFromTheFirstEquityWhenNoInitialOneIsGiven) {
    make({.max_drawdown_percent = dec("10")});
    EXPECT_FALSE(equity("10000"));
    EXPECT_FALSE(equity("12000"));
    EXPECT_FALSE(equity("9000.01"));
    EXPECT_EQ(equity("9000"), Reason::DrawdownReached);
}

TEST_F(LossGuardTest, MeasuresATrailingDrawdownFromTheHighestEquity) {
    make({.max_drawdown = dec("1000"), .is_trailing = true});
    EXPECT_FALSE(equity("10000"));
    EXPECT_FALSE(equity("12000"));
    EXPECT_FALSE(equity("11000.01"));
    EXPECT_EQ(equity("11000"), Reason::DrawdownReached);
}

TEST_F(LossGuardTest, KeepsTheDrawdownOverDaysUntilAPersonResetsIt) {
    make({.max_drawdown = dec("1000"), .is_trailing = true});
    (void)equity("10000");
    (void)equity("9000");
    clock_.advance(48h);
    EXPECT_FALSE(guard_->on_time(clock_.utc()));
    EXPECT_EQ(reason(), Reason::DrawdownReached);
    guard_->reset();
    EXPECT_EQ(reason(), Reason::EquityUnknown);
    EXPECT_FALSE(equity("9000"));
    EXPECT_EQ(reason(), Reason::None);
    EXPECT_EQ(equity("8000"), Reason::DrawdownReached);
}

TEST_F(LossGuardTest, ForgetsAnInitialEquityOfTheSettingsWhenItIsReset) {
    make({.max_drawdown = dec("1000"), .initial_equity = dec("10000")});
    (void)equity("9000");
    guard_->reset();
    EXPECT_FALSE(equity("8500"));
    EXPECT_EQ(equity("7500"), Reason::DrawdownReached);
}

TEST_F(LossGuardTest, PrefersTheDrawdownWhichHoldsLonger) {
    make({.daily_loss = dec("500"), .max_drawdown = dec("1000")});
    (void)equity("10000");
    EXPECT_EQ(equity("9400"), Reason::DailyLossReached);
    EXPECT_EQ(equity("9000"), Reason::DrawdownReached);
    EXPECT_EQ(reason(), Reason::DrawdownReached);
}

TEST_F(LossGuardTest, RefusesWhenNoEquityHasBeenHeardOrItIsTooOld) {
    make({.daily_loss = dec("500")});
    EXPECT_EQ(reason(), Reason::EquityUnknown);
    (void)equity("10000");
    clock_.advance(10s);
    EXPECT_EQ(reason(), Reason::None);
    clock_.advance(1ns);
    EXPECT_EQ(reason(), Reason::EquityUnknown);
}

TEST_F(LossGuardTest, TakesALossOutOfRangeForReached) {
    make({.daily_loss = dec("500")});
    (void)equity("9000000000000000000");
    EXPECT_EQ(equity("-9000000000000000000"), Reason::DailyLossReached);
}

TEST_F(LossGuardTest, GoesOnFromWhatIsRemembered) {
    make({.daily_loss = dec("500")});
    (void)equity("10000");
    const LossGuardState state = guard_->state();
    make({.daily_loss = dec("500")}, state);
    EXPECT_EQ(reason(), Reason::EquityUnknown);
    EXPECT_EQ(equity("9500"), Reason::DailyLossReached);
    const LossGuardState tripped = guard_->state();
    make({.daily_loss = dec("500")}, tripped);
    EXPECT_EQ(reason(), Reason::DailyLossReached);
}

}  // namespace
}  // namespace broker::core
