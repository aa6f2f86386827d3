// Sides, positions, instructions, replaces and exact numbers, from the host to the venue and back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "system/order_fixture.hpp"

namespace broker::test {
namespace {

using simulator::Action;
using testing::HasSubstr;

// ---- sides and positions

class OrderSides : public OrderFixture {
protected:
    OrderSides()
        : OrderFixture{[](auto& options) {
              options.trading.locate = simulator::LocateRule::GivenAsNo;
              options.trading.requires_position_effect = true;
              options.trading.position_code_tag = 5011;
          }} {}
};

TEST_F(OrderSides, EachSideReachesTheVenueAndComesBack) {
    start();
    struct Case {
        std::string id;
        broker_side_t side;
        std::string fields;
    };
    for (const Case& each :
         {Case{"A", BROKER_SIDE_BUY, "54=1"}, Case{"B", BROKER_SIDE_SELL, "54=2"},
          Case{"C", BROKER_SIDE_SELL_SHORT, "54=5|114=N"},
          Case{"D", BROKER_SIDE_SELL_SHORT_EXEMPT, "54=6|114=N"}}) {
        broker_new_order_t order = market_order(each.id);
        order.side = each.side;
        order.position_effect = BROKER_POSITION_EFFECT_OPEN;
        if (each.side >= BROKER_SIDE_SELL_SHORT)
            order.locate_reqd = BROKER_LOCATE_REQD_NOT_REQUIRED;
        ASSERT_TRUE(submit(order).is_ok());
        EXPECT_THAT(sent("D", each.id), HasFields(each.fields));
        EXPECT_THAT(sent("D", each.id), HasFields("77=O"));
        const RecordedEvent fill = wait_status(each.id, BROKER_ORD_STATUS_FILLED);
        EXPECT_EQ(fill.side, each.side);
        EXPECT_EQ(fill.position_effect, BROKER_POSITION_EFFECT_OPEN);
    }
}

TEST_F(OrderSides, ShortSaleWhoseLocateIsRequiredIsRejectedInTheVenuesWords) {
    start();
    broker_new_order_t order = market_order("A");
    order.side = BROKER_SIDE_SELL_SHORT;
    order.locate_reqd = BROKER_LOCATE_REQD_REQUIRED;
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "A"), HasFields("54=5|114=Y"));
    const RecordedEvent reject = wait_status("A", BROKER_ORD_STATUS_REJECTED);
    EXPECT_EQ(reject.reason, BROKER_REASON_REJECTED_BY_VENUE);
    EXPECT_THAT(reject.text, HasSubstr("a locate is required"));
}

TEST_F(OrderSides, SaleWithoutAPositionEffectIsRejectedInTheVenuesWords) {
    start();
    broker_new_order_t order = market_order("A");
    order.side = BROKER_SIDE_SELL;
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(wait_status("A", BROKER_ORD_STATUS_REJECTED).text,
                HasSubstr("PositionEffect is missing"));
}

TEST_F(OrderSides, PositionCodeOfAFillClosesThatPosition) {
    start();
    for (const char* id : {"A", "B"}) {
        ASSERT_TRUE(submit(market_order(id)).is_ok());
        (void)wait_status(id, BROKER_ORD_STATUS_FILLED);
    }
    const std::string code = wait_status("B", BROKER_ORD_STATUS_FILLED).position_code;
    ASSERT_FALSE(code.empty());
    broker_new_order_t order = market_order("C");
    order.side = BROKER_SIDE_SELL;
    order.position_effect = BROKER_POSITION_EFFECT_CLOSE;
    order.position_code = sdk::borrow(code);
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "C"), HasFields("77=C|5011=" + code));
    EXPECT_EQ(wait_status("C", BROKER_ORD_STATUS_FILLED).position_code, code);
    const auto left = venue().positions("ACC1");
    ASSERT_EQ(left.size(), 1U);
    EXPECT_NE(left.front().code, code);
}

// ---- instructions

class OrderInstructions : public OrderFixture {};

TEST_F(OrderInstructions, MinQtyMaxFloorAndRouteReachTheVenueAndTheRouteComesBack) {
    start();
    broker_new_order_t order = limit_order("A", "1.05");
    order.min_qty = decimal("100");
    order.max_floor = decimal("250.5");
    order.ex_destination = sdk::borrow("XNAS");
    place(order);
    EXPECT_EQ(sent("D", "A"),
              order_body("A", "110=100|111=250.5|100=XNAS|54=1|38=1000|40=2|44=1.05|59=0"));
    EXPECT_EQ(wait_status("A", BROKER_ORD_STATUS_NEW).ex_destination, "XNAS");
}

