// Quotes, books and candles.
#ifndef BROKER_ABI_MARKET_DATA_H
#define BROKER_ABI_MARKET_DATA_H

#include "broker/abi/event.h"
#include "broker/abi/reason.h"
#include "broker/abi/session_event.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_MARKET_DATA_TOP_OF_BOOK 1  // one level
#define BROKER_MARKET_DATA_FULL_BOOK 0    // every level the venue has

// A subscription, or one picture (FIX MarketDataRequest, 35=V). It outlives reconnects: the adapter
// subscribes anew after each logon of the market data session. docs/market-data.md has the rules.
typedef struct broker_market_data_request {
    uint32_t struct_size;
    int32_t depth;               // levels: 1 top of book, 0 the full book, else that many
    broker_str_t account;
    uint64_t request_id;         // the host's, not 0, unique among its open subscriptions
    broker_str_t symbol;
    int32_t is_snapshot_only;    // 1: one picture, then MARKET_DATA_STATUS ended
    int32_t has_trades;          // 1: trades too, where the profile has them
    broker_str_t candle_type;    // candles instead of quotes, by the venue's word ("m", "h", …), at
                                 // most 15 bytes; depth is 0 or 1 then; empty: quotes
} broker_market_data_request_t;

// Best bid and offer of one symbol after a change. While a host is slow, the quotes of a symbol that
// it has not been given yet are merged into the last one.
typedef struct broker_quote {
    broker_event_t event;
    int32_t is_stale;            // 1: the session is down or the symbol silent; the figures are
                                 // the last known
    int32_t is_snapshot;         // 1: the first after a subscription or a reconnect
    uint64_t request_id;
    uint64_t merged_count;       // updates that went into this one beyond the first
    broker_str_t symbol;
    broker_decimal_t bid_px;     // absent: no bid
    broker_decimal_t bid_size;
    broker_decimal_t offer_px;
    broker_decimal_t offer_size;
    broker_timestamp_t venue_time;  // MDEntryDate (272) and MDEntryTime (273) of the newest entry
    broker_monotonic_t received;
} broker_quote_t;

// MDEntryType (269).
typedef int32_t broker_md_entry_type_t;
enum {
    BROKER_MD_ENTRY_TYPE_UNSPECIFIED = 0,  // or a value we do not know
    BROKER_MD_ENTRY_TYPE_BID = 1,
    BROKER_MD_ENTRY_TYPE_OFFER = 2,
    BROKER_MD_ENTRY_TYPE_TRADE = 3,
    BROKER_MD_ENTRY_TYPE_OPENING_PRICE = 4,
    BROKER_MD_ENTRY_TYPE_CLOSING_PRICE = 5,
    BROKER_MD_ENTRY_TYPE_HIGH_PRICE = 6,
    BROKER_MD_ENTRY_TYPE_LOW_PRICE = 7,
    BROKER_MD_ENTRY_TYPE_EMPTY_BOOK = 8,   // every level of the symbol is gone
};

typedef int32_t broker_md_update_action_t;
enum {
    BROKER_MD_UPDATE_ACTION_UNSPECIFIED = 0,
    BROKER_MD_UPDATE_ACTION_NEW = 1,     // the level was not there
    BROKER_MD_UPDATE_ACTION_CHANGE = 2,
    BROKER_MD_UPDATE_ACTION_DELETE = 3,
};

// One change of a book of depth other than 1, a trade, or one figure of a candle. Book changes are
// relative to what was delivered before, whatever the venue called them: the entries of a book's
// picture begin with an EMPTY_BOOK, and levels are NEW then. An entry of a type or action that is
// UNSPECIFIED changes nothing of the book.
typedef struct broker_market_data_entry {
    broker_event_t event;
    broker_md_entry_type_t entry_type;
    broker_md_update_action_t action;
    int32_t is_last;             // 1: the last entry of one update; the book is consistent then
    int32_t is_snapshot;
    uint64_t request_id;
    broker_str_t symbol;
    broker_str_t entry_id;       // MDEntryID (278), where the venue gives one
    broker_str_t candle_type;
    broker_decimal_t px;
    broker_decimal_t size;
    broker_timestamp_t venue_time;
    broker_monotonic_t received;
} broker_market_data_entry_t;

typedef int32_t broker_md_status_t;
enum {
    BROKER_MD_STATUS_UNSPECIFIED = 0,
    BROKER_MD_STATUS_LIVE = 1,      // the venue sends; a picture comes first
    BROKER_MD_STATUS_STALE = 2,     // the session is down, the symbol silent, or a request is not
                                    // answered (OUTCOME_TIMEOUT): what was delivered is old
    BROKER_MD_STATUS_REJECTED = 3,  // the venue refused (35=Y), or we did: the subscription is gone.
                                    // With REQUEST_PENDING the request_id is that of another, which
                                    // goes on
    BROKER_MD_STATUS_ENDED = 4,     // unsubscribed, or the one picture is complete; with
                                    // OUTCOME_TIMEOUT it did not come, with INVALID_FIELD there was
                                    // nothing to unsubscribe
};

// What became of a subscription.
typedef struct broker_market_data_status {
    broker_event_t event;
    broker_md_status_t status;
    broker_reason_t reason;
    uint64_t request_id;
    broker_str_t symbol;
    broker_str_t text;           // the venue's words, or ours
} broker_market_data_status_t;

BROKER_EXTERN_C_END

#endif
