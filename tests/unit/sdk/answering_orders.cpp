// Orders and lists of them.
#include <cstdio>

#include "unit/sdk/answering_adapter.hpp"

namespace answering {
namespace {

broker_execution_report_t report_of(const broker_new_order_t& order) {
    auto report = begin<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
    report.exec_type = BROKER_EXEC_TYPE_NEW;
    report.ord_status = BROKER_ORD_STATUS_NEW;
    report.certainty = BROKER_CERTAINTY_ACKNOWLEDGED;
    report.side = order.side;
    report.ord_type = order.ord_type;
    report.time_in_force = order.time_in_force;
    report.cl_ord_id = order.cl_ord_id;
    report.order_id = order.cl_ord_id;
    report.symbol = order.symbol;
    report.order_qty = order.order_qty;
    report.price = order.price;
    report.stop_px = order.stop_px;
    report.channel = BROKER_CHANNEL_FIX_TRADING;
    report.position_effect = order.position_effect;
    report.cash_order_qty = order.cash_order_qty;
    report.expire_time = order.expire_time;
    report.ex_destination = order.ex_destination;
    report.position_code = order.position_code;
    report.fields = order.fields;
    return report;
}

broker_status_t submit(broker_adapter_t* adapter, const broker_new_order_t* order,
                       broker_error_t* error) {
    if (view(order->symbol) == "NONE") return not_supported(error);
    send(adapter, report_of(*order));
    return BROKER_OK;
}

broker_execution_report_t change_of(broker_str_t cl_ord_id, broker_str_t orig_cl_ord_id) {
    auto report = begin<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
    report.certainty = BROKER_CERTAINTY_ACKNOWLEDGED;
    report.cl_ord_id = cl_ord_id;
    report.orig_cl_ord_id = orig_cl_ord_id;
    return report;
}

broker_status_t replace(broker_adapter_t* adapter, const broker_replace_order_t* request,
                        broker_error_t*) {
    auto report = change_of(request->cl_ord_id, request->orig_cl_ord_id);
    report.exec_type = BROKER_EXEC_TYPE_REPLACED;
    report.ord_status = BROKER_ORD_STATUS_NEW;
    report.order_qty = request->order_qty;
    report.price = request->price;
    report.stop_px = request->stop_px;
    report.time_in_force = request->time_in_force;
    report.expire_time = request->expire_time;
    report.fields = request->fields;
    send(adapter, report);
    return BROKER_OK;
}

broker_status_t cancel(broker_adapter_t* adapter, const broker_cancel_order_t* request,
                       broker_error_t*) {
    auto report = change_of(request->cl_ord_id, request->orig_cl_ord_id);
    report.exec_type = BROKER_EXEC_TYPE_CANCELED;
    report.ord_status = BROKER_ORD_STATUS_CANCELED;
    send(adapter, report);
    return BROKER_OK;
}

broker_status_t cancel_all(broker_adapter_t*, const broker_cancel_all_t*, broker_error_t*) {
    return BROKER_OK;
}

void send_list_status(broker_adapter_t* adapter, broker_str_t list_id,
                      broker_list_order_status_t status) {
    auto event = begin<broker_order_list_status_t>(BROKER_EVENT_ORDER_LIST);
    event.list_id = list_id;
    event.status = status;
    send(adapter, event);
}

broker_status_t submit_list(broker_adapter_t* adapter, const broker_order_list_t* list,
                            broker_error_t* error) {
    if (view(list->first->symbol) == "NONE") return not_supported(error);
    send_list_status(adapter, list->list_id, BROKER_LIST_ORDER_STATUS_EXECUTING);
    for (const broker_new_order_t* const order : {list->first, list->second, list->third}) {
        if (order == nullptr) continue;
        auto report = report_of(*order);
        report.list_id = list->list_id;
        send(adapter, report);
    }
    return BROKER_OK;
}

broker_status_t cancel_list(broker_adapter_t* adapter, const broker_cancel_order_list_t* request,
                            broker_error_t*) {
    send_list_status(adapter, request->list_id, BROKER_LIST_ORDER_STATUS_ALL_DONE);
    return BROKER_OK;
}

broker_status_t generate(const broker_adapter_t* adapter, broker_str_t, char* cl_ord_id,
                         broker_error_t*) {
    std::snprintf(cl_ord_id, BROKER_CL_ORD_ID_SIZE, "GEN-%d", ++adapter->id_count);
    return BROKER_OK;
}

}  // namespace

const void* find_orders(std::string_view id) {
    static constexpr broker_order_entry_t orders{submit, replace, cancel, cancel_all};
    static constexpr broker_order_lists_t lists{submit_list, cancel_list};
    static constexpr broker_cl_ord_id_t ids{generate};
    if (id == BROKER_EXT_ORDER_ENTRY) return &orders;
    if (id == BROKER_EXT_ORDER_LIST) return &lists;
    if (id == BROKER_EXT_CL_ORD_ID) return &ids;
    return nullptr;
}

}  // namespace answering
