// Requests beyond single orders, through QuickFIX's validation and TLS.
#include <gtest/gtest.h>

#include "simulator_fixture.hpp"

namespace broker::simulator {
namespace {

class TradingRequests : public SimulatorFixture {};

TEST_F(TradingRequests, TakesAListOfOrdersAndTheDeskActsOnIt) {
    SimulatorOptions options;
    options.trading.lists = {.encoding = ListEncoding::Tag, .tag = 1385};
    make_simulator(options);
    simulator_->start();
    FixTestClient client{client_options()};
    log_on(client);
    client.send({"E",
                 {{66, "L1"},
                  {394, "3"},
                  {1385, "1"},
                  {68, "2"},
                  {73, "2"},
                  {11, "A"},
                  {67, "1"},
                  {55, "EURUSD"},
                  {54, "1"},
                  {38, "10"},
                  {40, "2"},
                  {44, "1.0"},
                  {11, "B"},
                  {67, "2"},
                  {55, "EURUSD"},
                  {54, "2"},
                  {38, "10"},
                  {40, "2"},
                  {44, "1.2"}}});
    EXPECT_EQ(client.receive_line({150, 11, 66}), "8 150=0 11=A 66=L1");
    EXPECT_EQ(client.receive_line({150, 11, 66}), "8 150=0 11=B 66=L1");
    EXPECT_TRUE(simulator_->fill("ACC1", "A", decimal("10"), decimal("1.0")));
    const auto fill = client.receive();
    ASSERT_TRUE(fill);
    ASSERT_EQ(fill->value(150), "F");
    EXPECT_EQ(client.receive_line({150, 11}), "8 150=4 11=B");
    EXPECT_TRUE(simulator_->desk([&](Desk& desk) {
        return desk.correct_trade("ACC1", {fill->value(17)}, decimal("10"), decimal("1.1"));
    }));
    EXPECT_EQ(client.receive_line({150, 19, 31}), "8 150=G 19=" + fill->value(17) + " 31=1.1");
}

TEST_F(TradingRequests, AnswersQuestionsAboutTheAccount) {
    FixTestClient client{client_options()};
    log_on(client);
    client.send(order("C1", ""));
    ASSERT_EQ(client.receive_line({150}), "8 150=0");
    ASSERT_EQ(client.receive_line({150}), "8 150=F");
    client.send({"AN",
                 {{710, "P1"},
                  {724, "0"},
                  {453, "1"},
                  {448, "ME"},
                  {447, "D"},
                  {452, "3"},
                  {1, "default:ACC-1"},
                  {581, "1"},
                  {715, "20260105"},
                  {60, "20260105-12:00:00"}}});
    EXPECT_EQ(client.receive_line({710, 727}), "AO 710=P1 727=1");
    EXPECT_EQ(client.receive_line({710, 704}), "AP 710=P1 704=1000");
    client.send(
        {"AD", {{568, "T1"}, {569, "0"}, {580, "1"}, {75, "20200101"}, {60, "20200101-00:00:00"}}});
    EXPECT_EQ(client.receive_line({568, 748}), "AQ 568=T1 748=1");
    EXPECT_EQ(client.receive_line({568, 11}), "AE 568=T1 11=C1");
    client.send({"BB", {{909, "B1"}}});
    EXPECT_EQ(client.receive_line({909}), "BA 909=B1");
    client.send({"x", {{320, "S1"}, {559, "4"}}});
    EXPECT_EQ(client.receive_line({320, 146}), "y 320=S1 146=5");
    client.send({"AF", {{584, "M1"}, {585, "7"}}});
    EXPECT_EQ(client.receive_line({584, 103}), "8 584=M1 103=5");
    client.send({"K", {{66, "L1"}, {60, "20260105-12:00:00"}}});
    EXPECT_EQ(client.receive_line({372, 380}), "j 372=K 380=3");
}

TEST_F(TradingRequests, ClosesAndOpensTheMarketAndEndsTheDay) {
    FixTestClient client{client_options()};
    log_on(client);
    simulator_->close_market("EURUSD");
    EXPECT_EQ(client.receive_line({625, 340}), "h 625=EURUSD 340=3");
    client.send(order("C1", "1.0"));
    ASSERT_EQ(client.receive_line({150}), "8 150=0");
    simulator_->open_market();
    EXPECT_EQ(client.receive_line({625, 340}), "h 625=EURUSD 340=2");
    simulator_->end_of_day();
    EXPECT_EQ(client.receive_line({150, 39, 11}), "8 150=C 39=C 11=C1");
}

TEST_F(TradingRequests, RunsARuleOnTimeAfterAMoveOfTheMarket) {
    simulator_->add_rule({.action = Action::CancelTrade, .delay = std::chrono::milliseconds{1}});
    FixTestClient client{client_options()};
    log_on(client);
    client.send(order("C1", "1.0"));
    ASSERT_EQ(client.receive_line({150}), "8 150=0");
    ASSERT_TRUE(simulator_->set_quote("EURUSD", decimal("0.9"), decimal("0.90001")));
    EXPECT_EQ(client.receive_line({150}), "8 150=F");
    EXPECT_EQ(client.receive_line({150}), "8 150=H");
}

}  // namespace
}  // namespace broker::simulator
