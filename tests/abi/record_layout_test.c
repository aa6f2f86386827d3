// The layout of every released record and table on 64-bit Unix systems (LP64). A change that breaks
// this file breaks hosts and adapters that are already built. A record grows at its end alone: that
// adds NEXT lines and changes its SIZE line, nothing else. A table never changes.
#include "abi_1_0.h"
#include "broker/abi/broker.h"
#include "layout_checks.h"

FIRST(broker_str_t, data);
NEXT(broker_str_t, data, size, 8);
SIZE(broker_str_t, size, 16);

FIRST(broker_decimal_t, coefficient);
NEXT(broker_decimal_t, coefficient, scale, 8);
NEXT(broker_decimal_t, scale, is_present, 12);
SIZE(broker_decimal_t, is_present, 16);

FIRST(broker_error_t, struct_size);
NEXT(broker_error_t, struct_size, status, 4);
NEXT(broker_error_t, status, reason, 8);
NEXT(broker_error_t, reason, text_size, 12);
NEXT(broker_error_t, text_size, text, 16);
SIZE(broker_error_t, text, 1024);

FIRST(broker_event_t, struct_size);
NEXT(broker_event_t, struct_size, type, 4);
NEXT(broker_event_t, type, account, 8);
NEXT(broker_event_t, account, event_seq_num, 24);
NEXT(broker_event_t, event_seq_num, time, 32);
SIZE(broker_event_t, time, 40);

FIRST(broker_session_event_t, event);
NEXT(broker_session_event_t, event, state, 40);
NEXT(broker_session_event_t, state, previous_state, 44);
NEXT(broker_session_event_t, previous_state, reason, 48);
NEXT(broker_session_event_t, reason, channel, 52);
NEXT(broker_session_event_t, channel, reason_name, 56);
NEXT(broker_session_event_t, reason_name, text, 72);
NEXT(broker_session_event_t, text, suggested_action, 88);
NEXT(broker_session_event_t, suggested_action, peer, 104);
NEXT(broker_session_event_t, peer, next_attempt_ms, 120);
SIZE(broker_session_event_t, next_attempt_ms, 128);

FIRST(broker_snapshot_event_t, event);
NEXT(broker_snapshot_event_t, event, phase, 40);
NEXT(broker_snapshot_event_t, phase, state, 44);
NEXT(broker_snapshot_event_t, state, request_id, 48);
NEXT(broker_snapshot_event_t, request_id, order_count, 56);
NEXT(broker_snapshot_event_t, order_count, unknown_count, 64);
SIZE(broker_snapshot_event_t, unknown_count, 72);

FIRST(broker_stage_times_t, signal);
NEXT(broker_stage_times_t, signal, accepted, 8);
NEXT(broker_stage_times_t, accepted, journaled, 16);
NEXT(broker_stage_times_t, journaled, written, 24);
NEXT(broker_stage_times_t, written, acknowledged, 32);
NEXT(broker_stage_times_t, acknowledged, received, 40);
NEXT(broker_stage_times_t, received, delivered, 48);
SIZE(broker_stage_times_t, delivered, 56);

