// What a host asks for wrongly: each is refused with its reason, and nothing reaches the venue.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "system/order_fixture.hpp"

namespace broker::test {
namespace {

using testing::HasSubstr;

class HostInput : public OrderFixture {};

struct BadOrder {
    const char* name;
    const char* field;
    void (*spoil)(broker_new_order_t&);
};

class BadOrderOfHost : public HostInput, public testing::WithParamInterface<BadOrder> {};

TEST_P(BadOrderOfHost, IsRefusedByTheNameOfItsField) {
    start();
    broker_new_order_t order = limit_order("A", "1.05");
    GetParam().spoil(order);
    const sdk::Status status = submit(order);
    EXPECT_EQ(status.code, BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(status.reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_THAT(status.text, HasSubstr(GetParam().field));
    EXPECT_EQ(requests_at_venue(), 0U);
}

const std::string kLong(BROKER_MAX_CL_ORD_ID + 1, 'x');

INSTANTIATE_TEST_SUITE_P(
    Simulator, BadOrderOfHost,
    testing::Values(
        BadOrder{"NoSide", "side", [](auto& order) { order.side = 0; }},
        BadOrder{"UnknownSide", "side", [](auto& order) { order.side = 5; }},
        BadOrder{"UnknownOrdType", "ord_type", [](auto& order) { order.ord_type = 10; }},
        BadOrder{"NoTimeInForce", "time_in_force", [](auto& order) { order.time_in_force = 0; }},
        BadOrder{"NegativeTimeInForce", "time_in_force",
                 [](auto& order) { order.time_in_force = -1; }},
        BadOrder{"UnknownPositionEffect", "position_effect",
                 [](auto& order) { order.position_effect = 3; }},
        BadOrder{"UnknownExecInst", "exec_inst", [](auto& order) { order.exec_inst = 1U << 19; }},
        BadOrder{"QuantityZero", "order_qty", [](auto& order) { order.order_qty = decimal("0"); }},
        BadOrder{"QuantityNegative", "order_qty",
                 [](auto& order) { order.order_qty = decimal("-1"); }},
        BadOrder{"NoQuantity", "order_qty", [](auto& order) { order.order_qty = {}; }},
        BadOrder{"BadScale", "price", [](auto& order) { order.price.scale = 200; }},
        BadOrder{"MarketWithPrice", "price",
                 [](auto& order) { order.ord_type = BROKER_ORD_TYPE_MARKET; }},
        BadOrder{"LimitWithoutPrice", "price", [](auto& order) { order.price = {}; }},
        BadOrder{"StopWithoutStopPx", "stop_px",
                 [](auto& order) {
                     order.ord_type = BROKER_ORD_TYPE_STOP;
                     order.price = {};
                 }},
        BadOrder{"DateWithoutTime", "expire_time",
                 [](auto& order) { order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_DATE; }},
        BadOrder{"LongClOrdID", "cl_ord_id",
                 [](auto& order) { order.cl_ord_id = sdk::borrow(kLong); }},
        BadOrder{"LongSymbol", "symbol", [](auto& order) { order.symbol = sdk::borrow(kLong); }},
        BadOrder{"EmptyClOrdID", "cl_ord_id", [](auto& order) { order.cl_ord_id = {}; }},
        BadOrder{"MalformedFields", "fields",
                 [](auto& order) { order.fields = sdk::borrow("strategy_id"); }}),
    [](const auto& each) { return std::string{each.param.name}; });

TEST_F(HostInput, UnknownAccountIsRefused) {
    start();
    broker_new_order_t order = limit_order("A", "1.05");
    order.account = sdk::borrow("NOBODY");
    EXPECT_EQ(submit(order).reason, BROKER_REASON_ACCOUNT_UNKNOWN);
    EXPECT_EQ(requests_at_venue(), 0U);
}

TEST_F(HostInput, SymbolThatACompleteMapDoesNotHaveIsRefused) {
    rig().change_profile("symbols:\n", "symbols:\n  complete: true\n");
    rig().change_profile("  sfx_separator: \".\"\n", "");
    start();
    const sdk::Status status = submit(limit_order("A", "1.05"));
    EXPECT_EQ(status.reason, BROKER_REASON_SYMBOL_UNKNOWN);
    EXPECT_THAT(status.text, HasSubstr("symbols.map"));
    EXPECT_EQ(requests_at_venue(), 0U);
}

TEST_F(HostInput, ClOrdIDThatIsTakenIsRefused) {
    start();
    place(limit_order("A", "1.05"));
    ASSERT_TRUE(submit(limit_order("A", "1.06")).is_ok());
    EXPECT_TRUE(rig().events().wait_for([](const RecordedEvent& event) {
        return event.reason == BROKER_REASON_DUPLICATE_CL_ORD_ID;
    }));
    EXPECT_EQ(requests_at_venue(), 1U);
}

TEST_F(HostInput, CancelAndReplaceOfAnUnknownOrderAreRefused) {
    start();
    broker_replace_order_t request = replace_of("R", "A");
    request.price = decimal("1.06");
    ASSERT_TRUE(replace(request).is_ok());
    ASSERT_TRUE(cancel(cancel_of("C", "A")).is_ok());
    for (const char* id : {"R", "C"}) {
        ASSERT_TRUE(rig().events().wait_for(cancel_reject(id))) << id;
        EXPECT_EQ(rig().events().find(cancel_reject(id)).front().reason,
                  BROKER_REASON_ORDER_UNKNOWN);
    }
    EXPECT_EQ(requests_at_venue(), 0U);
}

TEST_F(HostInput, CancelAndReplaceOfAFinalOrderAreRefused) {
    start();
    ASSERT_TRUE(submit(market_order("A")).is_ok());
    (void)wait_status("A", BROKER_ORD_STATUS_FILLED);
    broker_replace_order_t request = replace_of("R", "A");
    request.order_qty = decimal("2000");
    ASSERT_TRUE(replace(request).is_ok());
    ASSERT_TRUE(cancel(cancel_of("C", "A")).is_ok());
    for (const char* id : {"R", "C"}) {
        ASSERT_TRUE(rig().events().wait_for(cancel_reject(id))) << id;
        EXPECT_EQ(rig().events().find(cancel_reject(id)).front().reason, BROKER_REASON_ORDER_FINAL);
    }
    EXPECT_EQ(requests_at_venue(), 1U);
}

TEST_F(HostInput, OrderIsRefusedWhileTheAccountIsNotReady) {
    rig().create();
    EXPECT_FALSE(submit(limit_order("A", "1.05")).is_ok());
    EXPECT_EQ(requests_at_venue(), 0U);
}

}  // namespace
}  // namespace broker::test
