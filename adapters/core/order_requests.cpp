#include "core/order_requests.hpp"

#include <string>

namespace broker::core {
namespace {

template <class Value>
std::optional<Value> either(const std::optional<Value>& asked, const std::optional<Value>& has) {
    return asked ? asked : has;
}

}  // namespace

Order order_of(const NewOrder& command) {
    Order order;
    order.cl_ord_id = command.cl_ord_id;
    order.first_cl_ord_id = command.cl_ord_id;
    order.last_cl_ord_id = command.cl_ord_id;
    order.symbol = command.symbol;
    order.side = command.side;
    order.ord_type = command.ord_type;
    order.time_in_force = command.time_in_force;
    order.position_effect = command.position_effect;
    order.order_qty = command.order_qty;
    order.price = command.price;
    order.stop_px = command.stop_px;
    order.expire_time = command.expire_time;
    order.instructions = command.instructions;
    order.leaves_qty = command.order_qty;
    return order;
}

Request request_of(const NewOrder& command, MonotonicTime deadline) {
    Request request;
    request.kind = RequestKind::New;
    request.cl_ord_id = command.cl_ord_id;
    request.deadline = deadline;
    request.stages = command.stages;
    return request;
}

Result<Request> request_of(const ReplaceOrder& command, const Order& order,
                           MonotonicTime deadline) {
    const OrderInstructions& has = order.instructions;
    const auto fields = merge_fields(has.fields, command.fields);
    if (!fields) {
        return refusal(Reason::InvalidField, command.cl_ord_id,
                       "the order's named fields and the request's together are too long");
    }
    Request request;
    request.kind = RequestKind::Replace;
    request.cl_ord_id = command.cl_ord_id;
    request.orig_cl_ord_id = order.cl_ord_id;
    request.deadline = deadline;
    request.stages = command.stages;
    const bool keeps_time_in_force = command.time_in_force == TimeInForce::Unspecified;
    request.time_in_force = keeps_time_in_force ? order.time_in_force : command.time_in_force;
    request.expire_time = either(command.expire_time, order.expire_time);
    // A quantity of zero stands for one that only the venue knows.
    request.order_qty = command.order_qty;
    if (!command.order_qty && !order.order_qty.is_zero()) request.order_qty = order.order_qty;
    request.price = either(command.price, order.price);
    request.stop_px = either(command.stop_px, order.stop_px);
    request.peg_offset_value = either(command.peg_offset_value, has.peg_offset_value);
    request.min_qty = either(command.min_qty, has.min_qty);
    request.max_floor = either(command.max_floor, has.max_floor);
    request.fields = *fields;
    return request;
}

Request request_of(const CancelOrder& command, const Order& order, MonotonicTime deadline) {
    Request request;
    request.kind = RequestKind::Cancel;
    request.cl_ord_id = command.cl_ord_id;
    request.orig_cl_ord_id = order.cl_ord_id;
    request.deadline = deadline;
    request.stages = command.stages;
    return request;
}

bool is_of_type(const Request& request, std::string_view msg_type) {
    switch (request.kind) {
        case RequestKind::New:
            return msg_type == (request.is_in_list_message ? "E" : "D");
        case RequestKind::Replace:
            return msg_type == "G";
        case RequestKind::Cancel:
            return msg_type == (request.is_in_list_message ? "K" : "F");
    }
    return false;
}

Error refusal(Reason reason, const ClOrdID& id, std::string_view why) {
    return fail(reason, std::string{"ClOrdID="}.append(id.view()).append(": ").append(why));
}

}  // namespace broker::core
