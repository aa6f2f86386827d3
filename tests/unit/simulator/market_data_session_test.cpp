// The market data session on real sockets.
#include <gtest/gtest.h>

#include "simulator_fixture.hpp"

namespace broker::simulator {
namespace {

class MarketDataSession : public SimulatorFixture {
protected:
    [[nodiscard]] FixTestClientOptions market_data_client() const {
        auto options = client_options();
        options.port = simulator_->port(Listener::FixMarketData);
        options.sender_comp_id = "ACC1-MD";
        options.target_comp_id = "DXTRADE-MD";
        return options;
    }
    void log_on_with_reset(FixTestClient& client) const {
        ASSERT_EQ(client.connect(), "");
        client.log_on("acc1", password(), {{141, "Y"}});
        ASSERT_EQ(client.receive_line({34, 141}), "A 34=1 141=Y");
    }
    static FixMessage request(const char* id, const char* type = "1") {
        return {"V",
                {{262, id},
                 {263, type},
                 {264, "1"},
                 {265, "1"},
                 {267, "2"},
                 {269, "0"},
                 {269, "1"},
                 {146, "1"},
                 {55, "EURUSD"}}};
    }
    // The fields behind the header, as "tag=value|".
    static std::string body_of(const FixMessage& message) {
        std::string text;
        for (const auto& [tag, value] : message.fields)
            if (tag != 35 && tag != 34 && tag != 49 && tag != 52 && tag != 56)
                text += std::to_string(tag) + '=' + value + '|';
        return text;
    }
};

TEST_F(MarketDataSession, LogsOnWithTheCertificateOfTheTradingSessionAndStreamsQuotes) {
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
    EXPECT_TRUE(simulator_->is_logged_on("ACC1-MD"));
    EXPECT_FALSE(simulator_->is_logged_on("ACC1")) << "that is another session";
    client.send(request("R1"));
    EXPECT_EQ(client.receive_line({262, 55, 268}), "W 262=R1 55=EURUSD 268=2");
    ASSERT_TRUE(simulator_->set_quote("EURUSD", decimal("1.2"), decimal("1.3")));
    const auto update = client.receive();
    ASSERT_TRUE(update);
    EXPECT_EQ(update->msg_type, "X");
    EXPECT_EQ(body_of(*update).substr(0, 77),
              "262=R1|268=2|279=0|269=0|278=EURUSD-B1|55=EURUSD|270=1.20000|271=1000000|272=");
    ASSERT_TRUE(simulator_->withdraw_quote("EURUSD"));
    EXPECT_EQ(client.receive_line({269, 270}), "W 269=J");
}

TEST_F(MarketDataSession, EndsALogonWithoutResetAtOnceWithTheReason) {
    FixTestClient client{market_data_client()};
    ASSERT_EQ(client.connect(), "");
    client.log_on("acc1", password());
    EXPECT_EQ(client.receive_line({58}),
              "5 58=Rejected Logon Attempt: ResetSeqNumFlag (141) must be Y on every Logon");
    EXPECT_EQ(client.receive_line({}), "end");
}

TEST_F(MarketDataSession, RefusesALogonWithAWrongPasswordOrAnothersCertificate) {
    FixTestClient client{market_data_client()};
    ASSERT_EQ(client.connect(), "");
    client.log_on("acc1", "wrong", {{141, "Y"}});
    EXPECT_EQ(client.receive_line({58}),
              "5 58=Rejected Logon Attempt: unknown Username or wrong Password");

    auto options = market_data_client();
    const auto other = simulator_->issue({.common_name = "ACC1-MD", .is_client = true});
    options.certificate_pem = other.certificate_pem;
    options.key_pem = other.key_pem;
    FixTestClient stranger{options};
    ASSERT_EQ(stranger.connect(), "");
    stranger.log_on("acc1", password(), {{141, "Y"}});
    EXPECT_EQ(stranger.receive_line({58}),
              "5 58=Rejected Logon Attempt: the client certificate is for ACC1-MD");
}

TEST_F(MarketDataSession, AnswersAResendRequestWithAGapFillAlone) {
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
    client.send(request("R1"));
    ASSERT_EQ(client.receive_line({34}), "W 34=2");
    ASSERT_TRUE(simulator_->burst_quotes("EURUSD", 3));
    ASSERT_EQ(client.receive_line({34}), "X 34=3");
    ASSERT_EQ(client.receive_line({34}), "X 34=4");
    ASSERT_EQ(client.receive_line({34}), "X 34=5");
    client.send({"2", {{7, "2"}, {16, "0"}}});
    EXPECT_EQ(client.receive_line({34, 43, 123, 36}), "4 34=2 43=Y 123=Y 36=6");
    ASSERT_TRUE(simulator_->burst_quotes("EURUSD", 1));
    EXPECT_EQ(client.receive_line({34}), "X 34=6") << "nothing was replayed";
}

TEST_F(MarketDataSession, ForgetsSubscriptionsWhenTheConnectionEnds) {
    FixTestClient first{market_data_client()};
    log_on_with_reset(first);
    first.send(request("R1"));
    ASSERT_EQ(first.receive_line({}), "W");
    simulator_->drop_connections(Listener::FixMarketData);
    EXPECT_EQ(first.receive_line({}), "end");

    FixTestClient second{market_data_client()};
    log_on_with_reset(second);
    ASSERT_TRUE(simulator_->burst_quotes("EURUSD", 2));
    second.send(request("R1"));
    EXPECT_EQ(second.receive_line({34, 262}), "W 34=2 262=R1")
        << "no update came before, and the MDReqID is free again";
}

TEST_F(MarketDataSession, ForgetsSubscriptionsWhenTheSimulatorStops) {
    FixTestClient first{market_data_client()};
    log_on_with_reset(first);
    first.send(request("R1"));
    ASSERT_EQ(first.receive_line({}), "W");
    simulator_->stop();
    simulator_->start();
    FixTestClient second{market_data_client()};
    log_on_with_reset(second);
    second.send(request("R1"));
    EXPECT_EQ(second.receive_line({34, 262}), "W 34=2 262=R1");
}

TEST_F(MarketDataSession, RefusesARequestThatCannotBeServed) {
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
    auto unknown = request("R1");
    unknown.fields.back().value = "NONE";
    client.send(unknown);
    EXPECT_EQ(client.receive_line({262, 281, 58}), "Y 262=R1 281=0 58=unknown Symbol NONE");
    client.send(request("R2", "3"));
    EXPECT_EQ(client.receive_line({371, 373}), "3 371=263 373=5") << "not in the dictionary";
    client.send(order("C1", ""));
    EXPECT_EQ(client.receive_line({372, 380}), "j 372=D 380=3");
    EXPECT_TRUE(simulator_->orders().empty());
}

TEST_F(MarketDataSession, TellsTradesOfTheOrderBook) {
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
    auto trades = request("R1");
    trades.fields[5].value = "2";
    client.send(trades);
    ASSERT_EQ(client.receive_line({}), "W");
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", ""));
    EXPECT_EQ(client.receive_line({269, 270, 271}), "X 269=2 270=1.10002 271=1000");
}

TEST_F(MarketDataSession, SendsAnyMessageByHandAsItIsGiven) {
    const FixMessage strange{
        "X", {{262, "R1"}, {268, "2"}, {270, "cheap"}, {279, "9"}, {270, "-1"}, {279, ""}}};
    EXPECT_FALSE(simulator_->send_market_data("ACC1-MD", strange)) << "nobody is there";
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
    ASSERT_TRUE(simulator_->send_market_data("ACC1-MD", strange));
    const auto received = client.receive();
    ASSERT_TRUE(received);
    EXPECT_EQ(body_of(*received), "262=R1|268=2|270=cheap|279=9|270=-1|279=|");
    EXPECT_FALSE(simulator_->send_market_data("ACC1", strange)) << "a trading session";
}

TEST_F(MarketDataSession, HasFaultsOfItsOwn) {
    simulator_->set_fault(Listener::FixMarketData, Fault::RefuseConnections, true);
    EXPECT_EQ(FixTestClient{market_data_client()}.connect(), "Connection refused");
    FixTestClient trader{client_options()};
    log_on(trader);
    simulator_->set_fault(Listener::FixMarketData, Fault::RefuseConnections, false);
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
}

TEST_F(MarketDataSession, TakesSequenceNumbersThatATestSets) {
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
    ASSERT_TRUE(simulator_->set_next_sender_msg_seq_num("ACC1-MD", 40));
    client.send(request("R1"));
    EXPECT_EQ(client.receive_line({34}), "W 34=40");
    ASSERT_TRUE(simulator_->set_next_target_msg_seq_num("ACC1-MD", 9));
    client.send(request("R2"));
    EXPECT_EQ(client.receive_line({58}), "5 58=MsgSeqNum too low, expecting 9 but received 3");
    EXPECT_FALSE(simulator_->set_next_sender_msg_seq_num("ACC9-MD", 1));
}

TEST_F(MarketDataSession, IsServedOnItsOwnPortAlone) {
    auto options = market_data_client();
    options.port = simulator_->port(Listener::FixTrading);
    FixTestClient client{options};
    ASSERT_EQ(client.connect(), "");
    client.log_on("acc1", password(), {{141, "Y"}});
    EXPECT_EQ(client.receive_line({}), "end");
}

TEST_F(MarketDataSession, KeepsAConsumerGoingThroughABurst) {
    constexpr int kUpdates = 2000;
    FixTestClient client{market_data_client()};
    log_on_with_reset(client);
    client.send(request("R1"));
    ASSERT_EQ(client.receive_line({}), "W");
    ASSERT_TRUE(simulator_->burst_quotes("EURUSD", kUpdates));
    for (int i = 0; i < kUpdates; ++i)
        ASSERT_EQ(client.receive_line({34}), "X 34=" + std::to_string(i + 3));
    EXPECT_FALSE(simulator_->burst_quotes("NONE", 1));
}

}  // namespace
}  // namespace broker::simulator
