#include "simulator/market.hpp"

#include <gtest/gtest.h>

namespace broker::simulator {
namespace {

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

std::string walk(std::uint64_t seed, int steps) {
    Market market{default_instruments(), seed};
    std::string path;
    for (int step = 0; step < steps; ++step) {
        market.advance();
        for (const auto& symbol : market.symbols())
            path += market.quote(symbol)->bid.to_string() + ' ';
    }
    return path;
}

TEST(Market, WalksTheSameWayFromTheSameSeed) {
    EXPECT_EQ(walk(7, 200), walk(7, 200));
    EXPECT_NE(walk(7, 200), walk(8, 200));
}

TEST(Market, StaysWhereItIsUntilToldToMove) {
    Market market{default_instruments(), 1};
    EXPECT_EQ(market.quote("EURUSD")->bid.to_string(), "1.10000");
    EXPECT_EQ(market.quote("EURUSD")->ask.to_string(), "1.10002");
    EXPECT_EQ(market.quote("BTCUSD")->ask.to_string(), "60005.00");
}

TEST(Market, NeverQuotesLessThanOneTick) {
    Market market{{{"LOW", 2, 0, 1, 1, decimal("10")}}, 3};
    for (int step = 0; step < 1000; ++step) {
        market.advance();
        ASSERT_GE(market.quote("LOW")->bid, decimal("0.01"));
        ASSERT_GT(market.quote("LOW")->ask, market.quote("LOW")->bid);
    }
}

TEST(Market, LeavesOtherWalksAloneWhenAnInstrumentIsAdded) {
    auto few = default_instruments();
    few.pop_back();
    Market small{few, 5};
    Market large{default_instruments(), 5};
    for (int step = 0; step < 50; ++step) {
        small.advance();
        large.advance();
        ASSERT_EQ(small.quote("GBPUSD")->bid, large.quote("GBPUSD")->bid);
    }
}

TEST(Market, TakesQuotesOnItsTicksAlone) {
    Market market{default_instruments(), 1};
    EXPECT_TRUE(market.set_quote("USDJPY", decimal("149.9"), decimal("149.910")));
    EXPECT_EQ(market.quote("USDJPY")->bid.to_string(), "149.900");
    EXPECT_FALSE(market.set_quote("USDJPY", decimal("149.9001"), decimal("149.91")));
    EXPECT_FALSE(market.set_quote("USDJPY", decimal("149.92"), decimal("149.91")));
    EXPECT_FALSE(market.set_quote("USDJPY", decimal("0"), decimal("149.91")));
    EXPECT_FALSE(market.set_quote("NOSUCH", decimal("1"), decimal("2")));
    EXPECT_FALSE(market.set_quote("USDJPY", decimal("1"), decimal("9223372036854775807")));
    EXPECT_EQ(market.quote("USDJPY")->ask.to_string(), "149.910")
        << "refused quotes change nothing";
}

}  // namespace
}  // namespace broker::simulator
