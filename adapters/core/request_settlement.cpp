#include "core/request_settlement.hpp"

#include "core/change_rules.hpp"
#include "core/order_state.hpp"
#include "core/report_rules.hpp"

namespace broker::core {

RequestSettlement::RequestSettlement(OrderIndex& index)
    : index_{index}, also_settled_{index.memory()} {}

void RequestSettlement::begin(const IdRecord* named) {
    named_ = named;
    also_settled_.clear();
}

void RequestSettlement::mark_answered(Request& request, MonotonicTime received) {
    request.stages.received = received;
    if (request.stages.acknowledged == MonotonicTime{}) request.stages.acknowledged = received;
}

void RequestSettlement::revive_if_absent(OrderRecord& record, const ExecutionReport& report) {
    if (!record.is_presumed_absent || says_rejected(report)) return;
    record.is_presumed_absent = false;
    record.order.status = OrdStatus::Unspecified;
    if (IdRecord* request = new_request(record)) {
        settle(*request, Certainty::Acknowledged, Reason::None);
    }
}

void RequestSettlement::by_name(IdRecord& id, const ExecutionReport& report) {
    const bool is_in_force = shows_terms_in_force(report);
    if (!id.is_ours) {
        if (report.exec_type == ExecType::Replaced) put_in_force(id);
        return;
    }
    mark_answered(id.request, report.received);
    if (id.request.kind == RequestKind::New || says_rejected(report)) return;
    const bool takes_effect = id.request.kind == RequestKind::Replace && is_in_force;
    // A request that seemed refused and is in force was not refused.
    const bool is_news = id.is_open() || takes_effect || is_without_effect(id.request);
    if (is_news) settle(id, Certainty::Acknowledged, Reason::None);
    if (takes_effect) put_in_force(id);
}

void RequestSettlement::put_in_force(IdRecord& id) {
    OrderRecord& record = *id.order;
    if (id.took_effect) return;
    id.took_effect = true;
    if (id.is_ours) {
        if (id.age < record.in_force_age)
            return;  // a report that was overtaken by a later replace's
        record.in_force_age = id.age;
        take_terms(record.order, id.request);
    }
    record.order.cl_ord_id = id.request.cl_ord_id;
}

void RequestSettlement::of_new_order(OrderRecord& record, const ExecutionReport& report) {
    IdRecord* request = new_request(record);
    if (request == nullptr) return;
    if (!says_rejected(report)) {
        if (request->is_open()) settle(*request, Certainty::Acknowledged, Reason::None);
    } else if (record.order.status == OrdStatus::Rejected) {
        settle(*request, Certainty::Rejected, Reason::RejectedByVenue);
    }
}

// A replace in doubt is in force if the answer shows its terms, and never comes into force if the
// answer names a later one. That the order is as it was proves nothing: the venue may not have come
// to the replace yet (OrderLedger::without_effect).
void RequestSettlement::by_status_answer(OrderRecord& record, const ExecutionReport& report) {
    if (report.cl_ord_id.empty() || !shows_terms_in_force(report)) return;
    const bool names_known_id = report.cl_ord_id == record.order.cl_ord_id.view();
    for (IdRecord* id : record.ids) {
        const Request& request = id->request;
        if (id == named_ || !id->is_open() || request.kind != RequestKind::Replace ||
            request.certainty != Certainty::Unknown) {
            continue;
        }
        // Why terms before ids: some venues echo the id that the question named.
        if (names_known_id && shows_effect_of(request, record.order, report)) {
            settle(*id, Certainty::Acknowledged, Reason::None);
            put_in_force(*id);
        } else if (named_ != nullptr && id->age < named_->age && !is_rest(report.channel)) {
            // Why not REST's and push's word: their pictures may be older than the replace.
            settle(*id, Certainty::Rejected, Reason::CancelRejected);
        }
    }
}

// After the order's end nothing in doubt about it can be in force, but for the cancel that ended
// it.
void RequestSettlement::by_end(OrderRecord& record) {
    if (!has_ended(record.order)) return;
    const bool is_canceled = record.order.status == OrdStatus::Canceled;
    for (IdRecord* id : record.ids) {
        // One in doubt may have been sent: a process may end before it knows the number.
        const bool was_sent =
            id->request.msg_seq_num != 0 || id->request.certainty == Certainty::Unknown;
        if (!id->is_open() || !was_sent || id->request.kind == RequestKind::New) continue;
        if (is_canceled && id->request.kind == RequestKind::Cancel) {
            settle(*id, Certainty::Acknowledged, Reason::None);
        } else if (id->request.certainty == Certainty::Unknown) {
            settle(*id, Certainty::Rejected, Reason::CancelRejected);
        }
    }
}

void RequestSettlement::end_as_rejected(IdRecord& new_order, Reason reason) {
    settle(new_order, Certainty::Rejected, reason);
    new_order.order->order.status = OrdStatus::Rejected;
    new_order.order->order.leaves_qty = {};
}

void RequestSettlement::settle(IdRecord& id, Certainty certainty, Reason reason) {
    const bool is_change = id.request.certainty != certainty;
    index_.set_certainty(id, certainty, reason);
    if (is_change && &id != named_) also_settled_.push_back({&id.order->order, &id.request});
}

}  // namespace broker::core