FIRST(broker_execution_report_t, event);
NEXT(broker_execution_report_t, event, exec_type, 40);
NEXT(broker_execution_report_t, exec_type, ord_status, 44);
NEXT(broker_execution_report_t, ord_status, certainty, 48);
NEXT(broker_execution_report_t, certainty, reason, 52);
NEXT(broker_execution_report_t, reason, side, 56);
NEXT(broker_execution_report_t, side, ord_type, 60);
NEXT(broker_execution_report_t, ord_type, time_in_force, 64);
NEXT(broker_execution_report_t, time_in_force, is_poss_dup, 68);
NEXT(broker_execution_report_t, is_poss_dup, is_unsolicited, 72);
NEXT(broker_execution_report_t, is_unsolicited, is_snapshot, 76);
NEXT(broker_execution_report_t, is_snapshot, cl_ord_id, 80);
NEXT(broker_execution_report_t, cl_ord_id, orig_cl_ord_id, 96);
NEXT(broker_execution_report_t, orig_cl_ord_id, order_id, 112);
NEXT(broker_execution_report_t, order_id, exec_id, 128);
NEXT(broker_execution_report_t, exec_id, exec_ref_id, 144);
NEXT(broker_execution_report_t, exec_ref_id, symbol, 160);
NEXT(broker_execution_report_t, symbol, raw_exec_type, 176);
NEXT(broker_execution_report_t, raw_exec_type, raw_ord_status, 192);
NEXT(broker_execution_report_t, raw_ord_status, text, 208);
NEXT(broker_execution_report_t, text, order_qty, 224);
NEXT(broker_execution_report_t, order_qty, price, 240);
NEXT(broker_execution_report_t, price, stop_px, 256);
NEXT(broker_execution_report_t, stop_px, last_qty, 272);
NEXT(broker_execution_report_t, last_qty, last_px, 288);
NEXT(broker_execution_report_t, last_px, cum_qty, 304);
NEXT(broker_execution_report_t, cum_qty, leaves_qty, 320);
NEXT(broker_execution_report_t, leaves_qty, avg_px, 336);
NEXT(broker_execution_report_t, avg_px, transact_time, 352);
NEXT(broker_execution_report_t, transact_time, sending_time, 360);
NEXT(broker_execution_report_t, sending_time, stages, 368);
SINCE_1_1(broker_execution_report, channel);
NEXT(broker_execution_report_t, stages, channel, 424);
NEXT(broker_execution_report_t, channel, position_effect, 428);
NEXT(broker_execution_report_t, position_effect, request_id, 432);
NEXT(broker_execution_report_t, request_id, faults, 440);
NEXT(broker_execution_report_t, faults, cash_order_qty, 448);
NEXT(broker_execution_report_t, cash_order_qty, expire_time, 464);
NEXT(broker_execution_report_t, expire_time, list_id, 472);
NEXT(broker_execution_report_t, list_id, secondary_order_id, 488);
NEXT(broker_execution_report_t, secondary_order_id, orig_order_id, 504);
NEXT(broker_execution_report_t, orig_order_id, ex_destination, 520);
NEXT(broker_execution_report_t, ex_destination, position_code, 536);
NEXT(broker_execution_report_t, position_code, restatement_reason, 552);
NEXT(broker_execution_report_t, restatement_reason, ord_rej_reason, 568);
NEXT(broker_execution_report_t, ord_rej_reason, fields, 584);
NEXT(broker_execution_report_t, fields, is_possible_repeat, 600);
NEXT(broker_execution_report_t, is_possible_repeat, must_be_zero, 604);
SIZE(broker_execution_report_t, must_be_zero, 608);

FIRST(broker_order_cancel_reject_t, event);
NEXT(broker_order_cancel_reject_t, event, ord_status, 40);
NEXT(broker_order_cancel_reject_t, ord_status, certainty, 44);
NEXT(broker_order_cancel_reject_t, certainty, reason, 48);
NEXT(broker_order_cancel_reject_t, reason, is_replace, 52);
NEXT(broker_order_cancel_reject_t, is_replace, cl_ord_id, 56);
NEXT(broker_order_cancel_reject_t, cl_ord_id, orig_cl_ord_id, 72);
NEXT(broker_order_cancel_reject_t, orig_cl_ord_id, order_id, 88);
NEXT(broker_order_cancel_reject_t, order_id, text, 104);
NEXT(broker_order_cancel_reject_t, text, transact_time, 120);
NEXT(broker_order_cancel_reject_t, transact_time, stages, 128);
SINCE_1_1(broker_order_cancel_reject, cxl_rej_reason);
NEXT(broker_order_cancel_reject_t, stages, cxl_rej_reason, 184);
NEXT(broker_order_cancel_reject_t, cxl_rej_reason, fields, 200);
NEXT(broker_order_cancel_reject_t, fields, is_possible_repeat, 216);
NEXT(broker_order_cancel_reject_t, is_possible_repeat, must_be_zero, 220);
SIZE(broker_order_cancel_reject_t, must_be_zero, 224);

