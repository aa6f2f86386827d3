// Requests about orders as REST puts them (reference section 7). Pure functions. Errors are local
// refusals that name the profile's key: NotSupported, InvalidField, SymbolUnknown.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "core/result.hpp"
#include "dxtrade/profile.hpp"
#include "dxtrade/symbols.hpp"
#include "net/http.hpp"

namespace broker::dxtrade::rest {

struct RestRequest {
    net::HttpMethod method = net::HttpMethod::Get;
    std::string target;  // path and query behind the base, percent-encoded
    std::string body;    // JSON, or empty
};

// What the requests of one account are made with.
struct RequestContext {
    const Profile& profile;
    const Symbols& symbols;
    std::string_view account;       // DXtrade's name, e.g. "default:AB-1001"
    bool is_position_based = true;  // see is_position_based()
};

// By the profile, or else by what the account says of itself (AccountDetails), or else true.
[[nodiscard]] bool is_position_based(PositionModel model, std::optional<bool> reported);

// POST. orderCode is the ClOrdID: the same request again is recognised by the venue. A limit or
// stop order that closes a position goes without a quantity: the venue makes it close all of it.
[[nodiscard]] core::Result<RestRequest> to_rest(const core::NewOrder& order,
                                                const RequestContext& context);

// One POST of a group: OneTriggersOther and Bracket as IF-THEN, the first order being the parent;
// OneCancelsOther as OCO. Children of an IF-THEN close what the parent opens, without a quantity.
[[nodiscard]] core::Result<RestRequest> to_rest(const core::NewOrderList& list,
                                                const RequestContext& context);

// PUT. The whole order restated: what the request leaves out is as the order has it.
// `position_code` of an order that closes a position, where the caller knows it better than the
// order; else empty. Not for an order that is still a member of a group: the group would be taken
// apart.
[[nodiscard]] core::Result<RestRequest> to_rest(const core::ReplaceOrder& request,
                                                const core::Order& order,
                                                std::string_view position_code,
                                                const RequestContext& context);

// PUT of a whole group, one member of which changes. `members`: all of them in the order of the
// list, `order` among them.
[[nodiscard]] core::Result<RestRequest> to_rest(const core::ReplaceOrder& request,
                                                const core::Order& order,
                                                std::span<const core::Order* const> members,
                                                core::Contingency contingency,
                                                const RequestContext& context);

// DELETE, by the order's first ClOrdID; by the venue's own code for an order that has none.
[[nodiscard]] core::Result<RestRequest> cancel_to_rest(const core::Order& order,
                                                       const RequestContext& context,
                                                       std::string_view venue_order_code = {});

// DELETE of a group, the parent first.
[[nodiscard]] core::Result<RestRequest> cancel_group_to_rest(
    std::span<const core::Order* const> members, core::Contingency contingency,
    const RequestContext& context);

// POST .../close
struct CloseAll {
    std::string_view symbol;  // the host's name; empty: all
    bool closes_positions = true;
    bool cancels_orders = true;
    std::string_view comment;
};
[[nodiscard]] core::Result<RestRequest> to_rest(const CloseAll& request,
                                                const RequestContext& context);

// A market order that closes a position, or `quantity` of it; `side` is the position's.
struct ClosePosition {
    std::string_view cl_ord_id;
    std::string_view symbol;  // the host's name
    std::string_view position_code;
    core::Side side = core::Side::Unspecified;
    std::optional<core::Decimal> quantity;  // absent: all of it
};
[[nodiscard]] core::Result<RestRequest> to_rest(const ClosePosition& request,
                                                const RequestContext& context);

}  // namespace broker::dxtrade::rest
