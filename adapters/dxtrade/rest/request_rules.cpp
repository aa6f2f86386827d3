#include "dxtrade/rest/request_rules.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dxtrade/enum_names.hpp"
#include "dxtrade/refusal.hpp"
#include "dxtrade/rest/enum_words.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::fail;
using core::OrdType;
using core::PositionEffect;
using core::Reason;
using core::Result;

constexpr std::size_t kMaxOrderCode = 64;
constexpr std::size_t kMaxMetadata = 32;

core::Error without_field(std::string_view field) {
    return fail(Reason::NotSupported, std::string{field} + ": REST has no such field");
}

Result<void> check_terms(const core::NewOrder& order, const RequestContext& context) {
    const Profile& profile = context.profile;
    const RestOrderRules& rules = profile.rest.orders;
    if (word_of(order.side).empty()) {
        return fail(Reason::NotSupported, "side: REST has no " + std::string{name_of(order.side)});
    }
    if (!rules.ord_types.contains(order.ord_type) || word_of(order.ord_type).empty()) {
        return not_offered("ord_type", name_of(order.ord_type), "rest.orders.ord_types", profile);
    }
    const bool is_gtc_anyway = order.ord_type == OrdType::Market && rules.sends_tif_gtc_for_market;
    if (is_gtc_anyway) return {};
    if (!rules.times_in_force.contains(order.time_in_force) ||
        word_of(order.time_in_force).empty()) {
        return not_offered("time_in_force", name_of(order.time_in_force),
                           "rest.orders.times_in_force", profile);
    }
    return {};
}

Result<void> check_instructions(const core::NewOrder& order, const RequestContext& /*context*/) {
    const core::OrderInstructions& given = order.instructions;
    if (!given.exec_inst.empty()) return without_field("exec_inst");
    if (given.locate_reqd != core::LocateReqd::Unspecified) return without_field("locate_reqd");
    if (given.min_qty) return without_field("min_qty");
    if (given.max_floor) return without_field("max_floor");
    if (given.cash_order_qty) return without_field("cash_order_qty");
    if (!given.ex_destination.empty()) return without_field("ex_destination");
    const bool is_price = given.peg_offset_type == core::PegOffsetType::Unspecified ||
                          given.peg_offset_type == core::PegOffsetType::Price;
    if (!is_price) {
        return fail(Reason::NotSupported,
                    "peg_offset_type: REST has no " + std::string{name_of(given.peg_offset_type)});
    }
    return {};
}

bool has_limit(OrdType type) { return type == OrdType::Limit || type == OrdType::StopLimit; }
bool has_stop(OrdType type) { return type == OrdType::Stop || type == OrdType::StopLimit; }

// Why refused and not left out: the host means something by it.
Result<void> check_presence(std::string_view field, bool is_given, bool is_needed, OrdType type) {
    if (is_given == is_needed) return {};
    return fail(Reason::InvalidField, std::string{field} + ": expected " +
                                          (is_needed ? "one" : "none") + " with " +
                                          std::string{name_of(type)});
}

Result<void> check_prices(const core::NewOrder& order, const RequestContext& /*context*/) {
    const OrdType type = order.ord_type;
    if (auto result = check_presence("price", order.price.has_value(), has_limit(type), type);
        !result)
        return result;
    const bool may_have_stop = type == OrdType::TrailingStop && order.stop_px.has_value();
    if (auto result = check_presence("stop_px", order.stop_px.has_value(),
                                     has_stop(type) || may_have_stop, type);
        !result)
        return result;
    return check_presence("peg_offset_value", order.instructions.peg_offset_value.has_value(),
                          type == OrdType::TrailingStop, type);
}

Result<void> check_expiry(const core::NewOrder& order, const RequestContext& /*context*/) {
    const bool is_gtd =
        order.time_in_force == core::TimeInForce::GoodTillDate && order.ord_type != OrdType::Market;
    if (is_gtd == order.expire_time.has_value()) return {};
    return fail(Reason::InvalidField, std::string{"expire_time: expected "} +
                                          (is_gtd ? "one" : "none") + " with " +
                                          std::string{name_of(order.time_in_force)});
}

// Only market orders close a part of a position; attached protection always closes all of it, so
// that its quantity does not go. See quantity_of in order_requests.
Result<void> check_position(const core::NewOrder& order, const RequestContext& context) {
    const bool has_code = !order.instructions.position_code.empty();
    if (!context.is_position_based) {
        if (!has_code) return {};
        return refusal(Reason::InvalidField, "position_code", context.profile,
                       "has accounts without positions of their own", "rest.orders.positions");
    }
    if (order.position_effect == PositionEffect::Unspecified) {
        return refusal(Reason::InvalidField, "position_effect", context.profile,
                       "requires it: Open or Close", "rest.orders.positions");
    }
    if (order.position_effect == PositionEffect::Open && has_code) {
        return fail(Reason::InvalidField,
                    "position_code: expected with an order that closes, found with Open");
    }
    return {};
}

Result<void> check_code(const core::NewOrder& order, const RequestContext& context) {
    if (context.is_position_based && order.position_effect == PositionEffect::Close &&
        order.instructions.position_code.empty()) {
        return fail(Reason::InvalidField, "position_code: expected with an order that closes");
    }
    return {};
}

Result<void> check_metadata(const core::NewOrder& order, const RequestContext& /*context*/) {
    std::string_view rest = order.instructions.fields.view();
    std::size_t count = 0;
    while (core::next_field(rest)) ++count;
    if (count <= kMaxMetadata) return {};
    return fail(Reason::InvalidField, "fields: expected at most " + std::to_string(kMaxMetadata) +
                                          ", found " + std::to_string(count));
}

