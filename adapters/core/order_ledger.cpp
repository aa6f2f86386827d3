#include "core/order_ledger.hpp"

#include <string>
#include <utility>

#include "core/order_evidence.hpp"
#include "core/order_index.hpp"
#include "core/order_state.hpp"

namespace broker::core {
namespace {

Error refusal(Reason reason, const ClOrdID& id, std::string_view why) {
    return fail(reason, std::string{"ClOrdID="}.append(id.view()).append(": ").append(why));
}

Order order_of(const NewOrder& request) {
    Order order;
    order.cl_ord_id = request.cl_ord_id;
    order.first_cl_ord_id = request.cl_ord_id;
    order.last_cl_ord_id = request.cl_ord_id;
    order.symbol = request.symbol;
    order.side = request.side;
    order.ord_type = request.ord_type;
    order.time_in_force = request.time_in_force;
    order.position_effect = request.position_effect;
    order.order_qty = request.order_qty;
    order.price = request.price;
    order.stop_px = request.stop_px;
    order.expire_time = request.expire_time;
    order.instructions = request.instructions;
    order.leaves_qty = request.order_qty;
    return order;
}

bool is_of_type(const Request& request, std::string_view msg_type) {
    switch (request.kind) {
        case RequestKind::New:
            return msg_type == "D";
        case RequestKind::Replace:
            return msg_type == "G";
        case RequestKind::Cancel:
            return msg_type == "F";
    }
    return false;
}

}  // namespace

bool Order::is_live() const { return !is_final(status) || open_requests > 0; }

struct OrderLedger::State {
    explicit State(const OrderLedgerLimits& given)
        : limits{given}, index{given}, evidence{given, index} {}

    // Finds the order that a cancel or replace is about, or says why there can be no such request.
    Result<OrderRecord*> order_to_change(const ClOrdID& id, const ClOrdID& orig_id) {
        if (index.find_id(id.view()) != nullptr) {
            return refusal(Reason::DuplicateClOrdID, id, "used before");
        }
        const IdRecord* orig = index.find_id(orig_id.view());
        if (orig == nullptr) {
            return refusal(Reason::OrderUnknown, id,
                           std::string{"no order OrigClOrdID="}.append(orig_id.view()));
        }
        if (is_final(orig->order->order.status)) {
            return refusal(Reason::OrderFinal, id,
                           std::string{"order is done, OrigClOrdID="}.append(orig_id.view()));
        }
        if (!OrderIndex::has_room_for_request(*orig->order)) {
            return refusal(Reason::OrderLimitExceeded, id, "too many open requests for one order");
        }
        return orig->order;
    }

