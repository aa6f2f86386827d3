#include "dxtrade/push/push_market_data.hpp"

#include "unit/dxtrade/push/push_fixture.hpp"

namespace broker::dxtrade::push {
namespace {

using core::MDEntryType;
using core::Reason;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class RecordingFeed final : public RecordingChannel<MarketDataListener> {
public:
    struct Update {
        std::string md_req_id;
        std::string symbol;
        std::vector<std::pair<MDEntryType, std::string>> entries;
        bool is_picture;
    };
    struct Reject {
        std::string md_req_id;
        std::string text;
    };
    std::vector<Update> updates;
    std::vector<Reject> rejects;
    std::function<void(const MarketDataReject&)> on_reject;

    void on_market_data(const MarketDataUpdate& update) override {
        Update kept{
            std::string{update.md_req_id}, std::string{update.symbol}, {}, update.is_picture};
        for (const core::MDEntry& entry : update.entries) {
            kept.entries.emplace_back(entry.type, text_of(entry.px));
        }
        updates.push_back(std::move(kept));
    }
    void on_market_data_reject(const MarketDataReject& reject) override {
        rejects.push_back({std::string{reject.md_req_id}, std::string{reject.text}});
        if (on_reject) on_reject(reject);
    }
};

class PushMarketDataTest : public PushTest {
protected:
    PushMarketDataTest() {
        PushMarketDataSettings settings;
        settings.account = kAccount;
        settings.connection = connection_settings();
        settings.connection.rules.max_symbols_per_request = 2;
        settings.symbols.map["EURUSD"] = {"EUR/USD", "", {}};
        settings.symbols.map["BRKB"] = {"BRK", "B", {}};
        market_data.emplace(std::move(settings), parts(), feed);
    }
    void connect() {
        tokens.set("T1");
        market_data->start();
        turn_loop();
        opened();
    }
    void tick(core::Duration after = 0ns) {
        clock.advance(after);
        market_data->on_tick();
        turn_loop();
    }
    core::Result<core::MsgSeqNum> send(MarketDataRequestKind kind, std::string_view id,
                                       std::vector<std::string> names,
                                       std::string_view candle_type = {}) {
        std::vector<core::Symbol> its_symbols;
        for (const std::string& name : names) its_symbols.push_back(*core::Symbol::from(name));
        VenueMarketDataRequest request;
        request.kind = kind;
        request.md_req_id = id;
        request.candle_type = candle_type;
        request.symbols = its_symbols;
        return market_data->send(request);
    }
    auto subscribe(std::string_view id, std::vector<std::string> names,
                   std::string_view candle_type = {}) {
        return send(MarketDataRequestKind::Subscribe, id, std::move(names), candle_type);
    }
    // The requestIds of the subscriptions on this connection, oldest first.
    [[nodiscard]] std::vector<std::string> request_ids() {
        std::vector<std::string> ids;
        for (const std::string& text : sent("MarketDataSubscriptionRequest")) {
            ids.push_back(request_id_of(text));
        }
        return ids;
    }
    void events(std::string_view in_reply_to, std::string_view list) {
        received(R"({"type":"MarketData","inReplyTo":")" + std::string{in_reply_to} +
                 R"(","payload":{"events":[)" + std::string{list} + "]}}");
    }

    RecordingFeed feed;
    std::optional<PushMarketData> market_data;
};

constexpr std::string_view kEurQuote =
    R"({"type":"Quote","symbol":"EUR/USD","bid":1.20009,"ask":1.20013,"time":"2031-04-05T06:07:08Z"})";
constexpr std::string_view kGbpQuote =
    R"({"type":"Quote","symbol":"GBPUSD","bid":1.4,"ask":1.5,"time":"2031-04-05T06:07:08Z"})";

