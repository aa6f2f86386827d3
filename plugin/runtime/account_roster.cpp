#include "runtime/account_roster.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "config/yaml_reader.hpp"

namespace broker::runtime {
namespace {

std::unique_ptr<core::ClOrdIDGenerator> make_cl_ord_ids(const config::AccountSettings& account) {
    constexpr std::string_view kAlphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::size_t kSize = 20;  // long enough for any number of restarts, short for logs
    const dxtrade::ClOrdIDRules& rules = account.profile.cl_ord_ids;
    std::random_device random;
    core::ClOrdIDGenerator::Seed seed;
    for (std::uint64_t& part : seed) part = std::uint64_t{random()} << 32U | random();
    auto ids = core::ClOrdIDGenerator::make(rules.alphabet.empty() ? kAlphabet : rules.alphabet,
                                            std::min(rules.max_size, kSize), seed);
    if (ids) return std::move(*ids);
    throw config::ConfigError{"account " + account.id + ": profile " + account.profile.name +
                              ": cl_ord_ids: " + ids.error().detail};
}

class NoLog final : public core::Log {
public:
    void write(core::LogLevel /*level*/, std::string_view /*line*/) override {}
};

// Of an account that is made on trial: it is never started, so there is nothing to hear.
class NoEvents final : public account::HostListener {
public:
    void on_session(const account::SessionNews& /*news*/) override {}
    void on_order(const account::OrderNews& /*news*/) override {}
    void on_cancel_reject(const account::CancelRejectNews& /*news*/) override {}
    void on_snapshot(const account::SnapshotNews& /*news*/) override {}
    void on_order_list(const account::OrderListNews& /*news*/) override {}
    void on_position(const account::PositionNews& /*news*/) override {}
    void on_account_summary(const core::AccountSummary& /*summary*/) override {}
    void on_trade(const core::TradeReport& /*trade*/) override {}
    void on_instrument(const core::Instrument& /*instrument*/) override {}
    void on_trading_session_status(const core::TradingSessionStatus& /*status*/) override {}
    void on_cash_transfer(const core::CashTransfer& /*transfer*/) override {}
    void on_account_event(const core::AccountEvent& /*event*/) override {}
    void on_candle(const core::Candle& /*candle*/) override {}
    void on_conversion_rate(const core::ConversionRate& /*rate*/) override {}
    void on_query_done(const core::QueryDone& /*done*/) override {}
    void on_venue_fault(const core::VenueFault& /*fault*/) override {}
    void on_quote(const core::Quote& /*quote*/) override {}
    void on_market_data_entry(const core::MarketDataEntry& /*entry*/) override {}
    void on_market_data_status(const core::MarketDataStatus& /*status*/) override {}
};

}  // namespace

AccountRoster::AccountRoster(RosterParts parts)
    : parts_{std::move(parts)},
      connect_budget_{std::make_shared<core::ConnectBudget>(
          core::ConnectLimits{parts_.settings.connect_budget.account_per_s,
                              parts_.settings.connect_budget.host_per_s})} {}

void AccountRoster::rehearse(const config::AccountSettings& account) const {
    const auto ids = make_cl_ord_ids(account);
    // Why a loop of its own, which never runs: nothing of the accounts that trade is touched.
    net::EventLoop loop{net::LoopMode::Block};
    dxtrade::rest::RestHosts hosts{loop.context(), parts_.clock,
                                   std::make_shared<dxtrade::rest::LoginGate>()};
    NoEvents events;
    NoLog log;
    (void)make_account(account, {.loop = loop,
                                 .clock = parts_.clock,
                                 .events = events,
                                 .log = log,
                                 .settings = parts_.settings,
                                 .rest_hosts = hosts,
                                 .cl_ord_ids = *ids,
                                 .connect_budget = connect_budget_,
                                 .is_rehearsal = true});
}

NewAccount AccountRoster::make(config::AccountSettings settings, AccountFingerprint fingerprint) {
    NewAccount made;
    made.account = std::make_shared<Account>();
    Account& account = *made.account;
    account.settings = std::move(settings);
    account.settings.source = {};  // the fingerprint stands for it
    account.cl_ord_ids = make_cl_ord_ids(account.settings);
    Known& its = known(account.settings.id);
    account.thread = its.thread;
    MadeAccount parts = make_account(account.settings, {.loop = its.thread->loop(),
                                                        .clock = parts_.clock,
                                                        .events = *its.events,
                                                        .log = parts_.log,
                                                        .settings = parts_.settings,
                                                        .rest_hosts = its.thread->rest_hosts(),
                                                        .cl_ord_ids = *account.cl_ord_ids,
                                                        .connect_budget = connect_budget_,
                                                        .journal_sync = parts_.journal_sync,
                                                        .tls_fingerprint = fingerprint.tls});
    account.coordinator = parts.coordinator.get();
    account.fingerprint = std::move(fingerprint);
    made.running.cl_ord_ids = account.cl_ord_ids;
    made.running.journal = std::move(parts.journal);
    made.running.durable_sends = std::move(parts.durable_sends);
    made.running.coordinator = std::move(parts.coordinator);
    made.running.market_data = parts.market_data;
    made.running.held = its.held;
    name(account);
    return made;
}

std::shared_ptr<const Account> AccountRoster::hand_over(NewAccount made) {
    made.account->number = made.account->thread->add(std::move(made.running));
    return std::move(made.account);
}

void AccountRoster::start(const Account& account) {
    if (!account.thread->is_running()) account.thread->start();
    account.thread->start_account(account.number);
}

void AccountRoster::keep_holds(const Account& account) {
    known(account.settings.id).held = account.operator_status();
}

std::shared_ptr<const Account> AccountRoster::make_down(config::AccountSettings settings,
                                                        core::Error why) {
    auto account = std::make_shared<Account>();
    account->settings = std::move(settings);
    account->settings.source = {};
    account->thread = known(account->settings.id).thread;
    account->why_down = std::move(why);
    account->down_status.state = account::AccountState::Stopped;
    account->down_status.reason = core::Reason::Configuration;
    account->down_status.since_ns = parts_.clock.utc().time_since_epoch().count();
    name(*account);
    return account;
}

std::shared_ptr<const Account> AccountRoster::make_left_out(config::AccountSettings settings,
                                                            const std::string& why) {
    core::Error error =
        core::fail(core::Reason::Configuration, "account " + settings.id + " is left out: " + why);
    return make_down(std::move(settings), std::move(error));
}

void AccountRoster::tell_down(const Account& account) {
    account::HostListener& events = *known(account.settings.id).events;
    if (!account.thread->is_running()) account.thread->start();
    account.thread->post_task([&events, text = account.why_down.detail] {
        events.on_session({account::AccountState::Stopped,
                           account::AccountState::Stopped,
                           core::Reason::Configuration,
                           text,
                           {},
                           core::Duration{-1}});
    });
}

AccountRoster::Known& AccountRoster::known(const std::string& id) {
    const auto found = known_.find(id);
    if (found != known_.end()) return found->second;
    EventThread* least = parts_.threads.front().get();
    for (const auto& thread : parts_.threads) {
        if (load_[thread.get()] < load_[least]) least = thread.get();
    }
    ++load_[least];
    return known_.emplace(id, Known{parts_.make_events(id), least, {}}).first->second;
}

std::string_view AccountRoster::keep(const std::string& name) { return *names_.insert(name).first; }

void AccountRoster::name(Account& account) {
    account.id = keep(account.settings.id);
    account.venue_account = keep(account.settings.account);
    account.profile = keep(account.settings.profile.name);
}

}  // namespace broker::runtime
