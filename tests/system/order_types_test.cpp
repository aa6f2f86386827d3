// Each order type from the host to the venue and back: the message as the venue received it, and
// what the host hears.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "system/order_fixture.hpp"

namespace broker::test {
namespace {

class OrderTypes : public OrderFixture {
protected:
    using OrderFixture::OrderFixture;

    void expect_filled(const std::string& id, broker_ord_type_t type, std::string_view px) {
        const RecordedEvent fill = wait_exec(id, BROKER_EXEC_TYPE_TRADE);
        EXPECT_EQ(fill.ord_status, BROKER_ORD_STATUS_FILLED);
        EXPECT_EQ(fill.ord_type, type);
        EXPECT_EQ(fill.last_px, px);
        EXPECT_EQ(fill.cum_qty, "1000");
        EXPECT_EQ(fill.leaves_qty, "0");
    }
};

TEST_F(OrderTypes, MarketOrderHasNoPriceAndIsFilledAtTheQuote) {
    start();
    ASSERT_TRUE(submit(market_order("A")).is_ok());
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|38=1000|40=1|59=0"));
    expect_filled("A", BROKER_ORD_TYPE_MARKET, "1.10002");
}

TEST_F(OrderTypes, LimitOrderRestsUntilTheQuoteReachesItsPrice) {
    start();
    place(limit_order("A", "1.09"));
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|38=1000|40=2|44=1.09|59=0"));
    quote("1.08", "1.08002");
    expect_filled("A", BROKER_ORD_TYPE_LIMIT, "1.08002");
}

class TriggeredOrders : public OrderTypes {
protected:
    TriggeredOrders()
        : OrderTypes{[](auto& options) { options.trading.reports_triggers = true; }} {}
};

TEST_F(TriggeredOrders, StopOrderIsTriggeredAndFilledOnceTheQuoteReachesIt) {
    start();
    place(stop_order("A", "1.2"));
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|38=1000|40=3|99=1.2|59=0"));
    quote("1.2", "1.20002");
    EXPECT_EQ(wait_exec("A", BROKER_EXEC_TYPE_TRIGGERED).stop_px, "1.2");
    expect_filled("A", BROKER_ORD_TYPE_STOP, "1.20002");
}

TEST_F(TriggeredOrders, StopLimitOrderIsTriggeredAndRestsAtItsLimit) {
    start();
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_STOP_LIMIT);
    order.stop_px = decimal("1.2");
    order.price = decimal("1.2001");
    place(order);
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|38=1000|40=4|44=1.2001|99=1.2|59=0"));
    quote("1.3", "1.30002");
    const RecordedEvent triggered = wait_exec("A", BROKER_EXEC_TYPE_TRIGGERED);
    EXPECT_EQ(triggered.stop_px, "1.2");
    EXPECT_EQ(triggered.price, "1.2001");
    quote("1.2", "1.20002");
    expect_filled("A", BROKER_ORD_TYPE_STOP_LIMIT, "1.20002");
}

TEST_F(TriggeredOrders, MarketIfTouchedOrderIsFilledOnceTheQuoteIsAsGood) {
    start();
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_MARKET_IF_TOUCHED);
    order.stop_px = decimal("1.05");
    place(order);
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|38=1000|40=J|99=1.05|59=0"));
    quote("1.04", "1.04002");
    (void)wait_exec("A", BROKER_EXEC_TYPE_TRIGGERED);
    expect_filled("A", BROKER_ORD_TYPE_MARKET_IF_TOUCHED, "1.04002");
}

TEST_F(OrderTypes, MarketOnCloseOrderIsFilledAtTheClose) {
    start();
    place(order_of("A", BROKER_ORD_TYPE_MARKET_ON_CLOSE));
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|38=1000|40=5|59=0"));
    venue().close_market();
    expect_filled("A", BROKER_ORD_TYPE_MARKET_ON_CLOSE, "1.10002");
}

