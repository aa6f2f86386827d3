// Extension broker.mass-status/1: what the venue knows of orders.
#ifndef BROKER_ABI_EXT_MASS_STATUS_H
#define BROKER_ABI_EXT_MASS_STATUS_H

#include "broker/abi/adapter.h"
#include "broker/abi/query.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_MASS_STATUS "broker.mass-status/1"

// The answers are execution reports with exec_type ORDER_STATUS and the request's request_id, those
// that change nothing included; then a broker_request_done_t. `error` may be null.
typedef struct broker_mass_status {
    // Asks about all live orders, or those of `symbol` (OrderMassStatusRequest, 35=AF; where the
    // profile does not have it, one OrderStatusRequest an order that is live in our books).
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request)(broker_adapter_t* adapter, const broker_query_t* query,
                                          broker_error_t* error);

    // Asks about the order `cl_ord_id` (OrderStatusRequest, 35=H).
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_order)(broker_adapter_t* adapter,
                                                const broker_query_t* query,
                                                broker_error_t* error);
} broker_mass_status_t;

BROKER_EXTERN_C_END

#endif
