#include "runtime/account_setup.hpp"

#include <boost/asio/post.hpp>
#include <string_view>
#include <utility>

#include "dxtrade/fix/drop_copy_session.hpp"
#include "dxtrade/fix/market_data_session.hpp"
#include "dxtrade/fix/trading_session.hpp"
#include "engine/session_engine_choice.hpp"
#include "journal/journal_message_store.hpp"
#include "runtime/rest_setup.hpp"
#include "runtime/risk_setup.hpp"
#include "runtime/secret_settings.hpp"

namespace broker::runtime {
namespace {

using config::AccountSettings;

// An account's id may hold any character: all but the plainest become %XX.
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

journal::Durability durability(config::Durability configured) {
    switch (configured) {
        case config::Durability::Async:
            return journal::Durability::Async;
        case config::Durability::Batch:
            break;
        case config::Durability::BeforeSend:
            return journal::Durability::BeforeSend;
    }
    return journal::Durability::Batch;
}

std::unique_ptr<journal::Journal> open_journal(const AccountSettings& account,
                                               const config::Settings& settings) {
    journal::JournalOptions options;
    options.directory = settings.journal_dir / folder_name(account.id);
    options.account = account.id;
    options.durability = durability(account.durability);
    return value_or_throw(account, "adapter.journal_dir",
                          journal::Journal::open(std::move(options)));
}

// `role` tells the account's sessions apart: they may have the same CompIDs at two gateways.
std::unique_ptr<journal::MessageStore> open_store(const AccountSettings& account,
                                                  const config::FixSessionSettings& session,
                                                  const std::string& role,
                                                  const AccountParts& parts,
                                                  journal::Journal& journal) {
    journal::JournalMessageStoreOptions options;
    options.stream = role + " FIX.4.4:" + session.sender_comp_id + "/" + session.sender_sub_id +
                     "->" + session.target_comp_id + "/" + session.target_sub_id;
    return value_or_throw(
        account, "adapter.journal_dir",
        journal::JournalMessageStore::open(journal, parts.clock, std::move(options)));
}

// The orders of the account, as an earlier process left them.
std::unique_ptr<recovery::RecordLog> open_record_log(const AccountSettings& account,
                                                     const config::Settings& settings) {
    recovery::RecordLogOptions options;
    options.files.directory = settings.journal_dir / folder_name(account.id) / "orders";
    options.files.owner = account.id;
    return value_or_throw(account, "adapter.journal_dir",
                          recovery::RecordLog::open(std::move(options)));
}

// A message is stored before it is handed to the network: what is in no stored message was never
// sent. Why the store need not reach far back: a request without a number is the last one that the
// earlier process took. After a loss of power the message may be missing although it was sent.
recovery::RecordedLedger::NeverSent never_sent_by(const journal::MessageStore* store,
                                                  const journal::Journal& journal) {
    if (store == nullptr || journal.lost_before() != 0) return {};
    return [store](std::string_view cl_ord_id) {
        const std::string field =
            "\x01"
            "11=" +
            std::string{cl_ord_id} + '\x01';
        bool is_stored = false;
        const auto read = store->read(1, store->next_sender_msg_seq_num(),
                                      [&](core::MsgSeqNum, std::string_view message) {
                                          is_stored |= message.find(field) != message.npos;
                                      });
        return read.has_value() && !is_stored;
    };
}

dxtrade::fix::SessionParts session_parts(const AccountParts& parts,
                                         std::shared_ptr<net::TlsContext> tls,
                                         std::unique_ptr<journal::MessageStore> store) {
    return {parts.loop, parts.clock, std::move(tls), std::move(store),
            engine::session_engine_factory()};
}

// What the venue's gateway is like.
void apply(const dxtrade::Profile& profile, fix::SessionSettings& session) {
    const dxtrade::FixSessionRules& rules = profile.fix_session;
    session.validation = rules.validation;
    session.unsolicited_reset = rules.unsolicited_reset;
    session.sends_next_expected_msg_seq_num = rules.sends_next_expected_msg_seq_num;
    session.sends_last_msg_seq_num_processed = rules.sends_last_msg_seq_num_processed;
    session.requires_orig_sending_time = rules.requires_orig_sending_time;
    session.checks_sub_ids = rules.checks_sub_ids;
    session.accepts_routed_messages = rules.accepts_routed_messages;
    session.sending_time_tolerance = rules.sending_time_tolerance;
    session.recovery = rules.recovery;
    session.dictionary_overlay.open_enums = rules.open_enums;
    for (const dxtrade::NamedField& field : profile.fields) {
        session.dictionary_overlay.fields.push_back({field.tag, field.messages});
    }
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
    apply(account.profile, session);
    session.dictionary_path = (settings.data_dir / "fix" / "DXTRADE44.xml").string();
    return session;
}

// `gate` may be null.
fix::TransportSettings transport_settings(const AccountSettings& account,
                                          const config::FixSessionSettings& configured,
                                          std::shared_ptr<fix::DurableGate> gate) {
    fix::TransportSettings transport;
    transport.gate = std::move(gate);
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
    const bool is_rest = account.order_entry == config::OrderEntry::Rest;
    orders.trading = is_rest ? core::Channel::Rest : core::Channel::FixTrading;
    coordinator.channels.trading = orders.trading;
    coordinator.channels.queries = is_rest ? account.rest_queries : account.fix_queries;
    coordinator.channels.rest_queries = account.rest_queries;
    coordinator.channels.cancels_by_rest =
        !is_rest && account.rest && account.profile.rest.orders.cancels_while_fix_is_down;
    if (account.cancel_on_disconnect.is_on) {
        coordinator.cancel_on_disconnect = {account.cancel_on_disconnect.after,
                                            account.limits.answer_timeout,
                                            [&ids = parts.cl_ord_ids] { return ids.next(); }};
    }
    coordinator.query_timeout = account.limits.query_timeout;
    coordinator.risk = risk_settings(account, parts.settings.journal_dir / folder_name(account.id),
                                     parts.cl_ord_ids);
    return coordinator;
}

account::MarketDataSettings feed_settings(const AccountSettings& account) {
    const config::MarketDataSettings& configured = account.market_data_rules;
    account::MarketDataSettings feed;
    if (account.market_data_source != config::MarketDataSource::Fix) {
        feed.channel = core::Channel::PushMarketData;
    }
    feed.rules = account.profile.market_data;
    feed.conflation = configured.conflation == config::Conflation::Symbol
                          ? account::Conflation::Symbol
                          : account::Conflation::None;
    feed.stale_after = configured.stale_after;
    feed.max_subscriptions = configured.max_subscriptions;
    feed.answer_timeout = account.limits.answer_timeout;
    return feed;
}

std::unique_ptr<dxtrade::MarketDataChannel> make_fix_market_data(
    const AccountSettings& account, const AccountParts& parts, std::shared_ptr<net::TlsContext> tls,
    dxtrade::MarketDataListener& feed) {
    dxtrade::fix::MarketDataSessionSettings session{
        account.profile.market_data, account.profile.symbols,
        transport_settings(account, *account.market_data, nullptr),  // nothing is recorded of it
        session_settings(account, *account.market_data, "fix.market_data", parts.settings)};
    // Why in memory: the numbers begin anew at each logon, and nothing is sent twice.
    return std::make_unique<dxtrade::fix::MarketDataSession>(
        std::move(session),
        session_parts(parts, std::move(tls), std::make_unique<journal::MemoryMessageStore>()),
        feed);
}

std::unique_ptr<account::MarketDataFeed> make_feed(
    const AccountSettings& account, const AccountParts& parts, dxtrade::ChannelListener& listener,
    const account::MarketDataFeed::MakeChannel& make_channel) {
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
                                                      std::unique_ptr<journal::MessageStore> store,
                                                      std::shared_ptr<fix::DurableGate> gate,
                                                      dxtrade::TradingChannelListener& listener) {
    dxtrade::fix::TradingSessionSettings session{
        account.account,
        account.profile,
        account.limits.order_ttl,
        transport_settings(account, *account.trading, std::move(gate)),
        session_settings(account, *account.trading, "fix.trading", parts.settings),
        account.limits.query_timeout};
    return std::make_unique<dxtrade::fix::TradingSession>(
        std::move(session), session_parts(parts, std::move(tls), std::move(store)), listener);
}

std::unique_ptr<dxtrade::Channel> make_drop_copy(const AccountSettings& account,
                                                 const AccountParts& parts,
                                                 std::shared_ptr<net::TlsContext> tls,
                                                 std::unique_ptr<journal::MessageStore> store,
                                                 std::shared_ptr<fix::DurableGate> gate,
                                                 dxtrade::TradingChannelListener& listener) {
    dxtrade::fix::DropCopySessionSettings session{
        account.account, account.profile,
        transport_settings(account, *account.drop_copy, std::move(gate)),
        session_settings(account, *account.drop_copy, "fix.drop_copy", parts.settings)};
    return std::make_unique<dxtrade::fix::DropCopySession>(
        std::move(session), session_parts(parts, std::move(tls), std::move(store)), listener);
}

// One account in the making: channels that need each other are made in order.
class AccountMaker {
public:
    AccountMaker(const AccountSettings& account, const AccountParts& parts, const MadeAccount& made)
        : account_{account},
          parts_{parts},
          journal_{*made.journal},
          gate_{made.durable_sends},
          tls_{make_tls(account)} {}

