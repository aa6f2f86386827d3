// What can be asked over REST and push, by name.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace broker::simulator {

enum class RestEndpoint {
    Login,
    LoginByToken,
    Ping,
    Logout,
    Users,
    Portfolio,
    Positions,
    Orders,
    History,
    PlaceOrder,
    ReplaceOrder,
    CancelOrder,
    CancelGroup,
    ClosePositions,
    Metrics,
    Events,
    Transfers,
    EodMetrics,
    Instruments,
    InstrumentDetails,
    MarketData,
    ConversionRates,
    Push,            // the WebSocket of business events
    PushMarketData,  // that of market data
    Unknown,         // no such path
};
inline constexpr std::size_t kRestEndpointCount = 25;

// As YAML names them, e.g. "place_order".
[[nodiscard]] std::string_view endpoint_name(RestEndpoint endpoint);
[[nodiscard]] std::optional<RestEndpoint> endpoint_from_name(std::string_view name);

// What the REST port has seen since the simulator was made.
struct RestCounters {
    std::uint64_t connections = 0;  // accepted
    std::uint64_t handshakes = 0;   // done
    std::uint64_t logins = 0;       // by password or token, that succeeded
    std::uint64_t refused_logins = 0;
    std::uint64_t rate_limited = 0;  // answered with 429 by the limits
    std::uint64_t conflicts = 0;     // orders refused as already there
    std::array<std::uint64_t, kRestEndpointCount> requests{};

    [[nodiscard]] std::uint64_t of(RestEndpoint endpoint) const {
        return requests[static_cast<std::size_t>(endpoint)];
    }
};

}  // namespace broker::simulator
