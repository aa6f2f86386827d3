#include "simulator/order_book.hpp"

#include <algorithm>
#include <stdexcept>

namespace broker::simulator {
namespace {

using core::Decimal;
using core::OrdStatus;
using core::OrdType;
using core::TimeInForce;

bool is_buy(const Order& order) { return order.side == core::Side::Buy; }

bool is_stop(const Order& order) {
    return order.ord_type == OrdType::Stop || order.ord_type == OrdType::StopLimit;
}

// A stop order wakes when the price it would trade at has reached StopPx.
bool reaches_stop(const Order& order, const Quote& quote) {
    if (!order.terms.stop_px) return false;
    return is_buy(order) ? quote.ask >= *order.terms.stop_px : quote.bid <= *order.terms.stop_px;
}

bool has_limit(const Order& order) {
    return order.ord_type == OrdType::Limit || order.ord_type == OrdType::StopLimit;
}

bool is_marketable(const Order& order, const Decimal& price) {
    if (!has_limit(order)) return true;
    return is_buy(order) ? price <= *order.terms.price : price >= *order.terms.price;
}

bool is_final(OrdStatus status) {
    return status == OrdStatus::Filled || status == OrdStatus::Canceled ||
           status == OrdStatus::Rejected || status == OrdStatus::Expired;
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

std::vector<MatchStep> match(Order& order, const Quote& quote) {
    using Kind = MatchStep::Kind;
    if (!order.is_working() || order.is_held) return {};
    if (is_stop(order) && !order.is_triggered) {
        if (!reaches_stop(order, quote)) return {};
        order.is_triggered = true;
    }
    const Decimal& price = is_buy(order) ? quote.ask : quote.bid;
    const Decimal& size = is_buy(order) ? quote.ask_size : quote.bid_size;
    const Decimal quantity =
        is_marketable(order, price) ? std::min(order.open_qty(), size) : Decimal{};
    const bool is_whole = quantity == order.open_qty();
    const auto time_in_force = order.terms.time_in_force;
    if (time_in_force == TimeInForce::FillOrKill && !is_whole) return {{Kind::Cancel, {}, {}}};

    std::vector<MatchStep> steps;
    if (!quantity.is_zero()) steps.push_back({Kind::Fill, quantity, price});
    if (time_in_force == TimeInForce::ImmediateOrCancel && !is_whole)
        steps.push_back({Kind::Cancel, {}, {}});
    return steps;
}

void book_fill(Order& order, const Decimal& quantity, const Decimal& price) {
    if (quantity > order.open_qty()) throw std::logic_error("fill beyond the open quantity");
    order.cum_qty = order.cum_qty.plus(quantity).value();
    order.notional += fixed(quantity) * fixed(price);
    order.ord_status = order.open_qty().is_zero() ? OrdStatus::Filled : OrdStatus::PartiallyFilled;
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
    const auto found = orders_.find(order_id);
    return found == orders_.end() ? nullptr : &found->second;
}

void OrderBook::rename(Order& order, const std::string& cl_ord_id) {
    order.orig_cl_ord_id = order.cl_ord_id;
    order.cl_ord_id = cl_ord_id;
    by_cl_ord_id_[{order.sender_comp_id, cl_ord_id}] = &order;
}

bool OrderBook::claim(std::string_view sender_comp_id, std::string_view cl_ord_id) {
    return claimed_.emplace(std::string(sender_comp_id), std::string(cl_ord_id)).second;
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
