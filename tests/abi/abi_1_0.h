// The records that have grown since version 1.0, as 1.0 had them: what a host that is already built
// sends and reads. Frozen; the types of their fields are those of the current headers.
#ifndef BROKER_TESTS_ABI_1_0_H
#define BROKER_TESTS_ABI_1_0_H

#include "broker/abi/broker.h"

BROKER_EXTERN_C_BEGIN

typedef struct broker_new_order_1_0 {
    uint32_t struct_size;
    broker_side_t side;
    broker_ord_type_t ord_type;
    broker_time_in_force_t time_in_force;
    broker_position_effect_t position_effect;
    int32_t must_be_zero;
    broker_str_t account;
    broker_str_t cl_ord_id;
    broker_str_t symbol;
    broker_decimal_t order_qty;
    broker_decimal_t price;
    broker_decimal_t stop_px;
    broker_timestamp_t expire_time;
    broker_monotonic_t signal_time;
} broker_new_order_1_0_t;

typedef struct broker_replace_order_1_0 {
    uint32_t struct_size;
    broker_time_in_force_t time_in_force;
    broker_str_t account;
    broker_str_t cl_ord_id;
    broker_str_t orig_cl_ord_id;
    broker_decimal_t order_qty;
    broker_decimal_t price;
    broker_decimal_t stop_px;
    broker_timestamp_t expire_time;
    broker_monotonic_t signal_time;
} broker_replace_order_1_0_t;

typedef struct broker_execution_report_1_0 {
    broker_event_t event;
    broker_exec_type_t exec_type;
    broker_ord_status_t ord_status;
    broker_certainty_t certainty;
    broker_reason_t reason;
    broker_side_t side;
    broker_ord_type_t ord_type;
    broker_time_in_force_t time_in_force;
    int32_t is_poss_dup;
    int32_t is_unsolicited;
    int32_t is_snapshot;
    broker_str_t cl_ord_id;
    broker_str_t orig_cl_ord_id;
    broker_str_t order_id;
    broker_str_t exec_id;
    broker_str_t exec_ref_id;
    broker_str_t symbol;
    broker_str_t raw_exec_type;
    broker_str_t raw_ord_status;
    broker_str_t text;
    broker_decimal_t order_qty;
    broker_decimal_t price;
    broker_decimal_t stop_px;
    broker_decimal_t last_qty;
    broker_decimal_t last_px;
    broker_decimal_t cum_qty;
    broker_decimal_t leaves_qty;
    broker_decimal_t avg_px;
    broker_timestamp_t transact_time;
    broker_timestamp_t sending_time;
    broker_stage_times_t stages;
} broker_execution_report_1_0_t;

typedef struct broker_order_cancel_reject_1_0 {
    broker_event_t event;
    broker_ord_status_t ord_status;
    broker_certainty_t certainty;
    broker_reason_t reason;
    int32_t is_replace;
    broker_str_t cl_ord_id;
    broker_str_t orig_cl_ord_id;
    broker_str_t order_id;
    broker_str_t text;
    broker_timestamp_t transact_time;
    broker_stage_times_t stages;
} broker_order_cancel_reject_1_0_t;

typedef struct broker_account_status_1_0 {
    uint32_t struct_size;
    broker_account_state_t state;
    broker_reason_t reason;
    int32_t must_be_zero;
    broker_str_t account;
    broker_str_t venue_account;
    broker_str_t profile;
    broker_timestamp_t since;
    uint64_t live_order_count;
    uint64_t unknown_count;
} broker_account_status_1_0_t;

typedef struct broker_account_summary_1_0 {
    broker_event_t event;
    uint64_t request_id;
    broker_str_t currency;
    broker_decimal_t balance;
    broker_decimal_t equity;
    broker_decimal_t margin;
    broker_decimal_t margin_free;
    broker_decimal_t open_pl;
    broker_timestamp_t as_of;
} broker_account_summary_1_0_t;

typedef struct broker_capabilities_1_0 {
    uint32_t struct_size;
    int32_t can_replace;
    int32_t can_request_order_status;
    int32_t can_request_account_summary;
    uint64_t sides;
    uint64_t ord_types;
    uint64_t times_in_force;
    uint64_t max_cl_ord_id_size;
    broker_decimal_t max_order_qty;
    uint64_t max_orders_per_second;
    uint64_t order_ttl_ms;
} broker_capabilities_1_0_t;

BROKER_EXTERN_C_END

#endif
