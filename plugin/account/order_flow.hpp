// Orders of one account: requests out, evidence in, and what the host hears of both.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "account/account_commands.hpp"
#include "account/account_events.hpp"
#include "account/account_state.hpp"
#include "account/order_reporter.hpp"
#include "account/risk_gate.hpp"
#include "account/venue_faults.hpp"
#include "core/clock.hpp"
#include "core/order_ledger.hpp"
#include "core/pre_trade_limits.hpp"
#include "dxtrade/trading_channel.hpp"
#include "recovery/recorded_ledger.hpp"

namespace broker::account {

struct OrderFlowSettings {
    std::string id;  // the host's name of the account, for texts
    core::PreTradeRules limits;
    core::OrderLedgerLimits ledger;
    core::Duration answer_timeout = std::chrono::seconds{5};
    bool can_cancel_list = false;  // ListCancelRequest; else each member by itself
    core::Channel trading = core::Channel::FixTrading;  // or Rest
};

struct OrderFlowParts {
    const core::Clock& clock;
    AccountEvents& events;
    AccountLog& log;
    VenueFaults& faults;
    AccountStatus& status;  // its counts are kept here; orders go out in Ready alone
};

// Owned by the coordinator. [event-thread]
class OrderFlow {
public:
    OrderFlow(OrderFlowSettings settings, const OrderFlowParts& parts);

    // Orders go by `trading`. While the account is not Ready, cancels may go by what
    // `for_cancels` gives; null: they may not.
    using CancelChannel = std::function<dxtrade::TradingChannel*()>;
    void set_channel(dxtrade::TradingChannel& trading, CancelChannel for_cancels = {}) {
        channel_ = &trading;
        for_cancels_ = std::move(for_cancels);
    }
    // Is asked about each new order and replace; without one there are the limits alone.
    void set_gate(RiskGate& gate) { gate_ = &gate; }

    // Rebuilds the orders of an earlier process from its records and goes on recording there, see
    // RecordedLedger::recover. Before any other call; [control-thread].
    [[nodiscard]] core::Result<void> recover(std::unique_ptr<recovery::RecordLog> log,
                                             const recovery::RecordedLedger::NeverSent& never_sent);
    // Tells the host what it may not have heard of before the restart, and every order that lives,
    // in a snapshot of its own; nothing if there is nothing to tell.
    void report_recovery();

    // Why the account takes no requests while it is not Ready; None: its state says it.
    void set_hold(core::Reason reason, std::string text) {
        hold_reason_ = reason;
        hold_text_ = std::move(text);
    }
    // New orders, lists and replaces are refused as AccountNotReady for what `text` says; cancels
    // go out, and so do the orders that the gate exempts. Empty: they are taken again.
    void refuse_new(std::string text) { refusal_ = std::move(text); }

    // AccountNotReady, or the hold's reason, unless the account takes requests.
    [[nodiscard]] core::Result<void> check_ready() const;

    // -- requests of the host: each is sent or refused with an event
    void execute(const core::NewOrder& order);
    void execute(const core::ReplaceOrder& request);
    void execute(const core::CancelOrder& request);
    void execute(const CancelAll& request);
    void execute(const core::NewOrderList& list);
    void execute(const core::CancelOrderList& request);

    // -- what became of requests that the channel took without writing them at once
    void written(std::string_view cl_ord_id, const dxtrade::SentRequest& sent);
    void not_sent(std::string_view cl_ord_id, const core::Error& error);
    // True if the request is in doubt by this: the venue is to be asked about its order.
    bool in_doubt(std::string_view cl_ord_id, const core::Error& error);

    // -- evidence
    // What the report proves. Tell it to the host before the next call.
    [[nodiscard]] core::Applied take(const core::ExecutionReport& report);
    // `request_ids` are of the host's questions that the report answers: then it is news even if it
    // changes nothing.
    void tell(const core::ExecutionReport& report, const core::Applied& applied,
              std::span<const std::uint64_t> request_ids);
    void apply(const core::OrderCancelReject& reject);
    // True if the message that was refused carried a request about an order.
    bool apply(const core::MessageReject& reject);
    void apply(const core::ListStatus& status);

