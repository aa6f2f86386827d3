#include "simulator/order_book.hpp"

#include <algorithm>
#include <stdexcept>

namespace broker::simulator {
namespace {

using core::Decimal;
using core::OrdStatus;

bool is_final(OrdStatus status) {
    return status == OrdStatus::Filled || status == OrdStatus::Canceled ||
           status == OrdStatus::Rejected || status == OrdStatus::Expired ||
           status == OrdStatus::DoneForDay || status == OrdStatus::Calculated;
}

Wide fixed(const Decimal& value) { return to_fixed(value).value(); }

}  // namespace

bool Order::is_working() const { return !is_final(ord_status); }

Decimal Order::leaves_qty() const { return is_working() ? open_qty() : Decimal{}; }

Decimal Order::open_qty() const { return terms.order_qty.minus(cum_qty).value(); }

Decimal Order::avg_px() const {
    if (cum_qty.is_zero()) return {};
    return from_fixed(rounded_quotient(notional, fixed(cum_qty)));
}

OrdStatus status_by_fills(const Order& order) {
    if (order.cum_qty.is_zero()) return OrdStatus::New;
    return order.open_qty().is_zero() ? OrdStatus::Filled : OrdStatus::PartiallyFilled;
}

void book_fill(Order& order, const Decimal& quantity, const Decimal& price) {
    if (quantity > order.open_qty()) throw std::logic_error("fill beyond the open quantity");
    order.cum_qty = order.cum_qty.plus(quantity).value();
    order.notional += fixed(quantity) * fixed(price);
    order.ord_status = status_by_fills(order);
}

void unbook_fill(Order& order, const Decimal& quantity, const Decimal& price) {
    if (quantity > order.cum_qty) throw std::logic_error("a fill that was not booked");
    order.cum_qty = order.cum_qty.minus(quantity).value();
    order.notional -= fixed(quantity) * fixed(price);
}

Order* OrderBook::add(Order order) {
    if (orders_.size() >= kMaxOrders) return nullptr;
    const std::string order_id = order.order_id;
    Order& added = orders_.emplace(order_id, std::move(order)).first->second;
    by_cl_ord_id_[{added.sender_comp_id, added.cl_ord_id}] = &added;
    working_.push_back(&added);
    return &added;
}

Order* OrderBook::find(std::string_view sender_comp_id, std::string_view cl_ord_id) {
    const auto found = by_cl_ord_id_.find(Key{std::string(sender_comp_id), std::string(cl_ord_id)});
    return found == by_cl_ord_id_.end() ? nullptr : found->second;
}

Order* OrderBook::find_by_order_id(std::string_view order_id) {
    const auto renumbered = renumbered_.find(order_id);
    if (renumbered != renumbered_.end()) return renumbered->second;
    const auto found = orders_.find(order_id);
    return found == orders_.end() ? nullptr : &found->second;
}

void OrderBook::rename(Order& order, const std::string& cl_ord_id) {
    order.orig_cl_ord_id = order.cl_ord_id;
    order.cl_ord_id = cl_ord_id;
    by_cl_ord_id_[{order.sender_comp_id, cl_ord_id}] = &order;
}

void OrderBook::renumber(Order& order, const std::string& order_id) {
    order.order_id = order_id;
    renumbered_[order_id] = &order;
}

void OrderBook::reopen(Order& order) {
    order.ord_status = status_by_fills(order);
    if (std::find(working_.begin(), working_.end(), &order) == working_.end())
        working_.push_back(&order);
}

bool OrderBook::claim(std::string_view sender_comp_id, std::string_view cl_ord_id) {
    return claimed_.emplace(std::string(sender_comp_id), std::string(cl_ord_id)).second;
}

bool OrderBook::is_claimed(std::string_view sender_comp_id, std::string_view cl_ord_id) const {
    return claimed_.contains(Key{std::string(sender_comp_id), std::string(cl_ord_id)});
}

void OrderBook::sweep() {
    std::erase_if(working_, [](const Order* order) { return !order->is_working(); });
}

std::vector<Order> OrderBook::all() const {
    std::vector<Order> orders;
    orders.reserve(orders_.size());
    for (const auto& [id, order] : orders_) orders.push_back(order);
    return orders;
}

}  // namespace broker::simulator
