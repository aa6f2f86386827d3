#include "core/order_index.hpp"

#include <algorithm>

namespace broker::core {
namespace {

bool is_settled(Certainty certainty) {
    return certainty == Certainty::Acknowledged || certainty == Certainty::Rejected;
}

bool may_be_forgotten(const IdRecord& id) {
    const Order& order = id.order->order;
    return !id.is_open() && id.request.cl_ord_id != order.cl_ord_id &&
           id.request.cl_ord_id != order.first_cl_ord_id;
}

}  // namespace

bool IdRecord::is_open() const { return is_ours && !is_settled(request.certainty); }

OrderIndex::OrderIndex(OrderLedgerLimits limits) : limits_{limits} {}

OrderRecord* OrderIndex::find_by_order_id(std::string_view order_id) const {
    const auto found = order_ids_.find(order_id);
    return found == order_ids_.end() ? nullptr : found->second;
}

IdRecord* OrderIndex::find_id(std::string_view cl_ord_id) {
    const auto found = ids_.find(cl_ord_id);
    return found == ids_.end() ? nullptr : &found->second;
}

const IdRecord* OrderIndex::find_id(std::string_view cl_ord_id) const {
    const auto found = ids_.find(cl_ord_id);
    return found == ids_.end() ? nullptr : &found->second;
}

OrderRecord* OrderIndex::find_by_orig_order_id(std::string_view orig_order_id) const {
    const auto found = orig_order_ids_.find(orig_order_id);
    return found == orig_order_ids_.end() ? nullptr : found->second;
}

void OrderIndex::find_by_msg_seq_num(MsgSeqNum number, Ids& found) const {
    found.clear();
    const auto [begin, end] = msg_seq_nums_.equal_range(number);
    for (auto at = begin; at != end; ++at) found.push_back(at->second);
    std::sort(found.begin(), found.end(),
              [](const IdRecord* a, const IdRecord* b) { return a->age < b->age; });
}

const OrderIndex::Orders* OrderIndex::find_list(std::string_view list_id) const {
    const auto found = lists_.find(list_id);
    return found == lists_.end() ? nullptr : &found->second;
}

OrderRecord& OrderIndex::add_order() {
    OrderRecord& record = live_.emplace_back(&pool_);
    record.self = std::prev(live_.end());
    record.serial = ++last_serial_;
    record.mentioned_at = record.serial;
    return record;
}

void OrderIndex::add_to_list(OrderRecord& record, std::string_view list_id) {
    const auto id = ListID::from(list_id);
    if (!record.order.list_id.empty() || !id || id->empty()) return;
    Orders& orders = lists_.try_emplace(*id).first->second;
    if (orders.size() == kMaxOrdersPerList) return;
    record.order.list_id = *id;
    orders.push_back(&record);
}

void OrderIndex::leave_list(OrderRecord& record) {
    const auto found = lists_.find(record.order.list_id.view());
    if (found == lists_.end()) return;
    std::erase(found->second, &record);
    if (found->second.empty()) lists_.erase(found);
}

bool OrderIndex::has_room_for_request(const OrderRecord& record) {
    return record.ids.size() < kMaxIdsPerOrder ||
           std::any_of(record.ids.begin(), record.ids.end(),
                       [](const IdRecord* id) { return may_be_forgotten(*id); });
}

IdRecord& OrderIndex::add_request(OrderRecord& record, const Request& request) {
    IdRecord& id = add_id(record, request.cl_ord_id);
    id.is_ours = true;
    id.request = request;
    ++record.order.open_requests;
    id.awaiting = awaiting_.insert(awaiting_.end(), &id);
    id.is_awaiting = true;
    return id;
}

void OrderIndex::add_foreign_id(OrderRecord& record, std::string_view cl_ord_id) {
    const auto id = ClOrdID::from(cl_ord_id);
    if (id && !id->empty() && find_id(cl_ord_id) == nullptr) add_id(record, *id);
}

IdRecord& OrderIndex::add_id(OrderRecord& record, const ClOrdID& id) {
    if (record.ids.size() >= kMaxIdsPerOrder) forget_oldest_id(record);
    IdRecord& added = ids_.try_emplace(id).first->second;
    added.order = &record;
    added.age = ++last_age_;
    added.request.cl_ord_id = id;
    record.ids.push_back(&added);
    return added;
}

void OrderIndex::forget_oldest_id(OrderRecord& record) {
    const auto oldest = std::find_if(record.ids.begin(), record.ids.end(),
                                     [](const IdRecord* id) { return may_be_forgotten(*id); });
    if (oldest == record.ids.end()) return;
    forget_id(*oldest);
    record.ids.erase(oldest);
}

void OrderIndex::forget_id(IdRecord* id) {
    stop_awaiting(*id);
    forget_msg_seq_num(*id);
    // Why a copy: the key must not be part of what is erased.
    const ClOrdID key = id->request.cl_ord_id;
    ids_.erase(key);
}

void OrderIndex::add_order_id(OrderRecord& record, std::string_view order_id, bool is_current) {
    const auto id = OrderID::from(order_id);
    if (!id || id->empty() || *id == record.order.order_id) return;
    if (is_current || record.order.order_id.empty()) record.order.order_id = *id;
    // A venue that counts anew each day gives old ids to new orders: the newest order has it.
    order_ids_.insert_or_assign(*id, &record);
    auto& known = record.order_ids;
    if (std::find(known.begin(), known.end(), *id) != known.end()) return;
    if (known.size() == kMaxOrderIdsPerOrder) {
        if (find_by_order_id(known.front().view()) == &record) order_ids_.erase(known.front());
        known.erase(known.begin());
    }
    known.push_back(*id);
}

void OrderIndex::add_orig_order_id(OrderRecord& record, std::string_view orig_order_id) {
    const auto id = OrderID::from(orig_order_id);
    if (!record.orig_order_id.empty() || !id || id->empty()) return;
    record.orig_order_id = *id;
    orig_order_ids_.insert_or_assign(*id, &record);
}

void OrderIndex::absorb(OrderRecord& into, OrderRecord& from) {
    for (IdRecord* id : from.ids) {
        if (into.ids.size() >= kMaxIdsPerOrder) forget_oldest_id(into);
        id->order = &into;
        into.ids.push_back(id);
    }
    into.order.open_requests += from.order.open_requests;
    from.ids.clear();
    for (const OrderID& id : from.order_ids) {
        if (find_by_order_id(id.view()) == &from) add_order_id(into, id.view(), false);
    }
    if (find_by_orig_order_id(from.orig_order_id.view()) == &from) {
        add_orig_order_id(into, from.orig_order_id.view());
    }
    add_to_list(into, from.order.list_id.view());
    forget_order(from.is_in_live_list ? live_ : finished_, from);
}

void OrderIndex::release_msg_seq_num(MsgSeqNum number) { msg_seq_nums_.erase(number); }

void OrderIndex::set_msg_seq_num(IdRecord& id, MsgSeqNum number) {
    forget_msg_seq_num(id);
    id.request.msg_seq_num = number;
    if (number != 0 && id.is_open()) msg_seq_nums_.emplace(number, &id);
}

void OrderIndex::forget_msg_seq_num(const IdRecord& id) {
    const auto [begin, end] = msg_seq_nums_.equal_range(id.request.msg_seq_num);
    const auto at = std::find_if(begin, end, [&](const auto& sent) { return sent.second == &id; });
    if (at != end) msg_seq_nums_.erase(at);
}

void OrderIndex::forget_msg_seq_nums() { msg_seq_nums_.clear(); }

void OrderIndex::set_certainty(IdRecord& id, Certainty certainty, Reason reason) {
    const bool was_open = id.is_open();
    if (id.request.certainty == Certainty::Unknown) --unknown_count_;
    if (certainty == Certainty::Unknown) ++unknown_count_;
    id.request.certainty = certainty;
    id.request.reason = reason;
    if (is_settled(certainty) || certainty == Certainty::Unknown) stop_awaiting(id);
    if (!was_open || id.is_open()) return;
    --id.order->order.open_requests;
    forget_msg_seq_num(id);
}

void OrderIndex::stop_awaiting(IdRecord& id) {
    if (id.is_awaiting) awaiting_.erase(id.awaiting);
    id.is_awaiting = false;
}

void OrderIndex::refile(OrderRecord& record) {
    const bool is_live = record.order.is_live();
    if (is_live == record.is_in_live_list) return;
    auto& from = is_live ? finished_ : live_;
    auto& to = is_live ? live_ : finished_;
    to.splice(to.end(), from, record.self);
    record.is_in_live_list = is_live;
}

void OrderIndex::evict() {
    while (finished_.size() > limits_.max_finished_orders) {
        forget_order(finished_, finished_.front());
    }
}

void OrderIndex::forget_order(std::pmr::list<OrderRecord>& from, OrderRecord& record) {
    for (IdRecord* id : record.ids) forget_id(id);
    for (const OrderID& id : record.order_ids) {
        if (find_by_order_id(id.view()) == &record) order_ids_.erase(id);
    }
    if (find_by_orig_order_id(record.orig_order_id.view()) == &record) {
        orig_order_ids_.erase(record.orig_order_id);
    }
    leave_list(record);
    from.erase(record.self);
}

}  // namespace broker::core
