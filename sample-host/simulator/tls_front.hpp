// A listener for TLS clients with certificates, and the faults it can be told to have.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "simulator/byte_connection.hpp"
#include "simulator/certificate_authority.hpp"
#include "simulator/faults.hpp"
#include "simulator/message_faults.hpp"

namespace broker::simulator {

// What the server presents, by the fault it presents it for, and whom it trusts.
struct TlsFrontMaterial {
    std::string trust_pem;
    IssuedCertificate good;
    IssuedCertificate expired;
    IssuedCertificate wrong_host;
    IssuedCertificate wrong_ca;
};

// Listens on loopback alone, asks every client for a certificate of its own CA, TLS 1.2 or newer.
// A handshake has ten seconds; a connection whose client does not read is cut at 16 MiB.
// Throws std::runtime_error for bad material or a port that is taken. [event-thread]
class TlsFront {
public:
    // The handler outlives the front.
    TlsFront(boost::asio::io_context& context, const TlsFrontMaterial& material,
             ByteConnectionHandler& handler);
    ~TlsFront();  // the context no longer runs

    void listen(std::uint16_t port);  // 0: the system chooses
    [[nodiscard]] std::uint16_t port() const;

    // Throws std::runtime_error if RefuseConnections ends and the port is taken meanwhile.
    void set_fault(Fault fault, bool is_on);
    // In place of the plan before; messages are counted anew.
    void set_message_faults(const MessageFaultPlan& plan);
    // Cuts all connections at once, without close_notify.
    void drop_connections();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::simulator
