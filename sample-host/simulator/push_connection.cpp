#include "simulator/push_connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <optional>
#include <utility>

namespace broker::simulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

constexpr std::size_t kMaxMessage = 1U << 20U;

class PushConnection final : public PushClient,
                             public std::enable_shared_from_this<PushConnection> {
public:
    PushConnection(RestStream stream, bool is_compressed)
        : socket_{std::move(stream)}, wake_{socket_.get_executor()}, is_compressed_{is_compressed} {
        wake_.expires_at(asio::steady_timer::time_point::max());
        socket_.read_message_max(kMaxMessage);
        beast::get_lowest_layer(socket_).expires_never();
        socket_.set_option(websocket::stream_base::timeout{std::chrono::seconds{10},
                                                           websocket::stream_base::none(), false});
    }

    void send(const std::string& message) override {
        if (close_code_ != 0 || is_cut_) return;
        waiting_.push_back(is_compressed_ ? gzipped(message) : message);
        wake_.cancel();
    }
    void close(unsigned code) override {
        if (close_code_ == 0) close_code_ = code;
        wake_.cancel();
    }
    void cut() override {
        is_cut_ = true;
        beast::get_lowest_layer(socket_).close();
        wake_.cancel();
    }
    [[nodiscard]] std::size_t queued() const override { return waiting_.size(); }

    asio::awaitable<void> run(const http::request<http::string_body>& request, PushHub& hub,
                              RestEndpoint endpoint) {
        const auto self = shared_from_this();
        const auto [error] = co_await socket_.async_accept(request, as_rest_result);
        if (error) co_return;
        socket_.binary(is_compressed_);
        hub.on_opened(*this, endpoint);
        asio::co_spawn(
            socket_.get_executor(), [self] { return self->write_all(); }, asio::detached);
        beast::flat_buffer buffer;
        for (;;) {
            const auto [failure, size] = co_await socket_.async_read(buffer, as_rest_result);
            if (failure) break;
            const std::string text = beast::buffers_to_string(buffer.data());
            buffer.consume(size);
            hub.on_message(*this, text);
        }
        hub.on_closed(*this);
        is_cut_ = true;
        wake_.cancel();
    }

private:
    // The writer sleeps until there is something to say.
    asio::awaitable<void> write_all() {
        const auto self = shared_from_this();
        while (!is_cut_) {
            if (waiting_.empty()) {
                if (close_code_ != 0) {
                    (void)co_await socket_.async_close(
                        websocket::close_reason{static_cast<websocket::close_code>(close_code_)},
                        as_rest_result);
                    co_return;
                }
                (void)co_await wake_.async_wait(as_rest_result);
                continue;
            }
            const std::string message = std::move(waiting_.front());
            waiting_.pop_front();
            const auto [error, size] =
                co_await socket_.async_write(asio::buffer(message), as_rest_result);
            if (error) co_return;
        }
    }

    websocket::stream<RestStream> socket_;
    asio::steady_timer wake_;
    bool is_compressed_;
    std::deque<std::string> waiting_;  // bounded by the hub
    unsigned close_code_ = 0;
    bool is_cut_ = false;
};

}  // namespace

std::unique_ptr<PushUpgrade> push_upgrade_of(const std::string& target,
                                             const PushOptions& options) {
    const auto question = std::min(target.find('?'), target.size());
    const auto path = target.substr(0, question);
    const auto query = target.substr(question);
    auto upgrade = std::make_unique<PushUpgrade>();
    const std::string base{kRestPrefix};
    if (path == base + "/md")
        upgrade->endpoint = RestEndpoint::PushMarketData;
    else if (path != base + "/" && (path != base || options.trailing_slash_required))
        return nullptr;
    upgrade->is_compressed = query.find("compression=gzip") != std::string::npos;
    return upgrade;
}

asio::awaitable<void> serve_push(RestStream stream, PushUpgrade upgrade, PushHub& hub,
                                 std::function<void(std::weak_ptr<PushClient>)> keep) {
    http::request_parser<http::string_body> parser;
    boost::system::error_code error;
    parser.put(asio::buffer(upgrade.raw_request), error);
    if (error || !parser.is_done()) co_return;
    const auto connection =
        std::make_shared<PushConnection>(std::move(stream), upgrade.is_compressed);
    keep(connection);
    co_await connection->run(parser.get(), hub, upgrade.endpoint);
}

}  // namespace broker::simulator
