// Extension broker.trades/1: an account's fills in the venue's books.
#ifndef BROKER_ABI_EXT_TRADES_H
#define BROKER_ABI_EXT_TRADES_H

#include "broker/abi/adapter.h"
#include "broker/abi/query.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_TRADES "broker.trades/1"

typedef struct broker_trades {
    // Asks the venue for fills (TradeCaptureReportRequest, 35=AD): all, those in `symbol`, those of
    // the order `cl_ord_id`, those of the time range. The answers are broker_trade_report_t, then a
    // broker_request_done_t. They book nothing. BROKER_NOT_SUPPORTED where no channel of the
    // account has them. `error` may be null.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* request)(broker_adapter_t* adapter, const broker_query_t* query,
                                          broker_error_t* error);
} broker_trades_t;

BROKER_EXTERN_C_END

#endif
