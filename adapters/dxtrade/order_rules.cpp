#include "dxtrade/order_rules.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dxtrade/enum_names.hpp"
#include "dxtrade/field_rules.hpp"
#include "dxtrade/refusal.hpp"

namespace broker::dxtrade {
namespace {

using core::fail;
using core::Reason;
using core::Result;

Result<void> check_rule(FieldRule rule, bool is_given, std::string_view field,
                        const Profile& profile) {
    const std::string_view key = field;  // of the mapping orders
    if (rule == FieldRule::Forbidden && is_given) {
        return not_offered(field, "it", "orders." + std::string{key}, profile);
    }
    if (rule == FieldRule::Required && !is_given) {
        return refusal(Reason::InvalidField, field, profile, "requires it",
                       "orders." + std::string{key});
    }
    return {};
}

using Rule = Result<void> (*)(const core::NewOrder&, const Profile&);

Result<void> check_terms(const core::NewOrder& order, const Profile& profile) {
    const OrderRules& rules = profile.orders;
    if (!rules.sides.contains(order.side)) {
        return not_offered("side", name_of(order.side), "orders.sides", profile);
    }
    if (!rules.ord_types.contains(order.ord_type)) {
        return not_offered("ord_type", name_of(order.ord_type), "orders.ord_types", profile);
    }
    return check_time_in_force(order.ord_type, order.time_in_force, profile);
}

Result<void> check_exec_inst(const core::NewOrder& order, const Profile& profile) {
    const std::uint64_t others =
        order.instructions.exec_inst.bits() & ~profile.orders.exec_insts.bits();
    if (others == 0) return {};
    const auto set = core::EnumSet<core::ExecInst>::from_bits(others);
    std::string names;
    for (std::int32_t value = 1; value < 64; ++value) {
        const auto exec_inst = static_cast<core::ExecInst>(value);
        if (!set.contains(exec_inst)) continue;
        names += names.empty() ? "" : ", ";
        names += name_of(exec_inst);
    }
    return not_offered("exec_inst", names.empty() ? "Unspecified" : names, "orders.exec_insts",
                       profile);
}

Result<void> check_offset_type(const core::NewOrder& order, const Profile& profile) {
    const core::PegOffsetType type = order.instructions.peg_offset_type;
    const bool goes_without = order.ord_type == core::OrdType::TrailingStop &&
                              !profile.orders.trailing_stop.sends_offset_type;
    // Why: without PegOffsetType (836) the offset is a price (FIX 4.4); another unit would be lost.
    if (!goes_without || type == core::PegOffsetType::Unspecified ||
        type == core::PegOffsetType::Price) {
        return {};
    }
    return not_offered("peg_offset_type", name_of(type), "orders.trailing_stop.sends_offset_type",
                       profile);
}

Result<void> check_not_above_order_qty(std::string_view field,
                                       const std::optional<core::Decimal>& qty,
                                       const core::Decimal& order_qty) {
    if (!qty || *qty <= order_qty) return {};
    return fail(Reason::InvalidField, std::string{field} + ": expected at most order_qty, " +
                                          order_qty.to_string() + ", found " + qty->to_string());
}

Result<void> check_quantities(const core::NewOrder& order, const Profile& profile) {
    const OrderRules& rules = profile.orders;
    const core::OrderInstructions& given = order.instructions;
    const bool has_cash = given.cash_order_qty.has_value();
    if (auto result = check_rule(rules.cash_order_qty, has_cash, "cash_order_qty", profile);
        !result)
        return result;
    if (has_cash != order.order_qty.is_zero()) {
        return fail(Reason::InvalidField, "cash_order_qty: expected it or order_qty, not " +
                                              std::string{has_cash ? "both" : "neither"});
    }
    if (auto result = check_rule(rules.min_qty, given.min_qty.has_value(), "min_qty", profile);
        !result)
        return result;
    if (auto result =
            check_rule(rules.max_floor, given.max_floor.has_value(), "max_floor", profile);
        !result)
        return result;
    if (has_cash) return {};
    if (auto result = check_not_above_order_qty("min_qty", given.min_qty, order.order_qty); !result)
        return result;
    return check_not_above_order_qty("max_floor", given.max_floor, order.order_qty);
}

Result<void> check_route(const core::NewOrder& order, const Profile& profile) {
    const std::string_view route = order.instructions.ex_destination.view();
    if (auto result =
            check_rule(profile.orders.ex_destination, !route.empty(), "ex_destination", profile);
        !result)
        return result;
    const std::vector<std::string>& routes = profile.orders.ex_destinations;
    if (route.empty() || routes.empty() ||
        std::find(routes.begin(), routes.end(), route) != routes.end()) {
        return {};
    }
    return not_offered("ex_destination", route, "orders.ex_destinations", profile);
}

Result<void> check_locate(const core::NewOrder& order, const Profile& profile) {
    const bool is_given = order.instructions.locate_reqd != core::LocateReqd::Unspecified;
    const bool is_short =
        order.side == core::Side::SellShort || order.side == core::Side::SellShortExempt;
    if (is_short) return check_rule(profile.orders.locate_reqd, is_given, "locate_reqd", profile);
    if (!is_given) return {};
    return fail(Reason::InvalidField,
                "locate_reqd: expected with SellShort or SellShortExempt alone, found with " +
                    std::string{name_of(order.side)});
}

Result<void> check_position(const core::NewOrder& order, const Profile& profile) {
    constexpr std::string_view kEffect = "position_effect";
    constexpr std::string_view kEffectKey = "orders.position_effect";
    const PositionEffectRule rule = profile.orders.position_effect;
    const bool has_effect = order.position_effect != core::PositionEffect::Unspecified;
    if (has_effect && rule == PositionEffectRule::Forbidden) {
        return not_offered(kEffect, "it", kEffectKey, profile);
    }
    if (!has_effect && rule == PositionEffectRule::Required) {
        return refusal(Reason::InvalidField, kEffect, profile, "requires it", kEffectKey);
    }
    if (!has_effect && rule == PositionEffectRule::RequiredToSell &&
        order.side == core::Side::Sell) {
        return refusal(Reason::InvalidField, kEffect, profile, "requires it to sell", kEffectKey);
    }
    if (order.instructions.position_code.empty()) return {};
    if (profile.orders.position_code_tag == 0) {
        return not_offered("position_code", "it", "orders.position_code_tag", profile);
    }
    if (order.position_effect == core::PositionEffect::Open) {
        return fail(Reason::InvalidField,
                    "position_code: expected with an order that closes, found with Open");
    }
    return {};
}

Result<void> check_expiry(const core::NewOrder& order, const Profile& profile) {
    return check_expire_time(order.expire_time, profile);
}

constexpr std::array<Rule, 8> kRules{&check_terms,       &check_expiry,     &check_exec_inst,
                                     &check_offset_type, &check_quantities, &check_route,
                                     &check_locate,      &check_position};

Result<void> check_order(const core::NewOrder& order, std::string_view msg_type,
                         const Profile& profile) {
    if (auto result = check_id("cl_ord_id", order.cl_ord_id.view(), profile); !result)
        return result;
    if (auto result = check_symbol(order.symbol.view(), profile); !result) return result;
    for (const Rule rule : kRules) {
        if (auto result = rule(order, profile); !result) return result;
    }
    const std::string_view fields = order.instructions.fields.view();
    if (auto result = check_fields(fields, msg_type, profile); !result) return result;
    return check_required_fields(fields, msg_type, profile);
}

Result<void> check_members(const core::NewOrderList& list, const Profile& profile) {
    const std::span<const core::NewOrder> members = list.members();
    for (std::size_t i = 0; i < members.size(); ++i) {
        const core::NewOrder& order = members[i];
        const std::string place = "orders[" + std::to_string(i) + "].";
        if (const auto result = check_order(order, "E", profile); !result) {
            return fail(result.error().reason, place + result.error().detail);
        }
        const auto has_same_id = [&](const core::NewOrder& other) {
            return other.cl_ord_id == order.cl_ord_id;
        };
        if (std::any_of(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(i),
                        has_same_id)) {
            return fail(Reason::InvalidField, place + "cl_ord_id: expected one of its own");
        }
    }
    return {};
}

}  // namespace

void complete(core::NewOrder& order, const Profile& profile) {
    auto& route = order.instructions.ex_destination;
    if (!route.empty()) return;
    using Route = std::remove_reference_t<decltype(route)>;
    if (const auto value = Route::from(profile.orders.default_ex_destination)) route = *value;
}

Result<void> check(const core::NewOrder& order, const Profile& profile) {
    return check_order(order, "D", profile);
}

Result<void> check(const core::NewOrderList& list, const Profile& profile) {
    if (auto result = check_offers_lists(profile); !result) return result;
    if (!profile.order_lists.contingencies.contains(list.contingency)) {
        return not_offered("contingency", name_of(list.contingency), "order_lists.contingencies",
                           profile);
    }
    const std::uint32_t order_count = list.contingency == core::Contingency::Bracket ? 3 : 2;
    if (list.order_count != order_count) {
        return fail(Reason::InvalidField, "orders: expected " + std::to_string(order_count) +
                                              " with " + std::string{name_of(list.contingency)} +
                                              ", found " + std::to_string(list.order_count));
    }
    if (auto result = check_id("list_id", list.list_id.view(), profile); !result) return result;
    return check_members(list, profile);
}

Result<void> check_time_in_force(core::OrdType ord_type, core::TimeInForce time_in_force,
                                 const Profile& profile) {
    const OrderRules& rules = profile.orders;
    if (!rules.times_in_force.contains(time_in_force)) {
        return not_offered("time_in_force", name_of(time_in_force), "orders.times_in_force",
                           profile);
    }
    const auto narrower = rules.times_in_force_by_ord_type.find(ord_type);
    if (narrower == rules.times_in_force_by_ord_type.end() ||
        narrower->second.contains(time_in_force)) {
        return {};
    }
    return not_offered(
        "time_in_force",
        std::string{name_of(time_in_force)} + " for " + std::string{name_of(ord_type)},
        "orders.times_in_force_by_ord_type", profile);
}

}  // namespace broker::dxtrade
