// From a host's name to a connected socket, within one deadline.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace broker::net {

// Owned by one TlsStream, which outlives the coroutine.
// [event-thread]
class TcpConnector {
public:
    explicit TcpConnector(boost::asio::io_context& context);

    using Endpoint = boost::asio::ip::tcp::endpoint;
    using Socket = boost::asio::ip::tcp::socket;

    // Resolves `host` unless it is an IP address, then connects as below. Also NameNotResolved.
    boost::asio::awaitable<core::Result<Socket>> connect(std::string host, std::string port,
                                                         core::Duration timeout);

    // Tries the addresses in turn. `timeout` covers all: one that does not answer costs only its
    // share of what is left. The socket is non-blocking, with TCP_NODELAY. Errors: ConnectRefused,
    // ConnectTimeout, ConnectFailed, as of the last address; the text has every one.
    boost::asio::awaitable<core::Result<Socket>> connect(std::vector<Endpoint> endpoints,
                                                         core::Duration timeout);

    // Ends a pending connect() soon, with an error.
    void cancel();

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Lookup;

    boost::asio::awaitable<core::Result<std::vector<Endpoint>>> resolve(std::string host,
                                                                        std::string port,
                                                                        Time deadline);
    // Null: socket_ is connected.
    boost::asio::awaitable<std::optional<core::Error>> connect_to(Endpoint endpoint, Time deadline);
    boost::system::error_code open_socket(const Endpoint& endpoint);

    boost::asio::io_context& context_;
    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::ip::tcp::socket socket_;
    std::weak_ptr<Lookup> lookup_;  // the one under way
    bool is_cancelled_ = false;
};

}  // namespace broker::net
