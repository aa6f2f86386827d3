// The rules of changes, cancels and questions; those of new orders are in order_rules.cpp.
#include <array>
#include <string>

#include "dxtrade/enum_names.hpp"
#include "dxtrade/field_rules.hpp"
#include "dxtrade/order_rules.hpp"
#include "dxtrade/refusal.hpp"

namespace broker::dxtrade {
namespace {

using core::fail;
using core::Reason;
using core::Result;

struct Change {
    std::string_view field;
    ReplaceField value;
    bool is_given;
    bool is_forbidden = false;  // in new orders too
    std::string_view key = {};  // that forbids it
};

Result<void> check_changes(const core::ReplaceOrder& request, const Profile& profile) {
    const OrderRules& orders = profile.orders;
    const std::array changes{
        Change{"order_qty", ReplaceField::OrderQty, request.order_qty.has_value()},
        Change{"price", ReplaceField::Price, request.price.has_value()},
        Change{"stop_px", ReplaceField::StopPx, request.stop_px.has_value()},
        Change{"time_in_force", ReplaceField::TimeInForce,
               request.time_in_force != core::TimeInForce::Unspecified},
        Change{"expire_time", ReplaceField::ExpireTime, request.expire_time.has_value()},
        Change{"peg_offset_value", ReplaceField::PegOffsetValue,
               request.peg_offset_value.has_value()},
        Change{"min_qty", ReplaceField::MinQty, request.min_qty.has_value(),
               orders.min_qty == FieldRule::Forbidden, "orders.min_qty"},
        Change{"max_floor", ReplaceField::MaxFloor, request.max_floor.has_value(),
               orders.max_floor == FieldRule::Forbidden, "orders.max_floor"},
    };
    for (const Change& change : changes) {
        if (!change.is_given) continue;
        if (!profile.replaces.fields.contains(change.value)) {
            return not_offered(change.field, "to change it", "replaces.fields", profile);
        }
        if (change.is_forbidden) return not_offered(change.field, "it", change.key, profile);
    }
    return {};
}

Result<void> check_quantities(const core::ReplaceOrder& request) {
    const auto check_one = [&](std::string_view field,
                               const std::optional<core::Decimal>& qty) -> Result<void> {
        if (!qty || !request.order_qty || *qty <= *request.order_qty) return {};
        return fail(Reason::InvalidField, std::string{field} + ": expected at most order_qty, " +
                                              request.order_qty->to_string() + ", found " +
                                              qty->to_string());
    };
    if (auto result = check_one("min_qty", request.min_qty); !result) return result;
    return check_one("max_floor", request.max_floor);
}

}  // namespace

Result<void> check(const core::ReplaceOrder& request, const Profile& profile) {
    if (!profile.replaces.is_offered) {
        return not_offered("replace", "replaces", "replaces.offered", profile);
    }
    if (auto result = check_id("cl_ord_id", request.cl_ord_id.view(), profile); !result) {
        return result;
    }
    if (auto result = check_changes(request, profile); !result) return result;
    if (request.time_in_force != core::TimeInForce::Unspecified &&
        !profile.orders.times_in_force.contains(request.time_in_force)) {
        return not_offered("time_in_force", name_of(request.time_in_force), "orders.times_in_force",
                           profile);
    }
    if (auto result = check_expire_time(request.expire_time, profile); !result) return result;
    if (auto result = check_quantities(request); !result) return result;
    if (auto result = check_fields(request.fields.view(), "G", profile); !result) return result;
    return check_required_fields(request.fields.view(), "G", profile);
}

Result<void> check(const core::CancelOrder& request, const Profile& profile) {
    return check_id("cl_ord_id", request.cl_ord_id.view(), profile);
}

Result<void> check(const core::CancelOrderList& request, const Profile& profile) {
    if (auto result = check_offers_lists(profile); !result) return result;
    if (profile.order_lists.can_cancel_list) return {};
    return check_cl_ord_id_prefix(request.cl_ord_id_prefix.view(), profile);
}

Result<void> check(const core::Query& query, const Profile& profile) {
    if (!profile.queries.offered.contains(query.kind)) {
        return not_offered("query", name_of(query.kind), "queries.offered", profile);
    }
    if (query.symbol.empty()) return {};
    return check_symbol(query.symbol.view(), profile);
}

Result<void> check_cl_ord_id_prefix(std::string_view prefix, const Profile& profile) {
    constexpr std::string_view kField = "cl_ord_id_prefix";
    constexpr std::string_view kDigits = "0123456789";  // as many as the number may have
    const ClOrdIDRules& rules = profile.cl_ord_ids;
    if (prefix.size() + kDigits.size() > rules.max_size) {
        return refusal(Reason::NotSupported, kField, profile,
                       "takes at most " + std::to_string(rules.max_size - kDigits.size()) +
                           " bytes before a number",
                       "cl_ord_ids.max_size");
    }
    if (!rules.alphabet.empty() &&
        kDigits.find_first_not_of(rules.alphabet) != std::string_view::npos) {
        return refusal(Reason::NotSupported, kField, profile, "does not take digits in ids",
                       "cl_ord_ids.alphabet");
    }
    return check_id(kField, prefix, profile);
}

}  // namespace broker::dxtrade