FIRST(broker_new_order_t, struct_size);
NEXT(broker_new_order_t, struct_size, side, 4);
NEXT(broker_new_order_t, side, ord_type, 8);
NEXT(broker_new_order_t, ord_type, time_in_force, 12);
NEXT(broker_new_order_t, time_in_force, position_effect, 16);
NEXT(broker_new_order_t, position_effect, must_be_zero, 20);
NEXT(broker_new_order_t, must_be_zero, account, 24);
NEXT(broker_new_order_t, account, cl_ord_id, 40);
NEXT(broker_new_order_t, cl_ord_id, symbol, 56);
NEXT(broker_new_order_t, symbol, order_qty, 72);
NEXT(broker_new_order_t, order_qty, price, 88);
NEXT(broker_new_order_t, price, stop_px, 104);
NEXT(broker_new_order_t, stop_px, expire_time, 120);
NEXT(broker_new_order_t, expire_time, signal_time, 128);
SINCE_1_1(broker_new_order, exec_inst);
NEXT(broker_new_order_t, signal_time, exec_inst, 136);
NEXT(broker_new_order_t, exec_inst, locate_reqd, 144);
NEXT(broker_new_order_t, locate_reqd, peg_offset_type, 148);
NEXT(broker_new_order_t, peg_offset_type, peg_offset_value, 152);
NEXT(broker_new_order_t, peg_offset_value, min_qty, 168);
NEXT(broker_new_order_t, min_qty, max_floor, 184);
NEXT(broker_new_order_t, max_floor, cash_order_qty, 200);
NEXT(broker_new_order_t, cash_order_qty, ex_destination, 216);
NEXT(broker_new_order_t, ex_destination, position_code, 232);
NEXT(broker_new_order_t, position_code, fields, 248);
SIZE(broker_new_order_t, fields, 264);

FIRST(broker_replace_order_t, struct_size);
NEXT(broker_replace_order_t, struct_size, time_in_force, 4);
NEXT(broker_replace_order_t, time_in_force, account, 8);
NEXT(broker_replace_order_t, account, cl_ord_id, 24);
NEXT(broker_replace_order_t, cl_ord_id, orig_cl_ord_id, 40);
NEXT(broker_replace_order_t, orig_cl_ord_id, order_qty, 56);
NEXT(broker_replace_order_t, order_qty, price, 72);
NEXT(broker_replace_order_t, price, stop_px, 88);
NEXT(broker_replace_order_t, stop_px, expire_time, 104);
NEXT(broker_replace_order_t, expire_time, signal_time, 112);
SINCE_1_1(broker_replace_order, peg_offset_value);
NEXT(broker_replace_order_t, signal_time, peg_offset_value, 120);
NEXT(broker_replace_order_t, peg_offset_value, min_qty, 136);
NEXT(broker_replace_order_t, min_qty, max_floor, 152);
NEXT(broker_replace_order_t, max_floor, fields, 168);
SIZE(broker_replace_order_t, fields, 184);

FIRST(broker_cancel_order_t, struct_size);
NEXT(broker_cancel_order_t, struct_size, must_be_zero, 4);
NEXT(broker_cancel_order_t, must_be_zero, account, 8);
NEXT(broker_cancel_order_t, account, cl_ord_id, 24);
NEXT(broker_cancel_order_t, cl_ord_id, orig_cl_ord_id, 40);
NEXT(broker_cancel_order_t, orig_cl_ord_id, signal_time, 56);
SIZE(broker_cancel_order_t, signal_time, 64);

FIRST(broker_cancel_all_t, struct_size);
NEXT(broker_cancel_all_t, struct_size, must_be_zero, 4);
NEXT(broker_cancel_all_t, must_be_zero, account, 8);
NEXT(broker_cancel_all_t, account, symbol, 24);
NEXT(broker_cancel_all_t, symbol, cl_ord_id_prefix, 40);
NEXT(broker_cancel_all_t, cl_ord_id_prefix, signal_time, 56);
SIZE(broker_cancel_all_t, signal_time, 64);