TEST_F(OrderInstructions, DefaultRouteGoesWithOrdersThatHaveNone) {
    rig().change_profile("ex_destination: Optional",
                         "ex_destination: Required\n  default_ex_destination: SMART");
    start();
    place(limit_order("A", "1.05"));
    EXPECT_THAT(sent("D", "A"), HasFields("100=SMART"));
}

TEST_F(OrderInstructions, EachExecInstReachesTheVenueAsItsCode) {
    start();
    venue().set_manual(true);
    const std::string codes = "12356GFEHQRPMLOWaY";
    ASSERT_EQ(codes.size(), static_cast<std::size_t>(BROKER_EXEC_INST_TRY_TO_STOP));
    std::string all;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const std::string id = "E-" + std::to_string(i + 1);
        broker_new_order_t order = limit_order(id, "1.05");
        order.exec_inst = std::uint64_t{2} << i;
        ASSERT_TRUE(submit(order).is_ok());
        EXPECT_THAT(sent("D", id), HasFields("18=" + codes.substr(i, 1)));
        all += (all.empty() ? "" : " ") + codes.substr(i, 1);
    }
    broker_new_order_t order = limit_order("ALL", "1.05");
    order.exec_inst = (std::uint64_t{2} << codes.size()) - 2;
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "ALL"), HasFields("18=" + all));
}

TEST_F(OrderInstructions, PostOnlyOrderThatWouldTradeIsRejectedByTheVenue) {
    start();
    broker_new_order_t order = limit_order("A", "1.2");
    order.exec_inst = 1U << BROKER_EXEC_INST_PARTICIPATE_DONT_INITIATE;
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(wait_status("A", BROKER_ORD_STATUS_REJECTED).text,
                HasSubstr("would initiate a trade"));
}

TEST_F(OrderInstructions, AmountOfCashGoesInsteadOfAQuantityAndTheVenueSizesTheOrder) {
    start();
    broker_new_order_t order = limit_order("A", "1.05");
    order.order_qty = {};
    order.cash_order_qty = decimal("1050");
    place(order);
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|152=1050|40=2|44=1.05|59=0"));
    const RecordedEvent report = wait_status("A", BROKER_ORD_STATUS_NEW);
    EXPECT_EQ(report.cash_order_qty, "1050");
    EXPECT_EQ(report.order_qty, "1000");
    EXPECT_EQ(report.leaves_qty, "1000");
    ASSERT_TRUE(cancel(cancel_of("B", "A")).is_ok());
    (void)wait_status("B", BROKER_ORD_STATUS_CANCELED);
}

// ---- replaces

TEST_F(OrderInstructions, ReplaceKeepsEveryInstructionThatItDoesNotChange) {
    start();
    venue().set_manual(true);
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_PEGGED);
    order.side = BROKER_SIDE_SELL_SHORT;
    order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_DATE;
    order.expire_time = std::chrono::nanoseconds{std::chrono::hours{1'000'000}}.count();
    order.position_effect = BROKER_POSITION_EFFECT_CLOSE;
    order.price = decimal("1.2");
    order.exec_inst = 1U << BROKER_EXEC_INST_ALL_OR_NONE | 1U << BROKER_EXEC_INST_MID_PRICE_PEG;
    order.locate_reqd = BROKER_LOCATE_REQD_NOT_REQUIRED;
    order.peg_offset_type = BROKER_PEG_OFFSET_TYPE_TICKS;
    order.peg_offset_value = decimal("3");
    order.min_qty = decimal("10");
    order.max_floor = decimal("20");
    order.ex_destination = sdk::borrow("XNAS");
    order.position_code = sdk::borrow("P-77");
    const sdk::Fields fields{{"strategy_id", "S-1"}, {"order_capacity", "A"}, {"investor", "I-9"}};
    order.fields = fields.text();
    ASSERT_TRUE(submit(order).is_ok());
    const std::string first = sent("D", "A");
    ASSERT_THAT(first, HasFields("5011=P-77|448=I-9|5001=S-1"));
    ASSERT_TRUE(venue().send("ACC1", {"8",
                                      {{37, "O-1"},
                                       {11, "A"},
                                       {17, "E-1"},
                                       {150, "0"},
                                       {39, "0"},
                                       {55, "EURUSD"},
                                       {54, "5"},
                                       {38, "1000"},
                                       {151, "1000"},
                                       {14, "0"},
                                       {6, "0"}}}));
    (void)wait_status("A", BROKER_ORD_STATUS_NEW);

    broker_replace_order_t request = replace_of("B", "A");
    request.max_floor = decimal("30");
    ASSERT_TRUE(replace(request).is_ok());
    std::string expected = first;
    expected.replace(expected.find("11=A"), 4, "11=B");
    expected.replace(expected.find("111=20"), 6, "111=30");
    expected.replace(expected.find("|38="), 4, "|37=O-1|38=");
    expected.replace(expected.find("|44="), 4, "|41=A|44=");
    EXPECT_EQ(sent("G", "B"), expected);
}

