#include "broker/sdk/text.hpp"
#include "host/event_json.hpp"

namespace broker::sample_host {
namespace {

// What version 1.1 added to reports.
void describe_1_1(JsonObject& object, const broker_execution_report_t& report) {
    object.add("channel", sdk::channel_name(report.channel));
    object.add("position_effect", sdk::position_effect_name(report.position_effect));
    object.add_count_unless_zero("request_id", report.request_id);
    object.add("faults", sdk::report_faults_text(report.faults));
    object.add("cash_order_qty", report.cash_order_qty);
    object.add_time("expire_time", report.expire_time);
    object.add("list_id", report.list_id);
    object.add("secondary_order_id", report.secondary_order_id);
    object.add("orig_order_id", report.orig_order_id);
    object.add("ex_destination", report.ex_destination);
    object.add("position_code", report.position_code);
    object.add("restatement_reason", report.restatement_reason);
    object.add("ord_rej_reason", report.ord_rej_reason);
    object.add_fields(report.fields);
}

}  // namespace

void describe(JsonObject& object, const broker_session_event_t& event) {
    object.add("state", sdk::account_state_name(event.state));
    object.add("previous_state", sdk::account_state_name(event.previous_state));
    object.add_reason(event.reason);
    object.add("channel", sdk::channel_name(event.channel));
    object.add("text", event.text);
    object.add("suggested_action", event.suggested_action);
    object.add("peer", event.peer);
    object.add_number("next_attempt_ms", event.next_attempt_ms);
}

void describe(JsonObject& object, const broker_execution_report_t& report) {
    object.add("exec_type", sdk::exec_type_name(report.exec_type));
    object.add("ord_status", sdk::ord_status_name(report.ord_status));
    object.add("certainty", sdk::certainty_name(report.certainty));
    object.add_reason(report.reason);
    object.add("side", sdk::side_name(report.side));
    object.add("ord_type", sdk::ord_type_name(report.ord_type));
    object.add("time_in_force", sdk::time_in_force_name(report.time_in_force));
    object.add_flag("is_poss_dup", report.is_poss_dup);
    object.add_flag("is_unsolicited", report.is_unsolicited);
    object.add_flag("is_snapshot", report.is_snapshot);
    object.add("cl_ord_id", report.cl_ord_id);
    object.add("orig_cl_ord_id", report.orig_cl_ord_id);
    object.add("order_id", report.order_id);
    object.add("exec_id", report.exec_id);
    object.add("exec_ref_id", report.exec_ref_id);
    object.add("symbol", report.symbol);
    object.add("raw_exec_type", report.raw_exec_type);
    object.add("raw_ord_status", report.raw_ord_status);
    object.add("text", report.text);
    object.add("order_qty", report.order_qty);
    object.add("price", report.price);
    object.add("stop_px", report.stop_px);
    object.add("last_qty", report.last_qty);
    object.add("last_px", report.last_px);
    object.add("cum_qty", report.cum_qty);
    object.add("leaves_qty", report.leaves_qty);
    object.add("avg_px", report.avg_px);
    object.add_time("transact_time", report.transact_time);
    object.add_time("sending_time", report.sending_time);
    object.add_stages(report.stages);
    describe_1_1(object, report);
}

void describe(JsonObject& object, const broker_order_cancel_reject_t& reject) {
    object.add("ord_status", sdk::ord_status_name(reject.ord_status));
    object.add("certainty", sdk::certainty_name(reject.certainty));
    object.add_reason(reject.reason);
    object.add_flag("is_replace", reject.is_replace);
    object.add("cl_ord_id", reject.cl_ord_id);
    object.add("orig_cl_ord_id", reject.orig_cl_ord_id);
    object.add("order_id", reject.order_id);
    object.add("text", reject.text);
    object.add_time("transact_time", reject.transact_time);
    object.add_stages(reject.stages);
    object.add("cxl_rej_reason", reject.cxl_rej_reason);
    object.add_fields(reject.fields);
}

void describe(JsonObject& object, const broker_snapshot_event_t& snapshot) {
    object.add("phase", sdk::snapshot_phase_name(snapshot.phase));
    object.add("state", sdk::account_state_name(snapshot.state));
    object.add_count("request_id", snapshot.request_id);
    object.add_count("order_count", snapshot.order_count);
    object.add_count("unknown_count", snapshot.unknown_count);
}

void describe(JsonObject& object, const broker_order_list_status_t& status) {
    object.add("status", sdk::list_order_status_name(status.status));
    object.add_reason(status.reason);
    object.add("list_id", status.list_id);
    object.add("raw_status", status.raw_status);
    object.add("text", status.text);
}

}  // namespace broker::sample_host
