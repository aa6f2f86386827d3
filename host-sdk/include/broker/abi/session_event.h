// The life of an account's connection to the venue.
#ifndef BROKER_ABI_SESSION_EVENT_H
#define BROKER_ABI_SESSION_EVENT_H

#include "broker/abi/event.h"
#include "broker/abi/reason.h"

BROKER_EXTERN_C_BEGIN

// State of an account. Orders are accepted in READY alone; in every other state they are refused at
// once, and none is kept for later.
typedef int32_t broker_account_state_t;
enum {
    BROKER_ACCOUNT_STATE_UNSPECIFIED = 0,
    BROKER_ACCOUNT_STATE_OFFLINE = 1,      // not connected; waits for its next attempt, or not started
    BROKER_ACCOUNT_STATE_CONNECTING = 2,   // TCP, TLS or Logon under way
    BROKER_ACCOUNT_STATE_LOGGED_ON = 3,    // the FIX session is up
    BROKER_ACCOUNT_STATE_RECONCILING = 4,  // open orders are being checked with the venue
    BROKER_ACCOUNT_STATE_READY = 5,
    BROKER_ACCOUNT_STATE_DRAINING = 6,     // stopping: no new orders, Logout under way
    BROKER_ACCOUNT_STATE_STOPPED = 7,
    BROKER_ACCOUNT_STATE_SUSPENDED = 8,    // kept off by schedule, operator or kill switch
};

// Which of the account's connections the event is about.
typedef int32_t broker_channel_t;
enum {
    BROKER_CHANNEL_UNSPECIFIED = 0,  // the account as a whole
    BROKER_CHANNEL_FIX_TRADING = 1,
    BROKER_CHANNEL_FIX_MARKET_DATA = 2,
    BROKER_CHANNEL_FIX_DROP_COPY = 3,
    BROKER_CHANNEL_REST = 4,
    BROKER_CHANNEL_PUSH = 5,
    BROKER_CHANNEL_PUSH_MARKET_DATA = 6,
};

// A transition, or a failed attempt that leaves the state as it is (both states equal).
typedef struct broker_session_event {
    broker_event_t event;
    broker_account_state_t state;           // after the event
    broker_account_state_t previous_state;
    broker_reason_t reason;
    broker_channel_t channel;
    broker_str_t reason_name;               // e.g. "TLS_CERTIFICATE_EXPIRED"
    broker_str_t text;                      // for people, with the peer's words where it gave any
    broker_str_t suggested_action;          // what a person should do; empty if nothing
    broker_str_t peer;                      // host:port, empty where none is involved
    int64_t next_attempt_ms;                // milliseconds until the next attempt; -1: none planned
    // -- 1.1 fields go below this line --
} broker_session_event_t;

// Brackets a picture of an account's live orders. Between begin and end every live order is
// reported once, with is_snapshot set; what the host holds beyond them is not live.
typedef int32_t broker_snapshot_phase_t;
enum {
    BROKER_SNAPSHOT_PHASE_UNSPECIFIED = 0,
    BROKER_SNAPSHOT_PHASE_BEGIN = 1,
    BROKER_SNAPSHOT_PHASE_END = 2,
};

typedef struct broker_snapshot_event {
    broker_event_t event;
    broker_snapshot_phase_t phase;
    broker_account_state_t state;   // of the account
    uint64_t request_id;            // of request_snapshot; 0: the adapter's own (after a logon)
    uint64_t order_count;           // live orders in the picture
    uint64_t unknown_count;         // of them, orders with a request whose outcome is unknown
    // -- 1.1 fields go below this line --
} broker_snapshot_event_t;

BROKER_EXTERN_C_END

#endif
