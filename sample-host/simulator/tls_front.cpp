#include "simulator/tls_front.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "simulator/tls_connection.hpp"
#include "simulator/tls_server.hpp"

namespace broker::simulator {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Descriptors may be short for a moment; accepting goes on after this.
constexpr std::chrono::milliseconds kAcceptPause{100};

}  // namespace

struct TlsFront::Impl : std::enable_shared_from_this<TlsFront::Impl> {
    Impl(asio::io_context& io_context, const TlsFrontMaterial& material,
         ByteConnectionHandler& connection_handler)
        : context{io_context},
          handler{connection_handler},
          acceptor{io_context},
          good{make_server_context(material.good, material.trust_pem, TlsVersions::From12)},
          expired{make_server_context(material.expired, material.trust_pem, TlsVersions::From12)},
          wrong_host{
              make_server_context(material.wrong_host, material.trust_pem, TlsVersions::From12)},
          wrong_ca{make_server_context(material.wrong_ca, material.trust_pem, TlsVersions::From12)},
          tls11{make_server_context(material.good, material.trust_pem, TlsVersions::Only11)} {}

    void open();
    void refuse(bool is_refusing);
    void drop_connections();
    asio::awaitable<void> accept_all();
    void serve(tcp::socket socket);
    [[nodiscard]] SSL_CTX* tls_for_new() const;

    asio::io_context& context;
    ByteConnectionHandler& handler;
    tcp::acceptor acceptor;
    SslContextPtr good;
    SslContextPtr expired;
    SslContextPtr wrong_host;
    SslContextPtr wrong_ca;
    SslContextPtr tls11;
    FaultSet faults;
    std::uint16_t port = 0;
    bool is_listening = false;  // as far as listen() is concerned; the port may refuse
    std::vector<std::weak_ptr<TlsConnection>> connections;
};

void TlsFront::Impl::open() {
    const tcp::endpoint endpoint{asio::ip::address_v4::loopback(), port};
    boost::system::error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (error) {
        boost::system::error_code ignored;  // the first error is the one to tell
        acceptor.close(ignored);
        throw std::runtime_error("listen on 127.0.0.1:" + std::to_string(port) + ": " +
                                 error.message());
    }
    port = acceptor.local_endpoint().port();
    asio::co_spawn(
        context, [self = shared_from_this()] { return self->accept_all(); }, asio::detached);
}

void TlsFront::Impl::refuse(bool is_refusing) {
    if (!is_listening || is_refusing != acceptor.is_open()) return;
    if (!is_refusing) return open();
    boost::system::error_code ignored;  // a listener that cannot be closed is of no use either
    acceptor.close(ignored);
}

asio::awaitable<void> TlsFront::Impl::accept_all() {
    const auto self = shared_from_this();
    asio::steady_timer pause{context};
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(as_result);
        if (!error) {
            serve(std::move(socket));
        } else if (error == asio::error::operation_aborted || !acceptor.is_open()) {
            co_return;
        } else {
            pause.expires_after(kAcceptPause);
            (void)co_await pause.async_wait(as_result);
        }
    }
}

SSL_CTX* TlsFront::Impl::tls_for_new() const {
    if (faults.has(Fault::ExpiredCertificate)) return expired.get();
    if (faults.has(Fault::WrongHostCertificate)) return wrong_host.get();
    if (faults.has(Fault::WrongCaCertificate)) return wrong_ca.get();
    if (faults.has(Fault::TlsOneOneOnly)) return tls11.get();
    return good.get();
}

void TlsFront::Impl::serve(tcp::socket socket) {
    boost::system::error_code ignored;  // only latency suffers
    socket.set_option(tcp::no_delay{true}, ignored);
    std::erase_if(connections, [](const auto& connection) { return connection.expired(); });
    const auto connection =
        std::make_shared<TlsConnection>(std::move(socket), tls_for_new(), handler, faults);
    connections.push_back(connection);
    const bool is_silent = faults.has(Fault::Silent);
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
    impl_->port = port;
    impl_->is_listening = true;
    impl_->open();
    // The port is known and kept: bound first, it is closed again if it is to refuse.
    if (impl_->faults.has(Fault::RefuseConnections)) impl_->refuse(true);
}

std::uint16_t TlsFront::port() const { return impl_->port; }

void TlsFront::set_fault(Fault fault, bool is_on) {
    impl_->faults.set(fault, is_on);
    if (fault == Fault::RefuseConnections) impl_->refuse(is_on);
}

void TlsFront::drop_connections() { impl_->drop_connections(); }

}  // namespace broker::simulator
