#include "rest_fixture.hpp"

namespace broker::simulator {
namespace {

class PushTest : public RestFixture {
protected:
    void SetUp() override {
        RestFixture::SetUp();
        ASSERT_EQ(log_in().status, 200U);
        open();
    }
    void open(const std::string& target = "/dxsca-web/?format=JSON") {
        push_ = std::make_unique<PushTestClient>(rest_options());
        ASSERT_EQ(push_->connect(target), 101U);
    }
    void send(const std::string& type, const std::string& id, const std::string& payload,
              const std::string& more = {}) {
        push_->send(R"({"type":")" + type + R"(","requestId":")" + id + R"(","session":")" +
                    token_ + R"(","timestamp":"2031-04-05T06:07:08.901Z")" + more +
                    (payload.empty() ? "" : R"(,"payload":)" + payload) + "}");
    }
    void subscribe(const std::string& topic, const std::string& id = "r-1",
                   const std::string& more = {}) {
        send(topic + "SubscriptionRequest", id,
             R"({"requestType":"LIST","accounts":["default:ACC-1"])" + more + "}");
    }
    // The next message that is no PingRequest; fails the test if none comes.
    [[nodiscard]] json::object receive() {
        for (;;) {
            const auto message = push_->receive();
            EXPECT_TRUE(message.has_value()) << push_->close_code();
            if (!message) return {};
            auto object = json::parse(*message).as_object();
            if (text(object, "type") != "PingRequest") return object;
        }
    }
    [[nodiscard]] json::object portfolio() {
        const auto message = receive();
        EXPECT_EQ(text(message, "type"), "AccountPortfolios");
        return message.at("payload").at("portfolios").as_array().at(0).as_object();
    }
    [[nodiscard]] std::string rejection() {
        const auto message = receive();
        EXPECT_EQ(text(message, "type"), "Reject");
        return text(message.at("payload").as_object(), "errorCode");
    }
    static std::int64_t version(const json::object& object) {
        return object.at("version").as_int64();
    }
    // Snapshots until one has so many orders and positions.
    [[nodiscard]] bool sees(std::size_t orders, std::size_t positions) {
        for (int i = 0; i < 20; ++i) {
            const auto shown = portfolio();
            if (shown.empty()) return false;
            if (shown.at("orders").as_array().size() == orders &&
                shown.at("positions").as_array().size() == positions)
                return true;
        }
        return false;
    }
    void push_fault(RestFault fault, int skip = 0) {
        simulator_->add_rest_fault(
            {.fault = fault, .endpoint = RestEndpoint::Push, .times = 1, .skip = skip});
    }

    std::unique_ptr<PushTestClient> push_;
};

TEST_F(PushTest, SendsAFullPortfolioAtFirstAndAfterEachChangeWithAHigherVersion) {
    subscribe("AccountPortfolios", "r-17");
    const auto first = receive();
    EXPECT_EQ(text(first, "inReplyTo"), "r-17");
    const auto empty = first.at("payload").at("portfolios").as_array().at(0).as_object();
    EXPECT_EQ(text(empty, "account"), "default:ACC-1");
    EXPECT_EQ(text(empty, "owner"), "acc1@default");
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    const auto with_order = portfolio();
    EXPECT_GT(version(with_order), version(empty));
    EXPECT_EQ(with_order.at("orders").as_array().size(), 1U);
    ASSERT_EQ(post_order(market("m-1", "BUY", "1000")).status, 200U);
    EXPECT_TRUE(sees(1, 1));
}

TEST_F(PushTest, TellsOfAnOrderOverFix) {
    subscribe("AccountPortfolios");
    (void)portfolio();
    FixTestClient fix{client_options()};
    log_on(fix);
    fix.send(order("f-1", "1.05"));
    const auto shown = portfolio().at("orders").as_array();
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(text(shown[0].as_object(), "clientOrderId"), "f-1");
}

TEST_F(PushTest, SendsMetricsAtTheirIntervalWithPositionsIfAsked) {
    simulator_->change_push(
        [](PushOptions& push) { push.metrics_interval = std::chrono::milliseconds{20}; });
    ASSERT_EQ(post_order(market("m-1", "BUY", "1000")).status, 200U);
    subscribe("AccountMetrics", "r-1", R"(,"includePositions":"true")");
    for (int i = 0; i < 3; ++i) {
        const auto message = receive();
        EXPECT_EQ(text(message, "type"), "AccountMetrics");
        const auto& metrics = message.at("payload").at("metrics").as_array().at(0).as_object();
        EXPECT_EQ(text(metrics, "equity"), "99999.98");
        EXPECT_EQ(text(metrics, "margin"), "55.001");
        EXPECT_EQ(text(metrics, "openPL"), "-0.02");
        EXPECT_EQ(metrics.at("positions").as_array().size(), 1U);
    }
}

