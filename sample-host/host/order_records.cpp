#include "host/order_records.hpp"

#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

using sdk::borrow;

template <class Terms>
broker_timestamp_t expiry_of(const Terms& terms, std::chrono::system_clock::time_point now) {
    if (terms.expire_in.count() == 0) return terms.expire_time;
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               (now + terms.expire_in).time_since_epoch())
        .count();
}

}  // namespace

broker_new_order_t record_of(const OrderTerms& terms, std::string_view account,
                             std::string_view cl_ord_id,
                             std::chrono::system_clock::time_point now) {
    broker_new_order_t order{};
    order.struct_size = sizeof(order);
    order.side = terms.side;
    order.ord_type = terms.type;
    order.time_in_force = terms.tif;
    order.position_effect = terms.position_effect;
    order.account = borrow(account);
    order.cl_ord_id = borrow(cl_ord_id);
    order.symbol = borrow(terms.symbol);
    order.order_qty = terms.qty;
    order.price = terms.price;
    order.stop_px = terms.stop_px;
    order.expire_time = expiry_of(terms, now);
    order.exec_inst = terms.exec_inst;
    order.locate_reqd = terms.locate_reqd;
    order.peg_offset_type = terms.peg_offset_type;
    order.peg_offset_value = terms.peg_offset_value;
    order.min_qty = terms.min_qty;
    order.max_floor = terms.max_floor;
    order.cash_order_qty = terms.cash_order_qty;
    order.ex_destination = borrow(terms.ex_destination);
    order.position_code = borrow(terms.position_code);
    order.fields = borrow(terms.fields);
    return order;
}

broker_replace_order_t record_of(const Replace& step, std::string_view cl_ord_id,
                                 std::string_view orig_cl_ord_id,
                                 std::chrono::system_clock::time_point now) {
    broker_replace_order_t request{};
    request.struct_size = sizeof(request);
    request.time_in_force = step.tif;
    request.account = borrow(step.account);
    request.cl_ord_id = borrow(cl_ord_id);
    request.orig_cl_ord_id = borrow(orig_cl_ord_id);
    request.order_qty = step.qty;
    request.price = step.price;
    request.stop_px = step.stop_px;
    request.expire_time = expiry_of(step, now);
    request.peg_offset_value = step.peg_offset_value;
    request.min_qty = step.min_qty;
    request.max_floor = step.max_floor;
    request.fields = borrow(step.fields);
    return request;
}

}  // namespace broker::sample_host