TEST_F(OrderInstructions, ReplaceChangesEachFieldThatTheProfileLetsChange) {
    start();
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_STOP_LIMIT);
    order.price = decimal("1.21");
    order.stop_px = decimal("1.2");
    order.min_qty = decimal("10");
    place(order);
    broker_replace_order_t request = replace_of("B", "A");
    request.order_qty = decimal("2000.5");
    request.price = decimal("1.31");
    request.stop_px = decimal("1.3");
    request.min_qty = decimal("20");
    request.max_floor = decimal("30");
    request.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL;
    ASSERT_TRUE(replace(request).is_ok());
    const RecordedEvent report = wait_exec("B", BROKER_EXEC_TYPE_REPLACED);
    EXPECT_THAT(sent("G", "B"),
                HasFields("41=A|11=B|110=20|111=30|54=1|38=2000.5|40=4|44=1.31|99=1.3|59=1|528=P"));
    EXPECT_EQ(report.ord_status, BROKER_ORD_STATUS_NEW);
    EXPECT_EQ(report.order_qty, "2000.5");
    EXPECT_EQ(report.price, "1.31");
    EXPECT_EQ(report.stop_px, "1.3");
    EXPECT_EQ(report.time_in_force, BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL);
}

TEST_F(OrderInstructions, ReplaceOfATrailingStopChangesItsDistance) {
    start();
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_TRAILING_STOP);
    order.side = BROKER_SIDE_SELL;
    order.peg_offset_value = decimal("0.001");
    place(order);
    broker_replace_order_t request = replace_of("B", "A");
    request.peg_offset_value = decimal("0.002");
    ASSERT_TRUE(replace(request).is_ok());
    EXPECT_THAT(sent("G", "B"), HasFields("18=a|55=EURUSD|54=2|38=1000|40=P|59=0|211=0.002"));
    EXPECT_EQ(wait_exec("B", BROKER_EXEC_TYPE_REPLACED).ord_type, BROKER_ORD_TYPE_TRAILING_STOP);
}

TEST_F(OrderInstructions, CancelOfAPartiallyFilledOrderKeepsWhatWasFilled) {
    venue().add_rule({.action = Action::FillInParts, .parts = 4});
    start();
    ASSERT_TRUE(submit(limit_order("A", "1.2")).is_ok());
    (void)wait_status("A", BROKER_ORD_STATUS_PARTIALLY_FILLED);
    ASSERT_TRUE(cancel(cancel_of("B", "A")).is_ok());
    const RecordedEvent end = wait_status("B", BROKER_ORD_STATUS_CANCELED);
    EXPECT_EQ(sent("F", "B"), in_tag_order("37=" + end.order_id +
                                           "|41=A|11=B|1=default:ACC-1|55=EURUSD|54=1|38=1000"));
    EXPECT_EQ(end.cum_qty, "250");
    EXPECT_EQ(end.leaves_qty, "0");
}

// ---- exact numbers

TEST_F(OrderInstructions, QuantityOfAHundredthAndPriceOfTenDecimalsAreUnchangedBothWays) {
    start();
    venue().set_manual(true);
    broker_new_order_t order = limit_order("A", "0.1234567891");
    order.order_qty = decimal("0.01");
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "A"), HasFields("38=0.01|40=2|44=0.1234567891"));
    ASSERT_TRUE(venue().send("ACC1", {"8",
                                      {{37, "O-1"},
                                       {11, "A"},
                                       {17, "E-1"},
                                       {150, "F"},
                                       {39, "2"},
                                       {55, "EURUSD"},
                                       {54, "1"},
                                       {38, "0.01"},
                                       {44, "0.1234567891"},
                                       {32, "0.01"},
                                       {31, "0.1234567890"},
                                       {151, "0"},
                                       {14, "0.01"},
                                       {6, "0.1234567890"}}}));
    const RecordedEvent fill = wait_exec("A", BROKER_EXEC_TYPE_TRADE);
    EXPECT_EQ(fill.order_qty, "0.01");
    EXPECT_EQ(fill.price, "0.1234567891");
    EXPECT_EQ(fill.last_qty, "0.01");
    EXPECT_EQ(fill.last_px, "0.1234567890");
    EXPECT_EQ(fill.cum_qty, "0.01");
}

}  // namespace
}  // namespace broker::test