FIRST(broker_account_status_t, struct_size);
NEXT(broker_account_status_t, struct_size, state, 4);
NEXT(broker_account_status_t, state, reason, 8);
NEXT(broker_account_status_t, reason, must_be_zero, 12);
NEXT(broker_account_status_t, must_be_zero, account, 16);
NEXT(broker_account_status_t, account, venue_account, 32);
NEXT(broker_account_status_t, venue_account, profile, 48);
NEXT(broker_account_status_t, profile, since, 64);
NEXT(broker_account_status_t, since, live_order_count, 72);
NEXT(broker_account_status_t, live_order_count, unknown_count, 80);
SINCE_1_1(broker_account_status, market_data_state);
NEXT(broker_account_status_t, unknown_count, market_data_state, 88);
NEXT(broker_account_status_t, market_data_state, drop_copy_state, 92);
NEXT(broker_account_status_t, drop_copy_state, venue_fault_count, 96);
NEXT(broker_account_status_t, venue_fault_count, unknown_msg_type_count, 104);
NEXT(broker_account_status_t, unknown_msg_type_count, unknown_tag_count, 112);
NEXT(broker_account_status_t, unknown_tag_count, unknown_value_count, 120);
NEXT(broker_account_status_t, unknown_value_count, order_entry, 128);
NEXT(broker_account_status_t, order_entry, rest_state, 132);
NEXT(broker_account_status_t, rest_state, push_state, 136);
NEXT(broker_account_status_t, push_state, push_market_data_state, 140);
NEXT(broker_account_status_t, push_market_data_state, trade_circuit, 144);
NEXT(broker_account_status_t, trade_circuit, read_circuit, 148);
NEXT(broker_account_status_t, read_circuit, trade_budget_left, 152);
NEXT(broker_account_status_t, trade_budget_left, read_budget_left, 160);
SIZE(broker_account_status_t, read_budget_left, 168);

FIRST(broker_account_summary_t, event);
NEXT(broker_account_summary_t, event, request_id, 40);
NEXT(broker_account_summary_t, request_id, currency, 48);
NEXT(broker_account_summary_t, currency, balance, 64);
NEXT(broker_account_summary_t, balance, equity, 80);
NEXT(broker_account_summary_t, equity, margin, 96);
NEXT(broker_account_summary_t, margin, margin_free, 112);
NEXT(broker_account_summary_t, margin_free, open_pl, 128);
NEXT(broker_account_summary_t, open_pl, as_of, 144);
SINCE_1_1(broker_account_summary, fields);
NEXT(broker_account_summary_t, as_of, fields, 152);
NEXT(broker_account_summary_t, fields, total_pl, 168);
NEXT(broker_account_summary_t, total_pl, credit, 184);
NEXT(broker_account_summary_t, credit, available_funds, 200);
NEXT(broker_account_summary_t, available_funds, has_open_positions_count, 216);
NEXT(broker_account_summary_t, has_open_positions_count, has_open_orders_count, 220);
NEXT(broker_account_summary_t, has_open_orders_count, open_positions_count, 224);
NEXT(broker_account_summary_t, open_positions_count, open_orders_count, 232);
NEXT(broker_account_summary_t, open_orders_count, account_status, 240);
NEXT(broker_account_summary_t, account_status, version, 256);
NEXT(broker_account_summary_t, version, channel, 264);
NEXT(broker_account_summary_t, channel, must_be_zero, 268);
SIZE(broker_account_summary_t, must_be_zero, 272);

