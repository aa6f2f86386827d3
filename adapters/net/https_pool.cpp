#include "net/https_pool.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <deque>
#include <utility>
#include <vector>

#include "core/thread_bound.hpp"
#include "net/asio.hpp"
#include "net/deadline_timer.hpp"
#include "net/http_connection.hpp"
#include "net/http_request_text.hpp"
#include "net/tls_session_cache.hpp"
#include "net/uri.hpp"

namespace broker::net {
namespace {

using core::Error;
using core::Reason;
using State = HttpConnection::State;

constexpr std::size_t kLanes = 4;
constexpr core::Duration kFirstPause = std::chrono::milliseconds{100};
constexpr core::Duration kLongestPause = std::chrono::seconds{2};

// A request without a connection.
struct Waiting {
    std::string text;
    core::MonotonicTime not_after;
    HttpsPool::Done done;
};

HttpsPoolSettings checked(HttpsPoolSettings settings) {
    settings.max_connections = std::max<std::size_t>(settings.max_connections, 1);
    return settings;
}

HttpPeerFields peer_fields(const HttpsPoolSettings& settings) {
    std::string host = host_and_port(settings.host, settings.port);
    if (settings.port == "443") host.erase(host.size() - std::string_view{":443"}.size());
    return {std::move(host), settings.user_agent.empty() ? "dxtrade-adapter" : settings.user_agent};
}

}  // namespace

struct HttpsPool::Impl final : HttpConnectionOwner, std::enable_shared_from_this<Impl> {
    using Connection = std::shared_ptr<HttpConnection>;

    Impl(asio::io_context& context_, const core::Clock& clock_, std::shared_ptr<TlsContext> tls_,
         HttpsPoolSettings settings_)
        : context{context_},
          clock{clock_},
          tls{std::move(tls_)},
          settings{checked(std::move(settings_))},
          fields{peer_fields(settings)},
          peer{host_and_port(settings.host, settings.port)},
          overdue_timer{context_, clock_} {}

    void send(const HttpRequest& request, HttpLane lane, core::MonotonicTime not_after, Done done);
    void warm_up();
    void close();

    void on_connected(HttpConnection& connection) override;
    void on_idle(HttpConnection& connection) override;
    void on_ended(HttpConnection& connection, const Error& error) override;

    void dispatch();
    void write_waiting();
    Connection free_connection();
    void open_connections();
    void open_connection();
    Waiting take_first();
    void refuse(Done done, Error error);
    void refuse_waiting(const Error& error);
    void refuse_overdue();
    void arm(core::MonotonicTime due);
    void dispatch_soon();
    [[nodiscard]] bool may_connect() const { return clock.monotonic() >= next_attempt; }
    [[nodiscard]] std::size_t count(State state) const;

    core::ThreadBound thread;
    asio::io_context& context;
    const core::Clock& clock;
    const std::shared_ptr<TlsContext> tls;
    const HttpsPoolSettings settings;
    const HttpPeerFields fields;
    const std::string peer;
    const std::shared_ptr<TlsSessionCache> sessions = std::make_shared<TlsSessionCache>();

    std::vector<Connection> connections;
    std::array<std::deque<Waiting>, kLanes> waiting;
    std::size_t waiting_count = 0;
    DeadlineTimer overdue_timer;
    bool is_dispatch_posted = false;
    bool is_closed = false;

    // After a failed attempt.
    core::MonotonicTime next_attempt = core::MonotonicTime::min();
    core::Duration pause = kFirstPause;
    Error last_error;