TEST_F(PushTest, TellsOfTransfersAndAccountEventsOnceEach) {
    subscribe("CashTransfers", "r-1");
    EXPECT_TRUE(receive().at("payload").at("cashTransfers").as_array().empty());
    subscribe("AccountEvents", "r-2");
    EXPECT_TRUE(receive().at("payload").at("accountEvents").as_array().empty());
    ASSERT_TRUE(simulator_->pay("ACC1", decimal("250"), "bonus"));
    const auto transfers = receive().at("payload").at("cashTransfers").as_array();
    ASSERT_EQ(transfers.size(), 1U);
    EXPECT_EQ(text(transfers[0].as_object(), "comment"), "bonus");
    ASSERT_TRUE(simulator_->raise_account_event(
        "ACC1", {.type = "MARGIN_CALL", .threshold = decimal("1"), .level = decimal("0.9")}));
    const auto events = receive().at("payload").at("accountEvents").as_array();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(text(events[0].as_object(), "eventType"), "MARGIN_CALL");
}

TEST_F(PushTest, SendsInstrumentsAndDetails) {
    send("InstrumentSubscriptionRequest", "r-1", R"({"types":["FOREX"]})");
    EXPECT_EQ(receive().at("payload").at("instruments").as_array().size(), 3U);
    send("InstrumentDetailsSubscriptionRequest", "r-2",
         R"({"account":"default:ACC-1","instruments":["EURUSD"]})");
    EXPECT_EQ(receive().at("payload").at("instrumentDetails").as_array().size(), 1U);
}

TEST_F(PushTest, SendsQuotesAndTheFormingCandleOnTheSocketOfMarketData) {
    open("/dxsca-web/md?format=JSON");
    send("MarketDataSubscriptionRequest", "r-1",
         R"({"account":"default:ACC-1","symbols":["EURUSD"],"eventTypes":[)"
         R"({"type":"Quote","format":"COMPACT"},{"type":"Candle","candleType":"m"}]})");
    (void)receive();
    ASSERT_TRUE(simulator_->set_quote("EURUSD", decimal("1.2"), decimal("1.20002")));
    const auto message = receive();
    EXPECT_EQ(text(message, "type"), "MarketData");
    const auto& events = message.at("payload").at("events").as_array();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(text(events[0].as_object(), "bid"), "1.2");
    EXPECT_EQ(text(events[1].as_object(), "close"), "1.2");
    ASSERT_TRUE(simulator_->withdraw_quote("EURUSD"));
    const auto withdrawn = receive().at("payload").at("events").as_array().at(0).as_object();
    EXPECT_EQ(text(withdrawn, "bid"), "(absent)");
}

TEST_F(PushTest, EndsASubscriptionAndSaysSo) {
    subscribe("AccountPortfolios", "r-1");
    (void)portfolio();
    send("AccountPortfoliosCloseSubscriptionRequest", "r-2", {}, R"(,"refRequestId":"r-1")");
    const auto closed = receive();
    EXPECT_EQ(text(closed, "type"), "AccountPortfoliosSubscriptionClosed");
    EXPECT_EQ(text(closed, "inReplyTo"), "r-2");
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    EXPECT_FALSE(push_->receive(200).has_value());
}

TEST_F(PushTest, RejectsWhatItCannotServeWithTheCodesOfTheVenue) {
    push_->send(
        R"({"type":"AccountPortfoliosSubscriptionRequest","requestId":"r","session":"no"})");
    EXPECT_EQ(rejection(), "1");
    push_->send("no json");
    EXPECT_EQ(rejection(), "32");
    send("AccountPortfoliosSubscriptionRequest", "r-1",
         R"({"requestType":"LIST","accounts":["default:OTHER"]})");
    EXPECT_EQ(rejection(), "2");
    send("AccountPortfoliosSubscriptionRequest", "r-2",
         R"({"account":"default:ACC-1","eventTypes":[{"type":"Position"}]})");
    EXPECT_EQ(rejection(), "32");
    send("MarketDataSubscriptionRequest", "r-3", R"({"symbols":["EURUSD"]})");
    EXPECT_EQ(rejection(), "32");
    simulator_->change_rest([](RestOptions& rest) {
        rest.rate_limits.push_all = {1, std::chrono::hours{1}};
    });
    send("AccountPortfoliosSubscriptionRequest", "r-4", R"({"requestType":"ALL"})");
    (void)portfolio();
    send("AccountPortfoliosSubscriptionRequest", "r-5", R"({"requestType":"ALL"})");
    EXPECT_EQ(rejection(), "429");
}