FIRST(broker_capabilities_t, struct_size);
NEXT(broker_capabilities_t, struct_size, can_replace, 4);
NEXT(broker_capabilities_t, can_replace, can_request_order_status, 8);
NEXT(broker_capabilities_t, can_request_order_status, can_request_account_summary, 12);
NEXT(broker_capabilities_t, can_request_account_summary, sides, 16);
NEXT(broker_capabilities_t, sides, ord_types, 24);
NEXT(broker_capabilities_t, ord_types, times_in_force, 32);
NEXT(broker_capabilities_t, times_in_force, max_cl_ord_id_size, 40);
NEXT(broker_capabilities_t, max_cl_ord_id_size, max_order_qty, 48);
NEXT(broker_capabilities_t, max_order_qty, max_orders_per_second, 64);
NEXT(broker_capabilities_t, max_orders_per_second, order_ttl_ms, 72);
SINCE_1_1(broker_capabilities, exec_insts);
NEXT(broker_capabilities_t, order_ttl_ms, exec_insts, 80);
NEXT(broker_capabilities_t, exec_insts, contingencies, 88);
NEXT(broker_capabilities_t, contingencies, queries, 96);
NEXT(broker_capabilities_t, queries, has_min_qty, 104);
NEXT(broker_capabilities_t, has_min_qty, has_max_floor, 108);
NEXT(broker_capabilities_t, has_max_floor, has_cash_order_qty, 112);
NEXT(broker_capabilities_t, has_cash_order_qty, has_ex_destination, 116);
NEXT(broker_capabilities_t, has_ex_destination, has_position_code, 120);
NEXT(broker_capabilities_t, has_position_code, has_market_data, 124);
NEXT(broker_capabilities_t, has_market_data, has_full_book, 128);
NEXT(broker_capabilities_t, has_full_book, has_drop_copy, 132);
SIZE(broker_capabilities_t, has_drop_copy, 136);

FIRST(broker_capabilities_api_t, get);
SIZE(broker_capabilities_api_t, get, 8);

FIRST(broker_create_params_t, struct_size);
NEXT(broker_create_params_t, struct_size, must_be_zero, 4);
NEXT(broker_create_params_t, must_be_zero, config_path, 8);
SIZE(broker_create_params_t, config_path, 24);

FIRST(broker_adapter_api_t, abi_major);
NEXT(broker_adapter_api_t, abi_major, abi_minor, 4);
NEXT(broker_adapter_api_t, abi_minor, name, 8);
NEXT(broker_adapter_api_t, name, version, 24);
NEXT(broker_adapter_api_t, version, create, 40);
NEXT(broker_adapter_api_t, create, start, 48);
NEXT(broker_adapter_api_t, start, stop, 56);
NEXT(broker_adapter_api_t, stop, destroy, 64);
NEXT(broker_adapter_api_t, destroy, get_extension, 72);
SIZE(broker_adapter_api_t, get_extension, 80);

FIRST(broker_host_t, abi_major);
NEXT(broker_host_t, abi_major, abi_minor, 4);
NEXT(broker_host_t, abi_minor, host_data, 8);
NEXT(broker_host_t, host_data, on_event, 16);
NEXT(broker_host_t, on_event, get_extension, 24);
SIZE(broker_host_t, get_extension, 32);

FIRST(broker_order_entry_t, submit);
NEXT(broker_order_entry_t, submit, replace, 8);
NEXT(broker_order_entry_t, replace, cancel, 16);
NEXT(broker_order_entry_t, cancel, cancel_all, 24);
SIZE(broker_order_entry_t, cancel_all, 32);

FIRST(broker_account_api_t, count);
NEXT(broker_account_api_t, count, get_status_at, 8);
NEXT(broker_account_api_t, get_status_at, get_status, 16);
NEXT(broker_account_api_t, get_status, request_snapshot, 24);
NEXT(broker_account_api_t, request_snapshot, request_summary, 32);
SIZE(broker_account_api_t, request_summary, 40);

FIRST(broker_log_t, write);
SIZE(broker_log_t, write, 8);

FIRST(broker_thread_check_t, is_control_thread);
SIZE(broker_thread_check_t, is_control_thread, 8);

int main(void) { return 0; }
