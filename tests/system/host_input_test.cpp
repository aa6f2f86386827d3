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

TEST_F(HostInput, ReplaceThatChangesNothingIsRefused) {
    start();
    place(limit_order("A", "1.05"));
    EXPECT_EQ(replace(replace_of("R", "A")).reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_EQ(requests_at_venue(), 1U);
}

TEST_F(HostInput, OrderIsRefusedBeforeTheAdapterIsStarted) {
    rig().create();
    EXPECT_FALSE(submit(limit_order("A", "1.05")).is_ok());
    EXPECT_EQ(requests_at_venue(), 0U);
}

TEST_F(HostInput, EachRequestIsRefusedWhileTheVenueIsGone) {
    start();
    place(limit_order("A", "1.05"));
    venue().stop();
    ASSERT_TRUE(rig().events().wait_for([](const RecordedEvent& event) {
        return event.previous_state == BROKER_ACCOUNT_STATE_READY;
    }));
    EXPECT_EQ(submit(limit_order("B", "1.05")).reason, BROKER_REASON_ACCOUNT_NOT_READY);
    EXPECT_EQ(cancel(cancel_of("C", "A")).reason, BROKER_REASON_ACCOUNT_NOT_READY);
    broker_replace_order_t request = replace_of("R", "A");
    request.price = decimal("1.06");
    EXPECT_EQ(replace(request).reason, BROKER_REASON_ACCOUNT_NOT_READY);
    // None of them goes out later.
    venue().start();
    ASSERT_TRUE(rig().events().wait_for_count(state_is("ACC-1", BROKER_ACCOUNT_STATE_READY), 2));
    EXPECT_EQ(requests_at_venue(), 1U);
}

// ---- outside the profile: each key once

struct OutsideProfile {
    const char* name;
    const char* from;  // of the simulator's profile
    const char* to;
    const char* key;
    void (*spoil)(broker_new_order_t&);
};

class OrderOutsideTheProfile : public HostInput,
                               public testing::WithParamInterface<OutsideProfile> {};

TEST_P(OrderOutsideTheProfile, IsRefusedWithTheKey) {
    rig().change_profile(GetParam().from, GetParam().to);
    start();
    broker_new_order_t order = limit_order("A", "1.05");
    GetParam().spoil(order);
    const sdk::Status status = submit(order);
    EXPECT_FALSE(status.is_ok());
    EXPECT_THAT(status.text, HasSubstr(std::string{"("} + GetParam().key));
    EXPECT_EQ(requests_at_venue(), 0U);
}

void sell(broker_new_order_t& order) { order.side = BROKER_SIDE_SELL; }
void sell_short(broker_new_order_t& order) { order.side = BROKER_SIDE_SELL_SHORT; }
void leave(broker_new_order_t&) {}
void spend_cash(broker_new_order_t& order) {
    order.order_qty = {};
    order.cash_order_qty = decimal("10");
}
void trail_by_ticks(broker_new_order_t& order) {
    order = order_of("A", BROKER_ORD_TYPE_TRAILING_STOP);
    order.peg_offset_value = decimal("3");
    order.peg_offset_type = BROKER_PEG_OFFSET_TYPE_TICKS;
}
void keep_for_the_close(broker_new_order_t& order) {
    order = order_of("A", BROKER_ORD_TYPE_MARKET_ON_CLOSE);
    order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL;
}

INSTANTIATE_TEST_SUITE_P(
    Simulator, OrderOutsideTheProfile,
    testing::Values(
        OutsideProfile{"Side", "sides: [Buy, Sell,", "sides: [Buy,", "orders.sides", &sell},
        OutsideProfile{"OrdType", "ord_types: [Market, Limit,", "ord_types: [Market,",
                       "orders.ord_types", &leave},
        OutsideProfile{
            "TimeInForce", "[Day, GoodTillCancel,", "[Day,", "orders.times_in_force",
            [](auto& order) { order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL; }},
        OutsideProfile{"TimeInForceOfTheType", "name: simulator", "name: simulator",
                       "orders.times_in_force_by_ord_type", &keep_for_the_close},
        OutsideProfile{"ExecInst", "exec_insts: [NotHeld, ", "exec_insts: [", "orders.exec_insts",
                       [](auto& order) { order.exec_inst = 1U << BROKER_EXEC_INST_NOT_HELD; }},
        OutsideProfile{"MinQty", "min_qty: Optional", "min_qty: Forbidden", "orders.min_qty",
                       [](auto& order) { order.min_qty = decimal("1"); }},
        OutsideProfile{"NoMinQty", "min_qty: Optional", "min_qty: Required", "orders.min_qty",
                       &leave},
        OutsideProfile{"MaxFloor", "max_floor: Optional", "max_floor: Forbidden",
                       "orders.max_floor", [](auto& order) { order.max_floor = decimal("1"); }},
        OutsideProfile{"CashOrderQty", "cash_order_qty: Optional", "cash_order_qty: Forbidden",
                       "orders.cash_order_qty", &spend_cash},
        OutsideProfile{"ExDestination", "ex_destination: Optional", "ex_destination: Forbidden",
                       "orders.ex_destination",
                       [](auto& order) { order.ex_destination = sdk::borrow("XNAS"); }},
        OutsideProfile{"UnknownRoute", "ex_destination: Optional",
                       "ex_destination: Optional\n  ex_destinations: [XLON]",
                       "orders.ex_destinations",
                       [](auto& order) { order.ex_destination = sdk::borrow("XNAS"); }},
        OutsideProfile{"NoLocateReqd", "locate_reqd: Optional", "locate_reqd: Required",
                       "orders.locate_reqd", &sell_short},
        OutsideProfile{"NoPositionEffect", "position_effect: Optional",
                       "position_effect: RequiredToSell", "orders.position_effect", &sell},
        OutsideProfile{"PositionEffect", "position_effect: Optional", "position_effect: Forbidden",
                       "orders.position_effect",
                       [](auto& order) { order.position_effect = BROKER_POSITION_EFFECT_OPEN; }},
        OutsideProfile{"PositionCode", "position_code_tag: 5011", "position_code_tag: 0",
                       "orders.position_code_tag",
                       [](auto& order) { order.position_code = sdk::borrow("P-1"); }},
        OutsideProfile{"PegOffsetType", "sends_offset_type: true", "sends_offset_type: false",
                       "orders.trailing_stop.sends_offset_type", &trail_by_ticks},
        OutsideProfile{"LongClOrdID", "{max_size: 64}", "{max_size: 16}", "cl_ord_ids.max_size",
                       [](auto& order) { order.cl_ord_id = sdk::borrow("ABCDEFGHIJKLMNOPQ"); }},
        OutsideProfile{"Alphabet", "{max_size: 64}", "{max_size: 64, alphabet: \"0123456789\"}",
                       "cl_ord_ids.alphabet", &leave}),
    [](const auto& each) { return std::string{each.param.name}; });

class ReplaceOutsideTheProfile : public HostInput,
                                 public testing::WithParamInterface<OutsideProfile> {};

TEST_P(ReplaceOutsideTheProfile, IsRefusedWithTheKey) {
    rig().change_profile(GetParam().from, GetParam().to);
    start();
    place(limit_order("A", "1.05"));
    broker_replace_order_t request = replace_of("B", "A");
    request.price = decimal("1.06");
    const sdk::Status status = replace(request);
    EXPECT_EQ(status.reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_THAT(status.text, HasSubstr(GetParam().key));
    EXPECT_EQ(requests_at_venue(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Simulator, ReplaceOutsideTheProfile,
    testing::Values(OutsideProfile{"NotOffered", "replaces:\n  offered: true",
                                   "replaces:\n  offered: false", "replaces.offered", nullptr},
                    OutsideProfile{"Field", "fields: [OrderQty, Price,", "fields: [OrderQty,",
                                   "replaces.fields", nullptr}),
    [](const auto& each) { return std::string{each.param.name}; });

}  // namespace
}  // namespace broker::test
