// Orders that live and die together (FIX NewOrderList, 35=E).
#ifndef BROKER_ABI_ORDER_LIST_H
#define BROKER_ABI_ORDER_LIST_H

#include "broker/abi/event.h"
#include "broker/abi/order.h"
#include "broker/abi/reason.h"

BROKER_EXTERN_C_BEGIN

// What the orders of a list are to each other.
typedef int32_t broker_contingency_t;
enum {
    BROKER_CONTINGENCY_UNSPECIFIED = 0,         // refused in commands
    BROKER_CONTINGENCY_ONE_CANCELS_OTHER = 1,   // two orders: a fill of one cancels the other
    BROKER_CONTINGENCY_ONE_TRIGGERS_OTHER = 2,  // two orders: the first, once filled, makes the
                                                // second live
    BROKER_CONTINGENCY_BRACKET = 3,             // three: the first, once filled, makes the others
                                                // live, of which one cancels the other
};

// One list of orders. Each is a record as for broker.order-entry/1, with the list's account and a
// ClOrdID of its own; its signal_time is ignored for the list's.
typedef struct broker_order_list {
    uint32_t struct_size;
    broker_contingency_t contingency;
    broker_str_t account;
    broker_str_t list_id;               // ListID (66): as unique as a ClOrdID
    const broker_new_order_t* first;    // the triggering one, if there is one
    const broker_new_order_t* second;
    const broker_new_order_t* third;    // of a bracket; else null
    broker_monotonic_t signal_time;     // 0: the time of the call
} broker_order_list_t;

// Cancels what is live of a list.
typedef struct broker_cancel_order_list {
    uint32_t struct_size;
    int32_t must_be_zero;
    broker_str_t account;
    broker_str_t list_id;
    broker_str_t cl_ord_id_prefix;      // where the venue has no request for lists, one cancel an
                                        // order is sent, named <prefix><n>, n = 1, 2, …
    broker_monotonic_t signal_time;
} broker_cancel_order_list_t;

// ListOrderStatus (431).
typedef int32_t broker_list_order_status_t;
enum {
    BROKER_LIST_ORDER_STATUS_UNSPECIFIED = 0,  // or a value we do not know (raw_status)
    BROKER_LIST_ORDER_STATUS_IN_BIDDING_PROCESS = 1,
    BROKER_LIST_ORDER_STATUS_RECEIVED_FOR_EXECUTION = 2,
    BROKER_LIST_ORDER_STATUS_EXECUTING = 3,
    BROKER_LIST_ORDER_STATUS_CANCELING = 4,
    BROKER_LIST_ORDER_STATUS_ALERT = 5,
    BROKER_LIST_ORDER_STATUS_ALL_DONE = 6,
    BROKER_LIST_ORDER_STATUS_REJECT = 7,
};

// The venue's word about a list as a whole (FIX ListStatus, 35=N), or a refusal of our own before
// anything was sent. What it says of the orders comes as an execution report each.
typedef struct broker_order_list_status {
    broker_event_t event;
    broker_list_order_status_t status;
    broker_reason_t reason;             // LIST_REJECTED, 6xx for refusals, NONE
    broker_str_t list_id;
    broker_str_t raw_status;
    broker_str_t text;
} broker_order_list_status_t;

BROKER_EXTERN_C_END

#endif
