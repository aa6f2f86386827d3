#include "abi/abi_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "abi/record.hpp"

namespace broker::abi {
namespace {

using core::Decimal;
using testing::StartsWith;

const core::MonotonicTime kNow{std::chrono::seconds{1000}};

broker_new_order_t limit_order() {
    broker_new_order_t order{};
    order.struct_size = sizeof(order);
    order.side = BROKER_SIDE_SELL;
    order.ord_type = BROKER_ORD_TYPE_LIMIT;
    order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL;
    order.account = str("ACC-1");
    order.cl_ord_id = str("A-1");
    order.symbol = str("EUR/USD");
    order.order_qty = {1050, 1, 1};
    order.price = {108, 2, 1};
    return order;
}

// What is wrong with a limit order after `change`.
std::string error_after(const std::function<void(broker_new_order_t&)>& change) {
    broker_new_order_t order = limit_order();
    change(order);
    const auto result = to_core(order, kNow);
    return result ? "no error" : result.error().detail;
}

TEST(AbiRecords, OrderCrossesFieldByField) {
    const auto order = to_core(limit_order(), kNow);
    ASSERT_TRUE(order.has_value());
    EXPECT_EQ(order->cl_ord_id.view(), "A-1");
    EXPECT_EQ(order->symbol.view(), "EUR/USD");
    EXPECT_EQ(order->side, core::Side::Sell);
    EXPECT_EQ(order->ord_type, core::OrdType::Limit);
    EXPECT_EQ(order->time_in_force, core::TimeInForce::GoodTillCancel);
    EXPECT_EQ(order->order_qty, Decimal::parse("105"));
    EXPECT_EQ(order->price, Decimal::parse("1.08"));
    EXPECT_EQ(order->stages.signal, kNow);
    EXPECT_EQ(order->stages.accepted, kNow);
}

TEST(AbiRecords, SignalTimeOfTheHostIsKept) {
    broker_new_order_t order = limit_order();
    order.signal_time = std::chrono::nanoseconds{std::chrono::seconds{999}}.count();
    EXPECT_EQ(to_core(order, kNow)->stages.signal, kNow - std::chrono::seconds{1});
}

TEST(AbiRecords, EveryWrongFieldIsNamed) {
    using Order = broker_new_order_t;
    EXPECT_THAT(error_after([](Order& o) { o.side = 0; }), StartsWith("side: expected"));
    EXPECT_THAT(error_after([](Order& o) { o.side = 5; }), StartsWith("side: expected"));
    EXPECT_THAT(error_after([](Order& o) { o.ord_type = -1; }), StartsWith("ord_type:"));
    EXPECT_THAT(error_after([](Order& o) { o.time_in_force = 99; }), StartsWith("time_in_force:"));
    EXPECT_THAT(error_after([](Order& o) { o.position_effect = 3; }),
                StartsWith("position_effect:"));
    EXPECT_THAT(error_after([](Order& o) { o.must_be_zero = 1; }), StartsWith("must_be_zero:"));
    EXPECT_THAT(error_after([](Order& o) { o.cl_ord_id = {}; }), StartsWith("cl_ord_id:"));
    EXPECT_THAT(error_after([](Order& o) { o.cl_ord_id = str("a b"); }), StartsWith("cl_ord_id:"));
    EXPECT_THAT(error_after([](Order& o) {
                    o.cl_ord_id =
                        str("a\x01"
                            "44=1");
                }),
                StartsWith("cl_ord_id:"));
    const std::string long_id(65, 'x');
    EXPECT_THAT(error_after([&](Order& o) { o.cl_ord_id = str(long_id); }),
                StartsWith("cl_ord_id:"));
    EXPECT_THAT(error_after([](Order& o) {
                    o.cl_ord_id = {nullptr, 3};
                }),
                StartsWith("cl_ord_id:"));
    EXPECT_THAT(error_after([](Order& o) { o.symbol = {}; }), StartsWith("symbol:"));
    EXPECT_THAT(error_after([](Order& o) { o.signal_time = -1; }), StartsWith("signal_time:"));
    EXPECT_THAT(error_after([](Order& o) { o.signal_time = INT64_MAX; }),
                StartsWith("signal_time:"));
}

TEST(AbiRecords, QuantityMustBeThereAndAboveZero) {
    using Order = broker_new_order_t;
    EXPECT_THAT(error_after([](Order& o) { o.order_qty = {}; }), StartsWith("order_qty:"));
    EXPECT_THAT(error_after([](Order& o) { o.order_qty = {0, 0, 1}; }), StartsWith("order_qty:"));
    EXPECT_THAT(error_after([](Order& o) { o.order_qty = {-5, 0, 1}; }), StartsWith("order_qty:"));
    EXPECT_THAT(error_after([](Order& o) { o.order_qty = {5, 19, 1}; }), StartsWith("order_qty:"));
    EXPECT_THAT(error_after([](Order& o) { o.order_qty = {5, 0, 2}; }), StartsWith("order_qty:"));
}

TEST(AbiRecords, PriceFitsTheOrderTypeAndIsNeverTrimmed) {
    using Order = broker_new_order_t;
    EXPECT_THAT(error_after([](Order& o) { o.price = {}; }), StartsWith("price:"));
    EXPECT_THAT(error_after([](Order& o) { o.ord_type = BROKER_ORD_TYPE_MARKET; }),
                StartsWith("price: expected no price"));
    EXPECT_THAT(error_after([](Order& o) { o.price = {7, 0, 0}; }), StartsWith("price:"));
    EXPECT_THAT(error_after([](Order& o) { o.stop_px = {1, 0, 1}; }), StartsWith("stop_px:"));
    EXPECT_THAT(error_after([](Order& o) { o.ord_type = BROKER_ORD_TYPE_STOP_LIMIT; }),
                StartsWith("stop_px:"));
    // A spread may trade at zero or below.
    EXPECT_EQ(error_after([](Order& o) { o.price = {0, 0, 1}; }), "no error");
    EXPECT_EQ(error_after([](Order& o) { o.price = {-3, 1, 1}; }), "no error");
}

TEST(AbiRecords, ExpiryGoesWithGoodTillDateAlone) {
    using Order = broker_new_order_t;
    EXPECT_THAT(error_after([](Order& o) { o.expire_time = 1; }), StartsWith("expire_time:"));
    EXPECT_THAT(
        error_after([](Order& o) { o.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_DATE; }),
        StartsWith("expire_time:"));
}

TEST(AbiRecords, ReplaceThatChangesNothingIsRefused) {
    broker_replace_order_t request{};
    request.struct_size = sizeof(request);
    request.cl_ord_id = str("R");
    request.orig_cl_ord_id = str("A");
    EXPECT_FALSE(to_core(request, kNow).has_value());
    request.price = {1, 0, 1};
    const auto result = to_core(request, kNow);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->price, Decimal::parse("1"));
    EXPECT_FALSE(result->order_qty.has_value());
}

TEST(AbiRecords, CancelNeedsBothIds) {
    broker_cancel_order_t request{};
    request.struct_size = sizeof(request);
    request.cl_ord_id = str("C");
    EXPECT_THAT(to_core(request, kNow).error().detail, StartsWith("orig_cl_ord_id:"));
}

TEST(AbiRecords, CancelAllTakesAnEmptySymbolForAll) {
    broker_cancel_all_t request{};
    request.struct_size = sizeof(request);
    request.cl_ord_id_prefix = str("ALL-");
    const auto result = to_core(request, kNow);
    ASSERT_TRUE(result.has_value());
    EXPECT_TRUE(result->symbol.empty());
    request.cl_ord_id_prefix =
        str(std::string_view{"0123456789012345678901234567890123456789012345678"});
    EXPECT_FALSE(to_core(request, kNow).has_value());
}

TEST(AbiRecords, DecimalsCrossExactlyBothWays) {
    const broker_decimal_t value = to_abi(Decimal::parse("-0.10").value());
    EXPECT_EQ(value.coefficient, -10);
    EXPECT_EQ(value.scale, 2);
    EXPECT_EQ(value.is_present, 1);
    EXPECT_EQ(to_abi(std::optional<Decimal>{}).is_present, 0);
}

}  // namespace
}  // namespace broker::abi
