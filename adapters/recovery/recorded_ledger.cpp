#include "recovery/recorded_ledger.hpp"

#include <algorithm>
#include <utility>

#include "recovery/replay.hpp"

namespace broker::recovery {
namespace {

using core::Applied;
using core::Order;
using core::Reason;
using core::Result;
using Use = RecordLog::Use;

OrderTag tag_of(const Order* order) {
    if (order == nullptr) return {};
    if (!order->list_id.empty() && !order->is_unsolicited) {
        return {OrderTag::Kind::List, order->list_id.view()};
    }
    if (order->first_cl_ord_id.empty()) return {};
    return {OrderTag::Kind::Order, order->first_cl_ord_id.view()};
}

std::string key_of(const OrderTag& order) {
    return static_cast<char>(order.kind) + std::string{order.id};
}

}  // namespace

RecordedLedger::RecordedLedger(core::OrderLedgerLimits limits, OnFailure on_failure)
    : ledger_{limits}, on_failure_{std::move(on_failure)} {}

Result<Recovered> RecordedLedger::recover(std::unique_ptr<RecordLog> log,
                                          const NeverSent& never_sent, core::MonotonicTime now) {
    Replay replay{ledger_, log->heard(), now};
    const auto read = log->read([&](std::string_view record) { replay.apply(record); });
    if (!read || replay.error()) {
        ledger_.release_thread();
        return read ? *replay.error() : read.error();
    }
    log_ = std::move(log);
    buffer_.resize(kMaxRecordBytes);
    untold_ = replay.take_untold();
    number_ = std::max(replay.last_number(), log_->heard());
    last_reset_ = replay.last_reset();

    Recovered recovered;
    recovered.records = replay.records();
    recovered.skipped = replay.skipped();
    // What this records is told like the rest: the process that died did not know it.
    const auto keep_as_untold = [this](std::uint64_t before) {
        if (number_ != before) untold_.emplace_back(last_written_);
    };
    for (std::size_t i = 0; i < replay.requests().size(); ++i) {
        const core::ClOrdID& id = replay.requests()[i];
        const core::Request* request = ledger_.find_request(id);
        const bool is_open =
            request != nullptr && (request->certainty == core::Certainty::Journaled ||
                                   request->certainty == core::Certainty::Written);
        if (!is_open) continue;
        const std::uint64_t before = number_;
        // A cancel of a whole list goes out without ClOrdIDs: their absence proves nothing.
        const bool may_be_named =
            request->kind != core::RequestKind::Cancel || !request->is_in_list_message;
        const bool may_be_proved = request->msg_seq_num == 0 && may_be_named &&
                                   i >= replay.first_since_reset() && never_sent;
        if (may_be_proved && never_sent(id.view())) {
            (void)not_sent(id, Reason::AccountNotReady, "the adapter ended before it was sent");
            ++recovered.never_sent;
        } else {
            (void)doubt(id, Reason::OutcomeDisconnected);
            ++recovered.in_doubt;
        }
        keep_as_untold(before);
    }
    ledger_.release_thread();
    return recovered;
}

void RecordedLedger::take_untold(const VisitUntold& visit) {
    for (const std::string& record : std::exchange(untold_, {})) {
        if (const auto read = read_record(record)) visit(*read);
    }
}

template <class Body>
Result<void> RecordedLedger::record(const Order* order, const Body& body, Use use) {
    if (!log_) return {};
    const auto written = write_record(buffer_, {number_ + 1, tag_of(order)}, body);
    if (!written) return written.error();
    if (auto appended = log_->append(*written, use); !appended) return appended;
    ++number_;
    last_written_ = *written;
    return {};
}

template <class Body>
void RecordedLedger::record_evidence(const Order* order, const Body& body) {
    const auto recorded = record(order, body, Use::Evidence);
    if (!recorded && on_failure_) on_failure_(recorded.error());
}

// ---- requests

template <class Request>
Result<const Order*> RecordedLedger::add_one(const Request& request, core::MonotonicTime deadline,
                                             Use use) {
    auto added = ledger_.add(request, deadline);
    if (!added) return added;
    if (const auto recorded = record(*added, request, use); !recorded) {
        (void)ledger_.not_sent(request.cl_ord_id, Reason::StorageFailed);
        return recorded.error();
    }
    return added;
}

Result<const Order*> RecordedLedger::add(const core::NewOrder& order,
                                         core::MonotonicTime deadline) {
    return add_one(order, deadline, Use::Order);
}

Result<const Order*> RecordedLedger::add(const core::ReplaceOrder& request,
                                         core::MonotonicTime deadline) {
    return add_one(request, deadline, Use::Order);
}

// Why as a use of its own: a full disk must not keep anybody from cancelling.
Result<const Order*> RecordedLedger::add(const core::CancelOrder& request,
                                         core::MonotonicTime deadline) {
    return add_one(request, deadline, Use::Cancel);
}

Result<void> RecordedLedger::add(const core::NewOrderList& list, core::MonotonicTime deadline) {
    if (auto added = ledger_.add(list, deadline); !added) return added;
    const Order* first = ledger_.find(list.members().front().cl_ord_id);
    if (auto recorded = record(first, list, Use::Order); !recorded) {
        (void)ledger_.list_not_sent(list.list_id, Reason::StorageFailed);
        return recorded;
    }
    return {};
}

Result<void> RecordedLedger::add(const core::CancelOrderList& request,
                                 core::MonotonicTime deadline) {
    const auto added = ledger_.add(request, deadline);
    if (!added) return added.error();
    if (auto recorded = record(added->front().order, request, Use::Cancel); !recorded) {
        (void)ledger_.list_not_sent(request.list_id, Reason::StorageFailed);
        return recorded;
    }
    return {};
}

void RecordedLedger::sent(const core::ClOrdID& request, core::MsgSeqNum msg_seq_num,
                          core::MonotonicTime journaled, core::MonotonicTime written) {
    ledger_.sent(request, msg_seq_num, journaled, written);
    record_evidence(ledger_.find(request),
                    Sent{request, msg_seq_num, written != core::MonotonicTime{}});
}

void RecordedLedger::list_sent(const core::ListID& list, core::MsgSeqNum msg_seq_num,
                               core::MonotonicTime journaled, core::MonotonicTime written) {
    ledger_.list_sent(list, msg_seq_num, journaled, written);
    const Order* member = nullptr;
    ledger_.for_each_of_list(list, [&member](const Order& order) { member = &order; });
    record_evidence(member, ListSent{list, msg_seq_num, written != core::MonotonicTime{}});
}

Applied RecordedLedger::not_sent(const core::ClOrdID& request, Reason reason,
                                 std::string_view text) {
    Applied applied = ledger_.not_sent(request, reason);
    record_refusals(applied, text);
    return applied;
}

Applied RecordedLedger::list_not_sent(const core::ListID& list, Reason reason,
                                      std::string_view text) {
    Applied applied = ledger_.list_not_sent(list, reason);
    record_refusals(applied, text);
    return applied;
}

Applied RecordedLedger::without_effect(const core::ClOrdID& change, std::string_view text) {
    Applied applied = ledger_.without_effect(change);
    record_refusals(applied, text);
    return applied;
}

// One record a request: each is kept as long as its own order is. What follows from a refusal by
// itself has another reason, and follows again.
void RecordedLedger::record_refusals(const Applied& applied, std::string_view text) {
    if (applied.order == nullptr || applied.request == nullptr) return;
    const Reason reason = applied.request->reason;
    record_evidence(applied.order, Refused{applied.request->cl_ord_id, reason, text});
    for (const core::Settled& settled : applied.also_settled) {
        if (settled.request->reason != reason) continue;
        record_evidence(settled.order, Refused{settled.request->cl_ord_id, reason, text});
    }
}

// ---- evidence

Applied RecordedLedger::apply(const core::ExecutionReport& report) {
    Applied applied = ledger_.apply(report);
    // The same status again changes nothing, and some venues are asked for it every few seconds.
    const bool is_repeated_status =
        applied.kind == Applied::Kind::Duplicate && report.exec_type == core::ExecType::OrderStatus;
    if (applied.order != nullptr && !is_repeated_status) record_evidence(applied.order, report);
    return applied;
}

Applied RecordedLedger::apply(const core::OrderCancelReject& reject) {
    Applied applied = ledger_.apply(reject);
    if (applied.order != nullptr) record_evidence(applied.order, reject);
    return applied;
}

Applied RecordedLedger::apply(const core::MessageReject& reject) {
    Applied applied = ledger_.apply(reject);
    record_refusals(applied, reject.text);
    return applied;
}

Applied RecordedLedger::apply(const core::ListStatus& status) {
    Applied applied = ledger_.apply(status);
    record_refusals(applied, status.text);
    return applied;
}

void RecordedLedger::record_doubt(const Order& order, const core::Request& request, Reason reason) {
    record_evidence(&order, InDoubt{request.cl_ord_id, reason});
}

void RecordedLedger::disconnected(const core::OrderLedger::VisitRequest& visit) {
    ledger_.disconnected([&](const Order& order, const core::Request& request) {
        record_doubt(order, request, Reason::OutcomeDisconnected);
        visit(order, request);
    });
}

core::Settled RecordedLedger::doubt(const core::ClOrdID& request, Reason reason) {
    const core::Settled settled = ledger_.doubt(request, reason);
    if (settled.order != nullptr) record_doubt(*settled.order, *settled.request, reason);
    return settled;
}

void RecordedLedger::expire(core::MonotonicTime now, const core::OrderLedger::VisitRequest& visit) {
    ledger_.expire(now, [&](const Order& order, const core::Request& request) {
        record_doubt(order, request, Reason::OutcomeTimeout);
        visit(order, request);
    });
}

void RecordedLedger::sequence_reset() {
    ledger_.sequence_reset();
    record_evidence(nullptr, SequenceReset{});
    last_reset_ = number_;
}

void RecordedLedger::stale(const core::ClOrdID& request, core::Duration age) {
    record_evidence(ledger_.find(request), StaleRequest{request, age});
}

void RecordedLedger::record(const journal::OperatorAction& action) {
    if (!log_) return;
    if (const auto kept = log_->append(action); !kept && on_failure_) on_failure_(kept.error());
}

// ---- carrying

void RecordedLedger::on_tick() {
    if (!log_) return;
    const bool was_carrying = log_->is_carrying();
    log_->on_tick([this](std::string_view record) { return is_kept(record); });
    if (was_carrying == log_->is_carrying()) return;
    verdicts_.clear();
    if (!was_carrying) judge_live_orders();
}

// Why one verdict an order, and on live ones at once: while a carrying goes on, orders end and are
// forgotten, and ids come again. Of an order all records are kept or none: without its end it would
// seem to live, and without its beginning to be somebody else's.
void RecordedLedger::judge_live_orders() {
    judged_to_ = number_;
    ledger_.for_each_live([this](const Order& order) { verdicts_[key_of(tag_of(&order))] = true; });
}

bool RecordedLedger::is_kept(std::string_view record) {
    const auto head = read_head(record);
    if (!head || head->number > judged_to_) return true;  // what cannot be read is not thrown away
    if (head->order.kind == OrderTag::Kind::None) {
        return is_sequence_reset(record) && head->number == last_reset_;
    }
    const auto [verdict, is_new] = verdicts_.try_emplace(key_of(head->order));
    if (is_new) verdict->second = is_remembered(head->order);
    return verdict->second;
}

bool RecordedLedger::is_remembered(const OrderTag& order) const {
    const auto id = core::ClOrdID::from(order.id);
    if (order.kind == OrderTag::Kind::Order) return ledger_.find(*id) != nullptr;
    bool is_found = false;
    ledger_.for_each_of_list(*id, [&](const Order&) { is_found = true; });
    return is_found;
}

}  // namespace broker::recovery
