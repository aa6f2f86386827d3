// One WebSocket of a push client.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>

#include "simulator/push_hub.hpp"
#include "simulator/rest_stream.hpp"

namespace broker::simulator {

// The upgrade request as it was read, and what the client asked for with it.
struct PushUpgrade {
    std::string raw_request;  // of the HTTP request, with its headers
    RestEndpoint endpoint = RestEndpoint::Push;
    bool is_compressed = false;  // messages are gzip in binary frames
};

// Null: the path is none of push.
[[nodiscard]] std::unique_ptr<PushUpgrade> push_upgrade_of(const std::string& target,
                                                           const PushOptions& options);

// Serves the socket until it ends. `keep` is handed what cuts the connection as long as it is
// alive.
[[nodiscard]] boost::asio::awaitable<void> serve_push(
    RestStream stream, PushUpgrade upgrade, PushHub& hub,
    std::function<void(std::weak_ptr<PushClient>)> keep);

}  // namespace broker::simulator
