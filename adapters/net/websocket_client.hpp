// One WebSocket (RFC 6455) over TLS, as a client.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/http.hpp"
#include "net/tls_context.hpp"

namespace broker::net {

struct WebSocketSettings {
    std::string host{};
    std::string port = "443";
    std::string server_name{};  // empty: the host
    std::string target{};       // path and query
    std::string user_agent{};
    std::vector<HttpHeader> headers{};
    std::size_t max_message_bytes = 16U << 20U;
    std::size_t max_write_queue_bytes = 1U << 20U;
    core::Duration connect_timeout = std::chrono::seconds{5};
    core::Duration handshake_timeout = std::chrono::seconds{5};  // of TLS, then of the upgrade
    core::Duration close_timeout = std::chrono::seconds{2};
};

// Called on the event thread, never from inside a call into the client. It may destroy the client.
class WebSocketListener {
public:
    virtual ~WebSocketListener() = default;
    virtual void on_open() = 0;
    // A whole message; text is borrowed for the call.
    virtual void on_message(std::string_view text, core::MonotonicTime received) = 0;
    // The end, once: an attempt failed or the connection ended. `close_code` is the peer's, 0
    // without a close frame. Reasons: those of connecting and TLS, PushRefused (the upgrade),
    // HttpTimeout, PushSlowConsumer (1013), ConnectionClosedByPeer, ConnectionLost,
    // HttpResponseTooLarge, HttpResponseMalformed (not WebSocket), StoppedByHost (after close()).
    virtual void on_closed(core::Reason reason, std::string_view text, unsigned close_code) = 0;
};

// For one connection: open, then messages; a lost one is replaced, not reused. Control pings are
// answered.
// [event-thread]
class WebSocketClient {
public:
    WebSocketClient(boost::asio::io_context& context, const core::Clock& clock,
                    std::shared_ptr<TlsContext> tls, WebSocketSettings settings,
                    WebSocketListener& listener);
    ~WebSocketClient();  // closes without a word; the listener hears nothing more
    WebSocketClient(const WebSocketClient&) = delete;
    WebSocketClient& operator=(const WebSocketClient&) = delete;

    void open();
    // Queues a text message. Errors: ConnectionLost (not open), WriteQueueFull.
    [[nodiscard]] core::Result<void> send(std::string text);
    // Closing handshake in bounded time, then on_closed.
    void close();

    [[nodiscard]] bool is_open() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::net
