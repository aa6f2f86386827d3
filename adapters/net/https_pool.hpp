// Kept connections to one HTTPS host, shared by everyone who talks to it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "net/http.hpp"
#include "net/tls_context.hpp"

namespace broker::net {

struct HttpsPoolSettings {
    std::string host{};
    std::string port = "443";
    std::string server_name{};  // empty: the host
    std::string user_agent{};
    std::size_t max_connections = 4;
    std::size_t max_waiting = 1'024;  // requests without a connection
    std::size_t max_header_bytes = 64U << 10U;
    std::size_t max_body_bytes = 16U << 20U;  // after decoding too
    core::Duration connect_timeout = std::chrono::seconds{5};
    core::Duration handshake_timeout = std::chrono::seconds{5};
    core::Duration request_timeout = std::chrono::seconds{10};  // from writing to the whole answer
    core::Duration idle_timeout = std::chrono::seconds{240};    // then an unused one is closed
};

// Who goes first when connections are scarce.
enum class HttpLane { Cancel = 0, Replace = 1, New = 2, Query = 3 };

// One request a connection at a time (no pipelining). A connection that the peer closes while it is
// idle is replaced without anybody noticing; a request that has been written is never written
// again. TLS sessions are resumed. Owned by an event thread; outlives its users. [event-thread]
class HttpsPool {
public:
    using Done = std::function<void(HttpOutcome)>;

    HttpsPool(boost::asio::io_context& context, const core::Clock& clock,
              std::shared_ptr<TlsContext> tls, HttpsPoolSettings settings);
    ~HttpsPool();  // as close()
    HttpsPool(const HttpsPool&) = delete;
    HttpsPool& operator=(const HttpsPool&) = delete;

    // Calls `done` once, never from inside this call. A request whose turn has not come by
    // `not_after` is not written: OrderTooOld. Other errors without a byte written: those of
    // connecting and of the handshake, TooManyRequests, ConnectionLost (the pool closes). With
    // bytes written: HttpTimeout, ConnectionLost, ConnectionClosedByPeer, HttpResponseMalformed,
    // HttpResponseTooLarge.
    void send(HttpRequest request, HttpLane lane, core::MonotonicTime not_after, Done done);

    // Connects one connection ahead, so that the first order does not wait for a handshake.
    void warm_up();
    // Ends every exchange with an error and closes the connections.
    void close();

    [[nodiscard]] std::size_t connections() const;
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] std::uint64_t handshakes() const;          // since the beginning
    [[nodiscard]] std::uint64_t resumed_handshakes() const;  // of them
    [[nodiscard]] std::string_view peer() const;             // "host:port"

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::net