TEST_F(PushMarketDataTest, IsLoggedOnOnceTheConnectionIsOpen) {
    tokens.set("T1");
    market_data->start();
    turn_loop();
    EXPECT_TRUE(feed.logged_on.empty());
    opened();
    EXPECT_THAT(feed.logged_on, ElementsAre(core::Channel::PushMarketData));
}

TEST_F(PushMarketDataTest, NothingIsTakenWhileThereIsNoConnection) {
    const auto refused = subscribe("M1", {"EURUSD"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::AccountNotReady);
    connect();
    EXPECT_TRUE(subscribe("M1", {"EURUSD"}));
    closed(Reason::ConnectionLost);
    EXPECT_FALSE(subscribe("M2", {"EURUSD"}));
}

TEST_F(PushMarketDataTest, SubscriptionNamesTheAccountAndTheVenuesSymbols) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD", "GBPUSD"}));
    ASSERT_EQ(network.last().sent.size(), 1U);
    const std::string& text = network.last().sent[0];
    EXPECT_THAT(text, HasSubstr(R"("account":"default:AB-1001")"));
    EXPECT_THAT(text, HasSubstr(R"("symbols":["EUR/USD","GBPUSD"])"));
    EXPECT_THAT(text, HasSubstr(R"("type":"Quote")"));
    EXPECT_THAT(text, HasSubstr(R"("session":"T1")"));
}

TEST_F(PushMarketDataTest, ManySymbolsBecomeSeveralSubscriptionsOfOneRequest) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"A", "B", "C", "D", "E"}));
    ASSERT_EQ(request_ids().size(), 3U);
    EXPECT_THAT(network.last().sent[2], HasSubstr(R"("symbols":["E"])"));
    events(request_ids()[2], R"({"type":"Quote","symbol":"E","bid":1,"ask":2})");
    ASSERT_EQ(feed.updates.size(), 1U);
    EXPECT_EQ(feed.updates[0].md_req_id, "M1");
    EXPECT_EQ(feed.updates[0].symbol, "E");
}

TEST_F(PushMarketDataTest, QuoteIsAPictureUnderTheHostsName) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    events(request_ids()[0], kEurQuote);
    ASSERT_EQ(feed.updates.size(), 1U);
    EXPECT_TRUE(feed.updates[0].is_picture);
    EXPECT_EQ(feed.updates[0].symbol, "EURUSD");
    EXPECT_THAT(feed.updates[0].entries,
                ElementsAre(std::pair{MDEntryType::Bid, std::string{"1.20009"}},
                            std::pair{MDEntryType::Offer, std::string{"1.20013"}}));
}

TEST_F(PushMarketDataTest, OneMessageMayHoldSeveralSymbols) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD", "GBPUSD"}));
    events(request_ids()[0], std::string{kEurQuote} + "," + std::string{kGbpQuote});
    ASSERT_EQ(feed.updates.size(), 2U);
    EXPECT_EQ(feed.updates[1].symbol, "GBPUSD");
}

TEST_F(PushMarketDataTest, AbsentSideOfAQuoteIsNoEntryAndNotZero) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    events(request_ids()[0], R"({"type":"Quote","symbol":"EUR/USD","ask":1.20013})");
    events(request_ids()[0], R"({"type":"Quote","symbol":"EUR/USD"})");
    ASSERT_EQ(feed.updates.size(), 2U);
    EXPECT_THAT(feed.updates[0].entries,
                ElementsAre(std::pair{MDEntryType::Offer, std::string{"1.20013"}}));
    EXPECT_TRUE(feed.updates[1].entries.empty());
}

