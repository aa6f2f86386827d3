// One account: its channels, its orders, its state, merged into one truth for the host.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "account/account_channels.hpp"
#include "account/account_commands.hpp"
#include "account/account_events.hpp"
#include "account/account_state.hpp"
#include "account/cancel_on_disconnect.hpp"
#include "account/change_doubts.hpp"
#include "account/host_queries.hpp"
#include "account/operator_desk.hpp"
#include "account/order_flow.hpp"
#include "account/position_keeper.hpp"
#include "account/reconciliation.hpp"
#include "account/risk_desk.hpp"
#include "account/schedule_keeper.hpp"
#include "account/venue_faults.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "core/thread_bound.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

struct CoordinatorSettings {
    OrderFlowSettings orders;
    ChannelRules channels;
    std::optional<CancelOnDisconnectRules> cancel_on_disconnect;
    core::Duration query_timeout = std::chrono::seconds{10};
    core::Duration change_grace = std::chrono::seconds{10};
    RiskSettings risk;
    std::optional<ScheduleSettings> schedule;  // of the FIX sessions; absent: always up
};

// Orders go out in Ready alone; in every other state they are refused at once, and none is kept for
// later. After each logon the open orders are checked with the venue before the account is Ready.
// The state is that of the trading channel, FIX or REST: others come and go beside it, are evidence
// about the same orders, and answer what the trading channel cannot. While a FIX session is down,
// cancels and questions may go to REST; new orders are refused.
//
// Owned by the event thread's runner. [event-thread]
class AccountCoordinator final : private dxtrade::TradingChannelListener {
public:
    using MakeChannel =
        std::function<std::unique_ptr<dxtrade::TradingChannel>(dxtrade::TradingChannelListener&)>;
    // Made after the trading channel.
    using MakeSideChannels = std::function<SideChannels(dxtrade::TradingChannelListener&)>;

    AccountCoordinator(CoordinatorSettings settings, const core::Clock& clock,
                       AccountEvents& events, core::Log& log, const MakeChannel& make_channel,
                       const MakeSideChannels& make_side_channels = {});

    // Takes up the orders of an earlier process, see OrderFlow::recover. Before start();
    // [control-thread].
    [[nodiscard]] core::Result<void> recover(std::unique_ptr<recovery::RecordLog> log,
                                             const recovery::RecordedLedger::NeverSent& never_sent);

    // `held`: by a person, of the account whose place this one takes.
    void start(OperatorStatus held = {});
    // Draining, then Stopped, for `reason`; calls `done` once. Orders stay as they are at the
    // venue. Called once. The account may be destroyed in a later turn of the loop than `done`.
    void stop(core::Reason reason, std::string_view text, std::function<void()> done);
    void stop(std::function<void()> done) {
        stop(core::Reason::StoppedByHost, "stopped by host", std::move(done));
    }

    template <class Request>
    void execute(const Request& request) {
        thread_.check();
        orders_.execute(request);
        orders_.publish_counts();
    }
    void execute(const core::Query& query);
    void execute(const PositionsFromFills& query);
    void execute(const RiskCommand& command);
    void execute(const OperatorCommand& command);
    // Into the journal: what a person did to the account from outside of it.
    void record(const journal::OperatorAction& action) { orders_.record(action); }
    void report_snapshot(std::uint64_t request_id);

    // Deadlines of answers and of the reconciliation. Called several times a second.
    void on_tick();