    OrderLedgerLimits limits;
    OrderIndex index;
    OrderEvidence evidence;
};

OrderLedger::OrderLedger(OrderLedgerLimits limits) : state_{std::make_unique<State>(limits)} {}

OrderLedger::~OrderLedger() = default;

Result<const Order*> OrderLedger::add(const NewOrder& order, MonotonicTime deadline) {
    thread_.check();
    OrderIndex& index = state_->index;
    index.evict();
    if (index.find_id(order.cl_ord_id.view()) != nullptr) {
        return refusal(Reason::DuplicateClOrdID, order.cl_ord_id, "used before");
    }
    if (index.live().size() >= state_->limits.max_live_orders) {
        return refusal(Reason::OrderLimitExceeded, order.cl_ord_id,
                       std::to_string(index.live().size()) + " live orders");
    }
    OrderRecord& record = index.add_order();
    record.order = order_of(order);
    Request request;
    request.kind = RequestKind::New;
    request.cl_ord_id = order.cl_ord_id;
    request.deadline = deadline;
    request.stages = order.stages;
    index.add_request(record, request);
    return &record.order;
}

Result<const Order*> OrderLedger::add(const ReplaceOrder& request, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    const auto found = state_->order_to_change(request.cl_ord_id, request.orig_cl_ord_id);
    if (!found) return found.error();
    OrderRecord& record = **found;
    const IdRecord* made = state_->index.find_id(record.order.first_cl_ord_id.view());
    if (made != nullptr && made->is_ours && made->request.certainty == Certainty::Unknown) {
        return refusal(Reason::RequestPending, request.cl_ord_id, "the order itself is in doubt");
    }
    Request kept;
    kept.kind = RequestKind::Replace;
    kept.cl_ord_id = request.cl_ord_id;
    kept.orig_cl_ord_id = record.order.cl_ord_id;
    kept.deadline = deadline;
    kept.stages = request.stages;
    kept.order_qty = request.order_qty;
    kept.price = request.price;
    kept.stop_px = request.stop_px;
    kept.expire_time = request.expire_time;
    kept.time_in_force = request.time_in_force;
    state_->index.add_request(record, kept);
    return &record.order;
}

Result<const Order*> OrderLedger::add(const CancelOrder& request, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    const auto found = state_->order_to_change(request.cl_ord_id, request.orig_cl_ord_id);
    if (!found) return found.error();
    OrderRecord& record = **found;
    Request kept;
    kept.kind = RequestKind::Cancel;
    kept.cl_ord_id = request.cl_ord_id;
    kept.orig_cl_ord_id = record.order.cl_ord_id;
    kept.deadline = deadline;
    kept.stages = request.stages;
    state_->index.add_request(record, kept);
    return &record.order;
}

void OrderLedger::sent(const ClOrdID& request, MsgSeqNum msg_seq_num, MonotonicTime journaled,
                       MonotonicTime written) {
    thread_.check();
    IdRecord* id = state_->index.find_id(request.view());
    if (id == nullptr || !id->is_ours) return;
    state_->index.set_msg_seq_num(*id, msg_seq_num);
    id->request.stages.journaled = journaled;
    id->request.stages.written = written;
    const bool is_written = written != MonotonicTime{};
    if (is_written && id->request.certainty == Certainty::Journaled) {
        state_->index.set_certainty(*id, Certainty::Written, Reason::None);
    }
}

Applied OrderLedger::not_sent(const ClOrdID& request, Reason reason) {
    thread_.check();
    IdRecord* id = state_->index.find_id(request.view());
    if (id == nullptr || !id->is_open()) {
        Applied nothing;
        nothing.kind = Applied::Kind::Duplicate;
        return nothing;
    }
    return state_->evidence.refuse(*id, reason);
}

Applied OrderLedger::apply(const ExecutionReport& report) {
    thread_.check();
    state_->index.evict();
    return state_->evidence.apply(report);
}

Applied OrderLedger::apply(const OrderCancelReject& reject) {
    thread_.check();
    state_->index.evict();
    return state_->evidence.apply(reject);
}

Applied OrderLedger::apply(const MessageReject& reject) {
    thread_.check();
    state_->index.evict();
    IdRecord* id = state_->index.find_by_msg_seq_num(reject.ref_seq_num);
    if (id == nullptr) return {};
    if (!reject.ref_msg_type.empty() && !is_of_type(id->request, reject.ref_msg_type)) return {};
    id->request.stages.acknowledged = reject.received;
    id->request.stages.received = reject.received;
    return state_->evidence.refuse(*id, reject.reason);
}

void OrderLedger::disconnected(const VisitRequest& visit) {
    thread_.check();
    doubt_awaiting(MonotonicTime::max(), Reason::OutcomeDisconnected, visit);
}

void OrderLedger::expire(MonotonicTime now, const VisitRequest& visit) {
    thread_.check();
    doubt_awaiting(now, Reason::OutcomeTimeout, visit);
}

void OrderLedger::doubt_awaiting(MonotonicTime now, Reason reason, const VisitRequest& visit) {
    const auto& awaiting = state_->index.awaiting();
    for (auto next = awaiting.begin(); next != awaiting.end();) {
        IdRecord& id = **next++;  // doubt takes it off the list
        const bool was_sent = id.request.msg_seq_num != 0;
        if (!was_sent || id.request.deadline > now) continue;
        state_->evidence.doubt(id, reason);
        visit(id.order->order, id.request);
    }
}

void OrderLedger::sequence_reset() {
    thread_.check();
    state_->index.forget_msg_seq_nums();
}

const Order* OrderLedger::find(const ClOrdID& any_id) const {
    thread_.check();
    const IdRecord* id = std::as_const(state_->index).find_id(any_id.view());
    return id == nullptr ? nullptr : &id->order->order;
}

const Request* OrderLedger::find_request(const ClOrdID& id) const {
    thread_.check();
    const IdRecord* found = std::as_const(state_->index).find_id(id.view());
    return found == nullptr || !found->is_ours ? nullptr : &found->request;
}

void OrderLedger::for_each_live(const std::function<void(const Order&)>& visit) const {
    thread_.check();
    for (const OrderRecord& record : state_->index.live()) visit(record.order);
}

std::size_t OrderLedger::live_count() const {
    thread_.check();
    return state_->index.live().size();
}

std::size_t OrderLedger::unknown_count() const {
    thread_.check();
    return state_->index.unknown_count();
}

}  // namespace broker::core
