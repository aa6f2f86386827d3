#include "dxtrade/push/push_socket.hpp"

#include <utility>

namespace broker::dxtrade::push {
namespace {

class WebSocket final : public PushSocket {
public:
    WebSocket(boost::asio::io_context& context, const core::Clock& clock,
              std::shared_ptr<net::TlsContext> tls, net::WebSocketSettings settings,
              net::WebSocketListener& listener)
        : client_{context, clock, std::move(tls), std::move(settings), listener} {}

    void open() override { client_.open(); }
    core::Result<void> send(std::string text) override { return client_.send(std::move(text)); }
    void close() override { client_.close(); }

private:
    net::WebSocketClient client_;
};

}  // namespace

MakePushSocket make_web_sockets(boost::asio::io_context& context, const core::Clock& clock,
                                std::shared_ptr<net::TlsContext> tls,
                                net::WebSocketSettings settings) {
    return [&context, &clock, tls = std::move(tls), settings = std::move(settings)](
               std::vector<net::HttpHeader> headers, net::WebSocketListener& listener) {
        net::WebSocketSettings its_settings = settings;
        for (net::HttpHeader& header : headers) {
            its_settings.headers.push_back(std::move(header));
        }
        return std::make_unique<WebSocket>(context, clock, tls, std::move(its_settings), listener);
    };
}

std::string push_target(std::string_view base_path, std::string_view path, bool is_compressed) {
    std::string target{base_path};
    target += path;
    if (!is_compressed) return target;
    target += target.find('?') == std::string::npos ? '?' : '&';
    return target + "compression=gzip";
}

}  // namespace broker::dxtrade::push
