#include "account/account_coordinator.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <type_traits>
#include <utility>

namespace broker::account {
namespace {

using core::Certainty;
using core::ExecType;
using core::LogLevel;
using core::Reason;

// Stands for a number that is not known: no message has it.
constexpr core::MsgSeqNum kNoMsgSeqNum = std::numeric_limits<core::MsgSeqNum>::max();

// A failure that the adapter mends by itself is a warning; one that waits for a person is an error.
LogLevel level_of(AccountState state, Reason reason, core::Duration next_attempt) {
    if (core::suggested_action(reason).empty()) return LogLevel::Info;
    const bool is_given_up =
        state == AccountState::Offline && next_attempt < core::Duration::zero();
    return is_given_up ? LogLevel::Error : LogLevel::Warning;
}

// Why a request whose answer is `report` is not in force; None if it is.
Reason reason_of(const core::ExecutionReport& report) {
    return report.exec_type == ExecType::Rejected ? Reason::RejectedByVenue : Reason::None;
}

}  // namespace

AccountCoordinator::AccountCoordinator(CoordinatorSettings settings, const core::Clock& clock,
                                       AccountEvents& events, core::Log& log,
                                       const MakeChannel& make_channel,
                                       const MakeSideChannels& make_side_channels)
    : settings_{std::move(settings)},
      clock_{clock},
      events_{events},
      log_{settings_.id, log},
      reporter_{events_, log_},
      limits_{settings_.limits},
      ledger_{settings_.ledger},
      channel_{make_channel(*this)} {
    if (make_side_channels) side_channels_ = make_side_channels(*this);
}

// ---- lifecycle

void AccountCoordinator::start() {
    thread_.check();
    channel_->start();
    for (const auto& channel : side_channels_) channel->start();
}

void AccountCoordinator::stop(std::function<void()> done) {
    thread_.check();
    enter(AccountState::Draining, Reason::StoppedByHost, "stopping: logging out");
    stopping_ = 1 + side_channels_.size();
    const auto stopped = [this, done = std::move(done)] {
        if (--stopping_ != 0) return;
        enter(AccountState::Stopped, Reason::StoppedByHost, "stopped");
        done();
    };
    channel_->stop("stopped by host", stopped);
    for (const auto& channel : side_channels_) channel->stop("stopped by host", stopped);
}

void AccountCoordinator::enter(AccountState state, Reason reason, std::string_view text,
                               std::string_view peer, core::Duration next_attempt,
                               core::Channel channel) {
    const AccountState previous = status_.state.load(std::memory_order_relaxed);
    status_.reason.store(reason, std::memory_order_relaxed);
    status_.since_ns.store(clock_.utc().time_since_epoch().count(), std::memory_order_relaxed);
    status_.state.store(state, std::memory_order_release);
    publish_counts();

    std::string details{state_name(previous)};
    details.append("->").append(state_name(state));
    details.append(" reason=").append(core::reason_name(reason));
    if (!peer.empty()) details.append(" peer=").append(peer);
    details.append(" text=\"").append(text).append("\"");
    log_.write(level_of(state, reason, next_attempt), "state", details);
    events_.on_session({state, previous, reason, text, peer, next_attempt, channel});
}

void AccountCoordinator::note_side_channel(core::Channel channel, AccountState state, Reason reason,
                                           std::string_view text, std::string_view peer,
                                           core::Duration next_attempt) {
    auto& kept =
        channel == core::Channel::FixDropCopy ? status_.drop_copy_state : status_.market_data_state;
    const AccountState previous = kept.exchange(state, std::memory_order_relaxed);
    std::string details{state_name(previous)};
    details.append("->").append(state_name(state));
    details.append(" channel=").append(std::to_string(static_cast<int>(channel)));
    details.append(" reason=").append(core::reason_name(reason));
    if (!peer.empty()) details.append(" peer=").append(peer);
    details.append(" text=\"").append(text).append("\"");
    log_.write(level_of(state, reason, next_attempt), "state", details);
    const AccountState account = status_.state.load(std::memory_order_relaxed);
    events_.on_session({account, account, reason, text, peer, next_attempt, channel});
}

void AccountCoordinator::publish_counts() {
    status_.live_order_count.store(ledger_.live_count(), std::memory_order_relaxed);
    status_.unknown_count.store(ledger_.unknown_count(), std::memory_order_relaxed);
}

// ---- the channel's life

void AccountCoordinator::on_connecting(core::Channel channel, std::string_view peer) {
    thread_.check();
    if (channel != core::Channel::FixTrading) {
        return note_side_channel(channel, AccountState::Connecting, Reason::Started, "connecting",
                                 peer);
    }
    enter(AccountState::Connecting, Reason::Started, "connecting", peer, core::Duration{-1},
          channel);
}

void AccountCoordinator::on_logged_on(core::Channel channel, std::string_view peer) {
    thread_.check();
    constexpr std::string_view kText = "the venue accepted the logon";
    if (channel != core::Channel::FixTrading) {
        return note_side_channel(channel, AccountState::Ready, Reason::LogonAccepted, kText, peer);
    }
    peer_ = peer;
    enter(AccountState::LoggedOn, Reason::LogonAccepted, kText, peer, core::Duration{-1}, channel);
    begin_reconciliation();
}

void AccountCoordinator::on_disconnected(core::Channel channel, Reason reason,
                                         std::string_view text, std::string_view peer,
                                         core::Duration next_attempt) {
    thread_.check();
    if (channel != core::Channel::FixTrading) {
        const bool is_draining =
            status_.state.load(std::memory_order_relaxed) == AccountState::Draining;
        return note_side_channel(channel,
                                 is_draining ? AccountState::Draining : AccountState::Offline,
                                 reason, text, peer, next_attempt);
    }
    unreconciled_.clear();
    ledger_.disconnected([this](const core::Order& order, const core::Request& request) {
        reporter_.changed(order, request);
    });
    const AccountState state = status_.state.load(std::memory_order_relaxed);
    const bool is_stopping = state == AccountState::Draining;
    enter(is_stopping ? AccountState::Draining : AccountState::Offline, reason, text, peer,
          next_attempt, channel);
}

void AccountCoordinator::on_sequence_reset() {
    thread_.check();
    ledger_.sequence_reset();
}

void AccountCoordinator::on_notice(core::Channel /*channel*/, std::string_view text) {
    log_.write(LogLevel::Warning, "notice", std::string{"text=\""}.append(text).append("\""));
}

void AccountCoordinator::on_venue_fault(const core::VenueFault& fault) {
    status_.venue_fault_count += fault.count;
    if (fault.reason == Reason::MsgTypeUnknown) status_.unknown_msg_type_count += fault.count;
    if (fault.reason == Reason::ValueUnknown) status_.unknown_value_count += fault.count;
    on_notice(fault.channel, fault.text);
    events_.on_venue_fault(fault);
}

void AccountCoordinator::on_position(const core::PositionReport& /*position*/) {}
void AccountCoordinator::on_account_summary(const core::AccountSummary& /*summary*/) {}
void AccountCoordinator::on_trade(const core::TradeReport& /*trade*/) {}
void AccountCoordinator::on_instrument(const core::Instrument& /*instrument*/) {}
void AccountCoordinator::on_trading_session_status(const core::TradingSessionStatus& /*status*/) {}
void AccountCoordinator::on_query_done(const core::QueryDone& /*done*/) {}

void AccountCoordinator::on_stale_request(std::string_view cl_ord_id, core::Duration age) {
    // Its outcome stays unknown until the venue is asked: it may have been received and its number
    // forgotten. It is not sent again.
    log_.write(LogLevel::Warning, "stale-request",
               std::string{"ClOrdID="}
                       .append(cl_ord_id)
                       .append(" age_ms=")
                       .append(std::to_string(
                           std::chrono::duration_cast<std::chrono::milliseconds>(age).count())) +
                   " action=gap-filled");
}

// ---- requests from the host

template <class Request>
core::Result<dxtrade::SentRequest> AccountCoordinator::hand_over(const Request& request,
                                                                 const core::Order& known) {
    try {
        if constexpr (std::is_same_v<Request, core::NewOrder>) {
            return channel_->send(request);
        } else {
            return channel_->send(request, known);
        }
    } catch (const std::exception& e) {
        // How far it got is not known, so it counts as sent: without an answer it becomes Unknown.
        log_.write(LogLevel::Error, "internal-error",
                   std::string{"ClOrdID="}.append(request.cl_ord_id.view()) + " text=\"" +
                       e.what() + "\"");
        return dxtrade::SentRequest{kNoMsgSeqNum, clock_.monotonic(), {}};
    }
}

template <class Request>
core::Result<void> AccountCoordinator::send(const Request& request) {
    const AccountState state = status_.state.load(std::memory_order_relaxed);
    if (state != AccountState::Ready) {
        return core::fail(Reason::AccountNotReady,
                          "account " + settings_.id + " is " + std::string{state_name(state)});
    }
    const core::MonotonicTime now = clock_.monotonic();
    if (const auto allowed = limits_.check(request, now); !allowed) return allowed.error();
    const auto known = ledger_.add(request, now + settings_.answer_timeout);
    if (!known) return known.error();
    const auto sent = hand_over(request, **known);
    if (!sent) {
        (void)ledger_.not_sent(request.cl_ord_id, sent.error().reason);
        return sent.error();
    }
    ledger_.sent(request.cl_ord_id, sent->msg_seq_num, sent->journaled, sent->written);
    return {};
}

void AccountCoordinator::execute(const core::NewOrder& order) {
    thread_.check();
    if (const auto sent = send(order); !sent) reporter_.refused(order, sent.error());
    publish_counts();
}

void AccountCoordinator::execute(const core::ReplaceOrder& request) {
    thread_.check();
    if (const auto sent = send(request); !sent) {
        reporter_.refused(request, ledger_.find(request.orig_cl_ord_id), sent.error());
    }
    publish_counts();
}

void AccountCoordinator::execute(const core::CancelOrder& request) {
    thread_.check();
    if (const auto sent = send(request); !sent) {
        reporter_.refused(request, ledger_.find(request.orig_cl_ord_id), sent.error());
    }
    publish_counts();
}

void AccountCoordinator::execute(const CancelAll& request) {
    thread_.check();
    std::vector<core::ClOrdID> orders;  // first the list: each cancel changes the ledger
    ledger_.for_each_live([&](const core::Order& order) {
        if (request.symbol.empty() || order.symbol == request.symbol) {
            orders.push_back(order.cl_ord_id);
        }
    });
    std::size_t number = 0;
    for (const core::ClOrdID& order : orders) {
        std::string id{request.cl_ord_id_prefix.view()};
        id += std::to_string(++number);
        execute(core::CancelOrder{core::ClOrdID::from(id).value(), order, request.stages});
    }
    log_.write(LogLevel::Info, "cancel-all", "requests=" + std::to_string(orders.size()));
}

// ---- reports from the venue

void AccountCoordinator::on_execution_report(const core::ExecutionReport& report) {
    thread_.check();
    const core::Applied applied = ledger_.apply(report);
    publish_counts();
    if (applied.kind == core::Applied::Kind::Accepted) {
        const Certainty certainty =
            applied.request != nullptr ? applied.request->certainty : Certainty::Unspecified;
        const Reason reason = reason_of(report);
        events_.on_order({report, applied.order, applied.request, certainty, reason, false});
        if (reason != Reason::None) reporter_.log_reject(report.cl_ord_id, reason, report.text);
    }
    report_also_settled(applied);
    if (applied.is_fill_missing) {
        log_.write(LogLevel::Warning, "fill-missing",
                   std::string{"ClOrdID="}
                           .append(report.cl_ord_id)
                           .append(" OrderID=")
                           .append(report.order_id) +
                       " text=\"CumQty is ahead of the fills received\"");
    }
    if (report.exec_type == ExecType::OrderStatus && applied.order != nullptr) {
        note_reconciled(*applied.order);
    }
}

void AccountCoordinator::on_order_cancel_reject(const core::OrderCancelReject& reject) {
    thread_.check();
    const core::Applied applied = ledger_.apply(reject);
    publish_counts();
    if (applied.kind == core::Applied::Kind::Accepted) {
        events_.on_cancel_reject({reject, applied.order, applied.request, Reason::CancelRejected});
        reporter_.log_reject(reject.cl_ord_id, Reason::CancelRejected, reject.text);
    }
    report_also_settled(applied);
}

void AccountCoordinator::on_message_reject(const core::MessageReject& reject) {
    thread_.check();
    const core::Applied applied = ledger_.apply(reject);
    std::string details = "reason=" + std::string{core::reason_name(reject.reason)} +
                          " RefSeqNum=" + std::to_string(reject.ref_seq_num) +
                          " RefMsgType=" + std::string{reject.ref_msg_type} + " text=\"" +
                          std::string{reject.text} + "\"";
    log_.write(LogLevel::Warning, "reject", details);
    if (applied.order == nullptr || applied.request == nullptr) return;
    publish_counts();
    reporter_.rejected(*applied.order, *applied.request, reject.text, reject.received);
    report_also_settled(applied);
}

void AccountCoordinator::report_also_settled(const core::Applied& applied) {
    for (const core::Request* request : applied.also_settled) {
        reporter_.changed(*applied.order, *request);
    }
}

void AccountCoordinator::report_snapshot(std::uint64_t request_id) {
    thread_.check();
    SnapshotNews news{SnapshotPhase::Begin, status_.state.load(std::memory_order_relaxed),
                      request_id, ledger_.live_count(), ledger_.unknown_count()};
    events_.on_snapshot(news);
    ledger_.for_each_live([this](const core::Order& order) {
        reporter_.pictured(order, ledger_.find_request(order.cl_ord_id));
    });
    news.phase = SnapshotPhase::End;
    events_.on_snapshot(news);
}

void AccountCoordinator::on_tick() {
    thread_.check();
    const core::MonotonicTime now = clock_.monotonic();
    for (const auto& channel : side_channels_) channel->on_tick();
    std::vector<core::ClOrdID> overdue;  // asked about after the visit: sending must not nest in it
    ledger_.expire(now, [&](const core::Order& order, const core::Request& request) {
        reporter_.changed(order, request);
        if (request.certainty == Certainty::Unknown) overdue.push_back(order.cl_ord_id);
    });
    publish_counts();
    const AccountState state = status_.state.load(std::memory_order_relaxed);
    if (state == AccountState::Ready && settings_.can_request_order_status) {
        for (const core::ClOrdID& id : overdue) ask_for_status(id);
    }
    if (state == AccountState::Reconciling && now >= reconcile_deadline_) end_reconciliation();
}

// ---- reconciliation

void AccountCoordinator::ask_for_status(const core::ClOrdID& id) {
    const core::Order* order = ledger_.find(id);
    if (order == nullptr) return;
    const auto asked = channel_->request_status(*order);
    if (asked) return;
    // The order stays as it is: the deadline of the reconciliation or the next logon sees to it.
    log_.write(
        LogLevel::Warning, "status-request",
        std::string{"ClOrdID="}.append(id.view()) + " text=\"" + asked.error().detail + "\"");
}

void AccountCoordinator::begin_reconciliation() {
    unreconciled_.clear();
    if (settings_.can_request_order_status) {
        ledger_.for_each_live(
            [this](const core::Order& order) { unreconciled_.push_back(order.first_cl_ord_id); });
    }
    reconcile_deadline_ = clock_.monotonic() + settings_.answer_timeout;
    enter(AccountState::Reconciling, Reason::LogonAccepted,
          "checking " + std::to_string(unreconciled_.size()) + " live orders with the venue",
          peer_);
    for (const core::ClOrdID& id : std::vector{unreconciled_}) ask_for_status(id);
    if (unreconciled_.empty()) end_reconciliation();
}

void AccountCoordinator::note_reconciled(const core::Order& order) {
    if (std::erase(unreconciled_, order.first_cl_ord_id) == 0) return;
    if (unreconciled_.empty()) end_reconciliation();
}

void AccountCoordinator::end_reconciliation() {
    const std::size_t unanswered = unreconciled_.size();
    unreconciled_.clear();
    report_snapshot(0);
    std::string text = "ready: " + std::to_string(ledger_.live_count()) + " live orders, " +
                       std::to_string(ledger_.unknown_count()) + " requests in doubt";
    if (unanswered != 0) text += ", " + std::to_string(unanswered) + " status requests unanswered";
    enter(AccountState::Ready, Reason::Reconciled, text, peer_);
}

}  // namespace broker::account
