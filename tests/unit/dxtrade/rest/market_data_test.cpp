#include "dxtrade/rest/market_data.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

TEST(RestMarketData, AsksForQuotesOfSeveralSymbols) {
    const std::vector<std::string> symbols_asked{"EURUSD", "XAU/USD"};
    EXPECT_EQ(quotes_body("default:AB-1001", symbols_asked),
              R"({"account":"default:AB-1001","symbols":["EURUSD","XAU/USD"],)"
              R"("eventTypes":[{"type":"Quote","format":"COMPACT"}]})");
}

TEST(RestMarketData, AsksForCandlesWithBothEndsOfTheRange) {
    const CandleRange range{"EURUSD", "5m", example_time(), example_time() + hours{1}, 12};
    EXPECT_EQ(candles_body("default:AB-1001", range),
              R"({"account":"default:AB-1001","symbols":["EURUSD"],"eventTypes":[)"
              R"({"type":"Candle","candleType":"5m","fromTime":"2031-04-05T06:07:08.000Z",)"
              R"("toTime":"2031-04-05T07:07:08.000Z","count":12,"format":"COMPACT"}]})");
}

TEST(RestMarketData, KnowsThePeriodOfEachOfTheVenuesWords) {
    EXPECT_EQ(candle_period("m"), seconds{60});
    EXPECT_EQ(candle_period("4h"), seconds{14'400});
    EXPECT_EQ(candle_period("w"), seconds{days{7}});
    EXPECT_FALSE(candle_period("1m"));
    EXPECT_FALSE(candle_period(""));
}

struct FormingCase {
    const char* candle_type;
    core::UtcTime open;
    core::UtcTime now;
    bool is_forming;
};

TEST(RestMarketData, CallsABarFormingUntilItsPeriodHasEnded) {
    const core::UtcTime open{sys_days{year{2031} / 4 / 1}};
    const std::vector<FormingCase> cases{
        {"5m", open, open + minutes{5} - seconds{1}, true},
        {"5m", open, open + minutes{5}, false},
        {"d", open, open + hours{23}, true},
        {"mo", open, open + days{30} - seconds{1}, true},
        {"mo", open, open + days{30}, false},
        {"mo", core::UtcTime{sys_days{year{2031} / 1 / 31}} + hours{22},
         core::UtcTime{sys_days{year{2031} / 2 / 20}}, true},
        {"1m", open, open, false},
    };
    for (const FormingCase& one : cases) {
        RestCandle bar;
        bar.candle_type = one.candle_type;
        bar.time = one.open;
        EXPECT_EQ(candle(bar, one.now, report_context()).is_forming, one.is_forming)
            << one.candle_type;
    }
    EXPECT_FALSE(candle(RestCandle{}, open, report_context()).is_forming);
}

TEST(RestMarketData, TellsCandlesAndQuotesByTheHostsNames) {
    RestCandle bar;
    bar.symbol = "XAUUSD";
    bar.close = decimal("2900");
    EXPECT_EQ(candle(bar, example_time(), report_context()).symbol, "GOLD");
    EXPECT_EQ(candle(bar, example_time(), report_context()).close_px, decimal("2900"));
    const RestQuote stale{"XAUUSD", decimal("2900.1"), std::nullopt, example_time()};
    const core::Quote told = quote(stale, report_context());
    EXPECT_EQ(told.symbol, "GOLD");
    EXPECT_EQ(told.bid_px, decimal("2900.1"));
    EXPECT_FALSE(told.offer_px);
    EXPECT_FALSE(told.bid_size);
    EXPECT_EQ(told.venue_time, example_time());
    EXPECT_EQ(told.received, report_context().received);
}

TEST(RestMarketData, AsksForConversionRates) {
    EXPECT_EQ(conversion_rates_target("USD", ""), "/conversionRates?toCurrency=USD");
    EXPECT_EQ(conversion_rates_target("USD", "EUR"),
              "/conversionRates?toCurrency=USD&fromCurrency=EUR");
    const RestConversionRate rate{"EUR", "USD", decimal("1.2001")};
    EXPECT_EQ(conversion_rate(rate, report_context()).rate, decimal("1.2001"));
}

}  // namespace
}  // namespace broker::dxtrade::rest
