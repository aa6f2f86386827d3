// What a host may ask of an account whose orders or quotes do not go over FIX.
#pragma once

#include "dxtrade/profile.hpp"

namespace broker::dxtrade {

// The profile as it stands where orders go by REST: its rules of orders, replaces, lists and ids
// are what `rest.orders` says, and what REST has no field for is not offered.
[[nodiscard]] Profile profile_of_rest_orders(Profile profile);

// The rules of quotes that come by push or by REST: the best bid and offer, and candles.
[[nodiscard]] MarketDataRules market_data_rules_of_push(const PushRules& push);

}  // namespace broker::dxtrade
