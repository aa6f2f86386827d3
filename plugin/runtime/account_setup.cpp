#include "runtime/account_setup.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <string_view>
#include <utility>
#include <vector>

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

// A message is stored before it is handed to the network: what is in no stored message was never
// sent. Why the store need not reach far back: a request without a number is the last one that the
// earlier process took. After a loss of power the message may be missing although it was sent.
// `stores` are those of the trading session, by host; none: there is no such proof.
recovery::RecordedLedger::NeverSent never_sent_by(std::vector<const journal::MessageStore*> stores,
                                                  const journal::Journal& journal) {
    if (stores.empty() || journal.lost_before() != 0) return {};
    return [stores = std::move(stores)](std::string_view cl_ord_id) {
        const std::string field =
            "\x01"
            "11=" +
            std::string{cl_ord_id} + '\x01';
        const auto is_proof = [&](const journal::MessageStore* store) {
            bool is_stored = false;
            const auto read = store->read(1, store->next_sender_msg_seq_num(),
                                          [&](core::MsgSeqNum, std::string_view message) {
                                              is_stored |= message.find(field) != message.npos;
                                          });
            return read.has_value() && !is_stored;
        };
        return std::all_of(stores.begin(), stores.end(), is_proof);
    };
}

dxtrade::fix::SessionParts session_parts(const AccountParts& parts,
                                         std::shared_ptr<net::TlsContext> tls,
                                         fix::SequencePolicy sequence_policy,
                                         fix::StoreFactory open_store) {
    return {parts.loop,      parts.clock,           std::move(tls),
            sequence_policy, std::move(open_store), engine::session_engine_factory()};
}

// Each host that has numbers of its own has a stream of its own, which goes by its name and not by
// its place in the list. Without a journal they are in memory. What it refers to outlives the
// session's making.
fix::StoreFactory store_factory(const AccountSettings& account,
                                const config::FixSessionSettings& session, std::string role,
                                const AccountParts& parts, journal::Journal* journal) {
    if (journal == nullptr) {
        return [](std::string_view) { return std::make_unique<journal::MemoryMessageStore>(); };
    }
    return [&account, &session, &parts, journal, role = std::move(role)](std::string_view host) {
        const std::string own = host.empty() ? role : role + "@" + std::string{host};
        return open_store(account, session, own, parts, *journal);
    };
}

fix::SequencePolicy sequence_policy(const config::FixSessionSettings& session) {
    switch (session.sequence_policy) {
        case config::SequencePolicy::Separate:
            return fix::SequencePolicy::Separate;
        case config::SequencePolicy::Reset:
            return fix::SequencePolicy::Reset;
        case config::SequencePolicy::Shared:
            break;
    }
    return fix::SequencePolicy::Shared;
}

// What the venue's gateway is like.
void apply(const dxtrade::Profile& profile, fix::SessionSettings& session) {
    const dxtrade::FixSessionRules& rules = profile.fix_session;
    session.validation = rules.validation;
    session.unsolicited_reset = rules.unsolicited_reset;
    session.sends_flag_on_scheduled_reset = rules.sends_flag_on_scheduled_reset;
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
    if (account.schedule && account.schedule->rules.sequence_reset) {
        session.last_scheduled_reset = [schedule =
                                            schedule::SessionSchedule{account.schedule->rules}](
                                           core::UtcTime now) -> std::optional<core::UtcTime> {
            return schedule.last_reset(std::chrono::floor<std::chrono::seconds>(now));
        };
    }
    session.dictionary_path = (settings.data_dir / "fix" / "DXTRADE44.xml").string();
    return session;
}

