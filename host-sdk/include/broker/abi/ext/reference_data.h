// Extension broker.reference-data/1: what can be traded, and when.
#ifndef BROKER_ABI_EXT_REFERENCE_DATA_H
#define BROKER_ABI_EXT_REFERENCE_DATA_H

#include "broker/abi/adapter.h"
#include "broker/abi/query.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_REFERENCE_DATA "broker.reference-data/1"

// BROKER_NOT_SUPPORTED where no channel of the account has the answer. `error` may be null.
typedef struct broker_reference_data {
    // Asks for all instruments (SecurityListRequest, 35=x), or for `symbol`. The answers are
    // broker_instrument_t, then a broker_request_done_t.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_instruments)(broker_adapter_t* adapter,
                                                      const broker_query_t* query,
                                                      broker_error_t* error);

    // Asks for the state of the trading session (TradingSessionStatusRequest, 35=g), of the whole
    // market or of `symbol`. The answer is a broker_trading_session_status_t, then a
    // broker_request_done_t; changes follow unasked where the venue sends them.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_trading_session_status)(broker_adapter_t* adapter,
                                                                 const broker_query_t* query,
                                                                 broker_error_t* error);
} broker_reference_data_t;

BROKER_EXTERN_C_END

#endif
