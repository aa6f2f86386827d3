// A socket connected to the first of several addresses that answers.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace broker::net {

// The addresses are tried in their order, the next one as soon as one has failed, or has not
// answered for 250 ms (RFC 8305, section 5); those begun go on meanwhile. Each has the whole of
// `timeout` to itself, so that one which does not answer takes nothing from the others.
// [event-thread]
class ConnectRace {
public:
    using Endpoint = boost::asio::ip::tcp::endpoint;
    using Socket = boost::asio::ip::tcp::socket;

    explicit ConnectRace(boost::asio::io_context& context);
    ~ConnectRace();
    ConnectRace(const ConnectRace&) = delete;
    ConnectRace& operator=(const ConnectRace&) = delete;

    // Once. The socket is non-blocking, with TCP_NODELAY. Errors: ConnectRefused, ConnectTimeout,
    // ConnectFailed, as of the address that failed last; the text has every one.
    boost::asio::awaitable<core::Result<Socket>> run(std::vector<Endpoint> endpoints,
                                                     core::Duration timeout);

    // Ends a pending run() soon, with an error.
    void cancel();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace broker::net
