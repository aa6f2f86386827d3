// Commands about orders, from the host to the adapter. Values follow FIX 4.4; the numbers of the
// enums are this ABI's own. In every command, zeroed fields are absent.
#ifndef BROKER_ABI_ORDER_H
#define BROKER_ABI_ORDER_H

#include "broker/abi/types.h"

BROKER_EXTERN_C_BEGIN

// Side (54).
typedef int32_t broker_side_t;
enum {
    BROKER_SIDE_UNSPECIFIED = 0,  // refused in commands
    BROKER_SIDE_BUY = 1,
    BROKER_SIDE_SELL = 2,
    BROKER_SIDE_SELL_SHORT = 3,
    BROKER_SIDE_SELL_SHORT_EXEMPT = 4,
};

// OrdType (40).
typedef int32_t broker_ord_type_t;
enum {
    BROKER_ORD_TYPE_UNSPECIFIED = 0,  // refused in commands
    BROKER_ORD_TYPE_MARKET = 1,
    BROKER_ORD_TYPE_LIMIT = 2,
    BROKER_ORD_TYPE_STOP = 3,
    BROKER_ORD_TYPE_STOP_LIMIT = 4,
    BROKER_ORD_TYPE_MARKET_IF_TOUCHED = 5,
    BROKER_ORD_TYPE_MARKET_ON_CLOSE = 6,
    BROKER_ORD_TYPE_LIMIT_ON_CLOSE = 7,
    BROKER_ORD_TYPE_PEGGED = 8,
    BROKER_ORD_TYPE_TRAILING_STOP = 9,
};

// TimeInForce (59).
typedef int32_t broker_time_in_force_t;
enum {
    BROKER_TIME_IN_FORCE_UNSPECIFIED = 0,  // refused in commands
    BROKER_TIME_IN_FORCE_DAY = 1,
    BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL = 2,
    BROKER_TIME_IN_FORCE_GOOD_TILL_DATE = 3,
    BROKER_TIME_IN_FORCE_IMMEDIATE_OR_CANCEL = 4,
    BROKER_TIME_IN_FORCE_FILL_OR_KILL = 5,
    BROKER_TIME_IN_FORCE_AT_THE_OPENING = 6,
    BROKER_TIME_IN_FORCE_GOOD_TILL_CROSSING = 7,
    BROKER_TIME_IN_FORCE_AT_THE_CLOSE = 8,
};

// PositionEffect (77).
typedef int32_t broker_position_effect_t;
enum {
    BROKER_POSITION_EFFECT_UNSPECIFIED = 0,
    BROKER_POSITION_EFFECT_OPEN = 1,
    BROKER_POSITION_EFFECT_CLOSE = 2,
};

// Longest ClOrdID and symbol the ABI carries, in bytes. A profile may allow fewer.
#define BROKER_MAX_CL_ORD_ID 64
#define BROKER_MAX_SYMBOL 64

// One new order (FIX NewOrderSingle, 35=D).
typedef struct broker_new_order {
    uint32_t struct_size;                   // sizeof(broker_new_order_t) in the sender's build
    broker_side_t side;
    broker_ord_type_t ord_type;
    broker_time_in_force_t time_in_force;
    broker_position_effect_t position_effect;  // sent only if given
    int32_t must_be_zero;                   // keeps the record free of padding
    broker_str_t account;                   // the host's account id, as configured
    broker_str_t cl_ord_id;                 // ClOrdID (11): unique per account for its lifetime;
                                            // printable ASCII without space
    broker_str_t symbol;                    // the host's name of the instrument
    broker_decimal_t order_qty;             // OrderQty (38), > 0
    broker_decimal_t price;                 // Price (44): required for limit orders; a market order
                                            // with a price is refused, not trimmed
    broker_decimal_t stop_px;               // StopPx (99): for the stop types
    broker_timestamp_t expire_time;         // for BROKER_TIME_IN_FORCE_GOOD_TILL_DATE
    broker_monotonic_t signal_time;         // when the host decided; 0: the time of the call
    // -- 1.1 fields go below this line --
} broker_new_order_t;

// Changes a live order (FIX OrderCancelReplaceRequest, 35=G). What is absent stays as it is.
typedef struct broker_replace_order {
    uint32_t struct_size;
    broker_time_in_force_t time_in_force;   // UNSPECIFIED: unchanged
    broker_str_t account;
    broker_str_t cl_ord_id;                 // new, as unique as that of a new order
    broker_str_t orig_cl_ord_id;            // OrigClOrdID (41): any id the order has had
    broker_decimal_t order_qty;             // new total quantity, what is filled included
    broker_decimal_t price;
    broker_decimal_t stop_px;
    broker_timestamp_t expire_time;
    broker_monotonic_t signal_time;
    // -- 1.1 fields go below this line --
} broker_replace_order_t;

// Cancels what is left of a live order (FIX OrderCancelRequest, 35=F).
typedef struct broker_cancel_order {
    uint32_t struct_size;
    int32_t must_be_zero;
    broker_str_t account;
    broker_str_t cl_ord_id;                 // new, as unique as that of a new order
    broker_str_t orig_cl_ord_id;            // any id the order has had
    broker_monotonic_t signal_time;
    // -- 1.1 fields go below this line --
} broker_cancel_order_t;

// Cancels every live order of an account, one request an order, or those of one symbol.
typedef struct broker_cancel_all {
    uint32_t struct_size;
    int32_t must_be_zero;
    broker_str_t account;
    broker_str_t symbol;                    // empty: all symbols
    broker_str_t cl_ord_id_prefix;          // the requests are named <prefix><n>, n = 1, 2, …;
                                            // the prefix must be new, 1 to 48 bytes
    broker_monotonic_t signal_time;
    // -- 1.1 fields go below this line --
} broker_cancel_all_t;

BROKER_EXTERN_C_END

#endif
