// What is known of an account.
#ifndef BROKER_ABI_ACCOUNT_H
#define BROKER_ABI_ACCOUNT_H

#include "broker/abi/event.h"
#include "broker/abi/session_event.h"

BROKER_EXTERN_C_BEGIN

// A circuit breaker of REST requests. While it is open they are refused at once.
typedef int32_t broker_circuit_state_t;
enum {
    BROKER_CIRCUIT_STATE_UNSPECIFIED = 0,  // not known, or the account has no REST
    BROKER_CIRCUIT_STATE_CLOSED = 1,       // requests go out
    BROKER_CIRCUIT_STATE_OPEN = 2,
    BROKER_CIRCUIT_STATE_HALF_OPEN = 3,    // one probe is under way
};

// A reading of an account's state, filled by the adapter for the caller. The caller sets
// struct_size. The strings live as long as the adapter.
typedef struct broker_account_status {
    uint32_t struct_size;
    broker_account_state_t state;
    broker_reason_t reason;             // of the last transition
    int32_t must_be_zero;
    broker_str_t account;               // the host's account id
    broker_str_t venue_account;         // DXtrade's name for it
    broker_str_t profile;
    broker_timestamp_t since;           // when the state was entered
    uint64_t live_order_count;
    uint64_t unknown_count;             // requests whose outcome is unknown
    // -- 1.1 fields go below this line --
    broker_account_state_t market_data_state;  // of the market data session: OFFLINE, CONNECTING,
                                               // READY, DRAINING, STOPPED; UNSPECIFIED: none
    broker_account_state_t drop_copy_state;    // of the drop copy session, likewise
    uint64_t venue_fault_count;         // messages of the venue that were not as they should be
    uint64_t unknown_msg_type_count;    // of them, with a MsgType the adapter does not know
    uint64_t unknown_tag_count;         // tags neither FIX 4.4 nor the profile has, once a MsgType
    uint64_t unknown_value_count;       // enumerated values that the adapter does not know
    // -- 1.2 fields go below this line --
    broker_channel_t order_entry;       // what orders go by: FIX_TRADING or REST
    broker_account_state_t rest_state;  // OFFLINE, CONNECTING, READY, DRAINING, STOPPED;
                                        // UNSPECIFIED: the account has no REST
    broker_account_state_t push_state;  // of the push connection of the account, likewise
    broker_account_state_t push_market_data_state;  // of that of market data, likewise
    broker_circuit_state_t trade_circuit;  // of REST requests that change orders
    broker_circuit_state_t read_circuit;   // of REST requests that only ask
    int64_t trade_budget_left;          // such requests that the venue's rate limits allow at once;
                                        // -1: not known. Without REST it means nothing
    int64_t read_budget_left;
} broker_account_status_t;

// Balances and margin of an account, in its currency. Absent where the venue does not say.
typedef struct broker_account_summary {
    broker_event_t event;
    uint64_t request_id;                // of request_summary; 0: unsolicited
    broker_str_t currency;
    broker_decimal_t balance;
    broker_decimal_t equity;
    broker_decimal_t margin;
    broker_decimal_t margin_free;
    broker_decimal_t open_pl;
    broker_timestamp_t as_of;
    // -- 1.1 fields go below this line --
    broker_str_t fields;                // named fields
    // -- 1.2 fields go below this line --
    broker_decimal_t total_pl;
    broker_decimal_t credit;
    broker_decimal_t available_funds;
    int32_t has_open_positions_count;   // 1: the count beside it is known
    int32_t has_open_orders_count;
    uint64_t open_positions_count;
    uint64_t open_orders_count;
    broker_str_t account_status;        // the venue's word, e.g. FULL_TRADING
    uint64_t version;                   // of the account, where the venue counts its changes; 0: not
    broker_channel_t channel;           // UNSPECIFIED: not said, by an adapter of 1.1
    int32_t must_be_zero;               // keeps the record free of padding
} broker_account_summary_t;

// The venue's risk desk has acted on the account, or warns that it will.
typedef struct broker_account_event {
    broker_event_t event;
    broker_channel_t channel;
    int32_t must_be_zero;               // keeps the record free of padding
    uint64_t request_id;                // of request_account_events; 0: the venue's own news
    broker_str_t event_type;            // the venue's word, e.g. MARGIN_CALL, LIQUIDATION
    broker_str_t text;
    broker_decimal_t threshold;         // of the risk level
    broker_decimal_t risk_level;
    broker_timestamp_t transact_time;
} broker_account_event_t;

// One booking on the account's cash.
typedef struct broker_cash_transfer {
    broker_event_t event;
    uint64_t request_id;                // of request_cash_transfers; 0: the venue's own news
    broker_str_t transfer_id;
    broker_str_t transaction_id;        // one transfer may book several
    broker_str_t transfer_type;         // the venue's word, e.g. DEPOSIT, COMMISSION, SETTLEMENT
    broker_str_t currency;
    broker_str_t comment;
    broker_str_t order_id;              // of the order it is about, if it is about one
    broker_str_t cl_ord_id;
    broker_str_t position_code;
    broker_decimal_t value;             // negative: taken from the account
    broker_timestamp_t transact_time;
} broker_cash_transfer_t;

BROKER_EXTERN_C_END

#endif
