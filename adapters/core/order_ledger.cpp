#include "core/order_ledger.hpp"

#include <algorithm>
#include <utility>

#include "core/change_rules.hpp"
#include "core/order_evidence.hpp"
#include "core/order_index.hpp"
#include "core/order_intake.hpp"
#include "core/order_requests.hpp"
#include "core/order_state.hpp"

namespace broker::core {

bool Order::is_live() const { return !is_final(status) || open_requests > 0; }

struct OrderLedger::State {
    explicit State(const OrderLedgerLimits& limits)
        : index{limits}, intake{limits, index}, evidence{limits, index}, requests{index.memory()} {}

    void mark_sent(IdRecord& id, MsgSeqNum number, MonotonicTime journaled, MonotonicTime written) {
        index.set_msg_seq_num(id, number);
        id.request.stages.journaled = journaled;
        id.request.stages.written = written;
        const bool is_written = written != MonotonicTime{};
        if (is_written && id.request.certainty == Certainty::Journaled) {
            index.set_certainty(id, Certainty::Written, Reason::None);
        }
        id.order->order.last_cl_ord_id = last_cl_ord_id(*id.order);
    }

    // The open requests of the list, in `requests`, that wait for the same message: one that has
    // not gone out, or the one with this number.
    void find_list_requests(const ListID& list, MsgSeqNum number) {
        requests.clear();
        const OrderIndex::Orders* orders = index.find_list(list.view());
        if (orders == nullptr) return;
        for (const OrderRecord* record : *orders) {
            for (IdRecord* id : record->ids) {
                const Request& request = id->request;
                const bool is_of_message =
                    request.msg_seq_num == 0 || request.msg_seq_num == number;
                if (id->is_open() && request.is_in_list_message && is_of_message) {
                    requests.push_back(id);
                }
            }
        }
    }

