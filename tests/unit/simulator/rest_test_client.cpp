#include "rest_test_client.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cctype>

namespace broker::simulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using Stream = beast::ssl_stream<beast::tcp_stream>;

// One connection with a loop of its own: each step runs it until the step has ended.
struct Line {
    explicit Line(const RestTestClientOptions& options) : context{asio::ssl::context::tls_client} {
        context.set_verify_mode(asio::ssl::verify_peer);
        context.add_certificate_authority(asio::buffer(options.trust_pem));
        if (options.certificate_pem.empty()) return;
        context.use_certificate(asio::buffer(options.certificate_pem), asio::ssl::context::pem);
        context.use_private_key(asio::buffer(options.key_pem), asio::ssl::context::pem);
    }

    // The error of the step; timed_out if it did not end in time.
    template <class Start>
    error_code step(int timeout_ms, Start start) {
        const auto result = std::make_shared<std::optional<error_code>>();
        start([result](error_code error, auto&&...) { *result = error; });
        return wait_for(timeout_ms, *result);
    }

    error_code wait_for(int timeout_ms, const std::optional<error_code>& result) {
        const auto deadline =
            std::chrono::steady_clock::now() + std::chrono::milliseconds{timeout_ms};
        loop.restart();
        while (!result && loop.run_one_until(deadline) > 0) {
        }
        return result.value_or(error_code{asio::error::timed_out});
    }

    error_code connect(const RestTestClientOptions& options, Stream& stream) {
        const tcp::endpoint endpoint{asio::ip::address_v4::loopback(), options.port};
        auto error = step(options.timeout_ms, [&](auto done) {
            beast::get_lowest_layer(stream).async_connect(endpoint, done);
        });
        if (error) return error;
        return step(options.timeout_ms, [&](auto done) {
            stream.async_handshake(asio::ssl::stream_base::client, done);
        });
    }

    asio::io_context loop;
    asio::ssl::context context;
};

}  // namespace

struct RestTestClient::Connection : Line {
    explicit Connection(const RestTestClientOptions& options)
        : Line{options}, stream{loop, context} {}
    Stream stream;
    beast::flat_buffer buffer;
};

RestTestClient::RestTestClient(RestTestClientOptions options) : options_{std::move(options)} {}

RestTestClient::~RestTestClient() = default;

void RestTestClient::disconnect() { connection_.reset(); }

RestAnswer RestTestClient::request(std::string_view method, const std::string& target,
                                   const std::string& body, const RestHeaders& more) {
    RestAnswer answer;
    if (connection_ == nullptr) {
        connection_ = std::make_unique<Connection>(options_);
        if (connection_->connect(options_, connection_->stream)) {
            connection_.reset();
            return answer;
        }
    }
    http::request<http::string_body> request{http::string_to_verb({method.data(), method.size()}),
                                             target, 11};
    request.set(http::field::host, "localhost");
    if (!user_agent_.empty()) request.set(http::field::user_agent, user_agent_);
    if (!authorization_.empty()) request.set(http::field::authorization, authorization_);
    if (!body.empty()) request.set(http::field::content_type, "application/json");
    for (const auto& [name, value] : more) request.set(name, value);
    request.body() = body;
    request.prepare_payload();
    Connection& line = *connection_;
    auto error = line.step(options_.timeout_ms,
                           [&](auto done) { http::async_write(line.stream, request, done); });
    http::response<http::string_body> response;
    if (!error)
        error = line.step(options_.timeout_ms, [&](auto done) {
            http::async_read(line.stream, line.buffer, response, done);
        });
    if (error) {
        answer.is_timeout = error == asio::error::timed_out;
        connection_.reset();
        return answer;
    }
    answer.status = response.result_int();
    answer.body = response.body();
    for (const auto& field : response) {
        std::string name{field.name_string()};
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        answer.headers[name] = std::string{field.value()};
    }
    if (!response.keep_alive()) connection_.reset();
    return answer;
}

struct PushTestClient::Connection : Line {
    explicit Connection(const RestTestClientOptions& options)
        : Line{options}, socket{loop, context} {}
    websocket::stream<Stream> socket;
    beast::flat_buffer buffer;
    bool is_reading = false;  // goes on where one call of receive() had no time left
    std::optional<error_code> read{};
};

PushTestClient::PushTestClient(RestTestClientOptions options) : options_{std::move(options)} {}

PushTestClient::~PushTestClient() = default;

unsigned PushTestClient::connect(const std::string& target) {
    connection_ = std::make_unique<Connection>(options_);
    Connection& line = *connection_;
    auto& socket = line.socket;
    if (line.connect(options_, socket.next_layer())) return 0;
    websocket::response_type response;
    (void)line.step(options_.timeout_ms, [&](auto done) {
        socket.async_handshake(response, "localhost", target, done);
    });
    return response.result_int();
}

void PushTestClient::send(const std::string& message) {
    (void)connection_->step(options_.timeout_ms, [&](auto done) {
        connection_->socket.async_write(asio::buffer(message), done);
    });
}

std::optional<std::string> PushTestClient::receive() { return receive(options_.timeout_ms); }

std::optional<std::string> PushTestClient::receive(int timeout_ms) {
    auto& buffer = connection_->buffer;
    if (!connection_->is_reading) {
        connection_->is_reading = true;
        connection_->read.reset();
        connection_->socket.async_read(
            buffer, [&read = connection_->read](error_code error, auto) { read = error; });
    }
    (void)connection_->wait_for(timeout_ms, connection_->read);
    if (!connection_->read) return std::nullopt;
    connection_->is_reading = false;
    if (*connection_->read) return std::nullopt;
    auto text = beast::buffers_to_string(buffer.data());
    buffer.consume(buffer.size());
    return text;
}

unsigned PushTestClient::close_code() const {
    return static_cast<unsigned>(connection_->socket.reason().code);
}

}  // namespace broker::simulator
