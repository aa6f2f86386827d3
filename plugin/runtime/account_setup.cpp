#include "runtime/account_setup.hpp"

#include <string_view>
#include <utility>

#include "config/yaml_reader.hpp"
#include "dxtrade/fix/trading_session.hpp"
#include "fix/quickfix/quickfix_engine.hpp"
#include "journal/mapped_message_store.hpp"
#include "net/tls_context.hpp"
#include "secrets/secret_source.hpp"

namespace broker::runtime {
namespace {

using config::AccountSettings;

template <class Value>
Value value_or_throw(const AccountSettings& account, std::string_view key,
                     core::Result<Value> result) {
    if (result) return std::move(*result);
    throw config::ConfigError{"account " + account.id + ": " + std::string{key} + ": " +
                              result.error().detail};
}

core::Secret read_secret(const AccountSettings& account, std::string_view key,
                         const std::string& reference) {
    if (reference.empty()) return {};
    return value_or_throw(account, key, secrets::load_secret(reference, account.base));
}

std::string read_text(const AccountSettings& account, std::string_view key,
                      const std::string& reference) {
    if (reference.empty()) return {};
    return value_or_throw(account, key, secrets::load_text(reference, account.base));
}

// A user name may stand in the configuration as it is; a password may not.
std::string read_username(const AccountSettings& account) {
    const std::string& username = account.trading.username;
    const bool is_reference = username.starts_with("env:") || username.starts_with("file:");
    if (!is_reference) return username;
    return read_text(account, "fix.trading.username", username);
}

std::shared_ptr<net::TlsContext> make_tls(const AccountSettings& account) {
    net::TlsMaterial material;
    material.trust_pem = read_text(account, "tls.trust", account.tls.trust);
    material.certificate_pem = read_text(account, "tls.certificate", account.tls.certificate);
    material.key_pem = read_secret(account, "tls.key", account.tls.key);
    material.key_password = read_secret(account, "tls.key_password", account.tls.key_password);
    return value_or_throw(account, "tls", net::TlsContext::create(material));
}

// The folder of a session's store: CompIDs may hold any character, so all but the plainest become
// %XX.
std::string folder_name(std::string_view text) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string name;
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            name += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            name += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
        }
    }
    return name;
}

std::unique_ptr<journal::MessageStore> open_store(const AccountSettings& account,
                                                  const config::Settings& settings) {
    const config::FixSessionSettings& trading = account.trading;
    journal::MappedMessageStoreOptions options;
    options.directory = settings.journal_dir / folder_name(account.id) / "fix-trading";
    options.session = "FIX.4.4:" + trading.sender_comp_id + "/" + trading.sender_sub_id + "->" +
                      trading.target_comp_id + "/" + trading.target_sub_id;
    return value_or_throw(account, "adapter.journal_dir",
                          journal::MappedMessageStore::open(std::move(options)));
}

fix::SessionSettings session_settings(const AccountSettings& account,
                                      const config::Settings& settings) {
    const config::FixSessionSettings& trading = account.trading;
    fix::SessionSettings session;
    session.sender_comp_id = trading.sender_comp_id;
    session.target_comp_id = trading.target_comp_id;
    session.sender_sub_id = trading.sender_sub_id;
    session.target_sub_id = trading.target_sub_id;
    session.username = read_username(account);
    session.password = read_secret(account, "fix.trading.password", trading.password);
    session.heart_bt_int = trading.heartbeat;
    session.reset_on_logon = trading.reset_on_logon;
    session.logon_timeout = std::chrono::ceil<std::chrono::seconds>(trading.logon_timeout);
    session.logout_timeout = std::chrono::ceil<std::chrono::seconds>(trading.logout_timeout);
    session.dictionary_path = (settings.data_dir / "fix" / "DXTRADE44.xml").string();
    return session;
}

fix::TransportSettings transport_settings(const AccountSettings& account) {
    const config::FixSessionSettings& trading = account.trading;
    fix::TransportSettings transport;
    for (const config::HostPort& host : trading.hosts) {
        transport.hosts.push_back({host.host, host.port});
    }
    transport.server_name = account.tls.server_name;
    transport.connect_timeout = trading.connect_timeout;
    transport.handshake_timeout = trading.handshake_timeout;
    transport.backoff = {trading.reconnect.initial, trading.reconnect.maximum,
                         trading.reconnect.healthy_after};
    return transport;
}

account::CoordinatorSettings coordinator_settings(const AccountSettings& account) {
    account::CoordinatorSettings coordinator;
    account::OrderFlowSettings& orders = coordinator.orders;
    orders.id = account.id;
    orders.limits = {account.limits.orders_per_s, account.limits.max_order_qty,
                     account.limits.order_ttl};
    orders.ledger.max_live_orders = account.limits.max_live_orders;
    orders.ledger.max_finished_orders = account.limits.max_live_orders;
    orders.answer_timeout = account.limits.answer_timeout;
    orders.can_cancel_list = account.profile.order_lists.can_cancel_list;
    coordinator.queries = account.profile.queries.offered;
    coordinator.query_timeout = account.limits.query_timeout;
    return coordinator;
}

}  // namespace

std::unique_ptr<account::AccountCoordinator> make_account(const AccountSettings& account,
                                                          const AccountParts& parts) {
    dxtrade::fix::TradingSessionSettings trading{
        account.account, account.profile, account.limits.order_ttl, transport_settings(account),
        session_settings(account, parts.settings)};
    dxtrade::fix::TradingSessionParts trading_parts{parts.loop, parts.clock, make_tls(account),
                                                    open_store(account, parts.settings),
                                                    &fix::make_quickfix_engine};
    const auto make_channel = [&](dxtrade::TradingChannelListener& listener) {
        return std::make_unique<dxtrade::fix::TradingSession>(std::move(trading),
                                                              std::move(trading_parts), listener);
    };
    return std::make_unique<account::AccountCoordinator>(coordinator_settings(account), parts.clock,
                                                         parts.events, parts.log, make_channel);
}

}  // namespace broker::runtime
