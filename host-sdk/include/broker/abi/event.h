// What every event record begins with. Events reach the host one at a time, through
// broker_host_t.on_event, and are valid only during that call.
#ifndef BROKER_ABI_EVENT_H
#define BROKER_ABI_EVENT_H

#include "broker/abi/types.h"

BROKER_EXTERN_C_BEGIN

// Says which record the header begins. A host ignores types it does not know.
typedef int32_t broker_event_type_t;
enum {
    BROKER_EVENT_UNSPECIFIED = 0,
    BROKER_EVENT_SESSION = 1,              // broker_session_event_t
    BROKER_EVENT_EXECUTION_REPORT = 2,     // broker_execution_report_t
    BROKER_EVENT_ORDER_CANCEL_REJECT = 3,  // broker_order_cancel_reject_t
    BROKER_EVENT_SNAPSHOT = 4,             // broker_snapshot_event_t
    BROKER_EVENT_ACCOUNT_SUMMARY = 5,      // broker_account_summary_t
    BROKER_EVENT_VENUE_FAULT = 6,          // broker_venue_fault_t
    BROKER_EVENT_POSITION = 7,             // broker_position_report_t
    BROKER_EVENT_TRADE = 8,                // broker_trade_report_t
    BROKER_EVENT_INSTRUMENT = 9,           // broker_instrument_t
    BROKER_EVENT_TRADING_SESSION = 10,     // broker_trading_session_status_t
    BROKER_EVENT_REQUEST_DONE = 11,        // broker_request_done_t
    BROKER_EVENT_QUOTE = 12,               // broker_quote_t
    BROKER_EVENT_MARKET_DATA_ENTRY = 13,   // broker_market_data_entry_t
    BROKER_EVENT_MARKET_DATA_STATUS = 14,  // broker_market_data_status_t
    BROKER_EVENT_ORDER_LIST = 15,          // broker_order_list_status_t
    BROKER_EVENT_CASH_TRANSFER = 16,       // broker_cash_transfer_t
    BROKER_EVENT_ACCOUNT_EVENT = 17,       // broker_account_event_t
    BROKER_EVENT_CANDLE = 18,              // broker_candle_t
    BROKER_EVENT_CONVERSION_RATE = 19,     // broker_conversion_rate_t
    // 20 to 99: reserved for later extensions of this ABI.
};

typedef struct broker_event {
    uint32_t struct_size;      // of the whole record that this header begins
    broker_event_type_t type;
    broker_str_t account;      // the host's account id
    uint64_t event_seq_num;    // 1, 2, 3, … per account while the adapter lives, without a gap: what
                               // was delivered can be counted
    broker_timestamp_t time;   // wall clock at delivery
} broker_event_t;

BROKER_EXTERN_C_END

#endif
