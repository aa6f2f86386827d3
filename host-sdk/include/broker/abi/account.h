// What is known of an account.
#ifndef BROKER_ABI_ACCOUNT_H
#define BROKER_ABI_ACCOUNT_H

#include "broker/abi/event.h"
#include "broker/abi/session_event.h"

BROKER_EXTERN_C_BEGIN

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
} broker_account_summary_t;

BROKER_EXTERN_C_END

#endif
