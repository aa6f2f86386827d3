#include "net/tcp_connector.hpp"

#include <fcntl.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <sstream>

#include "net/asio.hpp"

namespace broker::net {
namespace {

using asio::ip::tcp;
using core::Reason;
using SteadyClock = std::chrono::steady_clock;
using namespace asio::experimental::awaitable_operators;

constexpr std::size_t kMaxAddresses = 16;  // of one name; the rest is not tried

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

std::string text_of(const tcp::endpoint& endpoint) {
    std::ostringstream text;
    text << endpoint;
    return text.str();
}

core::Error cancelled() {
    return core::fail(Reason::ConnectFailed, "connect: closed on this side");
}

Reason reason_of(const boost::system::error_code& error) {
    if (error == asio::error::connection_refused) return Reason::ConnectRefused;
    if (error == asio::error::timed_out) return Reason::ConnectTimeout;
    return Reason::ConnectFailed;
}

}  // namespace

// Lives until both the coroutine and the resolver's thread are done with it.
struct TcpConnector::Lookup {
    explicit Lookup(asio::io_context& context) : deadline{context} {}

    asio::steady_timer deadline;  // cancelled when the answer is there
    bool is_answered = false;
    boost::system::error_code error;
    std::vector<Endpoint> endpoints;
};

TcpConnector::TcpConnector(asio::io_context& context)
    : context_{context}, resolver_{context}, socket_{context} {}

void TcpConnector::cancel() {
    is_cancelled_ = true;
    resolver_.cancel();
    if (const auto lookup = lookup_.lock()) lookup->deadline.cancel();
    boost::system::error_code ignored;  // nothing is left to do for a socket that does not close
    socket_.close(ignored);
}

asio::awaitable<core::Result<tcp::socket>> TcpConnector::connect(std::string host, std::string port,
                                                                 core::Duration timeout) {
    const auto deadline = SteadyClock::now() + timeout;
    auto endpoints = co_await resolve(std::move(host), std::move(port), deadline);
    if (!endpoints) co_return endpoints.error();
    co_return co_await connect(std::move(*endpoints), deadline - SteadyClock::now());
}

asio::awaitable<core::Result<tcp::socket>> TcpConnector::connect(std::vector<Endpoint> endpoints,
                                                                 core::Duration timeout) {
    const auto deadline = SteadyClock::now() + timeout;
    core::Error failure = core::fail(Reason::ConnectFailed, "connect");
    for (std::size_t i = 0; i < endpoints.size() && !is_cancelled_; ++i) {
        const auto now = SteadyClock::now();
        const auto share = (deadline - now) / static_cast<long>(endpoints.size() - i);
        const auto error = co_await connect_to(endpoints[i], now + share);
        if (is_cancelled_) break;
        if (!error) co_return std::move(socket_);
        failure.reason = error->reason;
        failure.detail += (i == 0 ? " " : "; ") + error->detail;
    }
    if (is_cancelled_) co_return cancelled();
    co_return failure;
}

asio::awaitable<core::Result<std::vector<tcp::endpoint>>> TcpConnector::resolve(std::string host,
                                                                                std::string port,
                                                                                Time deadline) {
    const auto port_number = parse_port(port);
    if (!port_number) {
        co_return core::fail(Reason::ConnectFailed,
                             "connect to " + host + ": port \"" + port + "\" is not 1 to 65535");
    }
    boost::system::error_code not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) co_return std::vector{tcp::endpoint{address, *port_number}};

    // Why not `async_resolve || timer`: that waits for the loser as well, and a lookup that has
    // begun cannot be cancelled. It is left behind instead, and owns what it writes to.
    const auto lookup = std::make_shared<Lookup>(context_);
    lookup_ = lookup;
    lookup->deadline.expires_at(deadline);
    resolver_.async_resolve(
        host, port, tcp::resolver::numeric_service,
        [lookup](const boost::system::error_code& error, const tcp::resolver::results_type& found) {
            lookup->is_answered = true;
            lookup->error = error;
            for (const auto& entry : found) {
                if (lookup->endpoints.size() < kMaxAddresses) {
                    lookup->endpoints.push_back(entry.endpoint());
                }
            }
            lookup->deadline.cancel();
        });
    co_await lookup->deadline.async_wait(as_result);

    if (is_cancelled_) co_return cancelled();
    if (!lookup->is_answered) {
        resolver_.cancel();
        co_return core::fail(Reason::NameNotResolved, "resolve " + host + ": no answer in time");
    }
    if (lookup->error || lookup->endpoints.empty()) {
        co_return core::fail(Reason::NameNotResolved,
                             "resolve " + host + ": " + lookup->error.message());
    }
    co_return std::move(lookup->endpoints);
}

asio::awaitable<std::optional<core::Error>> TcpConnector::connect_to(Endpoint endpoint,
                                                                     Time deadline) {
    const std::string where = text_of(endpoint) + ": ";
    if (const auto error = open_socket(endpoint)) {
        co_return core::fail(Reason::ConnectFailed, where + error.message());
    }
    asio::steady_timer timer{context_, deadline};
    const auto outcome =
        co_await (socket_.async_connect(endpoint, as_result) || timer.async_wait(as_result));
    if (outcome.index() == 1) {
        co_return core::fail(Reason::ConnectTimeout, where + "no answer in time");
    }
    if (const auto error = std::get<0>(std::get<0>(outcome))) {
        co_return core::fail(reason_of(error), where + error.message());
    }
    co_return std::nullopt;
}

boost::system::error_code TcpConnector::open_socket(const Endpoint& endpoint) {
    boost::system::error_code error;
    socket_.close(error);
    socket_.open(endpoint.protocol(), error);
    if (!error) socket_.native_non_blocking(true, error);
    if (!error) socket_.set_option(tcp::no_delay{true}, error);
    // Why: a child process of the host must not hold the connection open after we close it.
    if (!error) ::fcntl(socket_.native_handle(), F_SETFD, FD_CLOEXEC);
    return error;
}

}  // namespace broker::net
