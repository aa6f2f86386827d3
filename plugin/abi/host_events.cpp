#include "abi/host_events.hpp"

#include "abi/abi_records.hpp"
#include "abi/record.hpp"
#include "broker/abi/execution_report.h"
#include "broker/abi/order_list.h"
#include "broker/abi/session_event.h"

namespace broker::abi {
namespace {

// A report may leave out what the order itself says.
template <class Value, class Field>
Value or_from(const Value& reported, const core::Order* order, Field core::Order::*field) {
    if (reported || order == nullptr) return reported;
    return Value{order->*field};
}

template <class Id>
std::string_view or_from(std::string_view reported, const core::Order* order,
                         Id core::Order::*field) {
    return reported.empty() && order != nullptr ? (order->*field).view() : reported;
}

broker_stage_times_t stage_times(const core::Request* request, core::MonotonicTime received,
                                 core::MonotonicTime delivered) {
    broker_stage_times_t times{};
    if (request != nullptr) {
        times.signal = to_abi(request->stages.signal);
        times.accepted = to_abi(request->stages.accepted);
        times.journaled = to_abi(request->stages.journaled);
        times.written = to_abi(request->stages.written);
        times.acknowledged = to_abi(request->stages.acknowledged);
    }
    times.received = to_abi(received);
    times.delivered = to_abi(delivered);
    return times;
}

}  // namespace

void HostEvents::fill_header(broker_event_t& header, std::size_t size, broker_event_type_t type) {
    header.struct_size = static_cast<std::uint32_t>(size);
    header.type = type;
    header.account = str(account_);
    header.event_seq_num = ++event_seq_num_;
    header.time = clock_.utc().time_since_epoch().count();
}

void HostEvents::deliver(const broker_event_t& event) { host_.on_event(host_.host_data, &event); }

void HostEvents::on_session(const account::SessionNews& news) {
    auto record = begin<broker_session_event_t>(BROKER_EVENT_SESSION);
    record.state = value_of(news.state);
    record.previous_state = value_of(news.previous_state);
    record.reason = value_of(news.reason);
    record.channel = value_of(news.channel);
    record.reason_name = str(core::reason_name(news.reason));
    record.text = str(news.text);
    record.suggested_action = str(core::suggested_action(news.reason));
    record.peer = str(news.peer);
    record.next_attempt_ms =
        news.next_attempt < core::Duration::zero()
            ? -1
            : std::chrono::ceil<std::chrono::milliseconds>(news.next_attempt).count();
    deliver(record.event);
}

void HostEvents::on_order(const account::OrderNews& news) {
    const core::ExecutionReport& report = news.report;
    const core::Order* order = news.order;
    auto record = begin<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
    record.exec_type = value_of(report.exec_type);
    // The order's status as the ledger has it: a late report does not set it back.
    record.ord_status = value_of(order != nullptr ? order->status : report.ord_status);
    record.certainty = value_of(news.certainty);
    record.reason = value_of(news.reason);
    record.side = value_of(order != nullptr ? order->side : report.side);
    record.ord_type = value_of(order != nullptr ? order->ord_type : report.ord_type);
    record.time_in_force = value_of(order != nullptr ? order->time_in_force : report.time_in_force);
    record.is_poss_dup = report.is_poss_dup ? 1 : 0;
    record.is_unsolicited = order != nullptr && order->is_unsolicited ? 1 : 0;
    record.is_snapshot = news.is_snapshot ? 1 : 0;
    record.cl_ord_id = str(or_from(report.cl_ord_id, order, &core::Order::cl_ord_id));
    record.orig_cl_ord_id = str(report.orig_cl_ord_id);
    record.order_id = str(or_from(report.order_id, order, &core::Order::order_id));
    record.exec_id = str(report.exec_id);
    record.exec_ref_id = str(report.exec_ref_id);
    record.symbol = str(order != nullptr ? order->symbol.view() : report.symbol);
    record.raw_exec_type = str(report.raw_exec_type);
    record.raw_ord_status = str(report.raw_ord_status);
    record.text = str(report.text);
    record.order_qty = to_abi(or_from(report.order_qty, order, &core::Order::order_qty));
    record.price = to_abi(or_from(report.price, order, &core::Order::price));
    record.stop_px = to_abi(or_from(report.stop_px, order, &core::Order::stop_px));
    record.last_qty = to_abi(report.last_qty);
    record.last_px = to_abi(report.last_px);
    record.cum_qty = to_abi(or_from(report.cum_qty, order, &core::Order::cum_qty));
    record.leaves_qty = to_abi(or_from(report.leaves_qty, order, &core::Order::leaves_qty));
    record.avg_px = to_abi(or_from(report.avg_px, order, &core::Order::avg_px));
    record.transact_time = to_abi(report.transact_time);
    record.sending_time = to_abi(report.sending_time);
    record.stages = stage_times(news.request, report.received, clock_.monotonic());
    record.channel = value_of(report.channel);
    record.position_effect =
        value_of(order != nullptr ? order->position_effect : report.position_effect);
    record.request_id = news.request_id;
    record.faults = report.faults.bits();
    record.cash_order_qty = to_abi(report.cash_order_qty);
    record.expire_time =
        to_abi(order != nullptr && !report.expire_time ? order->expire_time : report.expire_time);
    record.list_id = str(order != nullptr ? order->list_id.view() : report.list_id);
    record.secondary_order_id = str(report.secondary_order_id);
    record.orig_order_id = str(report.orig_order_id);
    record.ex_destination = str(report.ex_destination);
    record.position_code = str(report.position_code);
    record.restatement_reason = str(report.restatement_reason);
    record.ord_rej_reason = str(report.ord_rej_reason);
    record.fields = str(report.fields);
    record.is_possible_repeat = news.is_possible_repeat ? 1 : 0;
    deliver(record.event);
}

void HostEvents::on_cancel_reject(const account::CancelRejectNews& news) {
    const core::OrderCancelReject& reject = news.reject;
    auto record = begin<broker_order_cancel_reject_t>(BROKER_EVENT_ORDER_CANCEL_REJECT);
    record.ord_status = value_of(news.order != nullptr ? news.order->status : reject.ord_status);
    record.certainty = BROKER_CERTAINTY_REJECTED;
    record.reason = value_of(news.reason);
    record.is_replace = reject.is_replace ? 1 : 0;
    record.cl_ord_id = str(reject.cl_ord_id);
    record.orig_cl_ord_id = str(reject.orig_cl_ord_id);
    record.order_id = str(or_from(reject.order_id, news.order, &core::Order::order_id));
    record.text = str(reject.text);
    record.transact_time = to_abi(reject.transact_time);
    record.stages = stage_times(news.request, reject.received, clock_.monotonic());
    record.cxl_rej_reason = str(reject.cxl_rej_reason);
    record.fields = str(reject.fields);
    record.is_possible_repeat = news.is_possible_repeat ? 1 : 0;
    deliver(record.event);
}

void HostEvents::on_snapshot(const account::SnapshotNews& news) {
    auto record = begin<broker_snapshot_event_t>(BROKER_EVENT_SNAPSHOT);
    record.phase = value_of(news.phase);
    record.state = value_of(news.state);
    record.request_id = news.request_id;
    record.order_count = news.order_count;
    record.unknown_count = news.unknown_count;
    deliver(record.event);
}

void HostEvents::on_order_list(const account::OrderListNews& news) {
    auto record = begin<broker_order_list_status_t>(BROKER_EVENT_ORDER_LIST);
    record.status = value_of(news.status);
    record.reason = value_of(news.reason);
    record.list_id = str(news.list_id);
    record.raw_status = str(news.raw_status);
    record.text = str(news.text);
    deliver(record.event);
}

}  // namespace broker::abi
