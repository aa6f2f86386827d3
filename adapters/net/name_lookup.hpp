// From a host's name to its addresses, without a thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace broker::net {

// Asks /etc/hosts and the name servers of /etc/resolv.conf by c-ares, on the event loop: a server
// that does not answer keeps nobody waiting but who asked, and nothing outlives the look-up. Other
// sources of nsswitch.conf are not asked. One question at a time.
// [event-thread]
class NameLookup {
public:
    using Addresses = std::vector<boost::asio::ip::address>;

    // `servers`, ip:port with commas between, take the place of those of resolv.conf.
    explicit NameLookup(boost::asio::io_context& context, std::string servers = {});
    ~NameLookup();
    NameLookup(const NameLookup&) = delete;
    NameLookup& operator=(const NameLookup&) = delete;

    // IPv6 and IPv4 are asked for side by side. When one has answered the other gets 200 ms more,
    // so that a server which answers for one alone costs little. At least one address, at most 16
    // of a kind; NameNotResolved otherwise.
    boost::asio::awaitable<core::Result<Addresses>> find(std::string host, core::Duration timeout);

    // Ends a pending find() soon, with an error.
    void cancel();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::net
