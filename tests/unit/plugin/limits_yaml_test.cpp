#include "config/limits_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace broker::config {
namespace {

using testing::HasSubstr;

class LimitsYaml : public testing::Test {
protected:
    LimitSettings load(const std::string& text) {
        const auto file = directory_.path() / "limits.yaml";
        std::ofstream{file} << text;
        return read_limits(load_yaml(file));
    }
    std::string error_of(const std::string& text) {
        try {
            (void)load(text);
        } catch (const ConfigError& e) {
            return e.what();
        }
        return "no error";
    }
    static core::Decimal dec(std::string_view text) { return core::Decimal::parse(text).value(); }

    test::TemporaryDirectory directory_;
};

TEST_F(LimitsYaml, HasNoCheckUnlessItIsGiven) {
    const LimitSettings limits = load("{orders_per_s: 5}");
    EXPECT_FALSE(limits.margin);
    EXPECT_FALSE(limits.max_open_positions);
    EXPECT_FALSE(limits.price_collar);
    EXPECT_FALSE(limits.guard);
}

TEST_F(LimitsYaml, EveryKeyOfTheChecksIsRead) {
    const LimitSettings limits = load(R"(
max_open_positions: 3
margin: {safety_factor: "1.25", default_rate: "0.02", currency: USD, max_age_ms: 5000}
price_collar: {percent: "0.5", max_age_ms: 2000}
guard: {daily_loss: "500", daily_loss_percent: "5", max_drawdown: "1000",
        max_drawdown_percent: "10", trailing: true, day_starts_at: "22:30", flatten: true,
        poll_ms: 500, max_age_ms: 3000}
)");
    EXPECT_EQ(limits.max_open_positions, 3U);
    ASSERT_TRUE(limits.margin);
    EXPECT_EQ(limits.margin->safety_factor, dec("1.25"));
    EXPECT_EQ(limits.margin->default_rate, dec("0.02"));
    EXPECT_EQ(limits.margin->currency, "USD");
    EXPECT_EQ(limits.margin->max_age, std::chrono::seconds{5});
    ASSERT_TRUE(limits.price_collar);
    EXPECT_EQ(limits.price_collar->percent, dec("0.5"));
    EXPECT_EQ(limits.price_collar->max_age, std::chrono::seconds{2});
    ASSERT_TRUE(limits.guard);
    EXPECT_EQ(limits.guard->daily_loss, dec("500"));
    EXPECT_EQ(limits.guard->daily_loss_percent, dec("5"));
    EXPECT_EQ(limits.guard->max_drawdown, dec("1000"));
    EXPECT_EQ(limits.guard->max_drawdown_percent, dec("10"));
    EXPECT_TRUE(limits.guard->is_trailing);
    EXPECT_EQ(limits.guard->day_starts_at, std::chrono::minutes{22 * 60 + 30});
    EXPECT_TRUE(limits.guard->flattens);
    EXPECT_EQ(limits.guard->poll, std::chrono::milliseconds{500});
    EXPECT_EQ(limits.guard->max_age, std::chrono::seconds{3});
    EXPECT_EQ(load("guard: {max_drawdown: \"1\", initial_equity: \"100\"}").guard->initial_equity,
              dec("100"));
}

TEST_F(LimitsYaml, RefusesAGuardWithoutALimit) {
    EXPECT_THAT(error_of("guard: {flatten: true}"), HasSubstr("guard: expected daily_loss"));
}

TEST_F(LimitsYaml, RefusesWhatIsOutOfRange) {
    for (const char* text : {"max_open_positions: 0", "margin: {safety_factor: \"0.9\"}",
                             "margin: {default_rate: \"1.1\"}", "margin: {default_rate: \"0\"}",
                             "margin: {currency: ABCDEFGHIJKLMNOP}", "margin: {max_age_ms: 99}",
                             "price_collar: {percent: \"0\"}", "price_collar: {percent: \"100.1\"}",
                             "guard: {daily_loss: \"-1\"}", "guard: {daily_loss_percent: \"101\"}",
                             "guard: {daily_loss: \"1\", poll_ms: 99}"}) {
        EXPECT_THAT(error_of(text), HasSubstr("expected")) << text;
    }
}

TEST_F(LimitsYaml, RefusesAPriceCollarWithoutAPercentage) {
    EXPECT_THAT(error_of("price_collar: {max_age_ms: 1000}"), HasSubstr("percent"));
}

TEST_F(LimitsYaml, RefusesATimeOfDayThatIsNone) {
    for (const char* time : {"24:00", "12:60", "9:00", "12-30", "ab:cd", "12:300"}) {
        EXPECT_THAT(
            error_of("guard: {daily_loss: \"1\", day_starts_at: \"" + std::string{time} + "\"}"),
            HasSubstr("a time of day in UTC"))
            << time;
    }
}

TEST_F(LimitsYaml, RefusesAnAgeThatThePollCannotKeep) {
    EXPECT_THAT(error_of("guard: {daily_loss: \"1\", poll_ms: 5000, max_age_ms: 5000}"),
                HasSubstr("max_age_ms above poll_ms"));
}

TEST_F(LimitsYaml, RefusesATrailingDrawdownFromAnInitialEquity) {
    EXPECT_THAT(error_of("guard: {max_drawdown: \"1\", trailing: true, initial_equity: \"100\"}"),
                HasSubstr("either"));
}

}  // namespace
}  // namespace broker::config
