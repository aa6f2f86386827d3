// Extension broker.market-data/1: quotes, books and candles.
#ifndef BROKER_ABI_EXT_MARKET_DATA_H
#define BROKER_ABI_EXT_MARKET_DATA_H

#include "broker/abi/adapter.h"
#include "broker/abi/market_data.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_MARKET_DATA "broker.market-data/1"

// BROKER_NOT_SUPPORTED where the account has no market data session. `error` may be null.
typedef struct broker_market_data {
    // Queues a subscription. It may be made before the session is up: data is asked for as soon as it
    // is, and again after every reconnect. What comes is broker_quote_t for a depth of 1,
    // broker_market_data_entry_t else, and broker_market_data_status_t.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* subscribe)(broker_adapter_t* adapter,
                                            const broker_market_data_request_t* request,
                                            broker_error_t* error);

    // Queues the end of the subscription `request_id`.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* unsubscribe)(broker_adapter_t* adapter, broker_str_t account,
                                              uint64_t request_id, broker_error_t* error);
} broker_market_data_t;

BROKER_EXTERN_C_END

#endif
