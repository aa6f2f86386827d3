// Extension broker.cl-ord-id/1: ids for requests.
#ifndef BROKER_ABI_EXT_CL_ORD_ID_H
#define BROKER_ABI_EXT_CL_ORD_ID_H

#include "broker/abi/adapter.h"
#include "broker/abi/order.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_CL_ORD_ID "broker.cl-ord-id/1"

// Bytes for a ClOrdID, terminating zero included.
#define BROKER_CL_ORD_ID_SIZE (BROKER_MAX_CL_ORD_ID + 1)

typedef struct broker_cl_ord_id {
    // Writes a ClOrdID that no other call, process or machine makes, within the size and alphabet of
    // the account's profile, into `cl_ord_id` of BROKER_CL_ORD_ID_SIZE bytes, and ends it with a
    // zero. `error` may be null.
    // [any-thread]
    broker_status_t(BROKER_CALL* generate)(const broker_adapter_t* adapter, broker_str_t account,
                                           char* cl_ord_id, broker_error_t* error);
} broker_cl_ord_id_t;

BROKER_EXTERN_C_END

#endif
