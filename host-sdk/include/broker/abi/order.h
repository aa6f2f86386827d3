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

// ExecInst (18). A command carries a set of them: bit n stands for the enumerator with value n.
typedef int32_t broker_exec_inst_t;
enum {
    BROKER_EXEC_INST_UNSPECIFIED = 0,
    BROKER_EXEC_INST_NOT_HELD = 1,
    BROKER_EXEC_INST_WORK = 2,
    BROKER_EXEC_INST_GO_ALONG = 3,
    BROKER_EXEC_INST_HELD = 4,
    BROKER_EXEC_INST_PARTICIPATE_DONT_INITIATE = 5,  // post only
    BROKER_EXEC_INST_ALL_OR_NONE = 6,
    BROKER_EXEC_INST_DO_NOT_REDUCE = 7,
    BROKER_EXEC_INST_DO_NOT_INCREASE = 8,
    BROKER_EXEC_INST_REINSTATE_ON_SYSTEM_FAILURE = 9,
    BROKER_EXEC_INST_CANCEL_ON_SYSTEM_FAILURE = 10,
    BROKER_EXEC_INST_PRIMARY_PEG = 11,
    BROKER_EXEC_INST_MARKET_PEG = 12,
    BROKER_EXEC_INST_MID_PRICE_PEG = 13,
    BROKER_EXEC_INST_LAST_PEG = 14,
    BROKER_EXEC_INST_OPENING_PEG = 15,
    BROKER_EXEC_INST_PEG_TO_VWAP = 16,
    BROKER_EXEC_INST_TRAILING_STOP_PEG = 17,
    BROKER_EXEC_INST_TRY_TO_STOP = 18,
};

// LocateReqd (114), of short sales.
typedef int32_t broker_locate_reqd_t;
enum {
    BROKER_LOCATE_REQD_UNSPECIFIED = 0,
    BROKER_LOCATE_REQD_NOT_REQUIRED = 1,  // N: the stock has been located
    BROKER_LOCATE_REQD_REQUIRED = 2,      // Y
};

// PegOffsetType (836): the unit of a peg offset.
typedef int32_t broker_peg_offset_type_t;
enum {
    BROKER_PEG_OFFSET_TYPE_UNSPECIFIED = 0,
    BROKER_PEG_OFFSET_TYPE_PRICE = 1,
    BROKER_PEG_OFFSET_TYPE_BASIS_POINTS = 2,
    BROKER_PEG_OFFSET_TYPE_TICKS = 3,
    BROKER_PEG_OFFSET_TYPE_PRICE_TIER = 4,
};

// Longest named fields of one command, in bytes: `name=value` pairs, each ended by SOH (U+0001), with
// the names of the account's profile (custom tags, regulatory tags, parties).
#define BROKER_MAX_FIELDS 255
#define BROKER_MAX_EX_DESTINATION 32
#define BROKER_MAX_POSITION_CODE 64

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
    broker_decimal_t order_qty;             // OrderQty (38), > 0; absent with cash_order_qty
    broker_decimal_t price;                 // Price (44): required for limit orders; a market order
                                            // with a price is refused, not trimmed
    broker_decimal_t stop_px;               // StopPx (99): for the stop types
    broker_timestamp_t expire_time;         // for BROKER_TIME_IN_FORCE_GOOD_TILL_DATE
    broker_monotonic_t signal_time;         // when the host decided; 0: the time of the call
    // -- 1.1 fields go below this line --
    uint64_t exec_inst;                     // ExecInst (18): set of broker_exec_inst_t
    broker_locate_reqd_t locate_reqd;       // LocateReqd (114), of sell short orders
    broker_peg_offset_type_t peg_offset_type;  // PegOffsetType (836)
    broker_decimal_t peg_offset_value;      // PegOffsetValue (211): of pegged and trailing stop
                                            // orders, may be negative for pegged ones
    broker_decimal_t min_qty;               // MinQty (110), > 0
    broker_decimal_t max_floor;             // MaxFloor (111), > 0: shown to others at most
    broker_decimal_t cash_order_qty;        // CashOrderQty (152), > 0, instead of order_qty
    broker_str_t ex_destination;            // ExDestination (100): the route
    broker_str_t position_code;             // the position that the order closes, where accounts
                                            // hold several in one symbol
    broker_str_t fields;                    // named fields, see BROKER_MAX_FIELDS
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
    broker_decimal_t peg_offset_value;
    broker_decimal_t min_qty;
    broker_decimal_t max_floor;
    broker_str_t fields;                    // of this request; those of the order go again unless
                                            // the request has one of the same name
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