TEST_F(PushTest, ClosesTheSessionOfAClientThatAnswersNoPing) {
    subscribe("AccountPortfolios");
    (void)portfolio();
    simulator_->change_push(
        [](PushOptions& push) { push.ping_interval = std::chrono::milliseconds{20}; });
    EXPECT_EQ(text(receive(), "type"), "SessionClosed");
    EXPECT_FALSE(push_->receive().has_value());
    EXPECT_EQ(push_->close_code(), 1000U);
}

TEST_F(PushTest, KeepsTheSessionOfAClientThatAnswersPings) {
    simulator_->change_push([](PushOptions& push) {
        push.ping_interval = std::chrono::milliseconds{50};
        push.unanswered_pings = 20;
    });
    for (int i = 0; i < 40; ++i) {
        const auto message = push_->receive();
        ASSERT_TRUE(message.has_value());
        ASSERT_EQ(text(json::parse(*message).as_object(), "type"), "PingRequest");
        push_->send(R"({"type":"Ping","session":")" + token_ + "\"}");
    }
}

TEST_F(PushTest, ClosesSessionsThatTheVenueKicks) {
    subscribe("AccountPortfolios");
    (void)portfolio();
    simulator_->end_rest_sessions();
    EXPECT_EQ(text(receive(), "type"), "SessionClosed");
    EXPECT_FALSE(push_->receive().has_value());
}

TEST_F(PushTest, ServesItsPathsAlone) {
    PushTestClient other{rest_options()};
    EXPECT_EQ(other.connect("/dxsca-web/ws"), 404U);
    EXPECT_EQ(other.connect("/dxsca-web?format=JSON"), 404U);
    simulator_->change_push([](PushOptions& push) { push.trailing_slash_required = false; });
    EXPECT_EQ(other.connect("/dxsca-web?format=JSON"), 101U);
}

TEST_F(PushTest, LosesDuplicatesAndReordersMessagesWhenToldTo) {
    subscribe("AccountPortfolios");
    const auto first = portfolio();
    push_fault(RestFault::PushLose);
    push_fault(RestFault::PushDuplicate, 1);
    push_fault(RestFault::PushReorder, 2);
    for (const char* code : {"a", "b", "c", "d"})
        ASSERT_EQ(post_order(limit(code, "1000", "1.09")).status, 200U);
    std::vector<std::int64_t> versions;
    for (int i = 0; i < 4; ++i) versions.push_back(version(portfolio()) - version(first));
    EXPECT_EQ(versions, (std::vector<std::int64_t>{2, 2, 4, 3}));
}

TEST_F(PushTest, ClosesWith1013CutsOrFallsSilentWhenToldTo) {
    push_fault(RestFault::PushSlowConsumer);
    subscribe("AccountPortfolios");
    EXPECT_FALSE(push_->receive().has_value());
    EXPECT_EQ(push_->close_code(), 1013U);
    open();
    push_fault(RestFault::PushCut);
    subscribe("AccountPortfolios");
    EXPECT_FALSE(push_->receive().has_value());
    EXPECT_EQ(push_->close_code(), 0U);
    open();
    push_fault(RestFault::PushWrongJson);
    subscribe("AccountPortfolios");
    boost::system::error_code error;
    (void)json::parse(push_->receive().value_or("{}"), error);
    EXPECT_TRUE(error);
    open();
    push_fault(RestFault::PushSilent);
    subscribe("AccountPortfolios");
    EXPECT_FALSE(push_->receive(200).has_value());
    EXPECT_EQ(push_->close_code(), 0U);
}

TEST_F(PushTest, ClosesWith1013WhenTheClientDoesNotRead) {
    simulator_->change_push([](PushOptions& push) { push.max_queued_messages = 0; });
    subscribe("AccountPortfolios");
    EXPECT_FALSE(push_->receive().has_value());
    EXPECT_EQ(push_->close_code(), 1013U);
}

}  // namespace
}  // namespace broker::simulator
