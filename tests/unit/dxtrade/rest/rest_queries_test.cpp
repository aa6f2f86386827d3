#include "channel_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;
using core::QueryKind;
using core::Reason;
using Lines = std::vector<std::string>;

class RestQueriesTest : public RestChannelTest {
protected:
    static core::Query query(QueryKind kind) {
        core::Query made;
        made.kind = kind;
        made.request_id = 9;
        return made;
    }
    // Answers those that have `part` in them, one after the other, everything else as usual.
    void answer(std::string part, std::vector<std::string> bodies) {
        transport().script =
            [this, part = std::move(part), bodies = std::move(bodies), next = std::size_t{0}](
                const net::HttpRequest& request) mutable -> std::optional<Scripted> {
            if (request.target.find(part) == std::string::npos) return usual(request);
            const std::size_t at = std::min(next++, bodies.size() - 1);
            return answered(200, bodies[at]);
        };
    }
    void expect_complete(std::uint64_t count) {
        ASSERT_EQ(listener_.done.size(), 1U);
        EXPECT_EQ(listener_.done[0].reason, Reason::None) << listener_.done_texts[0];
        EXPECT_EQ(listener_.done[0].request_id, 9U);
        EXPECT_EQ(listener_.done[0].count, count);
    }
};

TEST_F(RestQueriesTest, AnswersMassStatusByOpenOrdersAndThenTheHistory) {
    log_on();
    open_orders_ = order_json("A", "WORKING");
    history_ = order_json("B", "CANCELED");
    ASSERT_TRUE(channel().ask(query(QueryKind::MassStatus)));
    EXPECT_TRUE(listener_.done.empty());
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"order A", "order B"}));
    expect_complete(2);
    EXPECT_NE(transport().last("history")->target.find("transaction-from=2026-01-05T11"),
              std::string::npos);
}

TEST_F(RestQueriesTest, ReadsTheHistoryPageByPageWithoutRepetitions) {
    log_on();
    const std::string second = R"({"orderId":8,"clientOrderId":"B","status":"CANCELED"})";
    answer("/history", {R"({"orders":[{"orderId":7,"clientOrderId":"A","status":"CANCELED"}],)"
                        R"("nextPageTransactionTime":"2026-01-05T11:00:00.000Z"})",
                        R"({"orders":[{"orderId":7,"clientOrderId":"A","status":"CANCELED"},)" +
                            second + "]}"});
    ASSERT_TRUE(channel().ask(query(QueryKind::OrderHistory)));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"past A OrderStatus", "past B OrderStatus"}));
    expect_complete(2);
    EXPECT_EQ(transport().count("history"), 2U);
}

TEST_F(RestQueriesTest, AnswersTradesByTheFillsOfTheHistory) {
    log_on();
    answer("/history",
           {R"({"orders":[{"orderId":7,"clientOrderId":"A","status":"COMPLETED","executions":[)"
            R"({"executionCode":"x1","status":"ACCEPTED","lastQuantity":0},)"
            R"({"executionCode":"x2","status":"COMPLETED","lastQuantity":5,"lastPrice":1.1}]}]})"});
    ASSERT_TRUE(channel().ask(query(QueryKind::Trades)));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"trade x2"}));
    expect_complete(1);
}

TEST_F(RestQueriesTest, AnswersPositionsAndSummary) {
    log_on();
    answer("/positions",
           {R"({"positions":[{"positionCode":"1","symbol":"EURUSD","quantity":5,"side":"BUY"}]})"});
    ASSERT_TRUE(channel().ask(query(QueryKind::Positions)));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"position EURUSD"}));
    answer("/metrics", {R"({"metrics":[{"account":"default:A","equity":10}]})"});
    ASSERT_TRUE(channel().ask(query(QueryKind::AccountSummary)));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"position EURUSD", "summary"}));
}

