#include "simulator/candles.hpp"

#include <gtest/gtest.h>

#include "simulator/fix_text.hpp"

namespace broker::simulator {
namespace {

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

core::UtcTime at(int year, unsigned month, unsigned day, core::Duration time) {
    return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) /
                                 static_cast<int>(day)} +
           time;
}

TEST(Candles, KnowTheTypesOfTheRestApiAndNoOthers) {
    for (const char* type : {"m", "5m", "15m", "30m", "h", "2h", "4h", "d", "w", "mo"})
        EXPECT_TRUE(is_candle_type(type)) << type;
    EXPECT_FALSE(is_candle_type("1m"));
    EXPECT_FALSE(is_candle_type(""));
}

TEST(Candles, BeginWhereTheirPeriodDoes) {
    // A Thursday.
    const auto time = at(
        2026, 11, 26, std::chrono::hours{15} + std::chrono::minutes{47} + std::chrono::seconds{31});
    const auto start_of = [&](const char* type) {
        return timestamp_text(candle_start(type, time));
    };
    EXPECT_EQ(start_of("m"), "20261126-15:47:00.000");
    EXPECT_EQ(start_of("5m"), "20261126-15:45:00.000");
    EXPECT_EQ(start_of("30m"), "20261126-15:30:00.000");
    EXPECT_EQ(start_of("2h"), "20261126-14:00:00.000");
    EXPECT_EQ(start_of("4h"), "20261126-12:00:00.000");
    EXPECT_EQ(start_of("d"), "20261126-00:00:00.000");
    EXPECT_EQ(start_of("w"), "20261123-00:00:00.000");
    EXPECT_EQ(start_of("mo"), "20261101-00:00:00.000");
}

TEST(Candles, TakeTheExtremesOfTheirPeriodAndStartAnewInTheNext) {
    Candles candles;
    EXPECT_EQ(candles.last("m"), nullptr);
    const auto first = at(2026, 11, 26, std::chrono::hours{15});
    candles.add(first, decimal("1.5"));
    candles.add(first + std::chrono::seconds{1}, decimal("1.7"));
    candles.add(first + std::chrono::seconds{2}, decimal("1.4"));
    candles.add(first + std::chrono::seconds{59}, decimal("1.6"));
    const Candle* candle = candles.last("m");
    ASSERT_NE(candle, nullptr);
    EXPECT_EQ(candle->open, decimal("1.5"));
    EXPECT_EQ(candle->high, decimal("1.7"));
    EXPECT_EQ(candle->low, decimal("1.4"));
    EXPECT_EQ(candle->close, decimal("1.6"));

    candles.add(first + std::chrono::minutes{1}, decimal("1.55"));
    EXPECT_EQ(candles.last("m")->start, first + std::chrono::minutes{1});
    EXPECT_EQ(candles.last("m")->high, decimal("1.55"));
    EXPECT_EQ(candles.last("h")->open, decimal("1.5")) << "the hour goes on";
}

}  // namespace
}  // namespace broker::simulator
