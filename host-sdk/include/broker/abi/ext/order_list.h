// Extension broker.order-list/1: brackets and OCO pairs.
#ifndef BROKER_ABI_EXT_ORDER_LIST_H
#define BROKER_ABI_EXT_ORDER_LIST_H

#include "broker/abi/adapter.h"
#include "broker/abi/order_list.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_ORDER_LIST "broker.order-list/1"

// As for broker.order-entry/1: BROKER_OK means "taken". A list goes out whole, in one message, or not
// at all: where the profile does not say how the venue wants it, it is refused. `error` may be null.
typedef struct broker_order_lists {
    // Queues a list of orders (NewOrderList, 35=E). Each member is from then on an order as any
    // other: it may be replaced and canceled by its ClOrdID, and has its own reports.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* submit)(broker_adapter_t* adapter, const broker_order_list_t* list,
                                         broker_error_t* error);

    // Queues the cancel of what is live of a list (ListCancelRequest, 35=K, where the profile has
    // it; else one OrderCancelRequest a member).
    // [any-thread & started]
    broker_status_t(BROKER_CALL* cancel)(broker_adapter_t* adapter,
                                         const broker_cancel_order_list_t* request,
                                         broker_error_t* error);
} broker_order_lists_t;

BROKER_EXTERN_C_END

#endif
