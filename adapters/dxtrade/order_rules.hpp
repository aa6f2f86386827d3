// What a profile offers of the requests about orders: local refusals, before anything is sent.
#pragma once

#include <string_view>

#include "core/order.hpp"
#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/profile.hpp"

namespace broker::dxtrade {

// Gives an order what the profile says of orders that leave it out: the default route.
void complete(core::NewOrder& order, const Profile& profile);

// Each refuses what is outside the profile, with a text that names the profile and its key:
// `time_in_force: profile dxtrade-xt does not offer ImmediateOrCancel (orders.times_in_force)`.
// Reasons: NotSupported; SymbolUnknown for a symbol that a complete map does not have; InvalidField
// for values that do not go together, or are missing. What holds at every venue, such as the price
// of a limit order, has been checked before. They allocate only to refuse. [any-thread]
[[nodiscard]] core::Result<void> check(const core::NewOrder& order, const Profile& profile);
[[nodiscard]] core::Result<void> check(const core::ReplaceOrder& request, const Profile& profile);
[[nodiscard]] core::Result<void> check(const core::CancelOrder& request, const Profile& profile);
[[nodiscard]] core::Result<void> check(const core::NewOrderList& list, const Profile& profile);
[[nodiscard]] core::Result<void> check(const core::CancelOrderList& request,
                                       const Profile& profile);
[[nodiscard]] core::Result<void> check(const core::Query& query, const Profile& profile);

// Ids made of a prefix and a number of up to ten digits are ClOrdIDs of the profile.
[[nodiscard]] core::Result<void> check_cl_ord_id_prefix(std::string_view prefix,
                                                        const Profile& profile);

// Does the profile offer the two together? For a replace, whose order alone knows its OrdType.
[[nodiscard]] core::Result<void> check_time_in_force(core::OrdType ord_type,
                                                     core::TimeInForce time_in_force,
                                                     const Profile& profile);

}  // namespace broker::dxtrade
