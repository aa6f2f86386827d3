// What the push sessions know of the network: one WebSocket after another.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/http.hpp"
#include "net/tls_context.hpp"
#include "net/websocket_client.hpp"

namespace broker::dxtrade::push {

// One connection, as net::WebSocketClient. Destroyed, it closes without a word, and its listener
// hears nothing more. [event-thread]
class PushSocket {
public:
    virtual ~PushSocket() = default;
    virtual void open() = 0;
    // Errors: ConnectionLost (not open), WriteQueueFull.
    [[nodiscard]] virtual core::Result<void> send(std::string text) = 0;
    // Closing handshake in bounded time, then the listener's on_closed.
    virtual void close() = 0;
};

// `headers` go with the upgrade. The listener outlives the socket.
using MakePushSocket = std::function<std::unique_ptr<PushSocket>(
    std::vector<net::HttpHeader> headers, net::WebSocketListener& listener)>;

// Sockets over TLS. `settings` is complete but for the headers; context and clock outlive them.
[[nodiscard]] MakePushSocket make_web_sockets(boost::asio::io_context& context,
                                              const core::Clock& clock,
                                              std::shared_ptr<net::TlsContext> tls,
                                              net::WebSocketSettings settings);

// The target of the upgrade: what PushSettings::url has for a path, then PushRules::path or
// market_data_path, and the wish for compression.
[[nodiscard]] std::string push_target(std::string_view base_path, std::string_view path,
                                      bool is_compressed);

}  // namespace broker::dxtrade::push