fix::TransportSettings transport_settings(const AccountSettings& account, const AccountParts& parts,
                                          const config::FixSessionSettings& configured,
                                          std::shared_ptr<fix::DurableGate> gate) {
    fix::TransportSettings transport;
    transport.gate = std::move(gate);
    fix::ConnectRules& connect = transport.connect;
    for (const config::HostPort& host : configured.hosts) {
        connect.hosts.push_back({host.host, host.port});
    }
    connect.failover.policy = configured.failover == config::Failover::PreferPrimary
                                  ? fix::Failover::PreferPrimary
                                  : fix::Failover::Sticky;
    connect.failover.return_after = configured.return_after;
    connect.failover.healthy_after = configured.reconnect.healthy_after;
    connect.backoff = {configured.reconnect.initial, configured.reconnect.maximum,
                       configured.reconnect.healthy_after};
    connect.budget = parts.connect_budget;
    connect.account = account.id;
    transport.server_name = account.tls.server_name;
    transport.connect_timeout = configured.connect_timeout;
    transport.handshake_timeout = configured.handshake_timeout;
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
    coordinator.change_grace = account.limits.change_grace;
    coordinator.query_timeout = account.limits.query_timeout;
    coordinator.risk = risk_settings(account, parts.settings.journal_dir / folder_name(account.id),
                                     parts.cl_ord_ids);
    if (account.schedule) {
        coordinator.schedule = account::ScheduleSettings{
            schedule::SessionSchedule{account.schedule->rules}, account.schedule->logon_jitter,
            account.schedule->logout_before_close};
    }
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
    fix::TransportSettings transport =
        transport_settings(account, parts, *account.market_data, nullptr);
    // Why longer: quotes that come while the host is busy with one are merged, and between turns
    // the host gets the next one.
    transport.max_turn = std::chrono::milliseconds{1};
    dxtrade::fix::MarketDataSessionSettings session{
        account.profile.market_data, account.profile.symbols, std::move(transport),
        session_settings(account, *account.market_data, "fix.market_data", parts.settings)};
    // Why in memory: the numbers begin anew at each logon, and nothing is sent twice.
    return std::make_unique<dxtrade::fix::MarketDataSession>(
        std::move(session),
        session_parts(
            parts, std::move(tls), sequence_policy(*account.market_data),
            [](std::string_view) { return std::make_unique<journal::MemoryMessageStore>(); }),
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
                                                      fix::StoreFactory open_store,
                                                      std::shared_ptr<fix::DurableGate> gate,
                                                      dxtrade::TradingChannelListener& listener) {
    dxtrade::fix::TradingSessionSettings session{
        account.account,
        account.profile,
        account.limits.order_ttl,
        transport_settings(account, parts, *account.trading, std::move(gate)),
        session_settings(account, *account.trading, "fix.trading", parts.settings),
        account.limits.query_timeout};
    return std::make_unique<dxtrade::fix::TradingSession>(
        std::move(session),
        session_parts(parts, std::move(tls), sequence_policy(*account.trading),
                      std::move(open_store)),
        listener);
}

std::unique_ptr<dxtrade::Channel> make_drop_copy(const AccountSettings& account,
                                                 const AccountParts& parts,
                                                 std::shared_ptr<net::TlsContext> tls,
                                                 fix::StoreFactory open_store,
                                                 std::shared_ptr<fix::DurableGate> gate,
                                                 dxtrade::TradingChannelListener& listener) {
    dxtrade::fix::DropCopySessionSettings session{
        account.account, account.profile,
        transport_settings(account, parts, *account.drop_copy, std::move(gate)),
        session_settings(account, *account.drop_copy, "fix.drop_copy", parts.settings)};
    return std::make_unique<dxtrade::fix::DropCopySession>(
        std::move(session),
        session_parts(parts, std::move(tls), sequence_policy(*account.drop_copy),
                      std::move(open_store)),
        listener);
}

// One account in the making: channels that need each other are made in order.
class AccountMaker {
public:
    AccountMaker(const AccountSettings& account, const AccountParts& parts, const MadeAccount& made)
        : account_{account},
          parts_{parts},
          journal_{made.journal.get()},
          gate_{made.durable_sends},
          tls_{make_tls(account)} {}

    std::unique_ptr<dxtrade::TradingChannel> trading(dxtrade::TradingChannelListener& listener) {
        if (account_.order_entry == config::OrderEntry::Rest) return rest(listener);
        const auto open = store_factory(account_, *account_.trading, "trading", parts_, journal_);
        const auto noted = [this, &open](std::string_view host) {
            auto store = open(host);
            trading_stores_.push_back(store.get());
            return store;
        };
        return make_trading(account_, parts_, tls_, noted, gate_, listener);
    }

    account::SideChannels beside(dxtrade::TradingChannelListener& listener) {
        account::SideChannels side;
        if (account_.rest && rest_ == nullptr) side.rest = rest(listener);
        if (rest_ != nullptr) side.observe = observe_rest(*rest_, *host_);
        if (account_.drop_copy) {
            side.sessions.push_back(make_drop_copy(
                account_, parts_, tls_,
                store_factory(account_, *account_.drop_copy, "drop_copy", parts_, journal_), gate_,
                listener));
            side.drop_copy = side.sessions.back().get();
        }
        if (account_.push) {
            side.others.push_back(make_push(account_, parts_, tls_, *rest_, listener));
        }
        if (account_.market_data_source != config::MarketDataSource::None) {
            auto feed = make_feed(account_, parts_, listener,
                                  [this](auto& quotes) { return market_data(quotes); });
            feed_ = feed.get();
            const bool is_fix = account_.market_data_source == config::MarketDataSource::Fix;
            (is_fix ? side.sessions : side.others).push_back(std::move(feed));
        }
        return side;
    }

    [[nodiscard]] account::MarketDataFeed* feed() const { return feed_; }
    // Of the trading session, which owns them; none if orders do not go by FIX.
    [[nodiscard]] const std::vector<const journal::MessageStore*>& trading_stores() const {
        return trading_stores_;
    }

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
    journal::Journal* journal_;  // null: it is a rehearsal
    std::shared_ptr<fix::DurableGate> gate_;
    std::shared_ptr<net::TlsContext> tls_;
    dxtrade::rest::RestChannel* rest_ = nullptr;
    dxtrade::rest::RestHost* host_ = nullptr;
    account::MarketDataFeed* feed_ = nullptr;
    std::vector<const journal::MessageStore*> trading_stores_;
};

}  // namespace

MadeAccount make_account(const AccountSettings& account, const AccountParts& parts) {
    MadeAccount made;
    if (!parts.is_rehearsal) made.journal = SyncedJournal{open_journal(account, parts.settings)};
    if (made.journal && account.durability == config::Durability::BeforeSend) {
        made.durable_sends = DurableSends::make(*made.journal, parts.loop);
    }
    AccountMaker maker{account, parts, made};
    made.coordinator = std::make_unique<account::AccountCoordinator>(
        coordinator_settings(account, parts), parts.clock, parts.events, parts.log,
        [&maker](auto& listener) { return maker.trading(listener); },
        [&maker](auto& listener) { return maker.beside(listener); });
    made.market_data = maker.feed();
    if (parts.is_rehearsal) return made;
    const auto recovered =
        made.coordinator->recover(std::make_unique<recovery::RecordLog>(*made.journal, parts.clock),
                                  never_sent_by(maker.trading_stores(), *made.journal));
    if (!recovered) {
        throw config::ConfigError{"account " + account.id +
                                  ": adapter.journal_dir: " + recovered.error().detail};
    }
    made.journal->release_thread();
    made.journal.look_after_by(parts.journal_sync);
    return made;
}

}  // namespace broker::runtime
