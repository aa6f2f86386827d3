// The rules of changes, lists and questions, and of the ids and symbols in all of them.
#include <gtest/gtest.h>

#include "dxtrade/order_rules.hpp"
#include "order_rules_fixture.hpp"

namespace broker::dxtrade {
namespace {

using core::Reason;
using namespace std::chrono_literals;
using namespace test_data;

TEST(ChangeRules, IdsKeepToTheProfilesSizeAndAlphabet) {
    Profile profile = everything();
    profile.cl_ord_ids = {16, "ABC-0123456789"};
    core::NewOrder order = limit_order();
    order.cl_ord_id = text<core::ClOrdID>("A-12345678901234");
    expect_taken(order, profile);
    order.cl_ord_id = text<core::ClOrdID>("A-123456789012345");
    expect_refused(order, profile, Reason::NotSupported,
                   "cl_ord_id: profile p takes at most 16 bytes (cl_ord_ids.max_size)");
    order.cl_ord_id = text<core::ClOrdID>("A-1.B");
    expect_refused(order, profile, Reason::NotSupported,
                   "cl_ord_id: profile p does not take '.' in ids (cl_ord_ids.alphabet)");
    core::CancelOrder cancel;
    cancel.cl_ord_id = text<core::ClOrdID>("x");
    expect_refused(cancel, profile, Reason::NotSupported,
                   "cl_ord_id: profile p does not take 'x' in ids (cl_ord_ids.alphabet)");
    core::ReplaceOrder replace = price_change();
    replace.cl_ord_id = text<core::ClOrdID>("x");
    EXPECT_FALSE(check(replace, profile).has_value());
}

TEST(ChangeRules, PrefixLeavesRoomForANumber) {
    Profile profile = everything();
    profile.cl_ord_ids = {16, ""};
    EXPECT_TRUE(check_cl_ord_id_prefix("abcdef", profile).has_value());
    const auto too_long = check_cl_ord_id_prefix("abcdefg", profile);
    ASSERT_FALSE(too_long.has_value());
    EXPECT_EQ(too_long.error().detail,
              "cl_ord_id_prefix: profile p takes at most 6 bytes before a number "
              "(cl_ord_ids.max_size)");
    profile.cl_ord_ids.alphabet = "abcdef";
    const auto no_digits = check_cl_ord_id_prefix("abc", profile);
    ASSERT_FALSE(no_digits.has_value());
    EXPECT_EQ(no_digits.error().detail,
              "cl_ord_id_prefix: profile p does not take digits in ids (cl_ord_ids.alphabet)");
}

TEST(ChangeRules, SymbolThatACompleteMapLacksIsUnknown) {
    Profile profile = everything();
    profile.symbols.map["GBPUSD"] = {"GBP/USD", "", {}};
    expect_taken(limit_order(), profile);
    profile.symbols.is_map_complete = true;
    expect_refused(limit_order(), profile, Reason::SymbolUnknown,
                   "symbol: profile p does not have EURUSD (symbols.map)");
    core::Query query;
    query.kind = core::QueryKind::Positions;
    expect_taken(query, profile);
    query.symbol = text<core::Symbol>("EURUSD");
    EXPECT_EQ(check(query, profile).error().reason, Reason::SymbolUnknown);
}

TEST(ChangeRules, ReplaceIsRefusedWhereTheProfileHasNone) {
    Profile profile = everything();
    profile.replaces.is_offered = false;
    expect_refused(price_change(), profile, Reason::NotSupported,
                   "replace: profile p does not offer replaces (replaces.offered)");
}

TEST(ChangeRules, ReplaceChangesOnlyTheFieldsOfTheProfile) {
    struct Case {
        const char* name;
        ReplaceField field;
        void (*give)(core::ReplaceOrder&);
    };
    for (const Case& c : {
             Case{"order_qty", ReplaceField::OrderQty,
                  [](core::ReplaceOrder& r) { r.order_qty = dec("5"); }},
             Case{"price", ReplaceField::Price, [](core::ReplaceOrder& r) { r.price = dec("5"); }},
             Case{"stop_px", ReplaceField::StopPx,
                  [](core::ReplaceOrder& r) { r.stop_px = dec("5"); }},
             Case{"time_in_force", ReplaceField::TimeInForce,
                  [](core::ReplaceOrder& r) { r.time_in_force = core::TimeInForce::Day; }},
             Case{"expire_time", ReplaceField::ExpireTime,
                  [](core::ReplaceOrder& r) { r.expire_time = core::UtcTime{1s}; }},
             Case{"peg_offset_value", ReplaceField::PegOffsetValue,
                  [](core::ReplaceOrder& r) { r.peg_offset_value = dec("5"); }},
             Case{"min_qty", ReplaceField::MinQty,
                  [](core::ReplaceOrder& r) { r.min_qty = dec("5"); }},
             Case{"max_floor", ReplaceField::MaxFloor,
                  [](core::ReplaceOrder& r) { r.max_floor = dec("5"); }},
         }) {
        core::ReplaceOrder request = price_change();
        request.price.reset();
        c.give(request);
        Profile profile = everything();
        profile.replaces.fields = {c.field};
        expect_taken(request, profile);
        profile.replaces.fields = core::EnumSet<ReplaceField>::from_bits(
            ~(std::uint64_t{1} << static_cast<unsigned>(c.field)));
        expect_refused(
            request, profile, Reason::NotSupported,
            std::string{c.name} + ": profile p does not offer to change it (replaces.fields)");
    }
}

TEST(ChangeRules, ReplaceCannotBringInWhatNewOrdersMayNotHave) {
    Profile profile = everything();
    profile.orders.min_qty = FieldRule::Forbidden;
    profile.orders.times_in_force = {core::TimeInForce::Day};
    core::ReplaceOrder request = price_change();
    request.time_in_force = core::TimeInForce::FillOrKill;
    expect_refused(request, profile, Reason::NotSupported,
                   "time_in_force: profile p does not offer FillOrKill (orders.times_in_force)");
    request = price_change();
    request.min_qty = dec("1");
    expect_refused(request, profile, Reason::NotSupported,
                   "min_qty: profile p does not offer it (orders.min_qty)");
    request = price_change();
    request.order_qty = dec("10");
    request.max_floor = dec("11");
    expect_refused(request, profile, Reason::InvalidField,
                   "max_floor: expected at most order_qty, 10, found 11");
}

TEST(ChangeRules, ListIsRefusedWhereTheProfileSaysNothingOfLists) {
    Profile profile = everything();
    profile.order_lists.encoding = ContingencyEncoding::None;
    const std::string detail =
        "list: profile p does not offer lists of orders (order_lists.encoding)";
    expect_refused(bracket(), profile, Reason::NotSupported, detail);
    expect_refused(core::CancelOrderList{}, profile, Reason::NotSupported, detail);
}

TEST(ChangeRules, ListNeedsAnOfferedContingencyAndItsNumberOfOrders) {
    Profile profile = everything();
    profile.order_lists.contingencies = {core::Contingency::OneCancelsOther,
                                         core::Contingency::Bracket};
    expect_taken(bracket(), profile);
    core::NewOrderList list = bracket();
    list.order_count = 2;
    expect_refused(list, profile, Reason::InvalidField, "orders: expected 3 with Bracket, found 2");
    list.contingency = core::Contingency::OneCancelsOther;
    expect_taken(list, profile);
    list.order_count = 3;
    expect_refused(list, profile, Reason::InvalidField,
                   "orders: expected 2 with OneCancelsOther, found 3");
    list.contingency = core::Contingency::OneTriggersOther;
    expect_refused(list, profile, Reason::NotSupported,
                   "contingency: profile p does not offer OneTriggersOther "
                   "(order_lists.contingencies)");
}

TEST(ChangeRules, MemberOfAListIsCheckedAsAnOrder) {
    Profile profile = everything();
    profile.orders.ord_types = {core::OrdType::Limit};
    core::NewOrderList list = bracket();
    list.orders[2].ord_type = core::OrdType::Stop;
    expect_refused(list, profile, Reason::NotSupported,
                   "orders[2].ord_type: profile p does not offer Stop (orders.ord_types)");
    list = bracket();
    list.orders[1].cl_ord_id = list.orders[0].cl_ord_id;
    expect_refused(list, profile, Reason::InvalidField,
                   "orders[1].cl_ord_id: expected one of its own");
    profile.cl_ord_ids.max_size = 16;
    list = bracket();
    list.list_id = text<core::ListID>("12345678901234567");
    expect_refused(list, profile, Reason::NotSupported,
                   "list_id: profile p takes at most 16 bytes (cl_ord_ids.max_size)");
}

TEST(ChangeRules, CancelOfAListNeedsAPrefixWhereItsOrdersAreCanceledOneByOne) {
    Profile profile = everything();
    profile.cl_ord_ids.max_size = 16;
    core::CancelOrderList request;
    request.cl_ord_id_prefix = text<core::FixedString<48>>("a-long-prefix");
    EXPECT_EQ(check(request, profile).error().reason, Reason::NotSupported);
    profile.order_lists.can_cancel_list = true;
    expect_taken(request, profile);
}

TEST(ChangeRules, EveryQuestionIsRefusedExactlyWhereTheProfileLacksIt) {
    for (std::int32_t lacking = 1; lacking <= 7; ++lacking) {
        Profile profile = everything();
        profile.queries.offered = core::EnumSet<core::QueryKind>::from_bits(
            0xFE & ~(std::uint64_t{1} << static_cast<unsigned>(lacking)));
        for (std::int32_t given = 1; given <= 7; ++given) {
            core::Query query;
            query.kind = static_cast<core::QueryKind>(given);
            EXPECT_EQ(check(query, profile).has_value(), given != lacking) << given;
        }
    }
    Profile none = everything();
    none.queries.offered = {};
    core::Query query;
    query.kind = core::QueryKind::Positions;
    expect_refused(query, none, Reason::NotSupported,
                   "query: profile p does not offer Positions (queries.offered)");
}

}  // namespace
}  // namespace broker::dxtrade
