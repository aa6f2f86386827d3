#include "dxtrade/push/push_messages.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::push {
namespace {

using rest::decimal;
using test::payload;

Envelope envelope() {
    return {"r-17", "k3v", rest::example_time() + std::chrono::milliseconds{901}};
}

constexpr std::string_view kEnvelope =
    R"("requestId":"r-17","session":"k3v","timestamp":"2031-04-05T06:07:08.901Z")";

std::string message(std::string_view type, std::string_view rest) {
    return R"({"type":")" + std::string{type} + "\"," + std::string{kEnvelope} + std::string{rest} +
           '}';
}

const std::vector<std::string> kAccounts{"default:AB-1001"};

TEST(PushMessages, SubscribeToAccountsByName) {
    EXPECT_EQ(subscribe_accounts(envelope(), AccountTopic::Portfolios, kAccounts),
              message("AccountPortfoliosSubscriptionRequest",
                      R"(,"payload":{"requestType":"LIST","accounts":["default:AB-1001"]})"));
    EXPECT_EQ(subscribe_accounts(envelope(), AccountTopic::Metrics, kAccounts),
              message("AccountMetricsSubscriptionRequest",
                      R"(,"payload":{"requestType":"LIST","accounts":["default:AB-1001"],)"
                      R"("includePositions":"true"})"));
    EXPECT_EQ(subscribe_accounts(envelope(), AccountTopic::Events, kAccounts),
              message("AccountEventsSubscriptionRequest",
                      R"(,"payload":{"requestType":"LIST","accounts":["default:AB-1001"]})"));
}

TEST(PushMessages, SubscribeToAllAccountsWhereNoneIsNamed) {
    EXPECT_EQ(subscribe_accounts(envelope(), AccountTopic::CashTransfers, {}),
              message("CashTransfersSubscriptionRequest", R"(,"payload":{"requestType":"ALL"})"));
}

TEST(PushMessages, SubscribeToInstrumentsAndMarketData) {
    const std::vector<std::string> symbols{"EURUSD", "XAUUSD"};
    EXPECT_EQ(subscribe_instruments(envelope(), {}, symbols),
              message("InstrumentSubscriptionRequest",
                      R"(,"payload":{"instruments":["EURUSD","XAUUSD"]})"));
    EXPECT_EQ(subscribe_quotes(envelope(), "default:AB-1001", symbols),
              message("MarketDataSubscriptionRequest",
                      R"(,"payload":{"account":"default:AB-1001","symbols":["EURUSD","XAUUSD"],)"
                      R"("eventTypes":[{"type":"Quote","format":"COMPACT"}]})"));
    EXPECT_EQ(subscribe_candles(envelope(), "default:AB-1001", symbols, "5m", rest::example_time()),
              message("MarketDataSubscriptionRequest",
                      R"(,"payload":{"account":"default:AB-1001","symbols":["EURUSD","XAUUSD"],)"
                      R"("eventTypes":[{"type":"Candle","candleType":"5m",)"
                      R"("fromTime":"2031-04-05T06:07:08.000Z","format":"COMPACT"}]})"));
}

TEST(PushMessages, NameTheSubscriptionThatEnds) {
    EXPECT_EQ(unsubscribe(envelope(), Topic::MarketData, "r-3"),
              message("MarketDataCloseSubscriptionRequest", R"(,"refRequestId":"r-3")"));
    EXPECT_EQ(unsubscribe(envelope(), Topic::Portfolios, "r-3"),
              message("AccountPortfoliosCloseSubscriptionRequest", R"(,"refRequestId":"r-3")"));
}

TEST(PushMessages, AnswerAPingWithTheSessionAlone) {
    EXPECT_EQ(ping({"", "k3v", rest::example_time()}),
              R"({"type":"Ping","session":"k3v","timestamp":"2031-04-05T06:07:08.000Z"})");
}

struct Case {
    const char* name;
    PushMessageType type;
    const char* in_reply_to;
};

