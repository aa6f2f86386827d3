#include "dxtrade/push/tracked_orders.hpp"

namespace broker::dxtrade::push {

OrderLookUp names_of(const rest::RestOrder& order) {
    return {order.client_order_id, order.order_id, order.order_code};
}

OrderPicture::OrderPicture(const core::ExecutionReport& report)
    : ord_status{report.ord_status},
      raw_ord_status{report.raw_ord_status},
      time_in_force{report.time_in_force},
      order_qty{report.order_qty},
      price{report.price},
      stop_px{report.stop_px},
      cum_qty{report.cum_qty},
      leaves_qty{report.leaves_qty},
      avg_px{report.avg_px},
      expire_time{report.expire_time} {}

TrackedOrder* TrackedOrders::find_in(const Index& index, const std::string& name) {
    if (name.empty()) return nullptr;
    const auto found = index.find(name);
    return found == index.end() ? nullptr : find(found->second);
}

TrackedOrder* TrackedOrders::find(const OrderLookUp& names) {
    if (TrackedOrder* order = find_in(by_order_id_, names.order_id)) return order;
    if (TrackedOrder* order = find_in(by_client_id_, names.client_order_id)) return order;
    return find_in(by_order_code_, names.order_code);
}

TrackedOrder* TrackedOrders::find(std::uint64_t serial) {
    const auto found = orders_.find(serial);
    return found == orders_.end() ? nullptr : &found->second;
}

TrackedOrder* TrackedOrders::add(const OrderLookUp& names) {
    if (!make_room()) return nullptr;
    TrackedOrder& order = orders_[++last_serial_];
    order.serial = last_serial_;
    learn(order, names);
    refile(order);
    return &order;
}

void TrackedOrders::learn(TrackedOrder& order, const OrderLookUp& names) {
    const auto take = [&](Index& index, std::string& known, const std::string& name) {
        if (name.empty() || known == name || !index.emplace(name, order.serial).second) return;
        if (!known.empty()) index.erase(known);
        known = name;
    };
    take(by_order_id_, order.names.order_id, names.order_id);
    take(by_client_id_, order.names.client_order_id, names.client_order_id);
    take(by_order_code_, order.names.order_code, names.order_code);
}

void TrackedOrders::refile(TrackedOrder& order) {
    if (!order.is_done()) {
        active_.insert(order.serial);
        return;
    }
    active_.erase(order.serial);
    if (order.is_in_line) return;
    order.is_in_line = true;
    done_.push_back(order.serial);
}

bool TrackedOrders::make_room() {
    while (orders_.size() >= max_orders_ && !done_.empty()) {
        const auto oldest = orders_.find(done_.front());
        done_.pop_front();
        oldest->second.is_in_line = false;
        if (oldest->second.is_done()) forget(oldest);
    }
    return orders_.size() < max_orders_;
}

void TrackedOrders::forget(std::map<std::uint64_t, TrackedOrder>::iterator order) {
    const OrderLookUp& names = order->second.names;
    if (!names.order_id.empty()) by_order_id_.erase(names.order_id);
    if (!names.client_order_id.empty()) by_client_id_.erase(names.client_order_id);
    if (!names.order_code.empty()) by_order_code_.erase(names.order_code);
    orders_.erase(order);
}

}  // namespace broker::dxtrade::push
