#include "runtime/fix_setup.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "dxtrade/fix/drop_copy_session.hpp"
#include "dxtrade/fix/market_data_session.hpp"
#include "dxtrade/fix/trading_session.hpp"
#include "engine/session_engine_choice.hpp"
#include "journal/journal_message_store.hpp"
#include "runtime/secret_settings.hpp"

namespace broker::runtime {
namespace {

using config::AccountSettings;

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

dxtrade::fix::SessionParts session_parts(const AccountParts& parts,
                                         std::shared_ptr<net::TlsContext> tls,
                                         fix::SequencePolicy sequence_policy,
                                         fix::StoreFactory open_store) {
    return {parts.loop,      parts.clock,           std::move(tls),
            sequence_policy, std::move(open_store), engine::session_engine_factory()};
}

std::unique_ptr<journal::MessageStore> in_memory(std::string_view /*host*/) {
    return std::make_unique<journal::MemoryMessageStore>();
}

// Each host that has numbers of its own has a stream of its own, which goes by its name and not by
// its place in the list. Without a journal they are in memory. What it refers to outlives the
// session's making.
fix::StoreFactory store_factory(const AccountSettings& account,
                                const config::FixSessionSettings& session, std::string role,
                                const AccountParts& parts, journal::Journal* journal) {
    if (journal == nullptr) return in_memory;
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

// In the journal, as the next process has to know whether the clock was set back meanwhile.
void keep_utc_offset(journal::Journal& journal, dxtrade::fix::TradingSessionSettings& session) {
    const std::uint64_t kept = journal.header().mark(journal::JournalMark::HighestUtcOffset);
    if (kept != 0) session.highest_utc_offset = core::Duration{static_cast<std::int64_t>(kept)};
    session.keep_utc_offset = [&journal](core::Duration highest) {
        journal.header().set_mark(journal::JournalMark::HighestUtcOffset,
                                  static_cast<std::uint64_t>(highest.count()));
    };
}

}  // namespace

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
        session_parts(parts, std::move(tls), sequence_policy(*account.market_data), in_memory),
        feed);
}

std::unique_ptr<dxtrade::TradingChannel> make_trading(
    const AccountSettings& account, const AccountParts& parts, std::shared_ptr<net::TlsContext> tls,
    const MadeAccount& made, TradingStores& stores, dxtrade::TradingChannelListener& listener) {
    const auto open =
        store_factory(account, *account.trading, "trading", parts, made.journal.get());
    dxtrade::fix::TradingSessionSettings session{
        account.account,
        account.profile,
        account.limits.order_ttl,
        transport_settings(account, parts, *account.trading, made.durable_sends),
        session_settings(account, *account.trading, "fix.trading", parts.settings),
        account.limits.query_timeout};
    if (made.journal) keep_utc_offset(*made.journal, session);
    return std::make_unique<dxtrade::fix::TradingSession>(
        std::move(session),
        session_parts(parts, std::move(tls), sequence_policy(*account.trading),
                      [&](std::string_view host) {
                          auto store = open(host);
                          stores.push_back(store.get());
                          return store;
                      }),
        listener);
}

std::unique_ptr<dxtrade::Channel> make_drop_copy(const AccountSettings& account,
                                                 const AccountParts& parts,
                                                 std::shared_ptr<net::TlsContext> tls,
                                                 const MadeAccount& made,
                                                 dxtrade::TradingChannelListener& listener) {
    dxtrade::fix::DropCopySessionSettings session{
        account.account, account.profile,
        transport_settings(account, parts, *account.drop_copy, made.durable_sends),
        session_settings(account, *account.drop_copy, "fix.drop_copy", parts.settings)};
    return std::make_unique<dxtrade::fix::DropCopySession>(
        std::move(session),
        session_parts(
            parts, std::move(tls), sequence_policy(*account.drop_copy),
            store_factory(account, *account.drop_copy, "drop_copy", parts, made.journal.get())),
        listener);
}

}  // namespace broker::runtime
