#include "core/change_rules.hpp"

#include <algorithm>

#include "core/order_state.hpp"

namespace broker::core {
namespace {

bool is_sent_change(const IdRecord& id, RequestKind kind) {
    return id.is_ours && id.request.kind == kind && id.request.msg_seq_num != 0;
}

// Changes of this kind were asked for, and the outcome of each is known.
bool are_all_settled(const OrderRecord& record, RequestKind kind) {
    bool is_any = false;
    for (const IdRecord* id : record.ids) {
        if (!is_sent_change(*id, kind)) continue;
        is_any = true;
        if (is_outstanding(record, *id)) return false;
    }
    return is_any;
}

// A picture of the time before a change that is under way.
bool is_behind_change(const OrderRecord& record, const ExecutionReport& report) {
    const OrdStatus status = record.order.status;
    const bool is_pending =
        status == OrdStatus::PendingCancel || status == OrdStatus::PendingReplace;
    if (!is_pending || is_final(report.ord_status)) return false;
    const auto kind =
        status == OrdStatus::PendingCancel ? RequestKind::Cancel : RequestKind::Replace;
    return report.exec_type == ExecType::OrderStatus && !are_all_settled(record, kind);
}

bool is_older_than_in_force(const OrderRecord& record, const IdRecord& id) {
    return id.age < record.in_force_age;
}

}  // namespace

IdRecord* new_request(const OrderRecord& record) {
    if (record.ids.empty()) return nullptr;
    IdRecord* first = record.ids.front();
    return first->is_ours && first->request.kind == RequestKind::New ? first : nullptr;
}

bool is_witness(const OrderRecord& record, Channel channel) {
    if (!is_rest(channel)) return false;
    if ((record.channels & bit_of(Channel::FixTrading)) != 0) return true;
    const IdRecord* made = new_request(record);
    return made != nullptr && made->request.msg_seq_num != 0 &&
           made->request.msg_seq_num < kFirstOwnMsgSeqNum;
}

bool is_outstanding(const OrderRecord& record, const IdRecord& id) {
    if (id.request.certainty == Certainty::Rejected) return false;
    if (is_sent_change(id, RequestKind::Cancel)) return !is_final(record.order.status);
    return is_sent_change(id, RequestKind::Replace) && !id.took_effect &&
           !is_older_than_in_force(record, id);
}

bool is_change_in_doubt(const IdRecord& id) {
    return id.is_ours && id.request.kind != RequestKind::New &&
           id.request.certainty == Certainty::Unknown && !is_final(id.order->order.status);
}

bool is_without_effect(const Request& request) {
    return request.certainty == Certainty::Rejected && request.reason == Reason::NoEffectSeen;
}

ClOrdID last_cl_ord_id(const OrderRecord& record) {
    const auto last = std::find_if(record.ids.rbegin(), record.ids.rend(), [&](const IdRecord* id) {
        return id->request.kind == RequestKind::Replace && is_outstanding(record, *id);
    });
    return last == record.ids.rend() ? record.order.cl_ord_id : (*last)->request.cl_ord_id;
}

bool has_overtaken_status(const OrderRecord& record, const IdRecord* named,
                          const ExecutionReport& report) {
    const bool is_ours = named != nullptr && named->is_ours;
    const bool is_older = is_ours && is_older_than_in_force(record, *named);
    if (is_rest(report.channel) && is_behind_change(record, report)) return true;
    switch (report.exec_type) {
        case ExecType::PendingReplace:
        case ExecType::PendingCancel:
            return is_ours && named->request.kind != RequestKind::New &&
                   !is_outstanding(record, *named);
        case ExecType::OrderStatus:
            return false;
        case ExecType::Replaced:
            if (is_older && !is_final(report.ord_status)) return true;
            break;
        default:
            break;
    }
    switch (report.ord_status) {
        case OrdStatus::PendingReplace:
            return are_all_settled(record, RequestKind::Replace);
        case OrdStatus::PendingCancel:
            return are_all_settled(record, RequestKind::Cancel);
        case OrdStatus::Filled:
            return is_older && report.cum_qty && *report.cum_qty < record.order.order_qty;
        default:
            return false;
    }
}

bool shows_reopened(const OrderRecord& record, const IdRecord* named,
                    const ExecutionReport& report) {
    const Order& order = record.order;
    const bool is_in_force = named != nullptr && named->took_effect;
    return is_in_force && order.status == OrdStatus::Filled &&
           report.ord_status == OrdStatus::PartiallyFilled && report.cum_qty &&
           *report.cum_qty >= order.cum_qty && *report.cum_qty < order.order_qty;
}

OrdStatus status_without_settled(const OrderRecord& record) {
    const OrdStatus status = record.order.status;
    const bool is_settled =
        (status == OrdStatus::PendingReplace && are_all_settled(record, RequestKind::Replace)) ||
        (status == OrdStatus::PendingCancel && are_all_settled(record, RequestKind::Cancel));
    if (!is_settled) return status;
    return record.order.cum_qty.is_zero() ? OrdStatus::New : OrdStatus::PartiallyFilled;
}

}  // namespace broker::core