    std::unique_ptr<dxtrade::TradingChannel> trading(dxtrade::TradingChannelListener& listener) {
        if (account_.order_entry == config::OrderEntry::Rest) return rest(listener);
        auto store = open_store(account_, *account_.trading, "trading", parts_, journal_);
        trading_store_ = store.get();
        return make_trading(account_, parts_, tls_, std::move(store), gate_, listener);
    }

    account::SideChannels beside(dxtrade::TradingChannelListener& listener) {
        account::SideChannels side;
        if (account_.rest && rest_ == nullptr) side.rest = rest(listener);
        if (rest_ != nullptr) side.observe = observe_rest(*rest_, *host_);
        if (account_.drop_copy) {
            auto store = open_store(account_, *account_.drop_copy, "drop_copy", parts_, journal_);
            side.others.push_back(
                make_drop_copy(account_, parts_, tls_, std::move(store), gate_, listener));
        }
        if (account_.push) {
            side.others.push_back(make_push(account_, parts_, tls_, *rest_, listener));
        }
        if (account_.market_data_source != config::MarketDataSource::None) {
            auto feed = make_feed(account_, parts_, listener,
                                  [this](auto& quotes) { return market_data(quotes); });
            feed_ = feed.get();
            side.others.push_back(std::move(feed));
        }
        return side;
    }

