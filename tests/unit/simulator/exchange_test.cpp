#include <gtest/gtest.h>

#include "exchange_fixture.hpp"

namespace broker::simulator {
namespace {

using ExchangeTest = ExchangeFixture;

TEST_F(ExchangeTest, AcknowledgesAndFillsAMarketOrder) {
    place("C1", "1000", "", {{1, "default:ACC-1"}});
    EXPECT_EQ(sent({37, 17, 150, 39, 11, 1, 55, 54, 38, 40, 32, 31, 151, 14, 6, 60}),
              (Lines{"8 37=O1-00000001 17=E1-00000001 150=0 39=0 11=C1 1=default:ACC-1 55=EURUSD "
                     "54=1 38=1000 40=1 151=1000 14=0 6=0 60=20260105-12:00:00.000",
                     "8 37=O1-00000001 17=E1-00000002 150=F 39=2 11=C1 1=default:ACC-1 55=EURUSD "
                     "54=1 38=1000 40=1 32=1000 31=1.10002 151=0 14=1000 6=1.10002 "
                     "60=20260105-12:00:00.000"}));
    const auto positions = exchange_->account("ACC1")->positions();
    ASSERT_EQ(positions.size(), 1U);
    EXPECT_EQ(positions[0].quantity, decimal("1000"));
}

TEST_F(ExchangeTest, FillsARestingOrderWhenTheMarketComesToIt) {
    place("C1", "1500000", "1.09999");
    EXPECT_EQ(sent().size(), 1U);
    ASSERT_TRUE(exchange_->market().set_quote("EURUSD", decimal("1.0999"), decimal("1.0999")));
    exchange_->match_all();
    EXPECT_EQ(sent(), Lines{"8 150=F 39=1 11=C1 14=1000000 151=500000"});
    exchange_->match_all();
    EXPECT_EQ(sent(), Lines{"8 150=F 39=2 11=C1 14=1500000 151=0"});
    exchange_->match_all();
    EXPECT_EQ(sent(), Lines{});
}

TEST_F(ExchangeTest, RefusesOrdersThatBreakARule) {
    const auto refusal = [this](const FixMessage& fix) {
        exchange_->receive("ACC1", fix);
        return sent({150, 39, 103, 58});
    };
    const auto order = [](std::string id, std::vector<FixField> fields) {
        fields.push_back({11, std::move(id)});
        fields.push_back({54, "1"});
        return FixMessage{"D", std::move(fields)};
    };
    EXPECT_EQ(refusal(order("1", {{55, "NOPE"}, {38, "1"}, {40, "1"}})),
              Lines{"8 150=8 39=8 103=1 58=unknown Symbol NOPE"});
    EXPECT_EQ(refusal(order("2", {{55, "EURUSD"}, {38, "0"}, {40, "1"}})),
              Lines{"8 150=8 39=8 103=13 58=OrderQty is not positive"});
    EXPECT_EQ(refusal(order("3", {{55, "EURUSD"}, {38, "0.001"}, {40, "1"}})),
              Lines{"8 150=8 39=8 103=13 58=OrderQty is finer than the instrument's step"});
    EXPECT_EQ(refusal(order("4", {{55, "EURUSD"}, {38, "1"}, {40, "K"}})),
              Lines{"8 150=8 39=8 103=11 58=OrdType is not supported"});
    EXPECT_EQ(refusal(order("5", {{55, "EURUSD"}, {38, "1"}, {40, "2"}})),
              Lines{"8 150=8 39=8 103=99 58=Price is missing"});
    EXPECT_EQ(refusal(order("6", {{55, "EURUSD"}, {38, "1"}, {40, "1"}, {44, "1"}})),
              Lines{"8 150=8 39=8 103=99 58=Price does not go with this OrdType"});
    EXPECT_EQ(refusal(order("7", {{55, "EURUSD"}, {38, "1"}, {40, "2"}, {44, "1.000001"}})),
              Lines{"8 150=8 39=8 103=99 58=Price is off the instrument's ticks"});
    EXPECT_EQ(refusal(order("8", {{55, "EURUSD"}, {38, "1"}, {40, "1"}, {1, "default:X"}})),
              Lines{"8 150=8 39=8 103=15 58=unknown Account default:X"});
    EXPECT_EQ(refusal(order("9", {{55, "EURUSD"}, {38, "1000000001"}, {40, "1"}})),
              Lines{"8 150=8 39=8 103=13 58=OrderQty is too large"});
    EXPECT_TRUE(exchange_->account("ACC1")->positions().empty());
}

TEST_F(ExchangeTest, RefusesADuplicateClOrdIDAndKeepsTheFirstOrder) {
    place("C1", "10", "1.0");
    place("C1", "20", "1.0");
    EXPECT_EQ(sent({37, 150, 39, 103, 11, 38}), (Lines{"8 37=O1-00000001 150=0 39=0 11=C1 38=10",
                                                       "8 37=NONE 150=8 39=8 103=6 11=C1 38=20"}));
    ask_status("C1");
    EXPECT_EQ(sent({37, 150, 39, 38}), Lines{"8 37=O1-00000001 150=I 39=0 38=10"});
}

TEST_F(ExchangeTest, AnswersUnreadableRequestsWithABusinessReject) {
    exchange_->receive("ACC1",
                       {"D", {{34, "7"}, {11, "C1"}, {55, "EURUSD"}, {54, "1"}, {40, "1"}}});
    exchange_->receive("ACC1", {"F", {{34, "8"}, {11, "C2"}, {55, "EURUSD"}, {54, "1"}}});
    place("C3", "1e3", "");
    place("C4", "1", "", {{59, "6"}});
    EXPECT_EQ(sent({45, 372, 380, 58}),
              (Lines{"j 45=7 372=D 380=5 58=required tag 38 is missing",
                     "j 45=8 372=F 380=5 58=required tag 41 is missing",
                     "j 372=D 380=0 58=the value of tag 38 cannot be read",
                     "j 372=D 380=5 58=required tag 126 is missing"}));
}

TEST_F(ExchangeTest, CancelsAWorkingOrderUnderTheIdOfTheRequest) {
    place("C1", "10", "1.0");
    cancel("C2", "C1");
    EXPECT_EQ(sent(),
              (Lines{"8 150=0 39=0 11=C1 14=0 151=10", "8 150=4 39=4 11=C2 41=C1 14=0 151=0"}));
}

TEST_F(ExchangeTest, RefusesToCancelWhatIsUnknownFinishedOrRenamed) {
    cancel("X1", "NOPE");
    EXPECT_EQ(sent({37, 11, 41, 39, 434, 102}), Lines{"9 37=NONE 11=X1 41=NOPE 39=8 434=1 102=1"});
    place("C1", "10", "");
    cancel("X2", "C1");
    EXPECT_EQ(sent({39, 434, 102}).back(), "9 39=2 434=1 102=0") << "after the fill";
    place("C2", "10", "1.0");
    replace("C3", "C2", "10", "1.01");
    cancel("X3", "C2");
    EXPECT_EQ(sent({39, 434, 102}).back(), "9 39=0 434=1 102=1") << "C3 stands for it";
    cancel("C3", "C3");
    EXPECT_EQ(sent({39, 434, 102}).back(), "9 39=0 434=1 102=6") << "a ClOrdID that was used";
}

TEST_F(ExchangeTest, ReplacesQuantityAndPriceAndMeetsTheMarketAtOnce) {
    place("C1", "10", "1.0");
    replace("C2", "C1", "20", "1.01");
    replace("C3", "C2", "20", "1.2");
    EXPECT_EQ(sent({150, 39, 11, 41, 38, 44, 31}),
              (Lines{"8 150=0 39=0 11=C1 38=10 44=1.0", "8 150=5 39=0 11=C2 41=C1 38=20 44=1.01",
                     "8 150=5 39=0 11=C3 41=C2 38=20 44=1.2",
                     "8 150=F 39=2 11=C3 38=20 44=1.2 31=1.10002"}));
}

TEST_F(ExchangeTest, RefusesAReplaceBelowCumQtyAndFinishesOneThatMeetsIt) {
    rule({.action = Action::FillInParts, .parts = 2, .filled_parts = 1});
    place("C1", "10", "1.0");
    replace("C2", "C1", "4.99", "1.0");
    replace("C3", "C1", "5", "1.0");
    EXPECT_EQ(
        sent({150, 39, 434, 102, 58, 14, 151}),
        (Lines{"8 150=0 39=0 14=0 151=10", "8 150=F 39=1 14=5 151=5",
               "9 39=1 434=2 102=99 58=OrderQty is below CumQty", "8 150=5 39=2 14=5 151=0"}));
}

TEST_F(ExchangeTest, TellsTheStatusOfOrdersOldAndNew) {
    ask_status("C1");
    EXPECT_EQ(sent({37, 11, 17, 150, 39, 58}),
              Lines{"8 37=NONE 11=C1 17=0 150=I 39=8 58=unknown order"});
    place("C1", "10", "1.0");
    replace("C2", "C1", "10", "1.01");
    sent();
    ask_status("C1");
    ask_status("C2");
    EXPECT_EQ(sent({11, 41, 150, 39}), (Lines{"8 11=C2 41=C1 150=I 39=0", "8 11=C2 150=I 39=0"}));
}

TEST_F(ExchangeTest, ExpiresGoodTillDateOrdersWhenTheirTimeHasCome) {
    place("C1", "10", "1.0", {{59, "6"}, {126, "20260105-12:00:30"}});
    place("C2", "10", "1.0", {{59, "6"}, {432, "20260105"}});
    place("C3", "10", "1.0", {{59, "6"}, {126, "20260105-12:00:00"}});
    EXPECT_EQ(sent({150, 39, 11, 126}), (Lines{"8 150=0 39=0 11=C1 126=20260105-12:00:30.000",
                                               "8 150=0 39=0 11=C2 126=20260106-00:00:00.000",
                                               "8 150=8 39=8 11=C3 126=20260105-12:00:00.000"}));
    pass(std::chrono::seconds{29});
    EXPECT_EQ(sent(), Lines{});
    pass(std::chrono::seconds{1});
    EXPECT_EQ(sent(), Lines{"8 150=C 39=C 11=C1 14=0 151=0"});
    pass(std::chrono::hours{12});
    EXPECT_EQ(sent(), Lines{"8 150=C 39=C 11=C2 14=0 151=0"});
}

TEST_F(ExchangeTest, RejectsByRule) {
    rule({.action = Action::RejectNew, .cl_ord_id_prefix = "NO-", .text = "margin"});
    place("NO-1", "10", "");
    EXPECT_EQ(sent({150, 39, 103, 58}), Lines{"8 150=8 39=8 103=99 58=margin"});
}

TEST_F(ExchangeTest, FillsInPartsByRuleAndLetsTheRestWork) {
    rule({.action = Action::FillInParts, .parts = 3, .filled_parts = 2, .times = 1});
    rule({.action = Action::FillInParts, .parts = 3, .filled_parts = 3});
    place("C1", "10", "1.0");
    place("C2", "10", "1.0");
    EXPECT_EQ(sent({150, 39, 11, 32, 31, 151}),
              (Lines{"8 150=0 39=0 11=C1 151=10", "8 150=F 39=1 11=C1 32=3.33 31=1.0 151=6.67",
                     "8 150=F 39=1 11=C1 32=3.33 31=1.0 151=3.34", "8 150=0 39=0 11=C2 151=10",
                     "8 150=F 39=1 11=C2 32=3.33 31=1.0 151=6.67",
                     "8 150=F 39=1 11=C2 32=3.33 31=1.0 151=3.34",
                     "8 150=F 39=2 11=C2 32=3.34 31=1.0 151=0"}));
    exchange_->match_all();
    EXPECT_EQ(sent(), Lines{});
}

TEST_F(ExchangeTest, LeavesAnOrderWorkingByRuleUntilTheDeskFillsIt) {
    rule({.action = Action::LeaveWorking});
    place("C1", "10", "");
    exchange_->match_all();
    EXPECT_EQ(sent().size(), 1U);
    EXPECT_FALSE(exchange_->desk().fill("ACC1", "C1", decimal("10.01"), decimal("1")));
    EXPECT_FALSE(exchange_->desk().fill("ACC1", "C1", decimal("0.000000001"), decimal("1")));
    EXPECT_FALSE(exchange_->desk().fill("ACC1", "NOPE", decimal("1"), decimal("1")));
    EXPECT_TRUE(exchange_->desk().fill("ACC1", "C1", decimal("4"), decimal("1")));
    EXPECT_EQ(sent(), Lines{"8 150=F 39=1 11=C1 14=4 151=6"});
    EXPECT_TRUE(exchange_->desk().cancel("ACC1", "C1", "liquidation"));
    EXPECT_EQ(sent({150, 39, 11, 41, 14, 151, 58}),
              Lines{"8 150=4 39=4 11=C1 14=4 151=0 58=liquidation"});
    EXPECT_FALSE(exchange_->desk().cancel("ACC1", "C1", "again"));
}

TEST_F(ExchangeTest, RefusesCancelsAndReplacesByRule) {
    rule({.action = Action::RefuseCancel, .text = "no cancel", .times = 1});
    rule({.action = Action::RefuseReplace, .text = "no replace", .times = 1});
    place("C1", "10", "1.0");
    cancel("C2", "C1");
    replace("C3", "C1", "11", "1.0");
    cancel("C4", "C1");
    EXPECT_EQ(sent({150, 39, 11, 41, 434, 58}),
              (Lines{"8 150=0 39=0 11=C1", "9 39=0 11=C2 41=C1 434=1 58=no cancel",
                     "9 39=0 11=C3 41=C1 434=2 58=no replace", "8 150=4 39=4 11=C4 41=C1"}));
}

TEST_F(ExchangeTest, CancelsUnsolicitedAfterTheDelayOfTheRule) {
    rule({.action = Action::CancelUnsolicited,
          .text = "risk",
          .delay = std::chrono::milliseconds{100}});
    place("C1", "10", "");
    EXPECT_EQ(sent().size(), 1U);
    pass(std::chrono::milliseconds{99});
    EXPECT_EQ(sent(), Lines{});
    pass(std::chrono::milliseconds{1});
    EXPECT_EQ(sent({150, 39, 11, 41, 58}), Lines{"8 150=4 39=4 11=C1 58=risk"});
}

TEST_F(ExchangeTest, AnswersLateByRuleAndNeverOutOfOrder) {
    rule({.action = Action::DelayAnswers, .delay = std::chrono::milliseconds{500}, .times = 1});
    place("C1", "10", "1.0");
    cancel("C2", "C1");
    place("C3", "10", "1.0");
    EXPECT_EQ(sent(), Lines{"8 150=0 39=0 11=C3 14=0 151=10"}) << "another order is not held up";
    pass(std::chrono::milliseconds{499});
    EXPECT_EQ(sent(), Lines{});
    pass(std::chrono::milliseconds{1});
    EXPECT_EQ(sent(),
              (Lines{"8 150=0 39=0 11=C1 14=0 151=10", "8 150=4 39=4 11=C2 41=C1 14=0 151=0"}));
    EXPECT_FALSE(exchange_->next_due());
}

TEST_F(ExchangeTest, LosesAnAcknowledgementThatTheStatusStillShows) {
    rule({.action = Action::LoseAcknowledgement, .times = 1});
    place("C1", "10", "1.0");
    EXPECT_EQ(sent(), Lines{});
    ask_status("C1");
    EXPECT_EQ(sent(), Lines{"8 150=I 39=0 11=C1 14=0 151=10"});
}

TEST_F(ExchangeTest, LosesEveryReportOfASilentOrder) {
    rule({.action = Action::LoseReports});
    place("C1", "10", "");
    EXPECT_EQ(sent(), Lines{});
    ask_status("C1");
    EXPECT_EQ(sent(), Lines{"8 150=I 39=2 11=C1 14=10 151=0"});
}

TEST_F(ExchangeTest, ShowsItsObserverEveryReportAndWhichAreEventsOfTheVenue) {
    std::string seen;
    exchange_->set_on_report([&](const std::string& session, const Order& order,
                                 const FixMessage& report, bool is_venue_event) {
        seen += session + ' ' + order.cl_ord_id + ' ' + report.value(150) +
                (is_venue_event ? " venue; " : " gate; ");
    });
    rule({.action = Action::RejectNew, .cl_ord_id_prefix = "NO-", .text = "margin"});
    rule({.action = Action::LoseReports, .cl_ord_id_prefix = "LOST-"});
    place("C1", "10", "1.0");
    place("C2", "0", "1.0");
    place("NO-1", "10", "1.0");
    place("LOST-1", "10", "");
    ask_status("C1");
    cancel("C3", "C1");
    EXPECT_EQ(seen,
              "ACC1 C1 0 venue; ACC1 C2 8 gate; ACC1 NO-1 8 gate; ACC1 LOST-1 0 venue; "
              "ACC1 LOST-1 F venue; ACC1 C1 I gate; ACC1 C3 4 venue; ");
}

TEST_F(ExchangeTest, SendsPendingReportsWhenToldTo) {
    options_.sends_pending = true;
    make_exchange();
    place("C1", "10", "1.0");
    replace("C2", "C1", "10", "1.01");
    cancel("C3", "C2");
    EXPECT_EQ(sent({150, 39}), (Lines{"8 150=A 39=A", "8 150=0 39=0", "8 150=E 39=E",
                                      "8 150=5 39=0", "8 150=6 39=6", "8 150=4 39=4"}));
}

}  // namespace
}  // namespace broker::simulator