    // [any-thread]
    [[nodiscard]] const AccountStatus& status() const { return status_; }
    [[nodiscard]] RiskStatus risk_status() const { return risk_.status(); }
    [[nodiscard]] OperatorStatus operator_status() const { return operator_.status(); }

private:
    // -- from the channels
    void on_connecting(core::Channel channel, std::string_view peer) override;
    void on_logged_on(core::Channel channel, std::string_view peer) override;
    void on_disconnected(core::Channel channel, core::Reason reason, std::string_view text,
                         std::string_view peer, core::Duration next_attempt) override;
    void on_notice(core::Channel channel, std::string_view text) override;
    void on_condition(core::Channel channel, core::Reason reason, std::string_view text,
                      std::string_view peer) override;
    void on_venue_fault(const core::VenueFault& fault) override;
    void on_top_of_book(const core::Quote& quote) override;
    void on_execution_report(const core::ExecutionReport& report) override;
    void on_list_status(const core::ListStatus& status) override;
    void on_order_cancel_reject(const core::OrderCancelReject& reject) override;
    void on_message_reject(const core::MessageReject& reject) override;
    void on_position(const core::PositionReport& position) override;
    void on_account_summary(const core::AccountSummary& summary) override;
    void on_trade(const core::TradeReport& trade) override;
    void on_instrument(const core::Instrument& instrument) override;
    void on_trading_session_status(const core::TradingSessionStatus& status) override;
    void on_cash_transfer(const core::CashTransfer& transfer) override;
    void on_account_event(const core::AccountEvent& event) override;
    void on_candle(const core::Candle& candle) override;
    void on_conversion_rate(const core::ConversionRate& rate) override;
    void on_past_report(const core::ExecutionReport& report) override;
    void on_query_done(const core::QueryDone& done) override;
    void on_request_written(std::string_view cl_ord_id, const dxtrade::SentRequest& sent) override;
    void on_request_not_sent(std::string_view cl_ord_id, const core::Error& error) override;
    void on_request_in_doubt(std::string_view cl_ord_id, const core::Error& error) override;
    void on_stale_request(std::string_view cl_ord_id, core::Duration age) override;
    void on_sequence_reset() override;

    // -- state
    [[nodiscard]] AccountState state() const {
        return status_.state.load(std::memory_order_relaxed);
    }
    void enter(AccountState state, core::Reason reason, std::string_view text,
               std::string_view peer = {}, core::Duration next_attempt = core::Duration{-1},
               core::Channel channel = core::Channel::Unspecified);
    // News of a session that leave the account's state as it is.
    void tell_condition(core::Channel channel, core::Reason reason, std::string_view text,
                        std::string_view peer);
    // The same for a channel beside the trading one: the account's state stays.
    void note_side_channel(core::Channel channel, AccountState state, core::Reason reason,
                           std::string_view text, std::string_view peer,
                           core::Duration next_attempt = core::Duration{-1});
    void keep_schedule();
    void suspend();  // the sessions are logged out by the schedule
    void log_out_for_operator(const std::string& text);
    bool log_on_for_operator(std::string_view text);
    void begin_reconciliation();
    void end_reconciliation_if_done();
    void note_changes_without_effect(const core::ExecutionReport& report, const core::Order& order);
    core::Result<void> ask_for_positions();
    // The adapter's own question, to whoever can be asked.
    [[nodiscard]] core::Result<void> ask(const core::Query& query);
    [[nodiscard]] core::Error unanswerable(core::QueryKind kind) const;

    CoordinatorSettings settings_;
    const core::Clock& clock_;
    AccountEvents& events_;
    AccountLog log_;
    AccountStatus status_;
    VenueFaults faults_;
    OrderFlow orders_;
    CancelOnDisconnect cancel_on_disconnect_;
    Reconciliation reconciliation_;
    ChangeDoubts change_doubts_;
    HostQueries queries_;
    PositionKeeper positions_;
    std::string peer_;
    std::vector<std::uint64_t> answered_;  // the host's questions that a report answers; reused
    RiskDesk risk_;
    ScheduleKeeper schedule_;
    OperatorDesk operator_;
    bool is_stopped_ = false;  // or about to be
    core::Reason stop_reason_ = core::Reason::StoppedByHost;
    AccountChannels channels_;
    core::ThreadBound thread_;
};

}  // namespace broker::account
