#include "simulator/market_data_request.hpp"

#include <gtest/gtest.h>

namespace broker::simulator {
namespace {

FixMessage request(std::vector<FixField> fields) {
    FixMessage fix{"V", {{262, "R1"}}};
    for (auto& field : fields) fix.fields.push_back(std::move(field));
    return fix;
}

// "281 text" of the refusal; "accepted" if there is none.
std::string verdict_on(const FixMessage& fix, const MarketDataOptions& options = {}) {
    const auto parsed = market_data_request_from_fix(fix, options);
    const auto* refusal = std::get_if<MarketDataRefusal>(&parsed);
    return refusal == nullptr ? "accepted" : refusal->reason + ' ' + refusal->text;
}

TEST(MarketDataRequest, IsReadWithAllItsSymbolsAndEntryTypes) {
    const auto parsed = market_data_request_from_fix(request({{263, "1"},
                                                              {264, "0"},
                                                              {265, "1"},
                                                              {1500, "S"},
                                                              {267, "3"},
                                                              {269, "0"},
                                                              {269, "1"},
                                                              {269, "2"},
                                                              {146, "2"},
                                                              {55, "EURUSD"},
                                                              {55, "XAUUSD"}}),
                                                     {});
    const auto* read = std::get_if<MarketDataRequest>(&parsed);
    ASSERT_NE(read, nullptr);
    EXPECT_EQ(read->md_req_id, "R1");
    EXPECT_EQ(read->type, SubscriptionRequestType::Subscribe);
    EXPECT_TRUE(read->is_full_book);
    EXPECT_TRUE(read->is_incremental);
    EXPECT_EQ(read->stream_id, "S");
    EXPECT_EQ(read->entry_types, "012");
    EXPECT_EQ(read->symbols, (std::vector<std::string>{"EURUSD", "XAUUSD"}));
}

TEST(MarketDataRequest, NeedsNothingButItsIdToUnsubscribe) {
    EXPECT_EQ(verdict_on(request({{263, "2"}})), "accepted");
}

TEST(MarketDataRequest, MustKeepQuotesAndCandlesApart) {
    const auto with = [](std::vector<FixField> more) {
        std::vector<FixField> fields{{263, "0"}, {264, "1"}, {55, "EURUSD"}};
        fields.insert(fields.end(), more.begin(), more.end());
        return verdict_on(request(fields));
    };
    EXPECT_EQ(with({{269, "0"}, {269, "1"}, {269, "2"}}), "accepted");
    EXPECT_EQ(with({{269, "4"}, {269, "5"}, {6408, "m"}}), "accepted");
    EXPECT_EQ(with({{269, "0"}, {269, "7"}, {6408, "m"}}), "8 quotes and candles in one request");
    EXPECT_EQ(with({{269, "4"}}), "8 candles without CandleType");
    EXPECT_EQ(with({{269, "1"}, {6408, "m"}}), "8 CandleType with quotes");
    EXPECT_EQ(with({{269, "4"}, {6408, "7m"}}), "8 unknown CandleType");
    EXPECT_EQ(with({{269, "C"}}), "8 unsupported MDEntryType");
    EXPECT_EQ(with({}), "8 no MDEntryType");
}

TEST(MarketDataRequest, IsRefusedWithTheReasonOfTheFieldThatIsWrong) {
    const std::vector<FixField> quotes{{269, "0"}, {55, "EURUSD"}};
    const auto with = [&](std::vector<FixField> fields) {
        fields.insert(fields.end(), quotes.begin(), quotes.end());
        return verdict_on(request(fields));
    };
    EXPECT_EQ(with({{263, "3"}, {264, "1"}}), "4 SubscriptionRequestType is none of 0, 1 and 2");
    EXPECT_EQ(with({{263, "0"}, {264, "5"}}), "5 MarketDepth is neither 0 nor 1");
    EXPECT_EQ(with({{263, "1"}, {264, "1"}}), "6 MDUpdateType is neither 0 nor 1");
    EXPECT_EQ(with({{263, "0"}, {264, "1"}}), "accepted") << "a snapshot has no updates";
    EXPECT_EQ(verdict_on(request({{263, "0"}, {264, "1"}, {269, "0"}})), "0 no Symbol");
}

TEST(MarketDataRequest, NeedsAnMDStreamIDForTheFullBookWhereTheVenueSaysSo) {
    const MarketDataOptions strict{.requires_stream_id = true};
    const FixMessage full = request({{263, "0"}, {264, "0"}, {269, "0"}, {55, "EURUSD"}});
    EXPECT_EQ(verdict_on(full), "accepted");
    EXPECT_EQ(verdict_on(full, strict), "5 the full book needs an MDStreamID");
    EXPECT_EQ(verdict_on(request({{263, "0"}, {264, "1"}, {269, "0"}, {55, "EURUSD"}}), strict),
              "accepted");
}

}  // namespace
}  // namespace broker::simulator
