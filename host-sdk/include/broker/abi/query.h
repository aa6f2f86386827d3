// Questions to the venue and the records that answer them. Every answer carries the request_id of
// its question; broker_request_done_t ends them.
#ifndef BROKER_ABI_QUERY_H
#define BROKER_ABI_QUERY_H

#include "broker/abi/event.h"
#include "broker/abi/order.h"
#include "broker/abi/reason.h"
#include "broker/abi/session_event.h"

BROKER_EXTERN_C_BEGIN

typedef int32_t broker_query_kind_t;
enum {
    BROKER_QUERY_KIND_UNSPECIFIED = 0,
    BROKER_QUERY_KIND_ORDER_STATUS = 1,
    BROKER_QUERY_KIND_MASS_STATUS = 2,
    BROKER_QUERY_KIND_POSITIONS = 3,
    BROKER_QUERY_KIND_ACCOUNT_SUMMARY = 4,
    BROKER_QUERY_KIND_TRADES = 5,
    BROKER_QUERY_KIND_INSTRUMENTS = 6,
    BROKER_QUERY_KIND_TRADING_SESSION_STATUS = 7,
    BROKER_QUERY_KIND_ORDER_HISTORY = 8,
    BROKER_QUERY_KIND_CASH_TRANSFERS = 9,
    BROKER_QUERY_KIND_ACCOUNT_EVENTS = 10,
    BROKER_QUERY_KIND_CANDLES = 11,
    BROKER_QUERY_KIND_CONVERSION_RATES = 12,
};

// One question. Which fields a function reads is said there; the others must be zero.
typedef struct broker_query {
    uint32_t struct_size;
    int32_t must_be_zero;
    broker_str_t account;        // the host's account id
    uint64_t request_id;         // the host's, not 0; told apart from its other open questions
    broker_str_t symbol;         // empty: all
    broker_str_t cl_ord_id;      // any id the order has had
    broker_timestamp_t from;     // a time range: from inclusive, to exclusive; 0: open
    broker_timestamp_t to;
    // -- 1.2 fields go below this line --
    broker_str_t candle_type;    // by the venue's word, e.g. m (a minute), h (an hour), d (a day)
    broker_str_t currency;       // to convert to; empty: the account's
    uint64_t max_answers;        // of them, no more are sent; 0: as many as there are
} broker_query_t;

// The last answer to a question.
typedef struct broker_request_done {
    broker_event_t event;
    broker_query_kind_t kind;
    broker_reason_t reason;      // NONE: the answers are complete. REQUEST_REJECTED: the venue
                                 // refused. OUTCOME_TIMEOUT, OUTCOME_DISCONNECTED: they may be
                                 // incomplete
    uint64_t request_id;
    uint64_t count;              // of answers
    broker_str_t text;           // the venue's words, or ours
} broker_request_done_t;

// One position (FIX PositionReport, 35=AP), or what the account's fills add up to.
typedef struct broker_position_report {
    broker_event_t event;
    broker_channel_t channel;    // UNSPECIFIED: the sum of the fills, see net_qty_from_fills
    int32_t is_different;        // 1: told after the last report of a picture: the venue's net
                                 // quantity is not that of the last picture and the fills since
    uint64_t request_id;         // 0: unsolicited
    broker_str_t symbol;
    broker_str_t position_code;  // where accounts hold several positions in one symbol
    broker_str_t currency;
    broker_decimal_t long_qty;   // the venue's, not negative
    broker_decimal_t short_qty;  // the venue's, not negative
    broker_decimal_t net_qty;    // the venue's: long - short
    broker_decimal_t avg_px;
    broker_decimal_t net_qty_from_fills;  // the last whole picture and all fills since. Without
                                          // one: absent beside the venue's figures, and all fills
                                          // that this adapter has seen where it was asked for them.
                                          // Absent beside a position that REST or push show unasked:
                                          // the fill behind it may not have been told yet
    broker_timestamp_t as_of;
    broker_str_t fields;         // named fields
} broker_position_report_t;

