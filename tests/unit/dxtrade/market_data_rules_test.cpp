#include "dxtrade/market_data_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broker::dxtrade {
namespace {

using core::Reason;
using testing::HasSubstr;

Profile profile_with_everything() {
    Profile profile;
    profile.name = "P";
    profile.market_data = {.is_offered = true,
                           .has_full_book = true,
                           .has_other_depths = true,
                           .has_trades = true,
                           .has_candles = true,
                           .md_stream_id = {}};
    return profile;
}

core::MarketDataRequest request(std::int32_t depth = 1) {
    core::MarketDataRequest result;
    result.request_id = 1;
    result.symbol = core::Symbol::from("EURUSD").value();
    result.depth = depth;
    return result;
}

core::MarketDataRequest candles() {
    core::MarketDataRequest result = request();
    result.candle_type = core::CandleType::from("h").value();
    return result;
}

void expect_refused(const core::MarketDataRequest& asked, const Profile& profile, Reason reason,
                    const char* key) {
    const auto result = check(asked, profile);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, reason);
    EXPECT_THAT(result.error().detail, HasSubstr(key));
}

TEST(MarketDataRules, OffersWhatTheProfileHas) {
    const Profile profile = profile_with_everything();
    for (const std::int32_t depth : {0, 1, 5}) EXPECT_TRUE(check(request(depth), profile));
    EXPECT_TRUE(check(candles(), profile));
    core::MarketDataRequest trades = request(0);
    trades.has_trades = true;
    EXPECT_TRUE(check(trades, profile));
}

TEST(MarketDataRules, NamesTheKeyOfWhatTheProfileDoesNotOffer) {
    Profile profile = profile_with_everything();
    profile.market_data = {.is_offered = true, .has_full_book = false, .md_stream_id = {}};
    core::MarketDataRequest trades = request();
    trades.has_trades = true;
    expect_refused(request(0), profile, Reason::NotSupported, "(market_data.full_book)");
    expect_refused(request(5), profile, Reason::NotSupported, "(market_data.other_depths)");
    expect_refused(trades, profile, Reason::NotSupported, "(market_data.trades)");
    expect_refused(candles(), profile, Reason::NotSupported, "(market_data.candles)");
    profile.market_data.is_offered = false;
    expect_refused(request(), profile, Reason::NotSupported, "(market_data.offered)");
}

TEST(MarketDataRules, RefusesCandlesTogetherWithAnythingElse) {
    const Profile profile = profile_with_everything();
    core::MarketDataRequest with_trades = candles();
    with_trades.has_trades = true;
    expect_refused(with_trades, profile, Reason::InvalidField, "has_trades");
    core::MarketDataRequest deep = candles();
    deep.depth = 5;
    expect_refused(deep, profile, Reason::InvalidField, "depth");
}

TEST(MarketDataRules, RefusesASymbolThatACompleteMapDoesNotHave) {
    Profile profile = profile_with_everything();
    profile.symbols.is_map_complete = true;
    expect_refused(request(), profile, Reason::SymbolUnknown, "EURUSD");
    profile.symbols.map["EURUSD"] = {"EUR/USD", "", {}};
    EXPECT_TRUE(check(request(), profile));
}

}  // namespace
}  // namespace broker::dxtrade