TEST_F(PushMarketDataTest, CandlesAreSubscribedToFromTheLastWholeBarOn) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}, "5m"));
    const std::string& text = network.last().sent[0];
    EXPECT_THAT(text, HasSubstr(R"("candleType":"5m")"));
    EXPECT_THAT(text, HasSubstr(R"("fromTime":"2026-01-05T11:50:00.000Z")"));
    events(request_ids()[0],
           R"({"type":"Candle","candleType":"5m","symbol":"EUR/USD","open":1.2,"high":1.3,)"
           R"("low":1.1,"close":1.25,"volume":311,"time":"2026-01-05T11:55:00Z"})");
    ASSERT_EQ(feed.updates.size(), 1U);
    EXPECT_THAT(feed.updates[0].entries,
                ElementsAre(std::pair{MDEntryType::OpeningPrice, std::string{"1.2"}},
                            std::pair{MDEntryType::HighPrice, std::string{"1.3"}},
                            std::pair{MDEntryType::LowPrice, std::string{"1.1"}},
                            std::pair{MDEntryType::ClosingPrice, std::string{"1.25"}}));
}

TEST_F(PushMarketDataTest, WhatPushDoesNotHaveIsRefusedHereAndNothingIsSent) {
    connect();
    const auto expect_refused = [&](Reason reason, const auto& result) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().reason, reason);
    };
    expect_refused(Reason::SymbolUnknown, subscribe("M1", {"EURUSD", "BRKB"}));
    expect_refused(Reason::InvalidField, subscribe("M2", {"EURUSD"}, "1m"));
    VenueMarketDataRequest request;
    request.md_req_id = "M3";
    request.depth = core::kFullBook;
    expect_refused(Reason::InvalidField, market_data->send(request));
    request.depth = core::kTopOfBook;
    request.has_trades = true;
    expect_refused(Reason::InvalidField, market_data->send(request));
    EXPECT_TRUE(network.last().sent.empty());
}

TEST_F(PushMarketDataTest, UnsubscribeClosesEachSubscriptionOfTheRequest) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"A", "B", "C"}));
    ASSERT_TRUE(subscribe("M2", {"A"}));
    const auto ids = request_ids();
    ASSERT_TRUE(send(MarketDataRequestKind::Unsubscribe, "M1", {"A", "B", "C"}));
    const auto closes = sent("MarketDataCloseSubscriptionRequest");
    ASSERT_EQ(closes.size(), 2U);
    EXPECT_THAT(closes[0], HasSubstr(R"("refRequestId":")" + ids[0] + "\""));
    EXPECT_THAT(closes[1], HasSubstr(R"("refRequestId":")" + ids[1] + "\""));
    events(ids[0], R"({"type":"Quote","symbol":"A","bid":1})");
    EXPECT_TRUE(feed.updates.empty()) << "it was on its way";
    EXPECT_TRUE(feed.faults.empty());
    events(ids[2], R"({"type":"Quote","symbol":"A","bid":1})");
    EXPECT_EQ(feed.updates.size(), 1U);
}

TEST_F(PushMarketDataTest, SnapshotEndsWithTheFirstEventOfItsLastSymbol) {
    connect();
    ASSERT_TRUE(send(MarketDataRequestKind::Snapshot, "M1", {"EURUSD", "GBPUSD"}));
    const std::string id = request_ids()[0];
    events(id, kEurQuote);
    EXPECT_TRUE(sent("CloseSubscription").empty());
    events(id, kGbpQuote);
    EXPECT_EQ(sent("CloseSubscription").size(), 1U);
    EXPECT_EQ(feed.updates.size(), 2U);
    events(id, kEurQuote);
    EXPECT_EQ(feed.updates.size(), 2U);
}

TEST_F(PushMarketDataTest, RefusedPartRefusesTheRequestAndClosesTheOthers) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"A", "B", "C"}));
    const auto ids = request_ids();
    received(reject_message(ids[1], "2"));
    ASSERT_EQ(feed.rejects.size(), 1U);
    EXPECT_EQ(feed.rejects[0].md_req_id, "M1");
    EXPECT_THAT(feed.rejects[0].text, HasSubstr("errorCode=2"));
    ASSERT_EQ(sent("CloseSubscription").size(), 1U);
    EXPECT_THAT(sent("CloseSubscription")[0], HasSubstr(ids[0]));
    received(reject_message(ids[0], "2"));
    EXPECT_EQ(feed.rejects.size(), 1U);
    EXPECT_TRUE(feed.faults.empty());
}

