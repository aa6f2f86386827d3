// The HTTPS and WebSocket listener of the REST side.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>

#include "simulator/faults.hpp"
#include "simulator/push_hub.hpp"
#include "simulator/rest_api.hpp"
#include "simulator/tls_front.hpp"

namespace broker::simulator {

// Listens on loopback alone, TLS 1.2 or newer. Of the faults of a listener it knows those of the
// connection and of the certificate, garbage in place of bodies, and both kinds of muteness.
// A handshake has ten seconds, an idle connection five minutes. Throws std::runtime_error for bad
// material or a port that is taken. [event-thread]
class RestServer {
public:
    // Api and hub outlive the server.
    RestServer(boost::asio::io_context& context, const TlsFrontMaterial& material, RestApi& api,
               PushHub& hub);
    ~RestServer();  // the context no longer runs

    void listen(std::uint16_t port);  // 0: the system chooses
    [[nodiscard]] std::uint16_t port() const;

    void set_fault(Fault fault, bool is_on);
    // Cuts all connections at once, without close_notify.
    void drop_connections();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::simulator
