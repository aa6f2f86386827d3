// Extension broker.risk/1: what stops an account from trading, and what brings it to rest.
#ifndef BROKER_ABI_EXT_RISK_H
#define BROKER_ABI_EXT_RISK_H

#include "broker/abi/adapter.h"
#include "broker/abi/reason.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_RISK "broker.risk/1"

// A reading of what guards an account, filled by the adapter for the caller, who sets struct_size.
// Money is in the account's currency. Absent: the account has no loss guard, or it is not known.
typedef struct broker_risk_status {
    uint32_t struct_size;
    int32_t is_kill_switch_on;     // 1: new orders and replaces are refused
    int32_t has_guard;             // 1: limits.guard is configured
    broker_reason_t guard_reason;  // NONE: not tripped; DAILY_LOSS_REACHED, DRAWDOWN_REACHED
    int32_t is_flattening;         // 1: orders are being canceled, or positions closed
    int32_t must_be_zero;
    broker_decimal_t equity;            // as last told by the venue
    broker_decimal_t day_start_equity;  // the first one of this trading day
    broker_decimal_t high_water_mark;   // the highest one seen
    broker_decimal_t daily_loss;        // negative: a gain
    broker_decimal_t drawdown;
    int64_t data_age;        // of the equity, in nanoseconds; -1: none was told
    int64_t open_positions;  // -1: not known
} broker_risk_status_t;

// An ok status of the first three means "will be done": a session event with an unchanged state
// says when it was. They work in every state of the account. `error` may be null.
typedef struct broker_risk {
    // `on` 1: new orders and replaces are refused with KILL_SWITCH_ON, cancels go out; `flatten` 1:
    // as `flatten` does, besides. `on` 0: trading goes on, and a flattening under way ends;
    // `flatten` must be 0. The switch outlives the process. [any-thread & started]
    broker_status_t(BROKER_CALL* set_kill_switch)(broker_adapter_t* adapter, broker_str_t account,
                                                  int32_t on, int32_t flatten,
                                                  broker_error_t* error);

    // Cancels every live order, then closes each position by a market order of its own, which the
    // host hears of as of any other.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* flatten)(broker_adapter_t* adapter, broker_str_t account,
                                          broker_error_t* error);

    // Releases a loss guard that has tripped: losses and drawdown count anew from the next equity.
    // BROKER_NOT_SUPPORTED where the account has no guard.
    // [any-thread & started]
    broker_status_t(BROKER_CALL* reset_guard)(broker_adapter_t* adapter, broker_str_t account,
                                              broker_error_t* error);

    // [any-thread]
    broker_status_t(BROKER_CALL* read)(const broker_adapter_t* adapter, broker_str_t account,
                                       broker_risk_status_t* status, broker_error_t* error);
} broker_risk_t;

BROKER_EXTERN_C_END

#endif