TEST_F(PushMarketDataTest, ListenerMayAskAgainWhileItHearsOfTheReject) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"A", "B"}));
    feed.on_reject = [this](const MarketDataReject&) {
        EXPECT_TRUE(subscribe("M2", {"A"}));
        EXPECT_TRUE(subscribe("M3", {"B"}));
    };
    received(reject_message(request_ids()[0], "34"));
    EXPECT_EQ(request_ids().size(), 3U);
}

TEST_F(PushMarketDataTest, ThrottledSubscriptionIsAskedForAfterABackoff) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    const std::string id = request_ids()[0];
    received(reject_message(id, "429"));
    EXPECT_TRUE(feed.rejects.empty());
    EXPECT_EQ(feed.notices.size(), 1U);
    tick(8s);
    EXPECT_THAT(request_ids(), ElementsAre(id, Not(id)));
    events(request_ids()[1], kEurQuote);
    ASSERT_EQ(feed.updates.size(), 1U);
    EXPECT_EQ(feed.updates[0].md_req_id, "M1");
}

TEST_F(PushMarketDataTest, UnsubscribedWhileItIsPutOffIsNotAskedForAgain) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    received(reject_message(request_ids()[0], "429"));
    ASSERT_TRUE(send(MarketDataRequestKind::Unsubscribe, "M1", {"EURUSD"}));
    tick(8s);
    EXPECT_EQ(network.last().sent.size(), 1U) << "there was nothing to close either";
}

TEST_F(PushMarketDataTest, SubscriptionThatTheVenueClosesIsAskedForAgain) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    received(R"({"type":"MarketDataSubscriptionClosed","inReplyTo":")" + request_ids()[0] + "\"}");
    tick(8s);
    EXPECT_EQ(request_ids().size(), 2U);
}

TEST_F(PushMarketDataTest, EventsOfNobodysSubscriptionAreAFault) {
    connect();
    events("m-99", kEurQuote);
    EXPECT_TRUE(feed.updates.empty());
    EXPECT_EQ(feed.faults.size(), 1U);
}

TEST_F(PushMarketDataTest, EventsWithoutAReplyIdAreDeliveredByTheirSymbol) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    events("", kEurQuote);
    ASSERT_EQ(feed.updates.size(), 1U);
    EXPECT_EQ(feed.updates[0].md_req_id, "");
    EXPECT_EQ(feed.updates[0].symbol, "EURUSD");
}

TEST_F(PushMarketDataTest, LostConnectionHasNoSubscriptionsAndItsIdsAreNotUsedAgain) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    const std::string id = request_ids()[0];
    closed(Reason::ConnectionLost, "cut");
    tick(9s);
    opened();
    EXPECT_TRUE(network.last().sent.empty()) << "the feed asks again by itself";
    EXPECT_EQ(feed.logged_on.size(), 2U);
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    EXPECT_NE(request_ids()[0], id);
}

TEST_F(PushMarketDataTest, PingIsAnsweredAndSilenceIsNoticed) {
    connect();
    received(kPingRequest);
    EXPECT_EQ(sent(R"("type":"Ping")").size(), 1U);
    tick(76s);
    ASSERT_EQ(feed.disconnects.size(), 1U);
    EXPECT_EQ(feed.disconnects[0].reason, Reason::PushSilent);
}

TEST_F(PushMarketDataTest, RequestIdsDifferFromThoseOfTheAccountsConnection) {
    connect();
    ASSERT_TRUE(subscribe("M1", {"EURUSD"}));
    EXPECT_THAT(request_ids()[0], testing::StartsWith("m-"));
}

}  // namespace
}  // namespace broker::dxtrade::push