    std::uint64_t handshakes = 0;
    std::uint64_t resumed_handshakes = 0;
};

void HttpsPool::Impl::send(const HttpRequest& request, HttpLane lane, core::MonotonicTime not_after,
                           Done done) {
    thread.check();
    auto text = http_request_text(request, fields);
    if (!text) {
        refuse(std::move(done), text.error());
    } else if (is_closed) {
        refuse(std::move(done), core::fail(Reason::ConnectionLost, "the pool is closed"));
    } else if (waiting_count >= settings.max_waiting) {
        refuse(std::move(done),
               core::fail(Reason::TooManyRequests,
                          std::to_string(waiting_count) + " requests wait for a connection"));
    } else {
        waiting[static_cast<std::size_t>(lane)].push_back(
            {std::move(*text), not_after, std::move(done)});
        ++waiting_count;
        dispatch();
        if (waiting_count > 0) arm(not_after);
    }
}

void HttpsPool::Impl::warm_up() {
    thread.check();
    if (!is_closed && connections.empty() && may_connect()) open_connection();
}

void HttpsPool::Impl::close() {
    if (is_closed) return;
    is_closed = true;
    overdue_timer.cancel();
    refuse_waiting(core::fail(Reason::ConnectionLost, "the pool is closed"));
    for (const Connection& connection : std::exchange(connections, {})) connection->close();
}

void HttpsPool::Impl::on_connected(HttpConnection& connection) {
    ++handshakes;
    if (connection.is_resumed()) ++resumed_handshakes;
    dispatch();
}

void HttpsPool::Impl::on_idle(HttpConnection&) {
    pause = kFirstPause;
    dispatch();
}

void HttpsPool::Impl::on_ended(HttpConnection& connection, const Error& error) {
    std::erase_if(connections, [&](const Connection& each) { return each.get() == &connection; });
    if (connection.is_failed_attempt()) {
        last_error = error;
        next_attempt = clock.monotonic() + pause;
        pause = std::min(pause * 2, kLongestPause);
    }
    dispatch();
}

// Gives the free connections to those who wait; opens what is missing.
void HttpsPool::Impl::dispatch() {
    if (is_closed) return;
    write_waiting();
    open_connections();
    if (connections.empty()) refuse_waiting(last_error);  // it is too early for the next attempt
}

void HttpsPool::Impl::write_waiting() {
    while (waiting_count > 0) {
        const Connection connection = free_connection();
        if (!connection) return;
        Waiting first = take_first();
        if (clock.monotonic() > first.not_after) {
            refuse(std::move(first.done),
                   core::fail(Reason::OrderTooOld, "its turn for a connection came too late"));
        } else {
            connection->send(std::move(first.text), std::move(first.done));
        }
    }
}

// The one used last, so that those there are too many of come to their idle timeout.
HttpsPool::Impl::Connection HttpsPool::Impl::free_connection() {
    Connection best;
    for (const Connection& each : connections) {
        if (each->state() != State::Idle) continue;
        if (each->has_unread()) {
            dispatch_soon();
        } else if (!best || each->idle_since() > best->idle_since()) {
            best = each;
        }
    }
    return best;
}

void HttpsPool::Impl::open_connections() {
    if (!may_connect()) return;
    const std::size_t usable = count(State::Connecting) + count(State::Idle);
    const std::size_t room = settings.max_connections - connections.size();
    const std::size_t missing = waiting_count > usable ? waiting_count - usable : 0;
    for (std::size_t i = std::min(missing, room); i > 0; --i) open_connection();
}

void HttpsPool::Impl::open_connection() {
    const HttpConnectionParts parts{context, clock, tls, sessions, settings};
    connections.push_back(std::make_shared<HttpConnection>(parts, weak_from_this()));
    connections.back()->open();
}

Waiting HttpsPool::Impl::take_first() {
    auto& lane = *std::find_if(waiting.begin(), waiting.end(),
                               [](const auto& each) { return !each.empty(); });
    Waiting first = std::move(lane.front());
    lane.pop_front();
    --waiting_count;
    return first;
}

// Nothing of the request was written.
void HttpsPool::Impl::refuse(Done done, Error error) {
    error.detail = peer + ": " + error.detail;
    asio::post(context, [done = std::move(done), error = std::move(error)] {
        done(HttpOutcome{false, {}, error});
    });
}

void HttpsPool::Impl::refuse_waiting(const Error& error) {
    while (waiting_count > 0) refuse(take_first().done, error);
}

void HttpsPool::Impl::refuse_overdue() {
    const core::MonotonicTime now = clock.monotonic();
    for (auto& lane : waiting) {
        for (auto each = lane.begin(); each != lane.end();) {
            if (each->not_after >= now) {
                arm(each->not_after);
                ++each;
                continue;
            }
            refuse(std::move(each->done),
                   core::fail(Reason::OrderTooOld, "no connection became free in time"));
            each = lane.erase(each);
            --waiting_count;
        }
    }
}

void HttpsPool::Impl::arm(core::MonotonicTime due) {
    overdue_timer.arm(due, [this, self = shared_from_this()] { refuse_overdue(); });
}

// After the connections have read what has come.
void HttpsPool::Impl::dispatch_soon() {
    if (std::exchange(is_dispatch_posted, true)) return;
    asio::post(context, [this, self = shared_from_this()] {
        is_dispatch_posted = false;
        dispatch();
    });
}

std::size_t HttpsPool::Impl::count(State state) const {
    return static_cast<std::size_t>(
        std::count_if(connections.begin(), connections.end(),
                      [state](const Connection& each) { return each->state() == state; }));
}

HttpsPool::HttpsPool(asio::io_context& context, const core::Clock& clock,
                     std::shared_ptr<TlsContext> tls, HttpsPoolSettings settings)
    : impl_{std::make_shared<Impl>(context, clock, std::move(tls), std::move(settings))} {}

HttpsPool::~HttpsPool() { impl_->close(); }

void HttpsPool::send(HttpRequest request, HttpLane lane, core::MonotonicTime not_after, Done done) {
    impl_->send(request, lane, not_after, std::move(done));
}

void HttpsPool::warm_up() { impl_->warm_up(); }

void HttpsPool::close() { impl_->close(); }

std::size_t HttpsPool::connections() const {
    return impl_->connections.size() - impl_->count(State::Connecting);
}

std::size_t HttpsPool::waiting() const { return impl_->waiting_count; }

std::uint64_t HttpsPool::handshakes() const { return impl_->handshakes; }

std::uint64_t HttpsPool::resumed_handshakes() const { return impl_->resumed_handshakes; }

std::string_view HttpsPool::peer() const { return impl_->peer; }

}  // namespace broker::net