TEST_F(RestQueriesTest, JoinsInstrumentsWithTheAccountsTerms) {
    log_on();
    answer("instruments/query",
           {R"({"instruments":[{"type":"FOREX","symbol":"EURUSD"},)"
            R"({"type":"CURRENCY","symbol":"EUR"}]})",
            R"({"instrumentDetails":[{"symbol":"EURUSD","tradingStatus":"FULL"}]})"});
    ASSERT_TRUE(channel().ask(query(QueryKind::Instruments)));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"instrument EURUSD"}));
    expect_complete(1);
    EXPECT_EQ(transport().count("instruments/query"), 2U);
}

TEST_F(RestQueriesTest, ReadsTransfersAsLongAsPagesAreFull) {
    profile_.rest.page_size = 1;
    log_on();
    answer("/transfers",
           {R"({"cashTransfers":[{"transferCode":"t1"}]})",
            R"({"cashTransfers":[{"transferCode":"t2"}]})", R"({"cashTransfers":[]})"});
    ASSERT_TRUE(channel().ask(query(QueryKind::CashTransfers)));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"transfer t1", "transfer t2"}));
    expect_complete(2);
}

TEST_F(RestQueriesTest, AnswersEventsCandlesAndRates) {
    log_on();
    answer("/events", {R"({"accountEvents":[{"eventType":"MARGIN_CALL"}]})"});
    ASSERT_TRUE(channel().ask(query(QueryKind::AccountEvents)));
    transport().run();
    answer("/marketdata", {R"({"events":[{"type":"Candle","candleType":"m","symbol":"EURUSD",)"
                           R"("open":1,"time":"2026-01-05T11:00:00Z"}]})"});
    core::Query candles = query(QueryKind::Candles);
    candles.symbol = core::Symbol::from("EURUSD").value();
    candles.candle_type = core::FixedString<15>::from("m").value();
    candles.from = clock_.utc() - 1h;
    ASSERT_TRUE(channel().ask(candles));
    transport().run();
    answer("/conversionRates",
           {R"({"conversionRates":[{"fromCurrency":"EUR","toCurrency":"USD","convRate":1.2}]})"});
    ASSERT_TRUE(channel().ask(query(QueryKind::ConversionRates)));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"event MARGIN_CALL", "candle EURUSD", "rate EUR"}));
    EXPECT_NE(transport().last("conversionRates")->target.find("toCurrency=USD"),
              std::string::npos);
}

TEST_F(RestQueriesTest, TellsNoMoreAnswersThanWereAskedFor) {
    log_on();
    answer("/positions", {R"({"positions":[{"symbol":"A","quantity":1},)"
                          R"({"symbol":"B","quantity":1}]})"});
    core::Query one = query(QueryKind::Positions);
    one.max_answers = 1;
    ASSERT_TRUE(channel().ask(one));
    transport().run();
    EXPECT_EQ(listener_.answers, (Lines{"position A"}));
}

TEST_F(RestQueriesTest, RefusesAQuestionThatTheProfileDoesNotOffer) {
    profile_.rest.queries = {};
    log_on();
    const auto asked = channel().ask(query(QueryKind::Positions));
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().reason, Reason::NotSupported);
}

TEST_F(RestQueriesTest, RefusesCandlesWithoutWhatTheVenueWants) {
    log_on();
    const auto asked = channel().ask(query(QueryKind::Candles));
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().reason, Reason::InvalidField);
}

TEST_F(RestQueriesTest, RefusesTheSixtyFifthOpenQuestion) {
    log_on();
    transport().script = nullptr;
    for (int i = 0; i < 64; ++i) ASSERT_TRUE(channel().ask(query(QueryKind::Positions)));
    const auto asked = channel().ask(query(QueryKind::Positions));
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().reason, Reason::TooManyRequests);
}

