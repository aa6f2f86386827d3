#include "simulator/tls_front.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <utility>
#include <vector>

#include "simulator/loopback_listener.hpp"
#include "simulator/tls_connection.hpp"
#include "simulator/tls_server.hpp"

namespace broker::simulator {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

}  // namespace

struct TlsFront::Impl {
    Impl(asio::io_context& io_context, const TlsFrontMaterial& material,
         ByteConnectionHandler& connection_handler)
        : context{io_context},
          handler{connection_handler},
          listener{io_context, [this](tcp::socket socket) { serve(std::move(socket)); }},
          good{make_server_context(material.good, material.trust_pem, TlsVersions::From12)},
          expired{make_server_context(material.expired, material.trust_pem, TlsVersions::From12)},
          wrong_host{
              make_server_context(material.wrong_host, material.trust_pem, TlsVersions::From12)},
          wrong_ca{make_server_context(material.wrong_ca, material.trust_pem, TlsVersions::From12)},
          tls11{make_server_context(material.good, material.trust_pem, TlsVersions::Only11)} {}

    void drop_connections();
    void serve(tcp::socket socket);
    [[nodiscard]] SSL_CTX* tls_for_new() const;

    asio::io_context& context;
    ByteConnectionHandler& handler;
    LoopbackListener listener;
    SslContextPtr good;
    SslContextPtr expired;
    SslContextPtr wrong_host;
    SslContextPtr wrong_ca;
    SslContextPtr tls11;
    FrontFaults faults;
    std::vector<std::weak_ptr<TlsConnection>> connections;
};

SSL_CTX* TlsFront::Impl::tls_for_new() const {
    if (faults.switches.has(Fault::ExpiredCertificate)) return expired.get();
    if (faults.switches.has(Fault::WrongHostCertificate)) return wrong_host.get();
    if (faults.switches.has(Fault::WrongCaCertificate)) return wrong_ca.get();
    if (faults.switches.has(Fault::TlsOneOneOnly)) return tls11.get();
    return good.get();
}

void TlsFront::Impl::serve(tcp::socket socket) {
    std::erase_if(connections, [](const auto& connection) { return connection.expired(); });
    const auto connection =
        std::make_shared<TlsConnection>(std::move(socket), tls_for_new(), handler, faults);
    connections.push_back(connection);
    const bool is_silent = faults.switches.has(Fault::Silent);
    asio::co_spawn(
        context,
        [connection, is_silent] {
            return is_silent ? connection->stay_silent() : connection->run();
        },
        asio::detached);
}

void TlsFront::Impl::drop_connections() {
    for (const auto& weak : connections)
        if (const auto connection = weak.lock()) connection->cut();
}

TlsFront::TlsFront(asio::io_context& context, const TlsFrontMaterial& material,
                   ByteConnectionHandler& handler)
    : impl_{std::make_shared<Impl>(context, material, handler)} {}

TlsFront::~TlsFront() = default;

void TlsFront::listen(std::uint16_t port) {
    impl_->listener.listen(port, impl_->faults.switches.has(Fault::RefuseConnections));
}

std::uint16_t TlsFront::port() const { return impl_->listener.port(); }

void TlsFront::set_fault(Fault fault, bool is_on) {
    impl_->faults.switches.set(fault, is_on);
    if (fault == Fault::RefuseConnections) impl_->listener.refuse(is_on);
}

void TlsFront::set_message_faults(const MessageFaultPlan& plan) {
    // Seeds apart, or both directions would meet the same.
    impl_->faults.to_client = MessageFaults{plan.seed * 2, plan.to_client};
    impl_->faults.to_server = MessageFaults{plan.seed * 2 + 1, plan.to_server};
}

void TlsFront::drop_connections() { impl_->drop_connections(); }

}  // namespace broker::simulator
