// Extension broker.positions/1: what an account holds.
#ifndef BROKER_ABI_EXT_POSITIONS_H
#define BROKER_ABI_EXT_POSITIONS_H

#include "broker/abi/adapter.h"
#include "broker/abi/query.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_POSITIONS "broker.positions/1"

// `error` may be null.
typedef struct broker_positions {
    // Asks the venue (RequestForPositions, 35=AN) for all positions, or those in `symbol`. The
    // answers are broker_position_report_t, each compared with the fills; then a
    // broker_request_done_t. BROKER_NOT_SUPPORTED where no channel of the account has them.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request)(broker_adapter_t* adapter, const broker_query_t* query,
                                          broker_error_t* error);

    // The same figures without asking: what the fills that this adapter has seen add up to, on top
    // of the last picture from the venue where there was one.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_from_fills)(broker_adapter_t* adapter,
                                                     const broker_query_t* query,
                                                     broker_error_t* error);
} broker_positions_t;

BROKER_EXTERN_C_END

#endif
