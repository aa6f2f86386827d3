// A profile that offers everything, and requests that it takes: each test takes away, or adds, what
// it is about.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/named_fields.hpp"
#include "dxtrade/order_rules.hpp"

namespace broker::dxtrade::test_data {

inline core::Decimal dec(const char* text) { return *core::Decimal::parse(text); }

template <class Text>
Text text(std::string_view value) {
    return *Text::from(value);
}

inline Profile everything() {
    Profile profile;
    profile.name = "p";
    profile.orders.sides = core::EnumSet<core::Side>::from_bits(0x1E);
    profile.orders.ord_types = core::EnumSet<core::OrdType>::from_bits(0x3FE);
    profile.orders.times_in_force = core::EnumSet<core::TimeInForce>::from_bits(0x1FE);
    profile.orders.exec_insts = core::EnumSet<core::ExecInst>::from_bits(0x7FFFE);
    profile.orders.min_qty = FieldRule::Optional;
    profile.orders.max_floor = FieldRule::Optional;
    profile.orders.cash_order_qty = FieldRule::Optional;
    profile.orders.ex_destination = FieldRule::Optional;
    profile.orders.locate_reqd = FieldRule::Optional;
    profile.orders.position_code_tag = 5011;
    profile.replaces.is_offered = true;
    profile.order_lists.encoding = ContingencyEncoding::ClOrdLinkID;
    profile.order_lists.contingencies = core::EnumSet<core::Contingency>::from_bits(0xE);
    profile.queries.offered = core::EnumSet<core::QueryKind>::from_bits(0xFE);
    return profile;
}

inline core::NewOrder limit_order() {
    core::NewOrder order;
    order.cl_ord_id = text<core::ClOrdID>("A-1");
    order.symbol = text<core::Symbol>("EURUSD");
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::Day;
    order.order_qty = dec("100");
    order.price = dec("1.1");
    return order;
}

inline core::ReplaceOrder price_change() {
    core::ReplaceOrder request;
    request.cl_ord_id = text<core::ClOrdID>("A-2");
    request.orig_cl_ord_id = text<core::ClOrdID>("A-1");
    request.price = dec("1.2");
    return request;
}

inline core::NewOrderList bracket() {
    core::NewOrderList list;
    list.list_id = text<core::ListID>("L-1");
    list.contingency = core::Contingency::Bracket;
    list.order_count = 3;
    list.orders.fill(limit_order());
    list.orders[1].cl_ord_id = text<core::ClOrdID>("A-2");
    list.orders[2].cl_ord_id = text<core::ClOrdID>("A-3");
    return list;
}

inline core::NamedFields fields(std::string value) {
    for (char& c : value) c = c == '|' ? core::kFieldEnd : c;
    return text<core::NamedFields>(value);
}

template <class Command>
void expect_refused(const Command& command, const Profile& profile, core::Reason reason,
                    const std::string& detail) {
    const auto result = check(command, profile);
    ASSERT_FALSE(result.has_value()) << "expected: " << detail;
    EXPECT_EQ(result.error().reason, reason) << result.error().detail;
    EXPECT_EQ(result.error().detail, detail);
}

template <class Command>
void expect_taken(const Command& command, const Profile& profile) {
    const auto result = check(command, profile);
    EXPECT_TRUE(result.has_value()) << result.error().detail;
}

}  // namespace broker::dxtrade::test_data