// One fill as the venue's books have it (FIX TradeCaptureReport, 35=AE).
typedef struct broker_trade_report {
    broker_event_t event;
    broker_side_t side;
    int32_t is_canceled;         // 1: the venue has taken the trade back
    uint64_t request_id;
    broker_str_t trade_id;       // TradeReportID (571)
    broker_str_t exec_id;        // ExecID (17)
    broker_str_t order_id;       // OrderID (37)
    broker_str_t cl_ord_id;      // ClOrdID (11)
    broker_str_t symbol;
    broker_decimal_t last_qty;
    broker_decimal_t last_px;
    broker_timestamp_t transact_time;
    broker_str_t trade_date;     // TradeDate (75), YYYYMMDD
    broker_str_t fields;         // named fields
} broker_trade_report_t;

// One instrument (FIX SecurityList, 35=y). Absent where the venue does not say.
typedef struct broker_instrument {
    broker_event_t event;
    uint64_t request_id;
    broker_str_t symbol;         // the host's name
    broker_str_t description;    // SecurityDesc (107)
    broker_str_t security_type;  // SecurityType (167)
    broker_str_t currency;
    broker_str_t exchange;       // SecurityExchange (207)
    broker_decimal_t contract_multiplier;
    broker_decimal_t price_increment;
    broker_decimal_t qty_increment;
    broker_decimal_t min_qty;
    broker_decimal_t max_qty;
    broker_str_t fields;         // named fields
    // -- 1.2 fields go below this line --
    broker_decimal_t lot_size;     // units of one lot
    broker_decimal_t margin_rate;  // of the notional, e.g. 0.01; of the first tier where there are
                                   // several
    broker_str_t trading_status;   // for this account, by the venue's word: FULL, CLOSE_ONLY, NO
    broker_str_t trading_hours;    // by the venue's words, in UTC
    broker_channel_t channel;      // UNSPECIFIED: not said, by an adapter of 1.1
    int32_t must_be_zero;          // keeps the record free of padding
} broker_instrument_t;

// One bar of the market's past.
typedef struct broker_candle {
    broker_event_t event;
    uint64_t request_id;
    broker_str_t symbol;
    broker_str_t candle_type;    // as asked for
    broker_timestamp_t open_time;  // of its period
    broker_decimal_t open_px;
    broker_decimal_t high_px;
    broker_decimal_t low_px;
    broker_decimal_t close_px;
    broker_decimal_t volume;
    int32_t is_forming;          // 1: its period has not ended, and its figures will change
    int32_t must_be_zero;        // keeps the record free of padding
} broker_candle_t;

// What one unit of a currency is worth in another.
typedef struct broker_conversion_rate {
    broker_event_t event;
    uint64_t request_id;
    broker_str_t from_currency;
    broker_str_t to_currency;
    broker_decimal_t rate;       // to_currency for one unit of from_currency
} broker_conversion_rate_t;

// TradSesStatus (340).
typedef int32_t broker_trad_ses_status_t;
enum {
    BROKER_TRAD_SES_STATUS_UNSPECIFIED = 0,  // unknown, or a value we do not know (raw_status)
    BROKER_TRAD_SES_STATUS_HALTED = 1,
    BROKER_TRAD_SES_STATUS_OPEN = 2,
    BROKER_TRAD_SES_STATUS_CLOSED = 3,
    BROKER_TRAD_SES_STATUS_PRE_OPEN = 4,
    BROKER_TRAD_SES_STATUS_PRE_CLOSE = 5,
    BROKER_TRAD_SES_STATUS_REQUEST_REJECTED = 6,
};

// FIX TradingSessionStatus (35=h).
typedef struct broker_trading_session_status {
    broker_event_t event;
    broker_trad_ses_status_t status;
    int32_t must_be_zero;        // keeps the record free of padding
    uint64_t request_id;         // 0: the venue's own news
    broker_str_t trading_session_id;
    broker_str_t symbol;         // empty: the whole session
    broker_str_t raw_status;
    broker_str_t text;
    broker_timestamp_t start_time;
    broker_timestamp_t end_time;
} broker_trading_session_status_t;

// A message of the venue is not as it should be. What could be read of it has been acted upon and, if
// it is a report, delivered as such.
typedef struct broker_venue_fault {
    broker_event_t event;
    broker_reason_t reason;      // 9xx
    broker_channel_t channel;
    uint64_t msg_seq_num;        // of the message; 0: not known
    broker_str_t msg_type;
    broker_str_t cl_ord_id;
    broker_str_t order_id;
    broker_str_t exec_id;
    broker_str_t reason_name;
    broker_str_t text;           // what was found and what was expected
} broker_venue_fault_t;

BROKER_EXTERN_C_END

#endif
