// The transport over an HTTPS pool.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "core/clock.hpp"
#include "dxtrade/rest/rest_transport.hpp"
#include "net/https_pool.hpp"
#include "net/tls_context.hpp"

namespace broker::dxtrade::rest {

[[nodiscard]] std::unique_ptr<RestTransport> make_pool_transport(
    boost::asio::io_context& context, const core::Clock& clock,
    std::shared_ptr<net::TlsContext> tls, net::HttpsPoolSettings settings);

}  // namespace broker::dxtrade::rest
