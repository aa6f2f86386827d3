// Extension broker.capabilities/1: what can be done with an account.
#ifndef BROKER_ABI_EXT_CAPABILITIES_H
#define BROKER_ABI_EXT_CAPABILITIES_H

#include "broker/abi/adapter.h"
#include "broker/abi/order.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_CAPABILITIES "broker.capabilities/1"

// What an account offers, from its profile and its configured channels. Filled by the adapter for
// the caller, who sets struct_size. Sets are bit masks: bit n stands for the enumerator with value
// n. An order outside them is refused with BROKER_REASON_NOT_SUPPORTED.
typedef struct broker_capabilities {
    uint32_t struct_size;
    int32_t can_replace;                  // 1: OrderCancelReplaceRequest is offered
    int32_t can_request_order_status;     // 1: the venue answers OrderStatusRequest
    int32_t can_request_account_summary;  // 1: broker.account/1 request_summary is answered
    uint64_t sides;                       // of broker_side_t
    uint64_t ord_types;                   // of broker_ord_type_t
    uint64_t times_in_force;              // of broker_time_in_force_t
    uint64_t max_cl_ord_id_size;          // bytes
    broker_decimal_t max_order_qty;       // absent: no local limit
    uint64_t max_orders_per_second;       // 0: no local limit
    uint64_t order_ttl_ms;                // an order not written this long after its signal is
                                          // refused; never re-sent when older
    // -- 1.1 fields go below this line --
    uint64_t exec_insts;                  // of broker_exec_inst_t
    uint64_t contingencies;               // of broker_contingency_t: lists of orders
    uint64_t queries;                     // of broker_query_kind_t: what the venue answers
    int32_t has_min_qty;                  // 1: the field of a new order may be given
    int32_t has_max_floor;
    int32_t has_cash_order_qty;
    int32_t has_ex_destination;
    int32_t has_position_code;
    int32_t has_market_data;              // 1: broker.market-data/1 works
    int32_t has_full_book;
    int32_t has_drop_copy;                // 1: a drop copy session is configured
} broker_capabilities_t;

typedef struct broker_capabilities_api {
    // Reads what `account` offers; constant until a reload of the configuration changes it.
    // [any-thread]
    broker_status_t(BROKER_CALL* get)(const broker_adapter_t* adapter, broker_str_t account,
                                      broker_capabilities_t* capabilities, broker_error_t* error);
} broker_capabilities_api_t;

BROKER_EXTERN_C_END

#endif
