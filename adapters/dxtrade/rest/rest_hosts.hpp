// The REST hosts of one event thread: accounts of the same host share one.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/login_gate.hpp"
#include "dxtrade/rest/rest_host.hpp"
#include "dxtrade/rest_rules.hpp"
#include "net/tls_context.hpp"

namespace broker::dxtrade::rest {

struct RestHostSettings {
    std::string base_url;     // https://host[:port]/path
    std::string server_name;  // empty: the host
    std::string user_agent;
    // Names what the TLS context is made of: connections are shared only between accounts for which
    // it is the same.
    std::string tls_key;
    RateRule login_rate;
    std::size_t connections = 4;  // of the first account that names the host
    core::Duration connect_timeout = std::chrono::seconds{5};
    core::Duration handshake_timeout = std::chrono::seconds{5};
    core::Duration request_timeout = std::chrono::seconds{10};
    std::size_t max_response_bytes = 16U << 20U;
};

// Owned by the runtime, one an event thread; outlives the accounts. The list is the control
// thread's, the hosts in it are the event thread's.
class RestHosts {
public:
    RestHosts(boost::asio::io_context& context, const core::Clock& clock,
              std::shared_ptr<LoginGate> gate);

    // The host is made when it is first named, and stays. Error: Configuration (the URL).
    // [control-thread]
    [[nodiscard]] core::Result<RestHost*> get(const RestHostSettings& settings,
                                              std::shared_ptr<net::TlsContext> tls);
    // Closes every connection. [event-thread, while no get() can be]
    void close();

private:
    boost::asio::io_context& context_;
    const core::Clock& clock_;
    std::shared_ptr<LoginGate> gate_;
    std::map<std::string, std::unique_ptr<RestHost>> hosts_;  // by base_url and tls_key
};

}  // namespace broker::dxtrade::rest
