// The steps of a script about orders: all that an order may say, and lists.
#include <gmock/gmock.h>

#include "broker/sdk/fields.hpp"
#include "broker/sdk/text.hpp"
#include "host/order_records.hpp"
#include "script_support.hpp"

namespace broker::sample_host {
namespace {

using test::only_step;
using test::step_error;
using testing::HasSubstr;

constexpr std::chrono::system_clock::time_point kNow{std::chrono::seconds{1'000}};

const std::string kOrder = "account: A, id: x, symbol: S, side: Buy, type: Market, qty: 1";

TEST(ScriptOrders, ReadEveryInstructionOfAnOrder) {
    const auto step = only_step<Submit>(
        "submit: {account: A, id: x, symbol: S, side: SellShort, type: Pegged, tif: FillOrKill, "
        "qty: 10, price: 1.5, position_effect: Close, exec_inst: [AllOrNone, PrimaryPeg], "
        "locate_reqd: NotRequired, peg_offset_type: Ticks, peg_offset_value: -2, min_qty: 3, "
        "max_floor: 4, ex_destination: XNAS, position_code: P-1, "
        "fields: {algo_id: TWAP, order_capacity: A}}");
    const broker_new_order_t order = record_of(step, "A", "x-1", kNow);
    EXPECT_EQ(order.side, BROKER_SIDE_SELL_SHORT);
    EXPECT_EQ(order.ord_type, BROKER_ORD_TYPE_PEGGED);
    EXPECT_EQ(order.time_in_force, BROKER_TIME_IN_FORCE_FILL_OR_KILL);
    EXPECT_EQ(order.position_effect, BROKER_POSITION_EFFECT_CLOSE);
    EXPECT_EQ(order.exec_inst,
              1U << BROKER_EXEC_INST_ALL_OR_NONE | 1U << BROKER_EXEC_INST_PRIMARY_PEG);
    EXPECT_EQ(order.locate_reqd, BROKER_LOCATE_REQD_NOT_REQUIRED);
    EXPECT_EQ(order.peg_offset_type, BROKER_PEG_OFFSET_TYPE_TICKS);
    EXPECT_EQ(sdk::decimal_text(order.peg_offset_value), "-2");
    EXPECT_EQ(sdk::decimal_text(order.min_qty), "3");
    EXPECT_EQ(sdk::decimal_text(order.max_floor), "4");
    EXPECT_EQ(sdk::view(order.ex_destination), "XNAS");
    EXPECT_EQ(sdk::view(order.position_code), "P-1");
    EXPECT_EQ(sdk::FieldsView{order.fields}.find("algo_id"), "TWAP");
    EXPECT_EQ(sdk::FieldsView{order.fields}.find("order_capacity"), "A");
    EXPECT_EQ(sdk::view(order.cl_ord_id), "x-1");
    EXPECT_EQ(sdk::view(order.account), "A");
}

TEST(ScriptOrders, LeaveAbsentWhatTheScriptDoesNotSay) {
    const auto step = only_step<Submit>("submit: {" + kOrder + "}");
    const broker_new_order_t order = record_of(step, "A", "x", kNow);
    EXPECT_EQ(order.expire_time, 0);
    EXPECT_EQ(order.exec_inst, 0U);
    EXPECT_EQ(order.fields.size, 0U);
    EXPECT_EQ(order.cash_order_qty.is_present, 0);
}

TEST(ScriptOrders, TakeACashQuantityInsteadOfAQuantity) {
    const auto step = only_step<Submit>(
        "submit: {account: A, id: x, symbol: S, side: Buy, type: Market, cash_order_qty: 500}");
    EXPECT_EQ(sdk::decimal_text(step.cash_order_qty), "500");
    EXPECT_EQ(step.qty.is_present, 0);
    EXPECT_EQ(step_error("submit: {account: A, id: x, symbol: S, side: Buy, type: Market}"),
              "s.yaml:2: submit: missing key \"qty\"");
}

TEST(ScriptOrders, ExpireAtATimeOrSoLongFromNow) {
    const auto at = only_step<Submit>(
        "submit: {" + kOrder + ", tif: GoodTillDate, expire_time: \"1970-01-01T00:00:02Z\"}");
    EXPECT_EQ(record_of(at, "A", "x", kNow).expire_time, 2'000'000'000);
    const auto in =
        only_step<Submit>("submit: {" + kOrder + ", tif: GoodTillDate, expire_in_ms: 500}");
    EXPECT_EQ(record_of(in, "A", "x", kNow).expire_time, 1'000'500'000'000);
    EXPECT_EQ(step_error("submit: {" + kOrder +
                         ", expire_time: \"1970-01-01T00:00:02Z\", expire_in_ms: 5}"),
              "s.yaml:2: submit: expected expire_time or expire_in_ms, found both");
    EXPECT_EQ(
        step_error("submit: {" + kOrder + ", expire_time: tomorrow}"),
        "s.yaml:2: submit.expire_time: expected a time such as \"2026-01-05T12:00:00Z\", found "
        "\"tomorrow\"");
}

TEST(ScriptOrders, NameWrongInstructionsAndFields) {
    EXPECT_THAT(step_error("submit: {" + kOrder + ", exec_inst: [AllOrNothing]}"),
                HasSubstr("submit.exec_inst[0]: expected one of NotHeld"));
    EXPECT_THAT(step_error("submit: {" + kOrder + ", fields: {a=b: 1}}"),
                HasSubstr("submit.fields.a=b: expected a named field"));
    EXPECT_THAT(step_error("submit: {" + kOrder + ", fields: {a: " + std::string(300, 'x') + "}}"),
                HasSubstr("at most 255 bytes"));
    EXPECT_THAT(step_error("submit: {" + kOrder + ", fields: [a]}"),
                HasSubstr("submit.fields: expected a mapping, found a list"));
}

TEST(ScriptOrders, ReadEveryChangeOfAReplace) {
    const auto step = only_step<Replace>(
        "replace: {account: A, id: y, orig: x, qty: 1, price: 2, stop_px: 3, tif: GoodTillDate, "
        "expire_in_ms: 1000, peg_offset_value: 4, min_qty: 5, max_floor: 6, fields: {note: n}}");
    const broker_replace_order_t request = record_of(step, "y-1", "x-1", kNow);
    EXPECT_EQ(sdk::view(request.cl_ord_id), "y-1");
    EXPECT_EQ(sdk::view(request.orig_cl_ord_id), "x-1");
    EXPECT_EQ(sdk::decimal_text(request.order_qty), "1");
    EXPECT_EQ(sdk::decimal_text(request.price), "2");
    EXPECT_EQ(sdk::decimal_text(request.stop_px), "3");
    EXPECT_EQ(request.time_in_force, BROKER_TIME_IN_FORCE_GOOD_TILL_DATE);
    EXPECT_EQ(request.expire_time, 1'001'000'000'000);
    EXPECT_EQ(sdk::decimal_text(request.peg_offset_value), "4");
    EXPECT_EQ(sdk::decimal_text(request.min_qty), "5");
    EXPECT_EQ(sdk::decimal_text(request.max_floor), "6");
    EXPECT_EQ(sdk::FieldsView{request.fields}.find("note"), "n");
}

const std::string kMember = "symbol: S, side: Buy, type: Market, qty: 1}";

TEST(ScriptOrders, ReadAListWithItsOrders) {
    const auto step = only_step<SubmitList>(
        "submit_list: {account: A, id: trade, contingency: Bracket, orders: [{id: a, " + kMember +
        ", {id: b, " + kMember + ", {id: c, " + kMember + "]}");
    EXPECT_EQ(step.contingency, BROKER_CONTINGENCY_BRACKET);
    ASSERT_EQ(step.orders.size(), 3U);
    EXPECT_EQ(step.orders[2].id, "c");
    EXPECT_EQ(step.orders[2].tif, BROKER_TIME_IN_FORCE_DAY);
}

TEST(ScriptOrders, WantAsManyOrdersInAListAsItsContingencyHas) {
    const auto list = [](const std::string& contingency) {
        return "submit_list: {account: A, id: trade, contingency: " + contingency +
               ", orders: [{id: a, " + kMember + ", {id: b, " + kMember + "]}";
    };
    EXPECT_EQ(step_error(list("OneCancelsOther")), "no error");
    EXPECT_EQ(step_error(list("Bracket")),
              "s.yaml:2: submit_list.orders: expected 3 orders, found 2");
    EXPECT_THAT(step_error("submit_list: {account: A, id: t, contingency: OneCancelsOther, "
                           "orders: [{id: a, " +
                           kMember + ", {id: b, account: B, " + kMember + "]}"),
                HasSubstr("unknown key \"account\""));
}

TEST(ScriptOrders, CancelListsThatWereSubmittedAlone) {
    const std::string list =
        "submit_list: {account: A, id: trade, contingency: OneCancelsOther, "
        "orders: [{id: a, " +
        kMember + ", {id: b, " + kMember + "]}\n  - ";
    EXPECT_EQ(step_error(list + "cancel_list: {account: A, list: trade, prefix: off}"), "no error");
    EXPECT_EQ(
        step_error(list + "cancel_list: {account: A, list: a, prefix: off}"),
        "s.yaml:3: cancel_list.list: expected the id of a submit_list above, found \"a\", which "
        "A has not sent");
    EXPECT_THAT(step_error(list + "cancel_list: {account: A, list: trade, prefix: a}"),
                HasSubstr("expected a new id, found \"a\""));
}

TEST(ScriptOrders, ExpectOfTheMembersOfAListAsOfAnyOrder) {
    const std::string list =
        "submit_list: {account: A, id: trade, contingency: OneCancelsOther, "
        "orders: [{id: a, " +
        kMember + ", {id: b, " + kMember + "]}\n  - ";
    EXPECT_EQ(step_error(list + "expect: {account: A, id: b, status: New}"), "no error");
    EXPECT_THAT(step_error(list + "expect: {account: A, id: trade, status: New}"),
                HasSubstr("expect.id: expected the id of a request above"));
    EXPECT_THAT(step_error(list + "cancel: {account: A, id: b, orig: a}"),
                HasSubstr("expected a new id, found \"b\""));
}

}  // namespace
}  // namespace broker::sample_host
