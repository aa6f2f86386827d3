#include "runtime/rest_setup.hpp"

#include <boost/asio/post.hpp>
#include <random>
#include <utility>

#include "dxtrade/push/push_market_data.hpp"
#include "dxtrade/push/push_session.hpp"
#include "dxtrade/rest/rest_hosts.hpp"
#include "dxtrade/rest/rest_market_data.hpp"
#include "net/uri.hpp"
#include "runtime/secret_settings.hpp"

namespace broker::runtime {
namespace {

using config::AccountSettings;
using dxtrade::RateClass;
using dxtrade::rest::RestChannel;
using dxtrade::rest::RestHost;

core::BackoffRules backoff(const config::ReconnectSettings& reconnect) {
    return {reconnect.initial, reconnect.maximum, reconnect.healthy_after};
}

std::uint64_t random_seed() {
    std::random_device random;
    return std::uint64_t{random()} << 32U | random();
}

dxtrade::rest::Authentication authentication(config::RestAuthentication configured) {
    switch (configured) {
        case config::RestAuthentication::Token:
            return dxtrade::rest::Authentication::Token;
        case config::RestAuthentication::Hmac:
            return dxtrade::rest::Authentication::Hmac;
        case config::RestAuthentication::Password:
            break;
    }
    return dxtrade::rest::Authentication::Password;
}

dxtrade::rest::RestCredentials credentials(const AccountSettings& account) {
    const config::RestSettings& rest = *account.rest;
    dxtrade::rest::RestCredentials made;
    made.authentication = authentication(rest.authentication);
    made.username = read_username(account, "rest.username", rest.username);
    made.domain = rest.domain;
    made.password = read_secret(account, "rest.password", rest.password);
    made.login_token = read_secret(account, "rest.login_token", rest.login_token);
    made.public_token = read_username(account, "rest.public_token", rest.public_token);
    made.private_token = read_secret(account, "rest.private_token", rest.private_token);
    return made;
}

RestHost& host_of(const AccountSettings& account, const AccountParts& parts,
                  const std::shared_ptr<net::TlsContext>& tls) {
    const config::RestSettings& rest = *account.rest;
    dxtrade::rest::RestHostSettings host;
    host.base_url = rest.base_url;
    host.server_name = account.tls.server_name;
    host.user_agent = account.profile.rest.user_agent;
    host.tls_key = tls_key(account, parts.tls_fingerprint);
    host.login_rate = account.profile.rest.rates.login;
    host.connections = rest.connections;
    host.connect_timeout = rest.connect_timeout;
    host.handshake_timeout = rest.handshake_timeout;
    host.request_timeout = rest.request_timeout;
    host.max_response_bytes = rest.max_response_bytes;
    return *value_or_throw(account, "rest.base_url", parts.rest_hosts.get(host, tls));
}

net::BaseUrl push_url(const AccountSettings& account) {
    return value_or_throw(account, "push.url", net::parse_base_url(account.push->url, "wss"));
}

// `path` is the profile's, of account messages or of market data.
dxtrade::push::PushParts push_parts(const AccountSettings& account, const AccountParts& parts,
                                    const std::shared_ptr<net::TlsContext>& tls, RestChannel& rest,
                                    std::string_view path) {
    const net::BaseUrl url = push_url(account);
    net::WebSocketSettings socket;
    socket.host = url.host;
    socket.port = url.port;
    socket.server_name = account.tls.server_name;
    socket.target = dxtrade::push::push_target(url.path, path, account.profile.push.is_compressed);
    socket.user_agent = account.profile.rest.user_agent;
    socket.max_message_bytes = account.push->max_message_bytes;
    socket.connect_timeout = account.push->connect_timeout;
    socket.handshake_timeout = account.push->handshake_timeout;
    boost::asio::io_context& context = parts.loop.context();
    return {parts.clock,
            [&context](std::function<void()> task) { boost::asio::post(context, std::move(task)); },
            dxtrade::push::make_web_sockets(context, parts.clock, tls, std::move(socket)),
            rest.tokens()};
}

dxtrade::push::PushConnectionSettings push_connection(const AccountSettings& account) {
    const net::BaseUrl url = push_url(account);
    dxtrade::push::PushConnectionSettings connection;
    connection.peer = net::host_and_port(url.host, url.port);
    connection.rules = account.profile.push;
    connection.backoff = backoff(account.push->reconnect);
    connection.max_message_bytes = account.push->max_message_bytes;
    return connection;
}

}  // namespace

MadeRest make_rest(const AccountSettings& account, const AccountParts& parts,
                   const std::shared_ptr<net::TlsContext>& tls,
                   dxtrade::TradingChannelListener& listener) {
    dxtrade::rest::RestChannelSettings channel;
    channel.account = account.account;
    channel.profile = account.profile;
    channel.credentials = credentials(account);
    channel.reconnect = backoff(account.rest->reconnect);
    channel.order_ttl = account.limits.order_ttl;
    channel.query_timeout = account.limits.query_timeout;
    channel.poll_interval = account.rest->poll_interval;
    channel.cancel_ttl = account.rest->cancel_ttl;
    channel.absence_grace = account.rest->absence_grace;
    channel.max_orders = account.limits.max_live_orders;
    channel.seed = random_seed();
    RestHost& host = host_of(account, parts, tls);
    return {std::make_unique<RestChannel>(std::move(channel), host, listener), &host};
}

std::unique_ptr<dxtrade::Channel> make_push(const AccountSettings& account,
                                            const AccountParts& parts,
                                            const std::shared_ptr<net::TlsContext>& tls,
                                            RestChannel& rest,
                                            dxtrade::TradingChannelListener& listener) {
    dxtrade::push::PushSessionSettings session;
    session.account = account.account;
    session.connection = push_connection(account);
    session.audit_interval = account.push->audit_interval;
    dxtrade::push::PushSessionHooks hooks;
    hooks.request_snapshot = [&rest] { rest.refresh(); };
    hooks.on_live = [&rest](bool is_live) { rest.set_push_live(is_live); };
    return std::make_unique<dxtrade::push::PushSession>(
        std::move(session), push_parts(account, parts, tls, rest, account.profile.push.path),
        rest.tracker(), listener, std::move(hooks));
}

std::unique_ptr<dxtrade::MarketDataChannel> make_push_market_data(
    const AccountSettings& account, const AccountParts& parts,
    const std::shared_ptr<net::TlsContext>& tls, RestChannel& rest,
    dxtrade::MarketDataListener& feed) {
    dxtrade::push::PushMarketDataSettings session;
    session.account = account.account;
    session.connection = push_connection(account);
    session.symbols = account.profile.symbols;
    return std::make_unique<dxtrade::push::PushMarketData>(
        std::move(session),
        push_parts(account, parts, tls, rest, account.profile.push.market_data_path), feed);
}

std::unique_ptr<dxtrade::MarketDataChannel> make_rest_market_data(
    const AccountSettings& account, const AccountParts& parts, RestChannel& rest,
    dxtrade::MarketDataListener& feed) {
    dxtrade::rest::RestMarketDataSettings session;
    session.account = account.account;
    session.symbols = account.profile.symbols;
    session.poll_interval = account.market_data_rules.poll_interval;
    session.answer_timeout = account.limits.query_timeout;
    session.max_symbols_per_request = account.profile.push.max_symbols_per_request;
    session.max_subscriptions = account.market_data_rules.max_subscriptions;
    return std::make_unique<dxtrade::rest::RestMarketData>(std::move(session), rest, parts.clock,
                                                           feed);
}

std::function<void(account::AccountStatus&)> observe_rest(const RestChannel& rest,
                                                          const RestHost& host) {
    const auto circuit = [&host](RateClass rate_class) {
        return host.is_blocked(rate_class) ? account::CircuitState::Open
                                           : account::CircuitState::Closed;
    };
    return [&rest, circuit](account::AccountStatus& status) {
        status.trade_circuit.store(circuit(RateClass::Trade), std::memory_order_relaxed);
        status.read_circuit.store(circuit(RateClass::Read), std::memory_order_relaxed);
        status.trade_budget_left.store(rest.remaining_budget(RateClass::Trade),
                                       std::memory_order_relaxed);
        status.read_budget_left.store(rest.remaining_budget(RateClass::Read),
                                      std::memory_order_relaxed);
    };
}

}  // namespace broker::runtime
