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

IdRecord* OrderIndex::find_by_msg_seq_num(MsgSeqNum number) const {
    const auto found = msg_seq_nums_.find(number);
    return found == msg_seq_nums_.end() ? nullptr : found->second;
}

OrderRecord& OrderIndex::add_order() {
    OrderRecord& record = live_.emplace_back(&pool_);
    record.self = std::prev(live_.end());
    record.serial = ++last_serial_;
    return record;
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
    if (const auto sent = msg_seq_nums_.find(id->request.msg_seq_num);
        sent != msg_seq_nums_.end() && sent->second == id) {
        msg_seq_nums_.erase(sent);
    }
    // Why a copy: the key must not be part of what is erased.
    const ClOrdID key = id->request.cl_ord_id;
    ids_.erase(key);
}

void OrderIndex::add_order_id(OrderRecord& record, std::string_view order_id) {
    const auto id = OrderID::from(order_id);
    if (!id || id->empty() || *id == record.order.order_id) return;
    record.order.order_id = *id;
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

void OrderIndex::set_msg_seq_num(IdRecord& id, MsgSeqNum number) {
    id.request.msg_seq_num = number;
    if (number != 0 && id.is_open()) msg_seq_nums_.insert_or_assign(number, &id);
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
    if (find_by_msg_seq_num(id.request.msg_seq_num) == &id) {
        msg_seq_nums_.erase(id.request.msg_seq_num);
    }
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
        OrderRecord& record = finished_.front();
        for (IdRecord* id : record.ids) forget_id(id);
        for (const OrderID& id : record.order_ids) {
            if (find_by_order_id(id.view()) == &record) order_ids_.erase(id);
        }
        finished_.pop_front();
    }
}

}  // namespace broker::core
