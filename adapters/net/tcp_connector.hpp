// From a host's name to a connected socket.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/connect_race.hpp"
#include "net/name_lookup.hpp"

namespace broker::net {

// For one connection. Owned by one TlsStream. [event-thread]
class TcpConnector {
public:
    // `name_servers`: see NameLookup.
    explicit TcpConnector(boost::asio::io_context& context, std::string name_servers = {});

    using Endpoint = ConnectRace::Endpoint;
    using Socket = ConnectRace::Socket;

    // Resolves `host` unless it is an IP address (IPv6 without brackets), then connects as below.
    // `timeout` is that of the look-up, and again that of each address. Also NameNotResolved.
    boost::asio::awaitable<core::Result<Socket>> connect(std::string host, std::string port,
                                                         core::Duration timeout);

    // See ConnectRace.
    boost::asio::awaitable<core::Result<Socket>> connect(std::vector<Endpoint> endpoints,
                                                         core::Duration timeout);

    // Ends a pending connect() soon, with an error.
    void cancel();

private:
    NameLookup lookup_;
    ConnectRace race_;
};

}  // namespace broker::net