TEST(PushMessages, ReadEveryMessageOfTheVenueByItsType) {
    const std::vector<Case> cases{
        {"push_portfolios.json", PushMessageType::AccountPortfolios, "r-17"},
        {"push_metrics.json", PushMessageType::AccountMetrics, "r-18"},
        {"push_market_data.json", PushMessageType::MarketData, "r-19"},
        {"push_events.json", PushMessageType::AccountEvents, "r-20"},
        {"push_cash_transfers.json", PushMessageType::CashTransfers, "r-21"},
        {"push_instruments.json", PushMessageType::Instruments, "r-22"},
        {"push_reject.json", PushMessageType::Reject, "r-23"},
        {"push_ping_request.json", PushMessageType::PingRequest, ""},
        {"push_session_closed.json", PushMessageType::SessionClosed, ""},
        {"push_subscription_closed.json", PushMessageType::SubscriptionClosed, "r-24"},
        {"push_unknown.json", PushMessageType::Unknown, "r-17"},
    };
    for (const Case& one : cases) {
        json::ReadFaults faults;
        const auto read = push_message_from_json(payload(one.name), faults);
        ASSERT_TRUE(read) << one.name;
        EXPECT_EQ(read->type, one.type) << one.name;
        EXPECT_EQ(read->in_reply_to, one.in_reply_to) << one.name;
        EXPECT_TRUE(faults.empty()) << one.name;
    }
}

PushMessage read(const char* name) {
    json::ReadFaults faults;
    auto message = push_message_from_json(payload(name), faults);
    EXPECT_TRUE(message);
    return message ? std::move(*message) : PushMessage{};
}

TEST(PushMessages, ReadTheRecordsOfTheirPayload) {
    const PushMessage portfolios = read("push_portfolios.json");
    ASSERT_EQ(portfolios.portfolios.size(), 1U);
    EXPECT_EQ(portfolios.portfolios[0].version, 5122U);
    EXPECT_TRUE(portfolios.portfolios[0].has_all_orders);
    EXPECT_EQ(portfolios.portfolios[0].orders.at(0).legs.at(0).price, decimal("1.19"));
    EXPECT_EQ(read("push_metrics.json").metrics.at(0).open_pl, decimal("1.25"));
    EXPECT_EQ(read("push_metrics.json").timestamp,
              rest::example_time() + std::chrono::milliseconds{901});
    EXPECT_FALSE(read("push_market_data.json").market_data.quotes.at(1).bid);
    EXPECT_EQ(read("push_events.json").account_events.at(0).event_type, "MARGIN_CALL");
    EXPECT_EQ(read("push_cash_transfers.json").cash_transfers.at(0).transfer_code, "t9");
    EXPECT_EQ(read("push_instruments.json").instruments.at(0).lot_size, decimal("100000"));
    EXPECT_EQ(read("push_reject.json").reject.error_code, "34");
    EXPECT_EQ(read("push_unknown.json").name, "PositionUpdate");
}

TEST(PushMessages, FlagAMessageWithoutItsPayload) {
    json::ReadFaults faults;
    ASSERT_TRUE(push_message_from_json(R"({"type":"AccountPortfolios"})", faults));
    ASSERT_EQ(faults.kept().size(), 1U);
    EXPECT_EQ(faults.kept()[0].text, "payload: missing");
    ASSERT_TRUE(push_message_from_json(R"({"type":"MarketData","payload":{}})", faults));
    EXPECT_EQ(faults.kept().back().text, "payload.events: missing");
}

TEST(PushMessages, FailWithoutAType) {
    json::ReadFaults faults;
    for (const char* text : {"", "[]", "{}", R"({"type":""})", "pong"}) {
        const auto message = push_message_from_json(text, faults);
        ASSERT_FALSE(message) << text;
        EXPECT_EQ(message.error().reason, core::Reason::HttpResponseMalformed);
    }
}

}  // namespace
}  // namespace broker::dxtrade::push
