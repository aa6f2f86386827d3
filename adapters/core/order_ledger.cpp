#include "core/order_ledger.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "core/change_rules.hpp"
#include "core/order_evidence.hpp"
#include "core/order_index.hpp"
#include "core/order_requests.hpp"
#include "core/order_state.hpp"

namespace broker::core {
namespace {

// An order that nothing more can be asked of.
bool is_done(const OrderRecord* record) { return is_final(record->order.status); }

Error list_refusal(Reason reason, const ListID& list, std::string_view why) {
    return fail(reason, std::string{"ListID="}.append(list.view()).append(": ").append(why));
}

// The id of the cancel of a list's order, numbered from 1.
ClOrdID cancel_id(const CancelOrderList& request, std::size_t number) {
    std::array<char, ClOrdID::kCapacity> text{};
    const std::string_view prefix = request.cl_ord_id_prefix.view();
    char* at = std::copy(prefix.begin(), prefix.end(), text.data());
    at = std::to_chars(at, text.data() + text.size(), number).ptr;
    return *ClOrdID::from({text.data(), static_cast<std::size_t>(at - text.data())});
}

}  // namespace

bool Order::is_live() const { return !is_final(status) || open_requests > 0; }

struct OrderLedger::State {
    explicit State(const OrderLedgerLimits& given)
        : limits{given},
          index{given},
          evidence{given, index},
          requests{index.memory()},
          cancels{index.memory()} {}

    // Whether `count` more orders may be made, the first of which is `id`.
    Result<void> check_room(const ClOrdID& id, std::size_t count) const {
        const std::size_t live = index.live().size();
        if (live + count <= limits.max_live_orders) return {};
        return refusal(Reason::OrderLimitExceeded, id, std::to_string(live) + " live orders");
    }

    Result<void> check_unused(const ClOrdID& id) const {
        if (index.find_id(id.view()) == nullptr) return {};
        return refusal(Reason::DuplicateClOrdID, id, "used before");
    }

    Result<void> check(const NewOrderList& list) const {
        if (list.list_id.empty() || list.order_count == 0 ||
            list.order_count > NewOrderList::kMaxOrders) {
            return list_refusal(Reason::InvalidField, list.list_id, "no ListID or no orders");
        }
        if (index.find_list(list.list_id.view()) != nullptr) {
            return list_refusal(Reason::DuplicateClOrdID, list.list_id, "used before");
        }
        for (const NewOrder& order : list.members()) {
            if (const auto unused = check_unused(order.cl_ord_id); !unused) return unused;
            const auto members = list.members();
            const auto uses = std::count_if(
                members.begin(), members.end(),
                [&](const NewOrder& other) { return other.cl_ord_id == order.cl_ord_id; });
            if (uses != 1) {
                return refusal(Reason::DuplicateClOrdID, order.cl_ord_id, "twice in its list");
            }
        }
        return check_room(list.orders[0].cl_ord_id, list.order_count);
    }

    Result<void> check(const CancelOrderList& request, const OrderIndex::Orders& orders) const {
        if (std::all_of(orders.begin(), orders.end(), is_done)) {
            return list_refusal(Reason::OrderFinal, request.list_id, "every order is done");
        }
        for (std::size_t i = 0; i < orders.size(); ++i) {
            if (is_done(orders[i])) continue;
            const ClOrdID id = cancel_id(request, i + 1);
            if (const auto unused = check_unused(id); !unused) return unused;
            if (!OrderIndex::has_room_for_request(*orders[i])) {
                return refusal(Reason::OrderLimitExceeded, id,
                               "too many open requests for one order");
            }
        }
        return {};
    }

    OrderRecord& add(const NewOrder& order, MonotonicTime deadline, const ListID& list) {
        OrderRecord& record = index.add_order();
        record.order = order_of(order);
        index.add_to_list(record, list.view());
        Request request = request_of(order, deadline);
        request.is_in_list_message = !list.empty();
        index.add_request(record, request);
        return record;
    }

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

    // Finds the order that a cancel or replace is about, or says why there can be no such request.
    Result<OrderRecord*> order_to_change(const ClOrdID& id, const ClOrdID& orig_id) {
        if (const auto unused = check_unused(id); !unused) return unused.error();
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
    OrderIndex::Ids requests;           // of one message
    std::pmr::vector<Settled> cancels;  // of one list
};

OrderLedger::OrderLedger(OrderLedgerLimits limits) : state_{std::make_unique<State>(limits)} {}

OrderLedger::~OrderLedger() = default;

Result<const Order*> OrderLedger::add(const NewOrder& order, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    if (const auto unused = state_->check_unused(order.cl_ord_id); !unused) return unused.error();
    if (const auto room = state_->check_room(order.cl_ord_id, 1); !room) return room.error();
    return &state_->add(order, deadline, {}).order;
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
    const auto kept = request_of(request, record.order, deadline);
    if (!kept) return kept.error();
    state_->index.add_request(record, *kept);
    return &record.order;
}

Result<const Order*> OrderLedger::add(const CancelOrder& request, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    const auto found = state_->order_to_change(request.cl_ord_id, request.orig_cl_ord_id);
    if (!found) return found.error();
    OrderRecord& record = **found;
    state_->index.add_request(record, request_of(request, record.order, deadline));
    return &record.order;
}

Result<void> OrderLedger::add(const NewOrderList& list, MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    if (const auto checked = state_->check(list); !checked) return checked;
    for (const NewOrder& order : list.members()) state_->add(order, deadline, list.list_id);
    return {};
}

Result<std::span<const Settled>> OrderLedger::add(const CancelOrderList& request,
                                                  MonotonicTime deadline) {
    thread_.check();
    state_->index.evict();
    const OrderIndex::Orders* orders = state_->index.find_list(request.list_id.view());
    if (orders == nullptr) {
        return list_refusal(Reason::OrderUnknown, request.list_id, "no such list");
    }
    if (const auto checked = state_->check(request, *orders); !checked) return checked.error();
    state_->cancels.clear();
    for (std::size_t i = 0; i < orders->size(); ++i) {
        OrderRecord& record = *(*orders)[i];
        if (is_done(&record)) continue;
        CancelOrder cancel;
        cancel.cl_ord_id = cancel_id(request, i + 1);
        cancel.stages = request.stages;
        Request kept = request_of(cancel, record.order, deadline);
        kept.is_in_list_message = true;
        const IdRecord& id = state_->index.add_request(record, kept);
        state_->cancels.push_back({&record.order, &id.request});
    }
    return std::span<const Settled>{state_->cancels};
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

std::size_t OrderLedger::live_count() const {
    thread_.check();
    return state_->index.live().size();
}

std::size_t OrderLedger::unknown_count() const {
    thread_.check();
    return state_->index.unknown_count();
}

}  // namespace broker::core
