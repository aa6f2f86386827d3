#include "net/http_connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <optional>
#include <utility>

#include "core/secret.hpp"
#include "core/thread_bound.hpp"
#include "net/asio.hpp"
#include "net/deadline_timer.hpp"
#include "net/http_response_reader.hpp"
#include "net/tls_stream.hpp"
#include "net/uri.hpp"

namespace broker::net {
namespace {

using core::Error;
using core::Reason;
using core::Result;
using State = HttpConnection::State;

constexpr std::size_t kReadBuffer = 16U << 10U;
constexpr std::size_t kMaxWriteQueue = 8U << 20U;
// A connection that ends sooner, unused, was not really taken by the peer.
constexpr core::Duration kYoung = std::chrono::seconds{1};

// Closes before the peer does: by a second, or by half of a time that is short.
core::Duration own_idle_timeout(core::Duration peers) {
    return peers - std::min<core::Duration>(std::chrono::seconds{1}, peers / 2);
}

std::string milliseconds_text(core::Duration duration) {
    return std::to_string(duration / std::chrono::milliseconds{1}) + " ms";
}

}  // namespace

// Its coroutine and its timer take a pointer to the connection, which owns this.
struct HttpConnection::Impl {
    // The one under way.
    struct Exchange {
        HttpsPool::Done done;
        core::MonotonicTime written;

        void deliver(Result<HttpResponse> response) const {
            done(HttpOutcome{true, written, std::move(response)});
        }
    };

    using Self = std::shared_ptr<HttpConnection>;

    Impl(HttpConnection& self_, const HttpConnectionParts& parts,
         std::weak_ptr<HttpConnectionOwner> owner_)
        : self{self_},
          context{parts.context},
          clock{parts.clock},
          settings{parts.settings},
          owner{std::move(owner_)},
          stream{parts.context, parts.tls, kMaxWriteQueue},
          reader{{settings.max_header_bytes, settings.max_body_bytes}},
          timer{parts.context, parts.clock},
          peer{host_and_port(settings.host, settings.port)} {
        stream.use_sessions(parts.sessions);
    }

    asio::awaitable<void> run(Self keep_alive);
    asio::awaitable<Result<void>> connect();
    void send(std::string text, HttpsPool::Done done);
    void deliver_soon(Result<HttpResponse> response);
    void close();

    void take(std::string_view bytes);
    void take_answer(bool is_last);
    void take_end(const Error& error);
    void fail(Error error);
    void become_idle();
    void end(const Error& error);
    void set_deadline(core::Duration timeout);
    void arm();
    void check_deadline();
    [[nodiscard]] Error from_peer(const Error& error) const;

    HttpConnection& self;
    core::ThreadBound thread;
    asio::io_context& context;
    const core::Clock& clock;
    const HttpsPoolSettings settings;
    std::weak_ptr<HttpConnectionOwner> owner;
    TlsStream stream;
    HttpResponseReader reader;
    DeadlineTimer timer;
    const std::string peer;