    [[nodiscard]] account::MarketDataFeed* feed() const { return feed_; }
    // Null if orders do not go by FIX.
    [[nodiscard]] const journal::MessageStore* trading_store() const { return trading_store_; }

private:
    std::unique_ptr<dxtrade::TradingChannel> rest(dxtrade::TradingChannelListener& listener) {
        MadeRest made = make_rest(account_, parts_, tls_, listener);
        rest_ = made.channel.get();
        host_ = made.host;
        return std::move(made.channel);
    }

    std::unique_ptr<dxtrade::MarketDataChannel> market_data(dxtrade::MarketDataListener& feed) {
        if (account_.market_data_source == config::MarketDataSource::Fix) {
            return make_fix_market_data(account_, parts_, tls_, feed);
        }
        if (account_.market_data_source == config::MarketDataSource::Rest) {
            return make_rest_market_data(account_, parts_, *rest_, feed);
        }
        return make_push_market_data(account_, parts_, tls_, *rest_, feed);
    }

    const AccountSettings& account_;
    const AccountParts& parts_;
    journal::Journal& journal_;
    std::shared_ptr<fix::DurableGate> gate_;
    std::shared_ptr<net::TlsContext> tls_;
    dxtrade::rest::RestChannel* rest_ = nullptr;
    dxtrade::rest::RestHost* host_ = nullptr;
    account::MarketDataFeed* feed_ = nullptr;
    const journal::MessageStore* trading_store_ = nullptr;  // the session's
};

}  // namespace

MadeAccount make_account(const AccountSettings& account, const AccountParts& parts) {
    MadeAccount made;
    made.journal = open_journal(account, parts.settings);
    if (account.durability == config::Durability::BeforeSend) {
        made.durable_sends = std::make_shared<DurableSends>(*made.journal, parts.loop);
    }
    AccountMaker maker{account, parts, made};
    made.coordinator = std::make_unique<account::AccountCoordinator>(
        coordinator_settings(account, parts), parts.clock, parts.events, parts.log,
        [&maker](auto& listener) { return maker.trading(listener); },
        [&maker](auto& listener) { return maker.beside(listener); });
    made.market_data = maker.feed();
    const auto recovered =
        made.coordinator->recover(open_record_log(account, parts.settings),
                                  never_sent_by(maker.trading_store(), *made.journal));
    if (!recovered) {
        throw config::ConfigError{"account " + account.id +
                                  ": adapter.journal_dir: " + recovered.error().detail};
    }
    parts.journal_sync.add(*made.journal);
    return made;
}

}  // namespace broker::runtime
