#include "simulator/rest_endpoints.hpp"

#include <algorithm>

namespace broker::simulator {
namespace {

constexpr std::array<std::string_view, kRestEndpointCount> kNames = {
    "login",         "login_by_token",   "ping",         "logout",           "users",
    "portfolio",     "positions",        "orders",       "history",          "place_order",
    "replace_order", "cancel_order",     "cancel_group", "close_positions",  "metrics",
    "events",        "transfers",        "eod_metrics",  "instruments",      "instrument_details",
    "market_data",   "conversion_rates", "push",         "push_market_data", "unknown"};

}  // namespace

std::string_view endpoint_name(RestEndpoint endpoint) {
    return kNames[static_cast<std::size_t>(endpoint)];
}

std::optional<RestEndpoint> endpoint_from_name(std::string_view name) {
    const auto* const found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<RestEndpoint>(found - kNames.begin());
}

}  // namespace broker::simulator