    State state = State::Connecting;
    bool is_used = false;  // a request has been written
    std::optional<core::MonotonicTime> connected;
    core::MonotonicTime idle_since;
    core::MonotonicTime ended;
    core::MonotonicTime deadline = core::MonotonicTime::max();  // of the answer, or of idleness
    Exchange exchange;
    std::array<char, kReadBuffer> buffer;
};

asio::awaitable<void> HttpConnection::Impl::run([[maybe_unused]] Self keep_alive) {
    const auto connecting = co_await connect();
    if (state == State::Ended) co_return;
    if (!connecting) {
        end(connecting.error());
        co_return;
    }
    connected = clock.monotonic();
    idle_since = *connected;
    state = State::Idle;
    set_deadline(settings.idle_timeout);
    if (const auto told = owner.lock()) told->on_connected(self);

    while (state != State::Ended) {
        const auto count = co_await stream.read(buffer);
        if (state == State::Ended) co_return;
        if (!count) {
            take_end(count.error());
            co_return;
        }
        take({buffer.data(), *count});
    }
}

asio::awaitable<Result<void>> HttpConnection::Impl::connect() {
    std::string name = settings.server_name.empty() ? settings.host : settings.server_name;
    auto connecting =
        co_await stream.connect(settings.host, settings.port, settings.connect_timeout);
    if (!connecting || state == State::Ended) co_return connecting;
    co_return co_await stream.handshake(std::move(name), settings.handshake_timeout);
}

void HttpConnection::Impl::send(std::string text, HttpsPool::Done done) {
    thread.check();
    is_used = true;
    state = State::Busy;
    const auto result = stream.write(text);
    exchange = {std::move(done), clock.monotonic()};
    core::wipe(text.data(), text.size());
    if (result) {
        set_deadline(settings.request_timeout);
        return;
    }
    deliver_soon(from_peer(result.error()));
    end(result.error());
}

void HttpConnection::Impl::deliver_soon(Result<HttpResponse> response) {
    asio::post(context, [pending = std::exchange(exchange, {}), response = std::move(response)] {
        pending.deliver(response);
    });
}

void HttpConnection::Impl::close() {
    if (state == State::Ended) return;
    const Error error = core::fail(Reason::ConnectionLost, "closed on this side");
    if (state == State::Busy) deliver_soon(from_peer(error));
    owner.reset();
    end(error);
}

void HttpConnection::Impl::take(std::string_view bytes) {
    if (state == State::Idle) {
        end(core::fail(Reason::HttpResponseMalformed, "bytes that answer no request"));
        return;
    }
    const auto progress = reader.put(bytes);
    if (!progress) {
        fail(progress.error());
    } else if (*progress == HttpResponseReader::Progress::Whole) {
        take_answer(false);
    }
}

// `is_last`: the connection has ended with it.
void HttpConnection::Impl::take_answer(bool is_last) {
    auto response = reader.take(clock.monotonic());
    if (!response) {
        fail(response.error());
        return;
    }
    const Exchange answered = std::exchange(exchange, {});
    // Bytes after the answer, or an answer before the request has left: no telling what follows.
    const bool goes_on =
        !is_last && reader.keeps_alive() && reader.is_empty() && stream.queued() == 0;
    // Why before the answer is delivered: requests wait for the connection.
    if (goes_on) {
        become_idle();
    } else {
        end(core::fail(Reason::ConnectionClosedByPeer, "the connection ends with the answer"));
    }
    answered.deliver(std::move(response));
}

void HttpConnection::Impl::take_end(const Error& error) {
    if (state == State::Idle) {
        end(error);
        return;
    }
    if (error.reason != Reason::ConnectionClosedByPeer) {
        fail(error);
        return;
    }
    const auto whole = reader.end_of_stream();
    if (!whole) {
        fail(whole.error());
    } else if (!stream.is_closed_by_peer()) {
        fail(core::fail(Reason::ConnectionClosedByPeer,
                        "HTTP response: it ends with the connection, and that was cut"));
    } else {
        take_answer(true);
    }
}

// The pending request ends with an error, and so does the connection.
void HttpConnection::Impl::fail(Error error) {
    const Exchange failed = std::exchange(exchange, {});
    end(error);
    failed.deliver(from_peer(error));
}

void HttpConnection::Impl::become_idle() {
    state = State::Idle;
    idle_since = clock.monotonic();
    const core::Duration peers = reader.keep_alive_timeout();
    set_deadline(peers > core::Duration{} ? std::min(own_idle_timeout(peers), settings.idle_timeout)
                                          : settings.idle_timeout);
    if (const auto told = owner.lock()) told->on_idle(self);
}

void HttpConnection::Impl::end(const Error& error) {
    state = State::Ended;
    ended = clock.monotonic();
    timer.cancel();
    stream.close();
    if (const auto told = owner.lock()) told->on_ended(self, error);
}

void HttpConnection::Impl::set_deadline(core::Duration timeout) {
    deadline = clock.monotonic() + timeout;
    arm();
}

void HttpConnection::Impl::arm() {
    timer.arm(deadline, [this, keep_alive = self.shared_from_this()] { check_deadline(); });
}

void HttpConnection::Impl::check_deadline() {
    if (state == State::Ended) return;
    if (clock.monotonic() < deadline) {
        arm();
    } else if (state == State::Idle) {
        end(core::fail(Reason::ConnectionLost, "closed after a time without requests"));
    } else {
        fail(core::fail(Reason::HttpTimeout,
                        std::string{"HTTP response: "} +
                            (reader.is_empty() ? "none" : "not the whole of it") + " within " +
                            milliseconds_text(settings.request_timeout)));
    }
}

Error HttpConnection::Impl::from_peer(const Error& error) const {
    return core::fail(error.reason, peer + ": " + error.detail);
}

HttpConnection::HttpConnection(const HttpConnectionParts& parts,
                               std::weak_ptr<HttpConnectionOwner> owner)
    : impl_{std::make_unique<Impl>(*this, parts, std::move(owner))} {}

HttpConnection::~HttpConnection() = default;

void HttpConnection::open() {
    asio::co_spawn(impl_->context, impl_->run(shared_from_this()), rethrow_failure);
}

State HttpConnection::state() const { return impl_->state; }

bool HttpConnection::has_unread() const {
    return !impl_->stream.is_open() || impl_->stream.has_unread();
}

core::MonotonicTime HttpConnection::idle_since() const { return impl_->idle_since; }

bool HttpConnection::is_resumed() const { return impl_->stream.is_resumed(); }

bool HttpConnection::is_failed_attempt() const {
    return !impl_->connected || (!impl_->is_used && impl_->ended - *impl_->connected < kYoung);
}

void HttpConnection::send(std::string text, HttpsPool::Done done) {
    impl_->send(std::move(text), std::move(done));
}

void HttpConnection::close() { impl_->close(); }

}  // namespace broker::net