    void disconnected();
    // The trading channel is up. For the first time it takes up what an earlier process has left in
    // doubt, see TradingChannel::resume.
    void resume_doubts();
    void sequence_reset() { ledger_.sequence_reset(); }
    // The venue asked for a request again when it was too old to be sent again.
    void stale(std::string_view cl_ord_id, core::Duration age);
    void record(const journal::OperatorAction& action) { ledger_.record(action); }
    // The venue has shown that the order works as if there had been no such change.
    void without_effect(const core::ClOrdID& change);
    // Requests whose deadline has passed are in doubt; calls `ask` with the id of each one's order.
    void on_tick(const std::function<void(const core::ClOrdID&)>& ask);

    void report_snapshot(std::uint64_t request_id);
    void publish_counts();
    [[nodiscard]] core::MonotonicTime now() const { return clock_.monotonic(); }
    [[nodiscard]] const core::OrderLedger& ledger() const { return ledger_.ledger(); }
    // For the mark of a mass status run.
    [[nodiscard]] core::OrderLedger& ledger() { return ledger_.ledger(); }

private:
    template <class Request>
    [[nodiscard]] core::Result<dxtrade::TradingChannel*> channel_for() const;
    [[nodiscard]] core::Result<void> check_takes_new() const;
    template <class Request>
    [[nodiscard]] core::Result<void> check_rules(const Request& request, core::Instant now);
    template <class Request>
    [[nodiscard]] core::Result<void> send(const Request& request);
    template <class Send>
    [[nodiscard]] core::Result<dxtrade::SentRequest> hand_over(std::string_view id, Send&& send);
    [[nodiscard]] core::Result<void> send_list(const core::NewOrderList& list);
    [[nodiscard]] core::Result<void> send_list_cancel(const core::CancelOrderList& request);
    // Of a list as a whole: nothing was sent.
    void tell_refused(const core::ListID& list, const core::Error& error);
    void cancel_each(std::span<const core::ClOrdID> orders, std::string_view prefix,
                     const core::StageTimes& stages);
    void deliver(const core::ExecutionReport& report, const core::Applied& applied,
                 std::uint64_t request_id);
    void tell_faults(const core::ExecutionReport& report, const core::Applied& applied);
    void report_also_settled(const core::Applied& applied);
    void report_rejected(const core::Applied& applied, std::string_view text,
                         core::MonotonicTime received);
    // -- what an earlier process recorded and may not have told
    void tell_again(const core::ExecutionReport& report);
    void tell_again(const core::OrderCancelReject& reject);
    void tell_again(const recovery::Refused& refused);
    void tell_again(const recovery::InDoubt& doubt);
    void tell_again(const recovery::StaleRequest& stale);
    template <class Other>
    void tell_again(const Other& /*record*/) {}
    void report_live_orders();
    void tell_stale(const core::ClOrdID& request, core::Duration age);

    // Why a request whose answer is `report` is not in force; None if it is.
    [[nodiscard]] static core::Reason reason_of(const core::ExecutionReport& report);

    OrderFlowSettings settings_;
    const core::Clock& clock_;
    AccountEvents& events_;
    AccountLog& log_;
    VenueFaults& faults_;
    AccountStatus& status_;
    OrderReporter reporter_;
    core::PreTradeLimits limits_;
    recovery::RecordedLedger ledger_;
    dxtrade::TradingChannel* channel_ = nullptr;
    CancelChannel for_cancels_;
    RiskGate* gate_ = nullptr;
    core::Reason hold_reason_ = core::Reason::None;
    std::string hold_text_;
    bool has_resumed_ = false;
    std::string refusal_;  // empty: new orders are taken
};

}  // namespace broker::account