Result<void> check_order_code(const core::NewOrder& order, const RequestContext& context) {
    const std::string_view id = order.cl_ord_id.view();
    const auto is_allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view{"-_.:/+=#@"}.find(c) != std::string_view::npos;
    };
    if (id.empty() || id.size() > kMaxOrderCode || !std::all_of(id.begin(), id.end(), is_allowed)) {
        return fail(Reason::InvalidField,
                    "cl_ord_id: expected 1 to 64 letters, digits and -_.:/+=#@");
    }
    return check_symbol(order.symbol.view(), context.profile);
}

using Rule = Result<void> (*)(const core::NewOrder&, const RequestContext&);
constexpr std::array<Rule, 7> kMemberRules{&check_order_code, &check_terms,  &check_instructions,
                                           &check_prices,     &check_expiry, &check_position,
                                           &check_metadata};

Result<void> check_member(const core::NewOrder& order, const RequestContext& context) {
    for (const Rule rule : kMemberRules) {
        if (auto result = rule(order, context); !result) return result;
    }
    return {};
}

bool is_other_side(core::Side a, core::Side b) {
    return (a == core::Side::Buy && b == core::Side::Sell) ||
           (a == core::Side::Sell && b == core::Side::Buy);
}

Result<void> check_child(const core::NewOrder& child, const core::NewOrder& parent,
                         std::string_view place) {
    const auto invalid = [&](std::string_view what) {
        return fail(Reason::InvalidField, std::string{place} + std::string{what});
    };
    if (child.position_effect != PositionEffect::Close) {
        return invalid("position_effect: expected Close of what the first order opens");
    }
    if (!child.instructions.position_code.empty()) {
        return invalid("position_code: expected none, since there is no position yet");
    }
    if (!is_other_side(child.side, parent.side)) {
        return invalid("side: expected the other one than the first order's");
    }
    if (child.ord_type != OrdType::Stop && child.ord_type != OrdType::Limit) {
        return invalid("ord_type: expected Stop or Limit");
    }
    if (child.time_in_force != core::TimeInForce::GoodTillCancel) {
        return invalid("time_in_force: expected GoodTillCancel");
    }
    if (child.order_qty != parent.order_qty) {
        return invalid("order_qty: expected the first order's, since all of it is closed");
    }
    return {};
}

Result<void> check_if_then(std::span<const core::NewOrder> orders) {
    const core::NewOrder& parent = orders.front();
    if (parent.position_effect != PositionEffect::Open) {
        return fail(Reason::InvalidField, "orders[0].position_effect: expected Open");
    }
    for (std::size_t i = 1; i < orders.size(); ++i) {
        const std::string place = "orders[" + std::to_string(i) + "].";
        if (auto result = check_child(orders[i], parent, place); !result) return result;
        if (i > 1 && orders[i].ord_type == orders[1].ord_type) {
            return fail(Reason::InvalidField, place + "ord_type: expected one Stop and one Limit");
        }
    }
    return {};
}

Result<void> check_oco(std::span<const core::NewOrder> orders) {
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const std::string place = "orders[" + std::to_string(i) + "].";
        if (orders[i].position_effect != PositionEffect::Open) {
            return fail(Reason::InvalidField, place + "position_effect: expected Open");
        }
        if (orders[i].order_qty != orders.front().order_qty) {
            return fail(Reason::InvalidField, place + "order_qty: expected the first order's");
        }
    }
    return {};
}

Result<void> check_contingency(std::size_t order_count, core::Contingency contingency,
                               const RequestContext& context) {
    if (!context.profile.rest.orders.contingencies.contains(contingency)) {
        return not_offered("contingency", name_of(contingency), "rest.orders.contingencies",
                           context.profile);
    }
    if (!context.is_position_based) {
        return not_offered("list", "groups on accounts without positions of their own",
                           "rest.orders.positions", context.profile);
    }
    const std::size_t expected = contingency == core::Contingency::Bracket ? 3 : 2;
    if (order_count == expected) return {};
    return fail(Reason::InvalidField, "orders: expected " + std::to_string(expected) + " with " +
                                          std::string{name_of(contingency)} + ", found " +
                                          std::to_string(order_count));
}

}  // namespace

Result<void> check_order(const core::NewOrder& order, const RequestContext& context) {
    if (!context.profile.rest.orders.is_offered) {
        return not_offered("order", "orders over REST", "rest.orders.offered", context.profile);
    }
    if (auto result = check_member(order, context); !result) return result;
    return check_code(order, context);
}

Result<void> check_group(std::span<const core::NewOrder> orders, core::Contingency contingency,
                         const RequestContext& context) {
    if (auto result = check_contingency(orders.size(), contingency, context); !result)
        return result;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const std::string place = "orders[" + std::to_string(i) + "].";
        if (const auto result = check_member(orders[i], context); !result) {
            return fail(result.error().reason, place + result.error().detail);
        }
        if (!(orders[i].symbol == orders.front().symbol)) {
            return fail(Reason::InvalidField, place + "symbol: expected the first order's");
        }
    }
    return contingency == core::Contingency::OneCancelsOther ? check_oco(orders)
                                                             : check_if_then(orders);
}

Result<void> check_replace(const core::ReplaceOrder& request, const RequestContext& context) {
    if (!context.profile.rest.orders.can_replace) {
        return not_offered("replace", "replaces over REST", "rest.orders.can_replace",
                           context.profile);
    }
    if (request.min_qty) return without_field("min_qty");
    if (request.max_floor) return without_field("max_floor");
    return {};
}

}  // namespace broker::dxtrade::rest
