// What became of an order: reports from the venue, and the adapter's own knowledge about them.
#ifndef BROKER_ABI_EXECUTION_REPORT_H
#define BROKER_ABI_EXECUTION_REPORT_H

#include "broker/abi/event.h"
#include "broker/abi/order.h"
#include "broker/abi/reason.h"
#include "broker/abi/session_event.h"

BROKER_EXTERN_C_BEGIN

// ExecType (150).
typedef int32_t broker_exec_type_t;
enum {
    BROKER_EXEC_TYPE_UNSPECIFIED = 0,  // a value we do not know; raw_exec_type holds it
    BROKER_EXEC_TYPE_NEW = 1,
    BROKER_EXEC_TYPE_DONE_FOR_DAY = 2,
    BROKER_EXEC_TYPE_CANCELED = 3,
    BROKER_EXEC_TYPE_REPLACED = 4,
    BROKER_EXEC_TYPE_PENDING_CANCEL = 5,
    BROKER_EXEC_TYPE_STOPPED = 6,
    BROKER_EXEC_TYPE_REJECTED = 7,
    BROKER_EXEC_TYPE_SUSPENDED = 8,
    BROKER_EXEC_TYPE_PENDING_NEW = 9,
    BROKER_EXEC_TYPE_CALCULATED = 10,
    BROKER_EXEC_TYPE_EXPIRED = 11,
    BROKER_EXEC_TYPE_RESTATED = 12,
    BROKER_EXEC_TYPE_PENDING_REPLACE = 13,
    BROKER_EXEC_TYPE_TRADE = 14,
    BROKER_EXEC_TYPE_TRADE_CORRECT = 15,
    BROKER_EXEC_TYPE_TRADE_CANCEL = 16,
    BROKER_EXEC_TYPE_ORDER_STATUS = 17,  // a picture of the order; books nothing
    BROKER_EXEC_TYPE_TRIGGERED = 18,
    // The adapter's own, not FIX: nothing was heard, but what is known of the request changed (see
    // `certainty` and `reason`), e.g. the session ended before the venue answered.
    BROKER_EXEC_TYPE_CERTAINTY_CHANGED = 1000,
};

// OrdStatus (39).
typedef int32_t broker_ord_status_t;
enum {
    BROKER_ORD_STATUS_UNSPECIFIED = 0,  // not known yet, or a value we do not know (raw_ord_status)
    BROKER_ORD_STATUS_NEW = 1,
    BROKER_ORD_STATUS_PARTIALLY_FILLED = 2,
    BROKER_ORD_STATUS_FILLED = 3,
    BROKER_ORD_STATUS_DONE_FOR_DAY = 4,
    BROKER_ORD_STATUS_CANCELED = 5,
    BROKER_ORD_STATUS_REPLACED = 6,
    BROKER_ORD_STATUS_PENDING_CANCEL = 7,
    BROKER_ORD_STATUS_STOPPED = 8,
    BROKER_ORD_STATUS_REJECTED = 9,
    BROKER_ORD_STATUS_SUSPENDED = 10,
    BROKER_ORD_STATUS_PENDING_NEW = 11,
    BROKER_ORD_STATUS_CALCULATED = 12,
    BROKER_ORD_STATUS_EXPIRED = 13,
    BROKER_ORD_STATUS_ACCEPTED_FOR_BIDDING = 14,
    BROKER_ORD_STATUS_PENDING_REPLACE = 15,
};

// What is known about a request (new, replace or cancel). A request is REJECTED only on proof: the
// venue's answer about that very request, or the adapter's refusal before anything was sent.
typedef int32_t broker_certainty_t;
enum {
    BROKER_CERTAINTY_UNSPECIFIED = 0,   // the report is not about a request of this host
    BROKER_CERTAINTY_JOURNALED = 1,     // recorded, not yet handed to the network
    BROKER_CERTAINTY_WRITTEN = 2,       // handed to the network; no answer yet
    BROKER_CERTAINTY_ACKNOWLEDGED = 3,  // the venue has answered: it has the request
    BROKER_CERTAINTY_REJECTED = 4,      // proven not to be in force
    BROKER_CERTAINTY_UNKNOWN = 5,       // may or may not be in force; only evidence resolves it
};

// What is wrong with a report of the venue. A value that cannot be used is absent in the record; the
// rest of the report counts.
typedef int32_t broker_report_fault_t;
enum {
    BROKER_REPORT_FAULT_UNSPECIFIED = 0,
    BROKER_REPORT_FAULT_UNREADABLE_FIELD = 1,     // not of its field's type
    BROKER_REPORT_FAULT_MISSING_FIELD = 2,
    BROKER_REPORT_FAULT_NEGATIVE_VALUE = 3,       // of a quantity
    BROKER_REPORT_FAULT_QUANTITIES_DISAGREE = 4,  // LeavesQty, CumQty, OrderQty, LastQty
    BROKER_REPORT_FAULT_UNKNOWN_VALUE = 5,        // of an enumeration; raw_… has it
    BROKER_REPORT_FAULT_UNKNOWN_TAG = 6,          // `fields` has it
};

