// One TLS connection as a client: OpenSSL directly on a non-blocking socket.
#pragma once

#include <openssl/types.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/tls_context.hpp"

namespace broker::net {

// A write is a direct SSL_write: one system call, no copy through Asio. What the socket does not
// take at once waits in a bounded queue.
// Owned by one session's transport. [event-thread]
class TlsStream {
public:
    TlsStream(boost::asio::io_context& context, std::shared_ptr<TlsContext> tls,
              std::size_t max_write_queue);
    ~TlsStream();

    // Resolves the name and connects to its addresses in turn. Errors: NameNotResolved,
    // ConnectRefused, ConnectTimeout, ConnectFailed.
    boost::asio::awaitable<core::Result<void>> connect(std::string host, std::string port,
                                                       core::Duration timeout);

    // Errors: those of reason 3xx.
    boost::asio::awaitable<core::Result<void>> handshake(std::string server_name,
                                                         core::Duration timeout);

    // Reads at least one byte; waits for it without bound until close(). Errors:
    // ConnectionClosedByPeer, ConnectionLost, TlsClientCertificateRefused (TLS 1.3 tells it only
    // here).
    boost::asio::awaitable<core::Result<std::size_t>> read(std::span<char> buffer);

    enum class Written { Whole, Queued };
    // Errors: ConnectionLost, WriteQueueFull; the stream is of no further use then.
    [[nodiscard]] core::Result<Written> write(std::string_view bytes);
    [[nodiscard]] std::size_t queued() const;  // bytes waiting for the socket

    // Ends a pending read or connect; sends close_notify if the socket takes it at once.
    void close();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::net
