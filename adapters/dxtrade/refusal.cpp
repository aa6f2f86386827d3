#include "dxtrade/refusal.hpp"

#include <chrono>
#include <string>

namespace broker::dxtrade {
namespace {

// The key that has the word where orders go by REST. What REST has no key for it has no field for.
std::string_view rest_key(std::string_view key) {
    if (key == "orders.ord_types") return "rest.orders.ord_types";
    if (key == "orders.times_in_force") return "rest.orders.times_in_force";
    if (key == "replaces.offered") return "rest.orders.can_replace";
    if (key == "queries.offered") return "rest.queries";
    if (key.starts_with("order_lists.")) return "rest.orders.contingencies";
    const bool is_own = key.starts_with("symbols.") || key.starts_with("cl_ord_ids.");
    return is_own ? key : "order_entry: rest";
}

}  // namespace

using core::Error;
using core::fail;
using core::Reason;
using core::Result;

Error refusal(Reason reason, std::string_view field, const Profile& profile, std::string_view what,
              std::string_view key) {
    const std::string_view named = profile.orders_go_by_rest ? rest_key(key) : key;
    return fail(reason, std::string{field} + ": profile " + profile.name + " " + std::string{what} +
                            " (" + std::string{named} + ")");
}

Error not_offered(std::string_view field, std::string_view what, std::string_view key,
                  const Profile& profile) {
    return refusal(Reason::NotSupported, field, profile, "does not offer " + std::string{what},
                   key);
}

Result<void> check_id(std::string_view field, std::string_view id, const Profile& profile) {
    const ClOrdIDRules& rules = profile.cl_ord_ids;
    if (id.size() > rules.max_size) {
        return refusal(Reason::NotSupported, field, profile,
                       "takes at most " + std::to_string(rules.max_size) + " bytes",
                       "cl_ord_ids.max_size");
    }
    if (rules.alphabet.empty()) return {};
    const std::size_t at = id.find_first_not_of(rules.alphabet);
    if (at == std::string_view::npos) return {};
    return refusal(Reason::NotSupported, field, profile,
                   "does not take '" + std::string{id.substr(at, 1)} + "' in ids",
                   "cl_ord_ids.alphabet");
}

Result<void> check_symbol(std::string_view symbol, const Profile& profile) {
    if (!profile.symbols.is_map_complete || profile.symbols.map.contains(symbol)) return {};
    return refusal(Reason::SymbolUnknown, "symbol", profile, "does not have " + std::string{symbol},
                   "symbols.map");
}

Result<void> check_expire_time(const std::optional<core::UtcTime>& time, const Profile& profile) {
    if (!time || profile.orders.expiry != ExpiryField::ExpireDate) return {};
    if (*time == std::chrono::floor<std::chrono::days>(*time)) return {};
    return not_offered("expire_time", "another time of day than midnight UTC", "orders.expiry",
                       profile);
}

Result<void> check_offers_lists(const Profile& profile) {
    if (profile.order_lists.encoding != ContingencyEncoding::None) return {};
    return not_offered("list", "lists of orders", "order_lists.encoding", profile);
}

}  // namespace broker::dxtrade
