// One account: its channel, its orders, its state, merged into one truth for the host.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "account/account_events.hpp"
#include "account/account_state.hpp"
#include "account/order_reporter.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "core/order_ledger.hpp"
#include "core/pre_trade_limits.hpp"
#include "core/thread_bound.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

struct CoordinatorSettings {
    std::string id;  // the host's name of the account, for log lines
    core::PreTradeRules limits;
    core::OrderLedgerLimits ledger;
    core::Duration answer_timeout = std::chrono::seconds{5};
    bool can_request_order_status = false;
};

// Cancel every live order, or those of one symbol.
struct CancelAll {
    core::Symbol symbol;  // empty: all
    core::FixedString<48> cl_ord_id_prefix;
    core::StageTimes stages;
};

// Orders go out in Ready alone; in every other state they are refused at once, and none is kept for
// later. After each logon the open orders are checked with the venue before the account is Ready.
//
// Owned by the event thread's runner. [event-thread]
class AccountCoordinator final : private dxtrade::TradingChannelListener {
public:
    using MakeChannel =
        std::function<std::unique_ptr<dxtrade::TradingChannel>(dxtrade::TradingChannelListener&)>;
    // Channels beside the trading one: drop copy, market data.
    using MakeSideChannels = std::function<std::vector<std::unique_ptr<dxtrade::Channel>>(
        dxtrade::TradingChannelListener&)>;

    AccountCoordinator(CoordinatorSettings settings, const core::Clock& clock,
                       AccountEvents& events, core::Log& log, const MakeChannel& make_channel,
                       const MakeSideChannels& make_side_channels = {});

    void start();
    // Draining, then Stopped; calls `done` once. Orders stay as they are at the venue.
    void stop(std::function<void()> done);

    void execute(const core::NewOrder& order);
    void execute(const core::ReplaceOrder& request);
    void execute(const core::CancelOrder& request);
    void execute(const CancelAll& request);
    void report_snapshot(std::uint64_t request_id);

    // Deadlines of answers and of the reconciliation. Called several times a second.
    void on_tick();

    // [any-thread]
    [[nodiscard]] const AccountStatus& status() const { return status_; }

private:
    // -- from the channel
    void on_connecting(core::Channel channel, std::string_view peer) override;
    void on_logged_on(core::Channel channel, std::string_view peer) override;
    void on_disconnected(core::Channel channel, core::Reason reason, std::string_view text,
                         std::string_view peer, core::Duration next_attempt) override;
    void on_execution_report(const core::ExecutionReport& report) override;
    void on_order_cancel_reject(const core::OrderCancelReject& reject) override;
    void on_message_reject(const core::MessageReject& reject) override;
    void on_stale_request(std::string_view cl_ord_id, core::Duration age) override;
    void on_sequence_reset() override;
    void on_notice(core::Channel channel, std::string_view text) override;
    void on_venue_fault(const core::VenueFault& fault) override;
    void on_position(const core::PositionReport& position) override;
    void on_account_summary(const core::AccountSummary& summary) override;
    void on_trade(const core::TradeReport& trade) override;
    void on_instrument(const core::Instrument& instrument) override;
    void on_trading_session_status(const core::TradingSessionStatus& status) override;
    void on_query_done(const core::QueryDone& done) override;

    // -- state
    void enter(AccountState state, core::Reason reason, std::string_view text,
               std::string_view peer = {}, core::Duration next_attempt = core::Duration{-1},
               core::Channel channel = core::Channel::Unspecified);
    // The same for a channel beside the trading one: the account's state stays.
    void note_side_channel(core::Channel channel, AccountState state, core::Reason reason,
                           std::string_view text, std::string_view peer,
                           core::Duration next_attempt = core::Duration{-1});
    void publish_counts();

    // -- requests
    template <class Request>
    [[nodiscard]] core::Result<void> send(const Request& request);
    template <class Request>
    [[nodiscard]] core::Result<dxtrade::SentRequest> hand_over(const Request& request,
                                                               const core::Order& known);
    void ask_for_status(const core::ClOrdID& id);
    void report_also_settled(const core::Applied& applied);
    // -- reconciliation
    void begin_reconciliation();
    void note_reconciled(const core::Order& order);
    void end_reconciliation();

    CoordinatorSettings settings_;
    const core::Clock& clock_;
    AccountEvents& events_;
    AccountLog log_;
    OrderReporter reporter_;
    core::PreTradeLimits limits_;
    core::OrderLedger ledger_;
    AccountStatus status_;
    std::vector<core::ClOrdID> unreconciled_;  // first ClOrdIDs of orders whose status is awaited
    core::MonotonicTime reconcile_deadline_;
    std::string peer_;
    std::unique_ptr<dxtrade::TradingChannel> channel_;
    std::vector<std::unique_ptr<dxtrade::Channel>> side_channels_;
    std::size_t stopping_ = 0;  // channels that have not stopped
    core::ThreadBound thread_;
};

}  // namespace broker::account
