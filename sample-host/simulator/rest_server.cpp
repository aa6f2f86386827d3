#include "simulator/rest_server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <cctype>
#include <functional>
#include <sstream>
#include <utility>
#include <vector>

#include "simulator/loopback_listener.hpp"
#include "simulator/push_connection.hpp"
#include "simulator/rest_stream.hpp"
#include "simulator/tls_server.hpp"

namespace broker::simulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr std::chrono::seconds kHandshakeTime{10};
constexpr std::chrono::minutes kIdleTime{5};
constexpr std::size_t kMaxBody = 1U << 20U;

using HttpRequest = http::request<http::string_body>;
using HttpResponse = http::response<http::string_body>;

RestRequest request_from(const HttpRequest& http_request) {
    RestRequest request{.method = std::string{http_request.method_string()},
                        .target = std::string{http_request.target()}};
    for (const auto& field : http_request) {
        std::string name{field.name_string()};
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        request.headers[name] = std::string{field.value()};
    }
    request.body = http_request.body();
    return request;
}

HttpResponse response_from(const RestResponse& given, const HttpRequest& request) {
    HttpResponse response{static_cast<http::status>(given.status), request.version()};
    response.set(http::field::server, "dxtrade-simulator");
    if (!given.body.empty()) response.set(http::field::content_type, given.content_type);
    for (const auto& [name, value] : given.headers) response.set(name, value);
    response.keep_alive(request.keep_alive());
    response.body() = given.body;
    const auto accepted = request[http::field::accept_encoding];
    if (!given.body.empty() && accepted.find("gzip") != beast::string_view::npos) {
        response.set(http::field::content_encoding, "gzip");
        response.body() = gzipped(given.body);
    }
    if (given.status != 304 && given.status != 204) response.prepare_payload();
    return response;
}

std::string text_of(const HttpRequest& request) {
    std::ostringstream text;
    text << request;
    return text.str();
}

}  // namespace

struct RestServer::Impl : std::enable_shared_from_this<RestServer::Impl> {
    Impl(asio::io_context& io_context, const TlsFrontMaterial& material, RestApi& rest_api,
         PushHub& push_hub);

    void begin(tcp::socket socket);
    void drop_connections();
    [[nodiscard]] asio::ssl::context& tls_for_new();
    asio::awaitable<void> serve(std::shared_ptr<RestStream> stream);
    asio::awaitable<bool> answer(RestStream& stream, const HttpRequest& request);
    asio::awaitable<void> wait_forever(RestStream& stream);
    void keep(std::weak_ptr<PushClient> client);

    asio::io_context& context;
    RestApi& api;
    PushHub& hub;
    LoopbackListener listener;
    std::vector<std::unique_ptr<asio::ssl::context>> tls;  // good, expired, host, CA, TLS 1.1
    FaultSet faults;
    std::vector<std::weak_ptr<RestStream>> streams;
    std::vector<std::weak_ptr<PushClient>> clients;
};

RestServer::Impl::Impl(asio::io_context& io_context, const TlsFrontMaterial& material,
                       RestApi& rest_api, PushHub& push_hub)
    : context{io_context},
      api{rest_api},
      hub{push_hub},
      listener{io_context, [this](tcp::socket socket) { begin(std::move(socket)); }} {
    const auto client = api.options().rest.demands_client_certificate
                            ? ClientCertificate::Demanded
                            : ClientCertificate::NotDemanded;
    const auto add = [&](const IssuedCertificate& certificate, TlsVersions versions) {
        // The context takes over what the pointer owns.
        tls.push_back(std::make_unique<asio::ssl::context>(
            make_server_context(certificate, material.trust_pem, versions, client).release()));
    };
    add(material.good, TlsVersions::From12);
    add(material.expired, TlsVersions::From12);
    add(material.wrong_host, TlsVersions::From12);
    add(material.wrong_ca, TlsVersions::From12);
    add(material.good, TlsVersions::Only11);
}

asio::ssl::context& RestServer::Impl::tls_for_new() {
    if (faults.has(Fault::ExpiredCertificate)) return *tls[1];
    if (faults.has(Fault::WrongHostCertificate)) return *tls[2];
    if (faults.has(Fault::WrongCaCertificate)) return *tls[3];
    if (faults.has(Fault::TlsOneOneOnly)) return *tls[4];
    return *tls[0];
}

void RestServer::Impl::begin(tcp::socket socket) {
    ++api.counters().connections;
    std::erase_if(streams, [](const auto& each) { return each.expired(); });
    const auto stream = std::make_shared<RestStream>(std::move(socket), tls_for_new());
    streams.push_back(stream);
    asio::co_spawn(
        context, [self = shared_from_this(), stream] { return self->serve(stream); },
        asio::detached);
}

