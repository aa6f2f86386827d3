#include "account/order_flow.hpp"

#include <array>
#include <exception>
#include <type_traits>
#include <utility>

namespace broker::account {
namespace {

using core::Certainty;
using core::ExecType;
using core::LogLevel;
using core::Reason;
using core::Result;

// Stands for a number that is not known: no message has it.
constexpr core::MsgSeqNum kNoMsgSeqNum = core::kFirstOwnMsgSeqNum - 1;

}  // namespace

OrderFlow::OrderFlow(OrderFlowSettings settings, const OrderFlowParts& parts)
    : settings_{std::move(settings)},
      clock_{parts.clock},
      events_{parts.events},
      log_{parts.log},
      faults_{parts.faults},
      status_{parts.status},
      reporter_{events_, log_, settings_.trading},
      limits_{settings_.limits},
      ledger_{settings_.ledger, [this](const core::Error& error) {
                  // Orders are refused from here on; what the venue says still counts.
                  log_.write(LogLevel::Error, "not-recorded", "text=\"" + error.detail + "\"");
              }} {}

Reason OrderFlow::reason_of(const core::ExecutionReport& report) {
    return report.exec_type == ExecType::Rejected ? Reason::RejectedByVenue : Reason::None;
}

void OrderFlow::publish_counts() {
    status_.live_order_count.store(ledger().live_count(), std::memory_order_relaxed);
    status_.unknown_count.store(ledger().unknown_count(), std::memory_order_relaxed);
}

// ---- requests of the host

Result<void> OrderFlow::check_ready() const {
    const AccountState state = status_.state.load(std::memory_order_relaxed);
    if (state == AccountState::Ready) return {};
    if (hold_reason_ != Reason::None) return core::fail(hold_reason_, hold_text_);
    return core::fail(Reason::AccountNotReady,
                      "account " + settings_.id + " is " + std::string{state_name(state)});
}

Result<void> OrderFlow::check_takes_new() const {
    if (refusal_.empty()) return {};
    return core::fail(Reason::AccountNotReady, "account " + settings_.id + " is " + refusal_);
}

template <class Request>
Result<dxtrade::TradingChannel*> OrderFlow::channel_for() const {
    const auto ready = check_ready();
    if (ready) return channel_;
    if constexpr (std::is_same_v<Request, core::CancelOrder>) {
        dxtrade::TradingChannel* other = for_cancels_ ? for_cancels_() : nullptr;
        if (other != nullptr) return other;
    }
    return ready.error();
}

template <class Send>
Result<dxtrade::SentRequest> OrderFlow::hand_over(std::string_view id, Send&& send) {
    try {
        return send();
    } catch (const std::exception& e) {
        // How far it got is not known, so it counts as sent: without an answer it becomes Unknown.
        log_.write(LogLevel::Error, "internal-error",
                   "id=" + std::string{id} + " text=\"" + e.what() + "\"");
        return dxtrade::SentRequest{kNoMsgSeqNum, clock_.monotonic(), {}};
    }
}

// The gate goes first: what it refuses does not count against the rate. No limit keeps the
// adapter's own closing orders.
template <class Request>
Result<void> OrderFlow::check_rules(const Request& request, core::Instant now) {
    if (gate_ != nullptr) {
        if (gate_->is_exempt(request.cl_ord_id)) return {};
        if (auto allowed = gate_->check(request, ledger(), now); !allowed) return allowed;
    }
    if constexpr (!std::is_same_v<Request, core::CancelOrder>) {
        if (auto taken = check_takes_new(); !taken) return taken;
    }
    return limits_.check(request, now.monotonic);
}

template <class Request>
Result<void> OrderFlow::send(const Request& request) {
    const auto channel = channel_for<Request>();
    if (!channel) return channel.error();
    const core::Instant instant = clock_.now();
    const core::MonotonicTime now = instant.monotonic;
    if (auto allowed = check_rules(request, instant); !allowed) return allowed;
    const auto known = ledger_.add(request, now + settings_.answer_timeout);
    if (!known) return known.error();
    const auto sent = hand_over(request.cl_ord_id.view(), [&] {
        if constexpr (std::is_same_v<Request, core::NewOrder>) {
            return (*channel)->send(request);
        } else {
            return (*channel)->send(request, **known);
        }
    });
    if (!sent) {
        (void)ledger_.not_sent(request.cl_ord_id, sent.error().reason, sent.error().detail);
        return sent.error();
    }
    ledger_.sent(request.cl_ord_id, sent->msg_seq_num, sent->journaled, sent->written);
    return {};
}

void OrderFlow::execute(const core::NewOrder& order) {
    if (const auto sent = send(order); !sent) reporter_.refused(order, sent.error());
    ledger_.heard();
}

void OrderFlow::execute(const core::ReplaceOrder& request) {
    if (const auto sent = send(request); !sent) {
        reporter_.refused(request, ledger().find(request.orig_cl_ord_id), sent.error());
    }
    ledger_.heard();
}

void OrderFlow::execute(const core::CancelOrder& request) {
    if (const auto sent = send(request); !sent) {
        reporter_.refused(request, ledger().find(request.orig_cl_ord_id), sent.error());
    }
    ledger_.heard();
}

void OrderFlow::execute(const CancelAll& request) {
    std::vector<core::ClOrdID> orders;  // first the list: each cancel changes the ledger
    ledger().for_each_live([&](const core::Order& order) {
        if (request.symbol.empty() || order.symbol == request.symbol) {
            orders.push_back(order.cl_ord_id);
        }
    });
    cancel_each(orders, request.cl_ord_id_prefix.view(), request.stages);
    log_.write(LogLevel::Info, "cancel-all", "requests=" + std::to_string(orders.size()));
}

void OrderFlow::cancel_each(std::span<const core::ClOrdID> orders, std::string_view prefix,
                            const core::StageTimes& stages) {
    std::size_t number = 0;
    for (const core::ClOrdID& order : orders) {
        std::string id{prefix};
        id += std::to_string(++number);
        execute(core::CancelOrder{core::ClOrdID::from(id).value(), order, stages});
    }
}

// ---- lists

Result<void> OrderFlow::send_list(const core::NewOrderList& list) {
    if (auto ready = check_ready(); !ready) return ready;
    if (auto taken = check_takes_new(); !taken) return taken;
    const core::MonotonicTime now = clock_.monotonic();
    if (gate_ != nullptr) {
        if (auto allowed = gate_->check(list, ledger(), clock_.now()); !allowed) return allowed;
    }
    for (const core::NewOrder& order : list.members()) {
        if (auto allowed = limits_.check(order, now); !allowed) return allowed;
    }
    if (auto added = ledger_.add(list, now + settings_.answer_timeout); !added) return added;
    const auto sent = hand_over(list.list_id.view(), [&] { return channel_->send(list); });
    if (!sent) {
        (void)ledger_.list_not_sent(list.list_id, sent.error().reason, sent.error().detail);
        return sent.error();
    }
    ledger_.list_sent(list.list_id, sent->msg_seq_num, sent->journaled, sent->written);
    return {};
}

void OrderFlow::execute(const core::NewOrderList& list) {
    const auto sent = send_list(list);
    if (sent) return;
    for (const core::NewOrder& order : list.members()) reporter_.refused(order, sent.error());
    tell_refused(list.list_id, sent.error());
    ledger_.heard();
}

void OrderFlow::execute(const core::CancelOrderList& request) {
    std::vector<core::ClOrdID> members;
    ledger().for_each_of_list(request.list_id, [&](const core::Order& order) {
        if (order.is_live()) members.push_back(order.cl_ord_id);
    });
    if (members.empty()) {
        const std::string text = "no live order of list " + std::string{request.list_id.view()};
        return tell_refused(request.list_id, core::fail(Reason::OrderUnknown, text));
    }
    // What carries cancels instead of the trading channel may not know of the list.
    const bool goes_elsewhere = !check_ready() && for_cancels_ && for_cancels_() != nullptr;
    if (!settings_.can_cancel_list || goes_elsewhere) {
        return cancel_each(members, request.cl_ord_id_prefix.view(), request.stages);
    }
    if (const auto sent = send_list_cancel(request); !sent) {
        tell_refused(request.list_id, sent.error());
        ledger_.heard();
    }
}

void OrderFlow::tell_refused(const core::ListID& list, const core::Error& error) {
    events_.on_order_list(
        {list.view(), core::ListOrderStatus::Unspecified, error.reason, {}, error.detail});
}

Result<void> OrderFlow::send_list_cancel(const core::CancelOrderList& request) {
    if (auto ready = check_ready(); !ready) return ready;
    const core::MonotonicTime now = clock_.monotonic();
    const core::CancelOrder cancel{
        core::ClOrdID::from(request.cl_ord_id_prefix.view()).value(), {}, request.stages};
    if (auto allowed = limits_.check(cancel, now); !allowed) return allowed;
    if (auto added = ledger_.add(request, now + settings_.answer_timeout); !added) return added;
    const auto sent = hand_over(request.list_id.view(), [&] { return channel_->send(request); });
    if (!sent) {
        (void)ledger_.list_not_sent(request.list_id, sent.error().reason, sent.error().detail);
        return sent.error();
    }
    ledger_.list_sent(request.list_id, sent->msg_seq_num, sent->journaled, sent->written);
    return {};
}

// ---- requests that were not written at once

void OrderFlow::written(std::string_view cl_ord_id, const dxtrade::SentRequest& sent) {
    const auto id = core::ClOrdID::from(cl_ord_id);
    if (!id) return;
    ledger_.sent(*id, sent.msg_seq_num, sent.journaled, sent.written);
    ledger_.set_deadline(*id, clock_.monotonic() + settings_.answer_timeout);
}

void OrderFlow::not_sent(std::string_view cl_ord_id, const core::Error& error) {
    const auto id = core::ClOrdID::from(cl_ord_id);
    if (!id) return;
    const core::Applied applied = ledger_.not_sent(*id, error.reason, error.detail);
    if (applied.order != nullptr && applied.request != nullptr) {
        report_rejected(applied, error.detail, {});
    }
    ledger_.heard();
}

bool OrderFlow::in_doubt(std::string_view cl_ord_id, const core::Error& error) {
    const auto id = core::ClOrdID::from(cl_ord_id);
    if (!id) return false;
    const core::Settled settled = ledger_.doubt(*id, error.reason);
    if (settled.order == nullptr) return false;
    log_.write(LogLevel::Warning, "request-in-doubt",
               "ClOrdID=" + std::string{cl_ord_id} + " text=\"" + error.detail + "\"");
    reporter_.changed(*settled.order, *settled.request);
    ledger_.heard();
    return settled.request->certainty == Certainty::Unknown;
}

// ---- evidence from the venue

core::Applied OrderFlow::take(const core::ExecutionReport& report) { return ledger_.apply(report); }

void OrderFlow::tell(const core::ExecutionReport& report, const core::Applied& applied,
                     std::span<const std::uint64_t> request_ids) {
    for (const std::uint64_t request_id : request_ids) deliver(report, applied, request_id);
    if (request_ids.empty() && applied.kind == core::Applied::Kind::Accepted) {
        deliver(report, applied, 0);
    }
    report_also_settled(applied);
    tell_faults(report, applied);
    ledger_.heard();
}

void OrderFlow::deliver(const core::ExecutionReport& report, const core::Applied& applied,
                        std::uint64_t request_id) {
    const Certainty certainty =
        applied.request != nullptr ? applied.request->certainty : Certainty::Unspecified;
    const Reason reason = reason_of(report);
    events_.on_order(
        {report, applied.order, applied.request, certainty, reason, false, request_id});
    if (reason != Reason::None) reporter_.log_reject(report.cl_ord_id, reason, report.text);
}

void OrderFlow::tell_faults(const core::ExecutionReport& report, const core::Applied& applied) {
    faults_.tell_all(report, applied.faults.without(report.faults));
    if (applied.is_exec_id_reused) {
        faults_.tell(report, Reason::ExecIDRepeated,
                     "another execution came under this ExecID; the first one counts");
    }
    // The other channels tell of the whole account: of other sessions, terminals and dealers too.
    if (applied.is_adopted && report.channel == core::Channel::FixTrading) {
        faults_.tell(report, Reason::OrderNotOurs, "the order was not sent by this adapter");
    }
    if (applied.is_fill_missing) {
        faults_.tell(report, Reason::FillMissing, "CumQty is ahead of the fills received");
    }
}

void OrderFlow::apply(const core::OrderCancelReject& reject) {
    const core::Applied applied = ledger_.apply(reject);
    if (applied.kind == core::Applied::Kind::Accepted) {
        events_.on_cancel_reject({reject, applied.order, applied.request, Reason::CancelRejected});
        reporter_.log_reject(reject.cl_ord_id, Reason::CancelRejected, reject.text);
    }
    report_also_settled(applied);
    ledger_.heard();
}

bool OrderFlow::apply(const core::MessageReject& reject) {
    const core::Applied applied = ledger_.apply(reject);
    std::string details = "reason=" + std::string{core::reason_name(reject.reason)} +
                          " RefSeqNum=" + std::to_string(reject.ref_seq_num) +
                          " RefMsgType=" + std::string{reject.ref_msg_type} + " text=\"" +
                          std::string{reject.text} + "\"";
    log_.write(LogLevel::Warning, "reject", details);
    if (applied.order == nullptr || applied.request == nullptr) return false;
    report_rejected(applied, reject.text, reject.received);
    ledger_.heard();
    return true;
}

void OrderFlow::apply(const core::ListStatus& status) {
    const core::Applied applied = ledger_.apply(status);
    const bool is_reject = status.status == core::ListOrderStatus::Reject;
    events_.on_order_list({status.list_id, status.status,
                           is_reject ? Reason::ListRejected : Reason::None, status.raw_status,
                           status.text});
    if (applied.order != nullptr && applied.request != nullptr) {
        report_rejected(applied, status.text, {});
    }
    ledger_.heard();
}

// The venue has refused a message, or a list, with every request in it for the same reason. What
// else that settles has a reason of its own.
void OrderFlow::report_rejected(const core::Applied& applied, std::string_view text,
                                core::MonotonicTime received) {
    reporter_.rejected(*applied.order, *applied.request, text, received);
    for (const core::Settled& settled : applied.also_settled) {
        if (settled.request->reason == applied.request->reason) {
            reporter_.rejected(*settled.order, *settled.request, text, received);
        } else {
            reporter_.changed(*settled.order, *settled.request);
        }
    }
}

void OrderFlow::report_also_settled(const core::Applied& applied) {
    for (const core::Settled& settled : applied.also_settled) {
        reporter_.changed(*settled.order, *settled.request);
    }
}

// ---- time and the session

void OrderFlow::disconnected() {
    ledger_.disconnected([this](const core::Order& order, const core::Request& request) {
        reporter_.changed(order, request);
    });
    ledger_.heard();
}

void OrderFlow::without_effect(const core::ClOrdID& change) {
    constexpr std::string_view kText =
        "asked twice after the change had had its time, the venue shows the order working as "
        "before";
    const core::Applied applied = ledger_.without_effect(change, kText);
    if (applied.order != nullptr && applied.request != nullptr) {
        report_rejected(applied, kText, {});
        reporter_.log_reject(change.view(), applied.request->reason, kText);
    }
    ledger_.heard();
}

void OrderFlow::on_tick(const std::function<void(const core::ClOrdID&)>& ask) {
    std::vector<core::ClOrdID> overdue;  // asked about after the visit: sending must not nest in it
    ledger_.expire(clock_.monotonic(), [&](const core::Order& order, const core::Request& request) {
        reporter_.changed(order, request);
        if (request.certainty == Certainty::Unknown) overdue.push_back(order.cl_ord_id);
    });
    ledger_.heard();
    ledger_.on_tick();
    for (const core::ClOrdID& id : overdue) ask(id);
}

void OrderFlow::report_snapshot(std::uint64_t request_id) {
    SnapshotNews news{SnapshotPhase::Begin, status_.state.load(std::memory_order_relaxed),
                      request_id, ledger().live_count(), ledger().unknown_count()};
    events_.on_snapshot(news);
    report_live_orders();
    news.phase = SnapshotPhase::End;
    events_.on_snapshot(news);
}

void OrderFlow::report_live_orders() {
    ledger().for_each_live([this](const core::Order& order) {
        reporter_.pictured(order, ledger().find_request(order.cl_ord_id));
    });
}

}  // namespace broker::account
