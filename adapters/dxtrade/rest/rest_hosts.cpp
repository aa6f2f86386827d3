#include "dxtrade/rest/rest_hosts.hpp"

#include <utility>

#include "dxtrade/rest/pool_transport.hpp"
#include "net/uri.hpp"

namespace broker::dxtrade::rest {

RestHosts::RestHosts(boost::asio::io_context& context, const core::Clock& clock,
                     std::shared_ptr<LoginGate> gate)
    : context_{context}, clock_{clock}, gate_{std::move(gate)} {}

core::Result<RestHost*> RestHosts::get(const RestHostSettings& settings,
                                       std::shared_ptr<net::TlsContext> tls) {
    const auto url = net::parse_base_url(settings.base_url);
    if (!url) return url.error();
    std::unique_ptr<RestHost>& host =
        hosts_[settings.base_url + '\n' + settings.server_name + '\n' + settings.tls_key];
    if (host != nullptr) return host.get();
    net::HttpsPoolSettings pool;
    pool.host = url->host;
    pool.port = url->port;
    pool.server_name = settings.server_name;
    pool.user_agent = settings.user_agent;
    pool.max_connections = settings.connections;
    pool.max_body_bytes = settings.max_response_bytes;
    pool.connect_timeout = settings.connect_timeout;
    pool.handshake_timeout = settings.handshake_timeout;
    pool.request_timeout = settings.request_timeout;
    host = std::make_unique<RestHost>(
        make_pool_transport(context_, clock_, std::move(tls), std::move(pool)), gate_, clock_,
        RestHostRules{url->path, settings.login_rate});
    return host.get();
}

void RestHosts::close() {
    for (const auto& [key, host] : hosts_) host->transport().close();
}

}  // namespace broker::dxtrade::rest
