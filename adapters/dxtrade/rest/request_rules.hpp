// What of an order can go over REST: local refusals, before anything is sent. Pure functions.
#pragma once

#include "core/order.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/order_requests.hpp"

namespace broker::dxtrade::rest {

// OrdType, TimeInForce and Side by rest.orders; instructions that REST has no field for; prices
// that the type has no use for or needs; an expiry with GoodTillDate alone; positions by the
// account's model; metadata of at most 32 pairs.
[[nodiscard]] core::Result<void> check_order(const core::NewOrder& order,
                                             const RequestContext& context);

// The contingency by rest.orders.contingencies, as many orders as it has, one instrument; an OCO
// opens with equal quantities; an IF-THEN opens with its parent and closes by at most one stop and
// one limit order of the other side.
[[nodiscard]] core::Result<void> check_group(std::span<const core::NewOrder> orders,
                                             core::Contingency contingency,
                                             const RequestContext& context);

// A change of a field that is not one of REST's, and replaces as such by rest.orders.can_replace.
[[nodiscard]] core::Result<void> check_replace(const core::ReplaceOrder& request,
                                               const RequestContext& context);

}  // namespace broker::dxtrade::rest
