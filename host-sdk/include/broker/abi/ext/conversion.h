// Extension broker.conversion/1: what currencies are worth in one another.
#ifndef BROKER_ABI_EXT_CONVERSION_H
#define BROKER_ABI_EXT_CONVERSION_H

#include "broker/abi/adapter.h"
#include "broker/abi/query.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_CONVERSION "broker.conversion/1"

typedef struct broker_conversion {
    // Asks at which rates the venue converts into `currency`, or into the account's where it is
    // empty. The answers are broker_conversion_rate_t, then a broker_request_done_t.
    // BROKER_NOT_SUPPORTED where no channel of the account has them. `error` may be null.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_rates)(broker_adapter_t* adapter,
                                                const broker_query_t* query,
                                                broker_error_t* error);
} broker_conversion_t;

BROKER_EXTERN_C_END

#endif