TEST_F(OrderTypes, LimitOnCloseOrderEndsUnfilledWhereTheCloseIsBeyondItsPrice) {
    start();
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_LIMIT_ON_CLOSE);
    order.price = decimal("1.2");
    place(order);
    EXPECT_EQ(sent("D", "A"), order_body("A", "54=1|38=1000|40=B|44=1.2|59=0"));
    order.cl_ord_id = sdk::borrow("B");
    order.price = decimal("1.05");
    place(order);
    venue().close_market();
    expect_filled("A", BROKER_ORD_TYPE_LIMIT_ON_CLOSE, "1.10002");
    EXPECT_EQ(wait_status("B", BROKER_ORD_STATUS_EXPIRED).cum_qty, "0");
}

TEST_F(OrderTypes, PeggedOrderFollowsItsReferencePrice) {
    start();
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_PEGGED);
    order.exec_inst = 1U << BROKER_EXEC_INST_PRIMARY_PEG;
    order.peg_offset_value = decimal("-0.0005");
    order.peg_offset_type = BROKER_PEG_OFFSET_TYPE_PRICE;
    order.price = decimal("1.2");
    place(order);
    EXPECT_EQ(sent("D", "A"),
              order_body("A", "18=R|54=1|38=1000|40=P|44=1.2|59=0|211=-0.0005|836=0"));
    ASSERT_EQ(venue().orders().size(), 1U);
    EXPECT_EQ(venue().orders().front().pegged_price, core::Decimal::parse("1.0995"));
    ASSERT_TRUE(
        venue().fill("ACC1", "A", *core::Decimal::parse("1000"), *core::Decimal::parse("1.0995")));
    expect_filled("A", BROKER_ORD_TYPE_PEGGED, "1.0995");
}

TEST_F(TriggeredOrders, TrailingStopFollowsTheQuoteAndIsTriggeredWhenItTurns) {
    start();
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_TRAILING_STOP);
    order.side = BROKER_SIDE_SELL;
    order.peg_offset_value = decimal("0.001");
    order.peg_offset_type = BROKER_PEG_OFFSET_TYPE_PRICE;
    place(order);
    EXPECT_EQ(sent("D", "A"), order_body("A", "18=a|54=2|38=1000|40=P|59=0|211=0.001|836=0"));
    quote("1.2", "1.20002");
    quote("1.199", "1.19902");
    EXPECT_EQ(wait_exec("A", BROKER_EXEC_TYPE_TRIGGERED).stop_px, "1.199");
    expect_filled("A", BROKER_ORD_TYPE_TRAILING_STOP, "1.19900");
}

TEST_F(OrderTypes, TrailingStopGoesAsTheProfileSays) {
    rig().change_profile("{ord_type: P, exec_inst: a, offset_tag: 211, sends_offset_type: true}",
                         "{ord_type: T, exec_inst: t, offset_tag: 5030, sends_offset_type: false}");
    start();
    venue().set_manual(true);
    broker_new_order_t order = order_of("A", BROKER_ORD_TYPE_TRAILING_STOP);
    order.peg_offset_value = decimal("0.001");
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_EQ(sent("D", "A"), order_body("A", "18=t|54=1|38=1000|40=T|59=0|5030=0.001"));
}

// ---- what the desk does to an order

TEST_F(OrderTypes, StoppedAndCalculatedOrdersAreToldAsSuch) {
    start();
    place(limit_order("A", "1.05"));
    const auto qty = *core::Decimal::parse("1000");
    const auto px = *core::Decimal::parse("1.05");
    ASSERT_TRUE(
        venue().desk([&](simulator::Desk& desk) { return desk.stop("ACC1", "A", qty, px); }));
    (void)wait_exec("A", BROKER_EXEC_TYPE_STOPPED);
    ASSERT_TRUE(venue().fill("ACC1", "A", qty, px));
    (void)wait_exec("A", BROKER_EXEC_TYPE_TRADE);
    ASSERT_TRUE(venue().desk([](simulator::Desk& desk) { return desk.calculate("ACC1", "A"); }));
    EXPECT_EQ(wait_exec("A", BROKER_EXEC_TYPE_CALCULATED).cum_qty, "1000");
}

}  // namespace
}  // namespace broker::test
