// Questions to the venue, and what it answers. Enumerator values are those of broker/abi/query.h.
// Text in the answers is borrowed for the call that passes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/execution_report.hpp"
#include "core/ids.hpp"
#include "core/reason.hpp"

namespace broker::core {

enum class QueryKind : std::int32_t {
    Unspecified = 0,
    OrderStatus = 1,  // of one order
    MassStatus = 2,   // of all live orders, or those of one symbol
    Positions = 3,
    AccountSummary = 4,
    Trades = 5,                // fills of a time range
    Instruments = 6,           // all, or one
    TradingSessionStatus = 7,  // of the market, or of one instrument's
    OrderHistory = 8,          // orders of a time range in any state, with their executions
    CashTransfers = 9,         // of a time range
    AccountEvents = 10,        // margin calls and liquidations of a time range
    Candles = 11,              // of one symbol in a time range
    ConversionRates = 12,      // between currencies
};

struct Query {
    QueryKind kind = QueryKind::Unspecified;
    std::uint64_t request_id = 0;   // the host's; 0: the adapter's own question
    ClOrdID cl_ord_id;              // OrderStatus alone
    Symbol symbol;                  // empty: all
    std::optional<UtcTime> from;    // of the kinds with a time range: inclusive
    std::optional<UtcTime> to;      // exclusive
    FixedString<15> candle_type;    // Candles alone, by the venue's word
    FixedString<15> currency;       // ConversionRates alone: to this one; empty: the account's
    std::uint32_t max_answers = 0;  // 0: as many as there are
};

// The end of the answers to a query.
struct QueryDone {
    QueryKind kind = QueryKind::Unspecified;
    std::uint64_t request_id = 0;
    std::uint64_t count = 0;       // of answers
    Reason reason = Reason::None;  // None: complete
    std::string_view text;
};

// FIX PositionReport (AP), or another channel's.
struct PositionReport {
    std::uint64_t request_id = 0;
    bool is_unsolicited = false;  // answers no question, the adapter's own included
    std::string_view symbol;
    std::string_view position_code;
    std::string_view currency;
    std::optional<Decimal> long_qty;
    std::optional<Decimal> short_qty;  // not negative
    std::optional<Decimal> avg_px;
    std::optional<UtcTime> as_of;
    std::string_view fields;
    Channel channel = Channel::FixTrading;
};

// Balances and margin of an account. Absent where the venue does not say.
struct AccountSummary {
    std::uint64_t request_id = 0;
    std::string_view currency;
    std::optional<Decimal> balance;
    std::optional<Decimal> equity;
    std::optional<Decimal> margin;
    std::optional<Decimal> margin_free;
    std::optional<Decimal> open_pl;
    std::optional<Decimal> total_pl;
    std::optional<Decimal> credit;
    std::optional<Decimal> available_funds;
    std::optional<std::uint64_t> open_positions_count;
    std::optional<std::uint64_t> open_orders_count;
    std::string_view account_status;  // the venue's word, e.g. FULL_TRADING
    std::optional<UtcTime> as_of;
    std::uint64_t version = 0;  // of the account, where the venue counts its changes; 0: not
    std::string_view fields;
    Channel channel = Channel::FixTrading;
};

// FIX TradeCaptureReport (AE): one fill as the venue's books have it.
struct TradeReport {
    std::uint64_t request_id = 0;
    Side side = Side::Unspecified;
    bool is_canceled = false;   // TradeReportTransType (487): cancel
    std::string_view trade_id;  // TradeReportID (571)
    std::string_view exec_id;
    std::string_view order_id;
    std::string_view cl_ord_id;
    std::string_view symbol;
    std::optional<Decimal> last_qty;
    std::optional<Decimal> last_px;
    std::optional<UtcTime> transact_time;
    std::string_view trade_date;  // TradeDate (75), YYYYMMDD
    std::string_view fields;
};

// One instrument of SecurityList (y) or SecurityDefinition (d).
struct Instrument {
    std::uint64_t request_id = 0;
    std::string_view symbol;
    std::string_view description;
    std::string_view security_type;
    std::string_view currency;
    std::string_view security_exchange;
    std::optional<Decimal> contract_multiplier;
    std::optional<Decimal> price_increment;
    std::optional<Decimal> qty_increment;
    std::optional<Decimal> min_qty;
    std::optional<Decimal> max_qty;
    std::optional<Decimal> lot_size;     // units of one lot
    std::optional<Decimal> margin_rate;  // of the notional, e.g. 0.01; of the first tier
    std::string_view trading_status;     // for this account: FULL, CLOSE_ONLY, NO
    std::string_view trading_hours;      // "Sunday, 21:05:00Z SESSION_OPEN;..." in UTC
    std::string_view fields;
    Channel channel = Channel::FixTrading;
};

// One booking on the account's cash.
struct CashTransfer {
    std::uint64_t request_id = 0;
    std::string_view transfer_id;
    std::string_view transaction_id;  // one transfer may book several
    std::string_view type;            // the venue's word, e.g. DEPOSIT, COMMISSION, SETTLEMENT
    std::string_view currency;
    std::string_view comment;
    std::string_view order_id;
    std::string_view cl_ord_id;
    std::string_view position_code;
    std::optional<Decimal> value;  // negative: taken from the account
    std::optional<UtcTime> transact_time;
};

// The venue's risk desk has acted on the account.
struct AccountEvent {
    std::uint64_t request_id = 0;  // 0: the venue's own news
    std::string_view type;         // the venue's word, e.g. MARGIN_CALL, LIQUIDATION
    std::string_view text;
    std::optional<Decimal> threshold;  // of the risk level
    std::optional<Decimal> risk_level;
    std::optional<UtcTime> transact_time;
    Channel channel = Channel::Rest;
};

// One bar. `time` is when it opens, UTC.
struct Candle {
    std::uint64_t request_id = 0;
    std::string_view symbol;
    std::string_view candle_type;
    bool is_forming = false;  // its period has not ended
    std::optional<Decimal> open_px;
    std::optional<Decimal> high_px;
    std::optional<Decimal> low_px;
    std::optional<Decimal> close_px;
    std::optional<Decimal> volume;
    std::optional<UtcTime> time;
};

struct ConversionRate {
    std::uint64_t request_id = 0;
    std::string_view from_currency;
    std::string_view to_currency;
    std::optional<Decimal> rate;
};

enum class TradSesStatus : std::int32_t {
    Unspecified = 0,  // unknown, or a value we do not know
    Halted = 1,
    Open = 2,
    Closed = 3,
    PreOpen = 4,
    PreClose = 5,
    RequestRejected = 6,
};

// FIX TradingSessionStatus (h).
struct TradingSessionStatus {
    std::uint64_t request_id = 0;  // 0: the venue's own news
    TradSesStatus status = TradSesStatus::Unspecified;
    std::string_view trading_session_id;
    std::string_view symbol;  // empty: the whole session
    std::string_view raw_status;
    std::string_view text;
    std::optional<UtcTime> start_time;
    std::optional<UtcTime> end_time;
};

// Something in a message of the venue that is not as it should be, and that changes nothing else.
struct VenueFault {
    Reason reason = Reason::None;
    Channel channel = Channel::FixTrading;
    MsgSeqNum msg_seq_num = 0;
    std::string_view msg_type;
    std::string_view cl_ord_id;
    std::string_view order_id;
    std::string_view exec_id;
    std::string_view text;
    std::uint64_t count = 1;  // faults that this one stands for
};

}  // namespace broker::core
