#include "runtime/account_setup.hpp"

#include <boost/asio/post.hpp>
#include <string_view>
#include <utility>

#include "config/yaml_reader.hpp"
#include "dxtrade/fix/drop_copy_session.hpp"
#include "dxtrade/fix/market_data_session.hpp"
#include "dxtrade/fix/trading_session.hpp"
#include "fix/quickfix/quickfix_engine.hpp"
#include "journal/mapped_message_store.hpp"
#include "net/tls_context.hpp"
#include "runtime/risk_setup.hpp"
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
std::string read_username(const AccountSettings& account, const std::string& key,
                          const std::string& username) {
    const bool is_reference = username.starts_with("env:") || username.starts_with("file:");
    return is_reference ? read_text(account, key, username) : username;
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

// `folder` is the session's in the account's folder.
std::unique_ptr<journal::MessageStore> open_store(const AccountSettings& account,
                                                  const config::FixSessionSettings& session,
                                                  std::string_view folder,
                                                  const config::Settings& settings) {
    journal::MappedMessageStoreOptions options;
    options.directory = settings.journal_dir / folder_name(account.id) / folder;
    options.session = "FIX.4.4:" + session.sender_comp_id + "/" + session.sender_sub_id + "->" +
                      session.target_comp_id + "/" + session.target_sub_id;
    return value_or_throw(account, "adapter.journal_dir",
                          journal::MappedMessageStore::open(std::move(options)));
}

// The one place that chooses the session engine.
dxtrade::fix::SessionParts session_parts(const AccountParts& parts,
                                         std::shared_ptr<net::TlsContext> tls,
                                         std::unique_ptr<journal::MessageStore> store) {
    return {parts.loop, parts.clock, std::move(tls), std::move(store), &fix::make_quickfix_engine};
}

// `key` names the session in the configuration.
fix::SessionSettings session_settings(const AccountSettings& account,
                                      const config::FixSessionSettings& configured,
                                      const std::string& key, const config::Settings& settings) {
    fix::SessionSettings session;
    session.sender_comp_id = configured.sender_comp_id;
    session.target_comp_id = configured.target_comp_id;
    session.sender_sub_id = configured.sender_sub_id;
    session.target_sub_id = configured.target_sub_id;
    session.username = read_username(account, key + ".username", configured.username);
    session.password = read_secret(account, key + ".password", configured.password);
    session.heart_bt_int = configured.heartbeat;
    session.reset_on_logon = configured.reset_on_logon;
    session.logon_timeout = std::chrono::ceil<std::chrono::seconds>(configured.logon_timeout);
    session.logout_timeout = std::chrono::ceil<std::chrono::seconds>(configured.logout_timeout);
    session.dictionary_path = (settings.data_dir / "fix" / "DXTRADE44.xml").string();
    return session;
}

fix::TransportSettings transport_settings(const AccountSettings& account,
                                          const config::FixSessionSettings& configured) {
    fix::TransportSettings transport;
    for (const config::HostPort& host : configured.hosts) {
        transport.hosts.push_back({host.host, host.port});
    }
    transport.server_name = account.tls.server_name;
    transport.connect_timeout = configured.connect_timeout;
    transport.handshake_timeout = configured.handshake_timeout;
    transport.backoff = {configured.reconnect.initial, configured.reconnect.maximum,
                         configured.reconnect.healthy_after};
    return transport;
}

account::CoordinatorSettings coordinator_settings(const AccountSettings& account,
                                                  const AccountParts& parts) {
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
    coordinator.risk = risk_settings(account, parts.settings.journal_dir / folder_name(account.id),
                                     parts.cl_ord_ids);
    return coordinator;
}

account::MarketDataSettings feed_settings(const AccountSettings& account) {
    const config::MarketDataSettings& configured = account.market_data_rules;
    account::MarketDataSettings feed;
    feed.rules = account.profile.market_data;
    feed.conflation = configured.conflation == config::Conflation::Symbol
                          ? account::Conflation::Symbol
                          : account::Conflation::None;
    feed.stale_after = configured.stale_after;
    feed.max_subscriptions = configured.max_subscriptions;
    feed.answer_timeout = account.limits.answer_timeout;
    return feed;
}

std::unique_ptr<account::MarketDataFeed> make_market_data(const AccountSettings& account,
                                                          const AccountParts& parts,
                                                          std::shared_ptr<net::TlsContext> tls,
                                                          dxtrade::ChannelListener& listener) {
    const auto make_channel = [&](dxtrade::MarketDataListener& feed) {
        dxtrade::fix::MarketDataSessionSettings session{
            account.profile.market_data, account.profile.symbols,
            transport_settings(account, *account.market_data),
            session_settings(account, *account.market_data, "fix.market_data", parts.settings)};
        // Why in memory: the numbers begin anew at each logon, and nothing is sent twice.
        return std::make_unique<dxtrade::fix::MarketDataSession>(
            std::move(session),
            session_parts(parts, std::move(tls), std::make_unique<journal::MemoryMessageStore>()),
            feed);
    };
    const auto post = [&loop = parts.loop](std::function<void()> task) {
        boost::asio::post(loop.context(), std::move(task));
    };
    return std::make_unique<account::MarketDataFeed>(
        feed_settings(account), account::MarketDataParts{parts.clock, parts.events, listener, post},
        make_channel);
}

std::unique_ptr<dxtrade::TradingChannel> make_trading(const AccountSettings& account,
                                                      const AccountParts& parts,
                                                      std::shared_ptr<net::TlsContext> tls,
                                                      dxtrade::TradingChannelListener& listener) {
    dxtrade::fix::TradingSessionSettings session{
        account.account,
        account.profile,
        account.limits.order_ttl,
        transport_settings(account, *account.trading),
        session_settings(account, *account.trading, "fix.trading", parts.settings),
        account.limits.query_timeout};
    return std::make_unique<dxtrade::fix::TradingSession>(
        std::move(session),
        session_parts(parts, std::move(tls),
                      open_store(account, *account.trading, "fix-trading", parts.settings)),
        listener);
}

std::unique_ptr<dxtrade::Channel> make_drop_copy(const AccountSettings& account,
                                                 const AccountParts& parts,
                                                 std::shared_ptr<net::TlsContext> tls,
                                                 dxtrade::TradingChannelListener& listener) {
    dxtrade::fix::DropCopySessionSettings session{
        account.account, account.profile, transport_settings(account, *account.drop_copy),
        session_settings(account, *account.drop_copy, "fix.drop_copy", parts.settings)};
    return std::make_unique<dxtrade::fix::DropCopySession>(
        std::move(session),
        session_parts(parts, std::move(tls),
                      open_store(account, *account.drop_copy, "fix-drop-copy", parts.settings)),
        listener);
}

}  // namespace

MadeAccount make_account(const AccountSettings& account, const AccountParts& parts) {
    const std::shared_ptr<net::TlsContext> tls = make_tls(account);
    MadeAccount made;
    const auto make_channel = [&](dxtrade::TradingChannelListener& listener) {
        return make_trading(account, parts, tls, listener);
    };
    const auto make_side_channels = [&](dxtrade::TradingChannelListener& listener) {
        std::vector<std::unique_ptr<dxtrade::Channel>> channels;
        if (account.drop_copy) channels.push_back(make_drop_copy(account, parts, tls, listener));
        if (account.market_data) {
            auto feed = make_market_data(account, parts, tls, listener);
            made.market_data = feed.get();
            channels.push_back(std::move(feed));
        }
        return channels;
    };
    made.coordinator = std::make_unique<account::AccountCoordinator>(
        coordinator_settings(account, parts), parts.clock, parts.events, parts.log, make_channel,
        make_side_channels);
    return made;
}

}  // namespace broker::runtime
