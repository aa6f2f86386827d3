// What the desk does by itself, and the ways in which venues say it.
#include <gtest/gtest.h>

#include "exchange_fixture.hpp"

namespace broker::simulator {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class DeskTest : public ExchangeFixture {
protected:
    Desk& desk() { return exchange_->desk(); }
};

TEST_F(DeskTest, CorrectsATradeWithPositionAndCash) {
    place("C1", "10", "1.2");
    const auto exec_id = last_exec_id();
    sent();
    EXPECT_EQ(held(), "EURUSD 10@1.10002 100000");
    ASSERT_TRUE(desk().correct_trade("ACC1", {exec_id}, decimal("8"), decimal("1.1")));
    EXPECT_EQ(sent({150, 39, 19, 32, 31, 14, 151, 6}),
              Lines{"8 150=G 39=4 19=" + exec_id + " 32=8 31=1.1 14=8 151=0 6=1.1"});
    EXPECT_EQ(held(), "EURUSD 8@1.1 100000");
    ASSERT_TRUE(desk().correct_trade("ACC1", {exec_id}, decimal("10"), decimal("1.1")));
    EXPECT_EQ(held(), "EURUSD 10@1.1 100000") << "the same trade, corrected once more";
    EXPECT_EQ(sent({150, 39, 14}), Lines{"8 150=G 39=2 14=10"});
    EXPECT_FALSE(desk().correct_trade("ACC1", {exec_id}, decimal("11"), decimal("1.1")))
        << "more than was ordered";
    EXPECT_FALSE(desk().correct_trade("ACC1", {"NOPE"}, decimal("1"), decimal("1.1")));
}

TEST_F(DeskTest, CancelsATradeOfAFilledOrderForGoodUnlessTheVenueReopensIt) {
    place("C1", "10", "1.2");
    const auto exec_id = last_exec_id();
    sent();
    ASSERT_TRUE(desk().cancel_trade("ACC1", {exec_id}));
    EXPECT_EQ(sent({150, 39, 19, 32, 14, 151}),
              Lines{"8 150=H 39=4 19=" + exec_id + " 32=10 14=0 151=0"});
    EXPECT_EQ(held(), "100000");
    EXPECT_FALSE(desk().cancel_trade("ACC1", {exec_id})) << "once only";

    options_.trading.reopens_busted_orders = true;
    make_exchange();
    place("C1", "10", "1.2");
    ASSERT_TRUE(desk().cancel_trade("ACC1", {last_exec_id()}));
    EXPECT_EQ(sent({150, 39, 14, 151}).back(), "8 150=H 39=0 14=0 151=10");
    exchange_->match_all();
    EXPECT_EQ(sent({150, 39, 14}), Lines{"8 150=F 39=2 14=10"}) << "it works again";
}

TEST_F(DeskTest, CancelsOneTradeOfAWorkingOrder) {
    rule({.action = Action::FillInParts, .parts = 4, .filled_parts = 2});
    place("C1", "8", "1.0");
    ASSERT_TRUE(desk().cancel_trade("ACC1", {last_exec_id()}));
    EXPECT_EQ(sent({150, 39, 14, 151}).back(), "8 150=H 39=1 14=2 151=6");
    cancel("C2", "C1");
    EXPECT_EQ(sent({150, 39, 14}), Lines{"8 150=4 39=4 14=2"});
}

TEST_F(DeskTest, CorrectsATradeOfACanceledOrderThatStaysCanceled) {
    rule({.action = Action::FillInParts, .parts = 2, .filled_parts = 1});
    place("C1", "8", "1.0");
    const auto exec_id = last_exec_id();
    cancel("C2", "C1");
    ASSERT_TRUE(desk().correct_trade("ACC1", {exec_id}, decimal("3"), decimal("1.0")));
    EXPECT_EQ(sent({150, 39, 11, 14, 151}).back(), "8 150=G 39=4 11=C2 14=3 151=0");
}

TEST_F(DeskTest, FindsATradeByItsOrderWhereExecIDsAreNumberedPerOrder) {
    options_.trading.numbers_exec_ids_per_order = true;
    make_exchange();
    place("C1", "10", "");
    place("C2", "10", "");
    EXPECT_EQ(sent({11, 17, 150}), (Lines{"8 11=C1 17=1 150=0", "8 11=C1 17=2 150=F",
                                          "8 11=C2 17=1 150=0", "8 11=C2 17=2 150=F"}));
    ASSERT_TRUE(desk().cancel_trade("ACC1", {"2", "O1-00000002"}));
    EXPECT_EQ(sent({11, 17, 19}), Lines{"8 11=C2 17=3 19=2"});
}

TEST_F(DeskTest, RestatesQuantityAndReason) {
    place("C1", "10", "1.0");
    ASSERT_TRUE(desk().restate("ACC1", "C1", 5, {.order_qty = decimal("6"), .text = "partly"}));
    EXPECT_EQ(sent({150, 39, 378, 38, 151, 58}).back(), "8 150=D 39=0 378=5 38=6 151=6 58=partly");
    EXPECT_FALSE(desk().restate("ACC1", "C1", 5, {.order_qty = decimal("0")}));
    EXPECT_FALSE(desk().restate("ACC1", "NOPE", 5, {}));
}

TEST_F(DeskTest, ReplacesUnderTheLastClOrdIDWithoutAnother) {
    place("C1", "10", "1.0");
    ASSERT_TRUE(desk().replace("ACC1", "C1", {.price = decimal("1.2")}));
    EXPECT_EQ(sent({150, 39, 11, 41, 44}),
              (Lines{"8 150=0 39=0 11=C1 44=1.0", "8 150=5 39=0 11=C1 44=1.2",
                     "8 150=F 39=2 11=C1 44=1.2"}));
    EXPECT_FALSE(desk().replace("ACC1", "C1", {.price = decimal("1.3")})) << "it is filled";
}

TEST_F(DeskTest, RefusesToReplaceBelowWhatIsFilledOrOffTheTicks) {
    rule({.action = Action::FillInParts, .parts = 2, .filled_parts = 1});
    place("C1", "10", "1.0");
    EXPECT_FALSE(desk().replace("ACC1", "C1", {.order_qty = decimal("4")}));
    EXPECT_FALSE(desk().replace("ACC1", "C1", {.price = decimal("1.000001")}));
    EXPECT_TRUE(desk().replace("ACC1", "C1", {.order_qty = decimal("5")}));
    EXPECT_EQ(sent({150, 39, 151}).back(), "8 150=5 39=2 151=0");
}

TEST_F(DeskTest, SuspendsAnOrderUntilItIsResumed) {
    place("C1", "10", "1.0");
    ASSERT_TRUE(desk().suspend("ACC1", "C1"));
    EXPECT_FALSE(desk().suspend("ACC1", "C1"));
    quote("0.99998", "1.00000");
    EXPECT_EQ(sent({150, 39, 151}), (Lines{"8 150=0 39=0 151=10", "8 150=9 39=9 151=10"}));
    ASSERT_TRUE(desk().resume("ACC1", "C1"));
    EXPECT_EQ(sent({150, 39, 378}), (Lines{"8 150=D 39=0 378=99", "8 150=F 39=2"}));
    EXPECT_FALSE(desk().resume("ACC1", "C1"));
}

TEST_F(DeskTest, StopsExpiresFinishesAndCalculatesOrders) {
    for (const char* id : {"C1", "C2", "C3"}) place(id, "10", "1.0");
    sent();
    EXPECT_TRUE(desk().stop("ACC1", "C1", decimal("10"), decimal("1.0")));
    EXPECT_FALSE(desk().stop("ACC1", "C1", decimal("11"), decimal("1.0")));
    EXPECT_TRUE(desk().expire("ACC1", "C2", "late"));
    EXPECT_TRUE(desk().finish_for_day("ACC1", "C3"));
    EXPECT_TRUE(desk().calculate("ACC1", "C3"));
    EXPECT_FALSE(desk().calculate("ACC1", "C2")) << "neither filled nor done for the day";
    EXPECT_EQ(sent({150, 39, 11, 151, 32, 31}),
              (Lines{"8 150=7 39=7 11=C1 151=10 32=10 31=1.0", "8 150=C 39=C 11=C2 151=0",
                     "8 150=3 39=3 11=C3 151=0", "8 150=B 39=B 11=C3 151=0"}));
    EXPECT_TRUE(desk().fill("ACC1", "C1", decimal("10"), decimal("1.0")));
    EXPECT_EQ(sent({150, 39}), Lines{"8 150=F 39=2"}) << "a stopped order works on";
}

TEST_F(DeskTest, ActsByRuleAfterTheDelay) {
    rule({.action = Action::Suspend, .cl_ord_id_prefix = "SUS", .delay = 10ms});
    rule({.action = Action::Expire, .cl_ord_id_prefix = "EXP", .delay = 20ms});
    rule({.action = Action::FinishForDay, .cl_ord_id_prefix = "DFD", .delay = 30ms});
    rule({.action = Action::Restate,
          .cl_ord_id_prefix = "RES",
          .delay = 40ms,
          .quantity = decimal("5"),
          .reason = 2});
    rule({.action = Action::ReplaceUnsolicited,
          .cl_ord_id_prefix = "REP",
          .delay = 50ms,
          .price = decimal("1.1")});
    for (const char* id : {"SUS", "EXP", "DFD", "RES", "REP"}) place(id, "10", "1.0");
    sent();
    pass(9ms);
    EXPECT_EQ(sent(), Lines{});
    pass(41ms);
    EXPECT_EQ(sent({150, 39, 11, 378, 38, 44}),
              (Lines{"8 150=9 39=9 11=SUS 38=10 44=1.0", "8 150=C 39=C 11=EXP 38=10 44=1.0",
                     "8 150=3 39=3 11=DFD 38=10 44=1.0", "8 150=D 39=0 11=RES 378=2 38=5 44=1.0",
                     "8 150=5 39=0 11=REP 38=10 44=1.1"}));
}

TEST_F(DeskTest, CorrectsAndCancelsTradesByRuleAfterTheDelay) {
    rule({.action = Action::CorrectTrade,
          .cl_ord_id_prefix = "COR",
          .delay = 10ms,
          .price = decimal("1.0")});
    rule({.action = Action::CancelTrade, .cl_ord_id_prefix = "BUST", .delay = 20ms});
    place("COR", "10", "");
    place("BUST", "10", "");
    sent();
    pass(20ms);
    EXPECT_EQ(sent({150, 39, 11, 32, 31, 14}),
              (Lines{"8 150=G 39=2 11=COR 32=10 31=1.0 14=10",
                     "8 150=H 39=4 11=BUST 32=10 31=1.10002 14=0"}));
    EXPECT_EQ(held(), "EURUSD 10@1 100000");
}

TEST_F(DeskTest, GivesAnotherOrderIDOnReplaceWhereTheVenueDoes) {
    options_.trading.new_order_id_on_replace = true;
    make_exchange();
    place("C1", "10", "1.0");
    replace("C2", "C1", "11", "1.0");
    EXPECT_EQ(sent({37, 150}), (Lines{"8 37=O1-00000001 150=0", "8 37=O1-00000002 150=5"}));
    const FixMessage by_old_id{"H", {{11, "X"}, {37, "O1-00000001"}, {55, "EURUSD"}, {54, "1"}}};
    exchange_->receive("ACC1", by_old_id);
    EXPECT_EQ(sent({37, 150, 11}), Lines{"8 37=O1-00000002 150=I 11=C2"});
}

TEST_F(DeskTest, RefusesChangesByAnExecutionReportWhereTheVenueDoes) {
    options_.trading.rejects_changes_by_report = true;
    make_exchange();
    place("C1", "10", "1.0");
    replace("C2", "C1", "0", "1.0");
    cancel("C3", "NOPE");
    EXPECT_EQ(sent({37, 150, 39, 11, 41, 103, 58}),
              (Lines{"8 37=O1-00000001 150=0 39=0 11=C1",
                     "8 37=O1-00000001 150=8 39=0 11=C2 41=C1 103=99 58=OrderQty is not positive",
                     "8 37=NONE 150=8 39=8 11=C3 41=NOPE 103=5 58=unknown order"}));
}

TEST_F(DeskTest, EndsAPartiallyFilledOrderAsTheVenueDoes) {
    const auto end_as = [this](CanceledAs as) {
        options_.trading.cancels_partially_filled_as = as;
        make_exchange();
        rule({.action = Action::FillInParts,
              .cl_ord_id_prefix = "PART",
              .parts = 2,
              .filled_parts = 1});
        place("PART", "10", "1.0");
        place("NONE", "10", "1.0");
        sent();
        cancel("C2", "PART");
        cancel("C3", "NONE");
        return sent({150, 39, 14, 151});
    };
    const std::string whole = "8 150=4 39=4 14=0 151=0";
    EXPECT_EQ(end_as(CanceledAs::Canceled), (Lines{"8 150=4 39=4 14=5 151=0", whole}));
    EXPECT_EQ(end_as(CanceledAs::Expired), (Lines{"8 150=C 39=C 14=5 151=0", whole}));
    EXPECT_EQ(end_as(CanceledAs::DoneForDay), (Lines{"8 150=3 39=3 14=5 151=0", whole}));
}

}  // namespace
}  // namespace broker::simulator
