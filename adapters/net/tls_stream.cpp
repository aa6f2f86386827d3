#include "net/tls_stream.hpp"

#include <openssl/err.h>
#include <sys/socket.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <optional>
#include <system_error>

#include "core/thread_bound.hpp"
#include "net/asio.hpp"
#include "net/tcp_connector.hpp"
#include "net/tls_error.hpp"
#include "net/tls_handshake.hpp"
#include "net/write_queue.hpp"

namespace broker::net {
namespace {

using asio::ip::tcp;
using core::Reason;
using core::Result;
using namespace asio::experimental::awaitable_operators;

// Reads in a row without going back to the loop. 16 of them are at most 256 KiB.
constexpr int kMaxImmediateReads = 16;

constexpr std::size_t kRecordSize = 16 * 1024;  // the most that one TLS record holds

core::Error closed_here() { return core::fail(Reason::ConnectionLost, "TLS: closed on this side"); }

std::string system_text(int error) { return std::generic_category().message(error); }

}  // namespace

// Its coroutines take the owner's pointer to it: a coroutine begins to run only some time after the
// call, and by then the stream may be gone.
struct TlsStream::Impl final : std::enable_shared_from_this<Impl> {
    using Self = std::shared_ptr<Impl>;

    Impl(asio::io_context& context_, std::shared_ptr<TlsContext> tls_, std::size_t max_write_queue_)
        : context{context_},
          max_write_queue{max_write_queue_},
          connector{context_},
          socket{context_},
          tls{std::move(tls_)} {}

    asio::awaitable<Result<void>> connect(Self self, std::string host, std::string port,
                                          core::Duration timeout);
    asio::awaitable<Result<void>> handshake(Self self, std::string name, core::Duration timeout);
    asio::awaitable<Result<std::size_t>> read(Self self, std::span<char> buffer);
    Result<Written> write(std::string_view bytes);
    Result<Written> write_corked(std::string_view bytes);
    Result<Written> uncork();
    void close();

    [[nodiscard]] bool has_unread();

    core::Error read_failure(int ssl_error, int system_error);
    Result<std::size_t> write_some(std::string_view bytes);
    Result<void> write_queued(std::size_t most);
    Result<void> enqueue(std::string_view bytes);
    void flush_when_ready();
    asio::awaitable<void> flush(Self self);
    void fail(core::Error error);

    // What SSL_get_error asks to wait for.
    static tcp::socket::wait_type direction(int ssl_error) {
        return ssl_error == SSL_ERROR_WANT_WRITE ? tcp::socket::wait_write : tcp::socket::wait_read;
    }
    static bool is_wait(int ssl_error) {
        return ssl_error == SSL_ERROR_WANT_READ || ssl_error == SSL_ERROR_WANT_WRITE;
    }

    core::ThreadBound thread;
    asio::io_context& context;
    std::size_t max_write_queue;
    TcpConnector connector;
    tcp::socket socket;
    TlsHandshake tls;  // before the client, which refers to it
    SslPtr ssl;