TEST_F(RestQueriesTest, EndsAQuestionWithTheVenuesRefusal) {
    log_on();
    transport().script = nullptr;
    ASSERT_TRUE(channel().ask(query(QueryKind::Positions)));
    ASSERT_TRUE(transport().answer(
        "/positions", answered(400, R"({"errorCode":"32","description":"bad parameter"})")));
    ASSERT_EQ(listener_.done.size(), 1U);
    EXPECT_EQ(listener_.done[0].reason, Reason::RequestRejected);
    EXPECT_NE(listener_.done_texts[0].find("bad parameter"), std::string::npos);
}

TEST_F(RestQueriesTest, EndsAQuestionOnceAtItsDeadlineWhenThePeerIsSilent) {
    log_on();
    transport().script = nullptr;
    ASSERT_TRUE(channel().ask(query(QueryKind::Positions)));
    pass(11s);
    ASSERT_EQ(listener_.done.size(), 1U);
    EXPECT_EQ(listener_.done[0].reason, Reason::OutcomeTimeout);
    transport().answer("/positions", answered(200, R"({"positions":[]})"));
    EXPECT_EQ(listener_.done.size(), 1U);
}

TEST_F(RestQueriesTest, ReadsAgainWhenThrottledUntilTheDeadline) {
    log_on();
    transport().script =
        [this, times = 0](const net::HttpRequest& request) mutable -> std::optional<Scripted> {
        if (request.target.find("/positions") == std::string::npos) return usual(request);
        if (++times < 3) return answered(429);
        return answered(200, R"({"positions":[]})");
    };
    ASSERT_TRUE(channel().ask(query(QueryKind::Positions)));
    pass(5s);
    expect_complete(0);
    EXPECT_EQ(transport().count("/positions"), 3U);
}

// ---- the status of one order

TEST_F(RestQueriesTest, AnswersAStatusRequestByTheHistorysPicture) {
    log_on();
    place("A");
    listener_.orders.clear();
    history_ = order_json("A", "WORKING");
    const auto asked = channel().request_status(order("A"));
    ASSERT_TRUE(asked);
    EXPECT_GE(asked->msg_seq_num, core::MsgSeqNum{1} << 63U);
    transport().run();
    EXPECT_TRUE(heard("A report OrderStatus"));
}

TEST_F(RestQueriesTest, SaysThatAStatusRequestHasNoAnswerWhenTheHistoryLacksTheOrder) {
    log_on();
    place("A");
    const auto asked = channel().request_status(order("A"));
    ASSERT_TRUE(asked);
    transport().run();
    EXPECT_EQ(listener_.rejected, (std::vector<core::MsgSeqNum>{asked->msg_seq_num}));
    EXPECT_EQ(certainty("A"), core::Certainty::Acknowledged);
}

// ---- polling

TEST_F(RestQueriesTest, PollsThePortfolioByItsETagWhilePushIsNotLive) {
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target.find("/portfolio") == std::string::npos) return usual(request);
        if (ScriptedTransport::header(request, "If-None-Match") == "\"p1\"") return answered(304);
        Scripted whole = *usual(request);
        whole.headers.push_back({"ETag", "\"p1\""});
        return whole;
    };
    log_on();
    pass(12s);
    EXPECT_EQ(transport().count("/portfolio"), 3U);
    EXPECT_EQ(ScriptedTransport::header(*transport().last("/portfolio"), "If-None-Match"),
              "\"p1\"");
    EXPECT_TRUE(listener_.faults.empty());
    channel().set_push_live(true);
    pass(60s);
    EXPECT_EQ(transport().count("/portfolio"), 3U);
    channel().set_push_live(false);
    pass(6s);
    EXPECT_GE(transport().count("/portfolio"), 4U);
}

TEST_F(RestQueriesTest, TellsAFailingPollOnceAndGoesOn) {
    log_on();
    const std::size_t before = listener_.notices.size();
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target.find("/portfolio") == std::string::npos) return usual(request);
        return answered(500);
    };
    pass(16s);
    EXPECT_EQ(listener_.notices.size(), before + 1);
    EXPECT_TRUE(channel().is_logged_on());
}

}  // namespace
}  // namespace broker::dxtrade::rest