    OrderIndex index;
    OrderIntake intake;
    OrderEvidence evidence;
    OrderIndex::Ids requests;  // of one message
};

OrderLedger::OrderLedger(OrderLedgerLimits limits) : state_{std::make_unique<State>(limits)} {}

OrderLedger::~OrderLedger() = default;

Result<const Order*> OrderLedger::add(const NewOrder& order, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    return state_->intake.add(order, deadline);
}

Result<const Order*> OrderLedger::add(const ReplaceOrder& request, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    return state_->intake.add(request, deadline);
}

Result<const Order*> OrderLedger::add(const CancelOrder& request, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    return state_->intake.add(request, deadline);
}

Result<void> OrderLedger::add(const NewOrderList& list, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    return state_->intake.add(list, deadline);
}

Result<std::span<const Settled>> OrderLedger::add(const CancelOrderList& request,
                                                  MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    return state_->intake.add(request, deadline);
}

void OrderLedger::sent(const ClOrdID& request, MsgSeqNum msg_seq_num, MonotonicTime journaled,
                       MonotonicTime written) {
    thread_.check();
    IdRecord* id = state_->index.find_id(request.view());
    if (id == nullptr || !id->is_ours) return;
    id->request.is_in_list_message = false;
    state_->index.release_msg_seq_num(msg_seq_num);
    state_->mark_sent(*id, msg_seq_num, journaled, written);
}

void OrderLedger::list_sent(const ListID& list, MsgSeqNum msg_seq_num, MonotonicTime journaled,
                            MonotonicTime written) {
    thread_.check();
    state_->find_list_requests(list, msg_seq_num);
    state_->index.release_msg_seq_num(msg_seq_num);
    for (IdRecord* id : state_->requests) state_->mark_sent(*id, msg_seq_num, journaled, written);
}

Applied OrderLedger::not_sent(const ClOrdID& request, Reason reason) {
    thread_.check();
    IdRecord* id = state_->index.find_id(request.view());
    state_->requests.clear();
    if (id != nullptr && id->is_open()) state_->requests.push_back(id);
    return state_->evidence.refuse(state_->requests, reason);
}

Applied OrderLedger::list_not_sent(const ListID& list, Reason reason) {
    thread_.check();
    state_->find_list_requests(list, 0);
    return state_->evidence.refuse(state_->requests, reason);
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
    OrderIndex::Ids& requests = state_->requests;
    state_->index.find_by_msg_seq_num(reject.ref_seq_num, requests);
    std::erase_if(requests, [&](const IdRecord* id) {
        return !reject.ref_msg_type.empty() && !is_of_type(id->request, reject.ref_msg_type);
    });
    if (requests.empty()) return {};
    for (IdRecord* id : requests) {
        id->request.stages.acknowledged = reject.received;
        id->request.stages.received = reject.received;
    }
    return state_->evidence.refuse(requests, reject.reason);
}

Applied OrderLedger::apply(const ListStatus& status) {
    thread_.check();
    state_->requests.clear();
    const OrderIndex::Orders* orders = state_->index.find_list(status.list_id);
    if (orders != nullptr && status.status == ListOrderStatus::Reject) {
        for (const OrderRecord* record : *orders) {
            IdRecord* made = new_request(*record);
            if (made != nullptr && made->is_open()) state_->requests.push_back(made);
        }
    }
    return state_->evidence.refuse(state_->requests, Reason::ListRejected);
}

template <class IsDoubtful>
void OrderLedger::doubt_awaiting(IsDoubtful&& is_doubtful, Reason reason,
                                 const VisitRequest& visit) {
    const auto& awaiting = state_->index.awaiting();
    for (auto next = awaiting.begin(); next != awaiting.end();) {
        IdRecord& id = **next++;  // doubt takes it off the list
        const bool was_sent = id.request.msg_seq_num != 0;
        if (!was_sent || !is_doubtful(id.request)) continue;
        state_->evidence.doubt(id, reason);
        visit(id.order->order, id.request);
    }
}

void OrderLedger::set_deadline(const ClOrdID& request, MonotonicTime deadline) {
    thread_.check();
    IdRecord* id = state_->index.find_id(request.view());
    if (id != nullptr && id->is_ours) id->request.deadline = deadline;
}

void OrderLedger::disconnected(const VisitRequest& visit) {
    thread_.check();
    doubt_awaiting([](const Request& request) { return request.msg_seq_num < kFirstOwnMsgSeqNum; },
                   Reason::OutcomeDisconnected, visit);
}

Settled OrderLedger::doubt(const ClOrdID& request, Reason reason) {
    thread_.check();
    IdRecord* id = state_->index.find_id(request.view());
    if (id == nullptr || !id->is_ours || !id->is_open()) return {};
    if (id->request.certainty == Certainty::Unknown) return {};
    state_->evidence.doubt(*id, reason);
    return {&id->order->order, &id->request};
}

Applied OrderLedger::without_effect(const ClOrdID& change) {
    thread_.check();
    IdRecord* id = state_->index.find_id(change.view());
    state_->requests.clear();
    if (id != nullptr && is_change_in_doubt(*id)) state_->requests.push_back(id);
    return state_->evidence.refuse(state_->requests, Reason::NoEffectSeen);
}

void OrderLedger::expire(MonotonicTime now, const VisitRequest& visit) {
    thread_.check();
    doubt_awaiting([now](const Request& request) { return request.deadline <= now; },
                   Reason::OutcomeTimeout, visit);
}

void OrderLedger::sequence_reset() {
    thread_.check();
    state_->index.forget_msg_seq_nums();
}

std::uint64_t OrderLedger::begin_mass_status() {
    thread_.check();
    return state_->index.next_mark();
}

void OrderLedger::for_each_unmentioned(std::uint64_t mark,
                                       const std::function<void(const Order&)>& visit) const {
    thread_.check();
    for (const OrderRecord& record : state_->index.live()) {
        if (record.serial < mark && record.mentioned_at < mark) visit(record.order);
    }
}

void OrderLedger::for_each_of_list(const ListID& list,
                                   const std::function<void(const Order&)>& visit) const {
    thread_.check();
    const OrderIndex::Orders* orders = state_->index.find_list(list.view());
    if (orders == nullptr) return;
    for (const OrderRecord* record : *orders) visit(record->order);
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

void OrderLedger::for_each_in_doubt(const VisitRequest& visit) const {
    thread_.check();
    if (state_->index.unknown_count() == 0) return;
    for (const OrderRecord& record : state_->index.live()) {
        for (const IdRecord* id : record.ids) {
            const bool is_in_doubt = id->is_ours && id->request.certainty == Certainty::Unknown;
            if (is_in_doubt) visit(record.order, id->request);
        }
    }
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