    bool is_open = false;            // the handshake is done, nothing has failed
    bool is_closed = false;          // by close()
    bool is_closed_by_peer = false;  // with close_notify
    int immediate_reads = 0;
    WriteQueue queue;
    bool is_corked = false;
    bool is_flushing = false;
    tcp::socket::wait_type flush_direction = tcp::socket::wait_write;
    std::optional<core::Error> failure;  // what reads and writes end with from here on
};

asio::awaitable<Result<void>> TlsStream::Impl::connect([[maybe_unused]] Self self, std::string host,
                                                       std::string port, core::Duration timeout) {
    thread.check();
    auto connected = co_await connector.connect(std::move(host), std::move(port), timeout);
    if (!connected) co_return connected.error();
    if (is_closed) co_return closed_here();
    socket = std::move(*connected);
    co_return Result<void>{};
}

asio::awaitable<Result<void>> TlsStream::Impl::handshake([[maybe_unused]] Self self,
                                                         std::string name, core::Duration timeout) {
    auto prepared = tls.prepare(std::move(name), socket.native_handle());
    if (!prepared) co_return prepared.error();
    ssl = std::move(*prepared);

    asio::steady_timer deadline{context, timeout};
    while (true) {
        ERR_clear_error();
        const int result = SSL_do_handshake(ssl.get());
        const int system_error = errno;
        if (result == 1) break;
        const int ssl_error = SSL_get_error(ssl.get(), result);
        if (!is_wait(ssl_error)) co_return tls.failure(ssl.get(), ssl_error, system_error);

        const auto waited = co_await (socket.async_wait(direction(ssl_error), as_result) ||
                                      deadline.async_wait(as_result));
        if (is_closed) co_return closed_here();
        if (waited.index() == 1) {
            co_return core::fail(
                Reason::TlsHandshakeTimeout,
                "TLS handshake with " + tls.server_name() + ": no answer in time (" +
                    std::to_string(timeout / std::chrono::milliseconds{1}) + " ms)");
        }
    }
    is_open = true;
    co_return Result<void>{};
}

bool TlsStream::Impl::has_unread() {
    if (SSL_has_pending(ssl.get()) == 1) return true;
    char byte = 0;
    const auto count = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

asio::awaitable<Result<std::size_t>> TlsStream::Impl::read([[maybe_unused]] Self self,
                                                           std::span<char> buffer) {
    thread.check();
    if (++immediate_reads > kMaxImmediateReads) {
        immediate_reads = 0;
        co_await asio::post(context, asio::use_awaitable);
    }
    while (true) {
        if (failure) co_return *failure;
        if (is_closed) co_return closed_here();
        ERR_clear_error();
        std::size_t count = 0;
        const int result = SSL_read_ex(ssl.get(), buffer.data(), buffer.size(), &count);
        const int system_error = errno;
        if (result == 1) co_return count;
        const int ssl_error = SSL_get_error(ssl.get(), result);
        if (!is_wait(ssl_error)) {
            failure = read_failure(ssl_error, system_error);
            co_return *failure;
        }
        immediate_reads = 0;
        co_await socket.async_wait(direction(ssl_error), as_result);
    }
}

core::Error TlsStream::Impl::read_failure(int ssl_error, int system_error) {
    if (ssl_error == SSL_ERROR_ZERO_RETURN) {
        is_closed_by_peer = true;
        return core::fail(Reason::ConnectionClosedByPeer, "TLS: the peer closed the connection");
    }
    is_open = false;
    const unsigned long code = ERR_peek_error();
    if (ERR_GET_LIB(code) == ERR_LIB_SSL &&
        ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        return core::fail(Reason::ConnectionClosedByPeer,
                          "TLS: the peer closed the connection without close_notify");
    }
    if (code == 0 && ssl_error == SSL_ERROR_SYSCALL) {
        return core::fail(Reason::ConnectionLost, "TLS read: " + system_text(system_error));
    }
    const std::string text = openssl_errors();
    const Reason reason = reason_of_tls_error(code, false);
    if (!tls.is_certificate_requested() || reason != Reason::TlsClientCertificateRefused) {
        return core::fail(Reason::ConnectionLost, "TLS read: " + text);
    }
    return core::fail(reason, tls.has_certificate()
                                  ? "the peer refused our certificate: " + text
                                  : "the peer wants a certificate and none is configured: " + text);
}

Result<TlsStream::Written> TlsStream::Impl::write(std::string_view bytes) {
    thread.check();
    if (failure) return *failure;
    if (!is_open || is_closed) return closed_here();
    if (is_corked) return write_corked(bytes);
    if (queue.empty()) {
        const auto taken = write_some(bytes);
        if (!taken) {
            fail(taken.error());
            return taken.error();
        }
        bytes.remove_prefix(*taken);
        if (bytes.empty()) return Written::Whole;
    }
    if (const auto kept = enqueue(bytes); !kept) return kept.error();
    flush_when_ready();
    return Written::Queued;
}

Result<TlsStream::Written> TlsStream::Impl::write_corked(std::string_view bytes) {
    if (const auto kept = enqueue(bytes); !kept) return kept.error();
    while (!is_flushing && queue.size() >= kRecordSize) {
        const std::size_t before = queue.size();
        if (const auto written = write_queued(kRecordSize); !written) return written.error();
        if (queue.size() == before) flush_when_ready();
    }
    return queue.empty() ? Written::Whole : Written::Queued;
}

Result<TlsStream::Written> TlsStream::Impl::uncork() {
    thread.check();
    is_corked = false;
    if (failure) return *failure;
    if (!is_open || is_closed) return closed_here();
    if (!is_flushing) {
        if (const auto written = write_queued(queue.size()); !written) return written.error();
    }
    if (queue.empty()) return Written::Whole;
    flush_when_ready();
    return Written::Queued;
}

Result<void> TlsStream::Impl::enqueue(std::string_view bytes) {
    if (queue.size() + bytes.size() > max_write_queue) {
        fail(core::fail(Reason::WriteQueueFull, "TLS write: the peer does not read, " +
                                                    std::to_string(queue.size()) +
                                                    " bytes wait already"));
        return *failure;
    }
    queue.append(bytes);
    return {};
}

// At most so much of the queue, and no more than the socket takes.
Result<void> TlsStream::Impl::write_queued(std::size_t most) {
    const auto taken = write_some(queue.view().substr(0, most));
    if (!taken) {
        fail(taken.error());
        return taken.error();
    }
    queue.consume(*taken);
    return {};
}

void TlsStream::Impl::flush_when_ready() {
    if (is_flushing) return;
    is_flushing = true;
    asio::co_spawn(context, flush(shared_from_this()), rethrow_failure);
}

// How much the socket took, possibly nothing.
Result<std::size_t> TlsStream::Impl::write_some(std::string_view bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size()) {
        ERR_clear_error();
        std::size_t count = 0;
        const auto rest = bytes.substr(taken);
        const int result = SSL_write_ex(ssl.get(), rest.data(), rest.size(), &count);
        const int system_error = errno;
        if (result != 1) {
            const int ssl_error = SSL_get_error(ssl.get(), result);
            if (is_wait(ssl_error)) {
                flush_direction = direction(ssl_error);
                break;
            }
            return core::fail(Reason::ConnectionLost,
                              "TLS write: " + (ERR_peek_error() != 0 ? openssl_errors()
                                                                     : system_text(system_error)));
        }
        taken += count;
    }
    return taken;
}

asio::awaitable<void> TlsStream::Impl::flush([[maybe_unused]] Self self) {
    while (!queue.empty()) {
        co_await socket.async_wait(flush_direction, as_result);
        if (is_closed || failure) break;
        if (!write_queued(queue.size())) break;
    }
    is_flushing = false;
}

// A write has failed: a pending read ends with its error.
void TlsStream::Impl::fail(core::Error error) {
    is_open = false;
    failure = std::move(error);
    boost::system::error_code ignored;  // a socket without a pending wait
    socket.cancel(ignored);
}

void TlsStream::Impl::close() {
    if (is_closed) return;
    is_closed = true;
    connector.cancel();
    // Why not with a queue: close_notify would come in the middle of a record.
    if (is_open && queue.empty()) {
        ERR_clear_error();
        SSL_shutdown(ssl.get());
        ERR_clear_error();
    }
    queue.clear();
    boost::system::error_code ignored;  // the descriptor is gone whatever close says
    socket.close(ignored);
}

TlsStream::TlsStream(asio::io_context& context, std::shared_ptr<TlsContext> tls,
                     std::size_t max_write_queue)
    : impl_{std::make_shared<Impl>(context, std::move(tls), max_write_queue)} {}

TlsStream::~TlsStream() { impl_->close(); }

asio::awaitable<Result<void>> TlsStream::connect(std::string host, std::string port,
                                                 core::Duration timeout) {
    return impl_->connect(impl_, std::move(host), std::move(port), timeout);
}

asio::awaitable<Result<void>> TlsStream::handshake(std::string server_name,
                                                   core::Duration timeout) {
    return impl_->handshake(impl_, std::move(server_name), timeout);
}

asio::awaitable<Result<std::size_t>> TlsStream::read(std::span<char> buffer) {
    return impl_->read(impl_, buffer);
}

Result<TlsStream::Written> TlsStream::write(std::string_view bytes) { return impl_->write(bytes); }

void TlsStream::cork() { impl_->is_corked = true; }

Result<TlsStream::Written> TlsStream::uncork() { return impl_->uncork(); }

void TlsStream::use_sessions(std::shared_ptr<TlsSessionCache> cache) {
    impl_->tls.use_sessions(std::move(cache));
}

bool TlsStream::is_open() const { return impl_->is_open && !impl_->is_closed && !impl_->failure; }

bool TlsStream::is_resumed() const {
    return impl_->ssl && SSL_session_reused(impl_->ssl.get()) == 1;
}

bool TlsStream::has_unread() const { return is_open() && impl_->has_unread(); }

bool TlsStream::is_closed_by_peer() const { return impl_->is_closed_by_peer; }

std::size_t TlsStream::queued() const { return impl_->queue.size(); }

void TlsStream::close() { impl_->close(); }

}  // namespace broker::net