// When the request and its answer passed each stage; all of one clock.
typedef struct broker_stage_times {
    broker_monotonic_t signal;        // given by the host, or the time of the call
    broker_monotonic_t accepted;      // the call took the command
    broker_monotonic_t journaled;     // recorded in the account's store
    broker_monotonic_t written;       // the TLS layer took the last byte
    broker_monotonic_t acknowledged;  // the bytes of the first answer were read
    broker_monotonic_t received;      // the bytes of this report were read
    broker_monotonic_t delivered;     // on_event was called with this report
} broker_stage_times_t;

// One step in an order's life (FIX ExecutionReport, 35=8, or the adapter's own knowledge).
// Text fields are empty and decimals absent where the venue did not say and the adapter does not
// know from the order itself.
typedef struct broker_execution_report {
    broker_event_t event;
    broker_exec_type_t exec_type;
    broker_ord_status_t ord_status;
    broker_certainty_t certainty;       // of the request that cl_ord_id names
    broker_reason_t reason;             // for rejects, refusals and unknown outcomes
    broker_side_t side;
    broker_ord_type_t ord_type;
    broker_time_in_force_t time_in_force;
    int32_t is_poss_dup;                // 1: a retransmission (PossDupFlag) not seen before
    int32_t is_unsolicited;             // 1: the order is not one this adapter instance sent
    int32_t is_snapshot;                // 1: repeats known state, between snapshot begin and end
    broker_str_t cl_ord_id;             // ClOrdID (11) of the request this report answers
    broker_str_t orig_cl_ord_id;        // OrigClOrdID (41)
    broker_str_t order_id;              // OrderID (37), the venue's
    broker_str_t exec_id;               // ExecID (17); fills are unique by (order_id, exec_id)
    broker_str_t exec_ref_id;           // ExecRefID (19), on trade correct and trade cancel
    broker_str_t symbol;
    broker_str_t raw_exec_type;         // the venue's own characters for 150 and 39
    broker_str_t raw_ord_status;
    broker_str_t text;                  // the venue's words (58), or ours
    broker_decimal_t order_qty;
    broker_decimal_t price;
    broker_decimal_t stop_px;
    broker_decimal_t last_qty;          // LastQty (32) and LastPx (31): this fill
    broker_decimal_t last_px;
    broker_decimal_t cum_qty;           // CumQty (14), LeavesQty (151), AvgPx (6): the order
    broker_decimal_t leaves_qty;
    broker_decimal_t avg_px;
    broker_timestamp_t transact_time;   // TransactTime (60)
    broker_timestamp_t sending_time;    // SendingTime (52) of the message
    broker_stage_times_t stages;
    // -- 1.1 fields go below this line --
    broker_channel_t channel;           // which connection brought it; UNSPECIFIED: the adapter's own
    broker_position_effect_t position_effect;
    uint64_t request_id;                // of broker.mass-status/1, if it answers such a request
    uint64_t faults;                    // set of broker_report_fault_t: bit n for value n
    broker_decimal_t cash_order_qty;    // CashOrderQty (152)
    broker_timestamp_t expire_time;     // ExpireTime (126) or ExpireDate (432)
    broker_str_t list_id;               // ListID (66)
    broker_str_t secondary_order_id;    // SecondaryOrderID (198)
    broker_str_t orig_order_id;         // OrigOrdId (9945) of drop copies
    broker_str_t ex_destination;        // ExDestination (100)
    broker_str_t position_code;
    broker_str_t restatement_reason;    // ExecRestatementReason (378), the venue's characters
    broker_str_t ord_rej_reason;        // OrdRejReason (103), the venue's characters
    broker_str_t fields;                // named fields (see BROKER_MAX_FIELDS); a tag that neither
                                        // FIX 4.4 nor the profile knows goes by its number
    // -- 1.3 fields go below this line --
    int32_t is_possible_repeat;         // 1: recorded before the adapter ended without a stop; the
                                        // host may have heard it then. Told once more, after start
    int32_t must_be_zero;
} broker_execution_report_t;

// A cancel or replace that is not in force (FIX OrderCancelReject, 35=9, or our own refusal). The
// order itself lives on in `ord_status`.
typedef struct broker_order_cancel_reject {
    broker_event_t event;
    broker_ord_status_t ord_status;     // of the order; UNSPECIFIED if the venue does not know it
    broker_certainty_t certainty;       // of the request: REJECTED
    broker_reason_t reason;
    int32_t is_replace;                 // 1: a replace was refused; 0: a cancel
    broker_str_t cl_ord_id;             // of the refused request
    broker_str_t orig_cl_ord_id;        // of the order
    broker_str_t order_id;
    broker_str_t text;
    broker_timestamp_t transact_time;
    broker_stage_times_t stages;
    // -- 1.1 fields go below this line --
    broker_str_t cxl_rej_reason;        // CxlRejReason (102), the venue's characters
    broker_str_t fields;                // named fields
    // -- 1.3 fields go below this line --
    int32_t is_possible_repeat;         // as in broker_execution_report_t
    int32_t must_be_zero;
} broker_order_cancel_reject_t;

BROKER_EXTERN_C_END

#endif
