// Extension broker.order-entry/1: single orders.
#ifndef BROKER_ABI_EXT_ORDER_ENTRY_H
#define BROKER_ABI_EXT_ORDER_ENTRY_H

#include "broker/abi/adapter.h"
#include "broker/abi/order.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_ORDER_ENTRY "broker.order-entry/1"

// Every function takes the command at once and returns: BROKER_OK means "taken", never "accepted" by
// the venue; the outcome arrives as events, be it the venue's answer or a refusal of our own (a
// limit, a used ClOrdID, a session that has just ended). Any other status means that nothing was
// sent and no event about the command will come. The command is copied. A command record whose tail this
// adapter does not know is refused unless that tail is zero, so that no instruction is dropped
// silently. `error` may be null.
typedef struct broker_order_entry {
    // Queues a new order.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* submit)(broker_adapter_t* adapter, const broker_new_order_t* order,
                                         broker_error_t* error);

    // Queues a change of a live order.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* replace)(broker_adapter_t* adapter,
                                          const broker_replace_order_t* request,
                                          broker_error_t* error);

    // Queues the cancel of a live order. Also taken for an order whose outcome is unknown.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* cancel)(broker_adapter_t* adapter,
                                         const broker_cancel_order_t* request,
                                         broker_error_t* error);

    // Queues one cancel for every order that is live when the request's turn comes.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* cancel_all)(broker_adapter_t* adapter,
                                             const broker_cancel_all_t* request,
                                             broker_error_t* error);
} broker_order_entry_t;

BROKER_EXTERN_C_END

#endif