// Until the client ends the connection: what it says is read and thrown away.
asio::awaitable<void> RestServer::Impl::wait_forever(RestStream& stream) {
    std::array<char, 4096> bytes{};
    beast::get_lowest_layer(stream).expires_never();
    for (;;) {
        const auto [error, size] = co_await beast::get_lowest_layer(stream).async_read_some(
            asio::buffer(bytes), as_rest_result);
        if (error) co_return;
    }
}

asio::awaitable<void> RestServer::Impl::serve(std::shared_ptr<RestStream> stream) {
    if (faults.has(Fault::Silent)) co_return co_await wait_forever(*stream);
    auto& socket = beast::get_lowest_layer(*stream);
    socket.expires_after(kHandshakeTime);
    const auto [handshake_error] =
        co_await stream->async_handshake(asio::ssl::stream_base::server, as_rest_result);
    if (handshake_error) co_return;
    ++api.counters().handshakes;
    beast::flat_buffer buffer;
    for (;;) {
        http::request_parser<http::string_body> parser;
        parser.body_limit(kMaxBody);
        socket.expires_after(kIdleTime);
        const auto [error, size] =
            co_await http::async_read(*stream, buffer, parser, as_rest_result);
        if (error) co_return;
        if (faults.has(Fault::MuteToServer)) co_return co_await wait_forever(*stream);
        const auto& request = parser.get();
        if (beast::websocket::is_upgrade(request)) {
            auto upgrade = push_upgrade_of(std::string{request.target()}, api.options().push);
            if (upgrade != nullptr) {
                upgrade->raw_request = text_of(request);
                std::erase_if(streams, [&](const auto& each) { return each.lock() == stream; });
                const std::function<void(std::weak_ptr<PushClient>)> kept =
                    [this](std::weak_ptr<PushClient> client) { keep(std::move(client)); };
                co_await serve_push(std::move(*stream), std::move(*upgrade), hub, kept);
                co_return;
            }
        }
        if (!co_await answer(*stream, request)) co_return;
    }
}

// False: the connection is over.
asio::awaitable<bool> RestServer::Impl::answer(RestStream& stream, const HttpRequest& request) {
    auto& socket = beast::get_lowest_layer(stream);
    auto outcome = api.handle(request_from(request));
    if (outcome.closes_before || outcome.loses_answer) {
        socket.close();
        co_return false;
    }
    if (outcome.never_answers || faults.has(Fault::MuteToClient)) {
        co_await wait_forever(stream);
        co_return false;
    }
    if (outcome.delay.count() > 0) {
        asio::steady_timer pause{context, outcome.delay};
        (void)co_await pause.async_wait(as_rest_result);
    }
    auto response = response_from(outcome.response, request);
    if (faults.has(Fault::Garbage))
        std::fill(response.body().begin(), response.body().end(), '\xA5');
    if (outcome.cuts_body) {
        std::ostringstream text;
        text << response;
        const auto whole = text.str();
        const auto part = whole.substr(0, whole.size() - (response.body().size() + 1) / 2);
        (void)co_await asio::async_write(stream, asio::buffer(part), as_rest_result);
        socket.close();
        co_return false;
    }
    const auto [error, size] = co_await http::async_write(stream, response, as_rest_result);
    if (error) co_return false;
    if (response.keep_alive()) co_return true;
    (void)co_await stream.async_shutdown(as_rest_result);
    co_return false;
}

void RestServer::Impl::keep(std::weak_ptr<PushClient> client) {
    std::erase_if(clients, [](const auto& each) { return each.expired(); });
    clients.push_back(std::move(client));
}

void RestServer::Impl::drop_connections() {
    for (const auto& weak : streams)
        if (const auto stream = weak.lock()) beast::get_lowest_layer(*stream).close();
    for (const auto& weak : clients)
        if (const auto client = weak.lock()) client->cut();
}

RestServer::RestServer(asio::io_context& context, const TlsFrontMaterial& material, RestApi& api,
                       PushHub& hub)
    : impl_{std::make_shared<Impl>(context, material, api, hub)} {}

RestServer::~RestServer() = default;

void RestServer::listen(std::uint16_t port) {
    impl_->listener.listen(port, impl_->faults.has(Fault::RefuseConnections));
}

std::uint16_t RestServer::port() const { return impl_->listener.port(); }

void RestServer::set_fault(Fault fault, bool is_on) {
    impl_->faults.set(fault, is_on);
    if (fault == Fault::RefuseConnections) impl_->listener.refuse(is_on);
}

void RestServer::drop_connections() { impl_->drop_connections(); }

}  // namespace broker::simulator
