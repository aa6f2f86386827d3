// Extension broker.history/1: an account's past, and the market's.
#ifndef BROKER_ABI_EXT_HISTORY_H
#define BROKER_ABI_EXT_HISTORY_H

#include "broker/abi/account.h"
#include "broker/abi/adapter.h"
#include "broker/abi/query.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_HISTORY "broker.history/1"

// Each question is about the time range `from` to `to` and sends at most `max_answers`; a
// broker_request_done_t ends the answers. They inform and book nothing. BROKER_NOT_SUPPORTED where
// no channel of the account has the answer. `error` may be null.
typedef struct broker_history {
    // Asks for orders in any state, all or those in `symbol`. The answers are execution reports with
    // the request's request_id: of each order its picture (exec_type ORDER_STATUS) and its
    // executions. `max_answers` counts orders.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_orders)(broker_adapter_t* adapter,
                                                 const broker_query_t* query,
                                                 broker_error_t* error);

    // Asks for bookings on the account's cash. The answers are broker_cash_transfer_t.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_cash_transfers)(broker_adapter_t* adapter,
                                                         const broker_query_t* query,
                                                         broker_error_t* error);

    // Asks for margin calls and liquidations. The answers are broker_account_event_t.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_account_events)(broker_adapter_t* adapter,
                                                         const broker_query_t* query,
                                                         broker_error_t* error);

    // Asks for the bars of `symbol` with `candle_type`, both needed. The answers are
    // broker_candle_t.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request_candles)(broker_adapter_t* adapter,
                                                  const broker_query_t* query,
                                                  broker_error_t* error);
} broker_history_t;

BROKER_EXTERN_C_END

#endif
