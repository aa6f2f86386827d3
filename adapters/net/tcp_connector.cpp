#include "net/tcp_connector.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "net/asio.hpp"

namespace broker::net {
namespace {

using asio::ip::tcp;
using core::Reason;

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

}  // namespace

TcpConnector::TcpConnector(asio::io_context& context, std::string name_servers)
    : lookup_{context, std::move(name_servers)}, race_{context} {}

void TcpConnector::cancel() {
    lookup_.cancel();
    race_.cancel();
}

asio::awaitable<core::Result<tcp::socket>> TcpConnector::connect(std::string host, std::string port,
                                                                 core::Duration timeout) {
    const auto port_number = parse_port(port);
    if (!port_number) {
        co_return core::fail(Reason::ConnectFailed,
                             "connect to " + host + ": port \"" + port + "\" is not 1 to 65535");
    }
    boost::system::error_code not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    std::vector<Endpoint> endpoints;
    if (!not_an_address) {
        endpoints.emplace_back(address, *port_number);
    } else {
        const auto addresses = co_await lookup_.find(std::move(host), timeout);
        if (!addresses) co_return addresses.error();
        for (const auto& found : *addresses) endpoints.emplace_back(found, *port_number);
    }
    co_return co_await race_.run(std::move(endpoints), timeout);
}

asio::awaitable<core::Result<tcp::socket>> TcpConnector::connect(std::vector<Endpoint> endpoints,
                                                                 core::Duration timeout) {
    return race_.run(std::move(endpoints), timeout);
}

}  // namespace broker::net
