#include "simulator/loopback_listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace broker::simulator {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Descriptors may be short for a moment; accepting goes on after this.
constexpr std::chrono::milliseconds kAcceptPause{100};

}  // namespace

struct LoopbackListener::State : std::enable_shared_from_this<LoopbackListener::State> {
    State(asio::io_context& io_context, Serve serve_one)
        : context{io_context}, acceptor{io_context}, serve{std::move(serve_one)} {}

    void open();
    void close();
    asio::awaitable<void> accept_all();

    asio::io_context& context;
    tcp::acceptor acceptor;
    Serve serve;
    std::uint16_t port = 0;
    bool is_listening = false;  // as far as listen() is concerned; the port may refuse
};

void LoopbackListener::State::open() {
    const tcp::endpoint endpoint{asio::ip::address_v4::loopback(), port};
    boost::system::error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (error) {
        close();  // the first error is the one to tell
        throw std::runtime_error("listen on 127.0.0.1:" + std::to_string(port) + ": " +
                                 error.message());
    }
    port = acceptor.local_endpoint().port();
    asio::co_spawn(
        context, [self = shared_from_this()] { return self->accept_all(); }, asio::detached);
}

void LoopbackListener::State::close() {
    boost::system::error_code ignored;  // a listener that cannot be closed is of no use either
    acceptor.close(ignored);
}

asio::awaitable<void> LoopbackListener::State::accept_all() {
    const auto self = shared_from_this();
    asio::steady_timer pause{context};
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(as_result);
        if (!error) {
            boost::system::error_code ignored;  // only latency suffers
            socket.set_option(tcp::no_delay{true}, ignored);
            serve(std::move(socket));
        } else if (error == asio::error::operation_aborted || !acceptor.is_open()) {
            co_return;
        } else {
            pause.expires_after(kAcceptPause);
            (void)co_await pause.async_wait(as_result);
        }
    }
}

LoopbackListener::LoopbackListener(asio::io_context& context, Serve serve)
    : state_{std::make_shared<State>(context, std::move(serve))} {}

LoopbackListener::~LoopbackListener() { state_->close(); }

void LoopbackListener::listen(std::uint16_t port, bool is_refusing) {
    state_->port = port;
    state_->is_listening = true;
    state_->open();
    // The port is known and kept: bound first, it is closed again if it is to refuse.
    if (is_refusing) refuse(true);
}

void LoopbackListener::refuse(bool is_refusing) {
    if (!state_->is_listening || is_refusing != state_->acceptor.is_open()) return;
    if (is_refusing) {
        state_->close();
    } else {
        state_->open();
    }
}

std::uint16_t LoopbackListener::port() const { return state_->port; }

}  // namespace broker::simulator
