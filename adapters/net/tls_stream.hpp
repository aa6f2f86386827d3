// One TLS connection as a client: OpenSSL directly on a non-blocking socket.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/tls_context.hpp"
#include "net/tls_session_cache.hpp"

namespace broker::net {

// A write is a direct SSL_write: one system call, no copy through Asio. What the socket does not
// take at once waits in a bounded queue. For one connection: connect, handshake, then reads and
// writes; a lost one is replaced, not reused. It may be destroyed while an operation is pending;
// the operation then ends as by close(). Owned by one session's transport. [event-thread]
class TlsStream {
public:
    TlsStream(boost::asio::io_context& context, std::shared_ptr<TlsContext> tls,
              std::size_t max_write_queue);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    // Offers the peer a session of `cache` in the handshake, and puts there what the peer gives.
    // Before the handshake.
    void use_sessions(std::shared_ptr<TlsSessionCache> cache);

    // Resolves the name and connects to one of its addresses; see TcpConnector. `timeout` is that
    // of the look-up, and again that of each address. Errors: NameNotResolved, ConnectRefused,
    // ConnectTimeout, ConnectFailed.
    boost::asio::awaitable<core::Result<void>> connect(std::string host, std::string port,
                                                       core::Duration timeout);

    // Verifies the peer's chain, and that it is for `server_name`: a host name, sent as SNI too, or
    // an IP address. Errors: those of reason 3xx. The text names the certificate that was refused.
    boost::asio::awaitable<core::Result<void>> handshake(std::string server_name,
                                                         core::Duration timeout);

    // Reads at least one byte; waits for it without bound until close(). A peer that never pauses
    // does not keep the thread from others. Errors: ConnectionClosedByPeer, ConnectionLost,
    // TlsClientCertificateRefused (TLS 1.3 tells it only here); and the error of a failed write.
    boost::asio::awaitable<core::Result<std::size_t>> read(std::span<char> buffer);

    [[nodiscard]] bool is_open() const;     // shaken hands, and nothing has failed
    [[nodiscard]] bool is_resumed() const;  // the handshake resumed a session
    // Something has come that read() has not seen: data, the peer's close, or the end of the
    // connection. One system call.
    [[nodiscard]] bool has_unread() const;
    // read() has ended with the peer's close_notify: nothing of what it sent was cut off.
    [[nodiscard]] bool is_closed_by_peer() const;

    enum class Written { Whole, Queued };
    // Errors: ConnectionLost, WriteQueueFull; the stream is of no further use then, and how much of
    // `bytes` the peer gets is unknown.
    [[nodiscard]] core::Result<Written> write(std::string_view bytes);
    [[nodiscard]] std::size_t queued() const;  // bytes waiting for the socket, or for uncork()

    // Holds back what is written until uncork(), so that many small writes cost as few records and
    // system calls as they fill. A whole record (16 KiB) goes at once all the same. For a burst
    // within one turn of the loop: whoever corks uncorks before it returns to the loop.
    void cork();
    // Errors: those of write().
    [[nodiscard]] core::Result<Written> uncork();

    // Ends a pending operation; sends close_notify if the socket takes it at once. What is queued
    // is dropped.
    void close();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::net
