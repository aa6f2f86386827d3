// Market data: what is asked for and what comes. Enumerator values are those of
// broker/abi/market_data.h. Text is borrowed for the call that passes a record.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/fixed_string.hpp"
#include "core/ids.hpp"
#include "core/reason.hpp"

namespace broker::core {

using CandleType = FixedString<15>;  // CandleType (6408), by the venue's word
using MDEntryID = FixedString<64>;

inline constexpr std::int32_t kTopOfBook = 1;
inline constexpr std::int32_t kFullBook = 0;

// A subscription, or one picture.
struct MarketDataRequest {
    std::uint64_t request_id = 0;  // the host's
    Symbol symbol;
    CandleType candle_type;           // empty: quotes
    std::int32_t depth = kTopOfBook;  // levels; 0: all
    bool is_snapshot_only = false;
    bool has_trades = false;
};

struct MarketDataUnsubscribe {
    std::uint64_t request_id = 0;
};

// MDEntryType (269).
enum class MDEntryType : std::int32_t {
    Unspecified = 0,  // or a value we do not know
    Bid = 1,
    Offer = 2,
    Trade = 3,
    OpeningPrice = 4,
    ClosingPrice = 5,
    HighPrice = 6,
    LowPrice = 7,
    EmptyBook = 8,
};

// MDUpdateAction (279).
enum class MDUpdateAction : std::int32_t { Unspecified = 0, New = 1, Change = 2, Delete = 3 };

// One entry of a message of the venue.
struct MDEntry {
    MDUpdateAction action = MDUpdateAction::New;
    MDEntryType type = MDEntryType::Unspecified;
    std::string_view id;  // MDEntryID (278)
    std::optional<Decimal> px;
    std::optional<Decimal> size;
    std::optional<UtcTime> time;  // MDEntryDate (272) and MDEntryTime (273)
};

// Best bid and offer of one symbol, for one subscription.
struct Quote {
    std::uint64_t request_id = 0;
    std::string_view symbol;
    bool is_stale = false;
    bool is_snapshot = false;
    std::uint64_t merged_count = 0;
    std::optional<Decimal> bid_px;
    std::optional<Decimal> bid_size;
    std::optional<Decimal> offer_px;
    std::optional<Decimal> offer_size;
    std::optional<UtcTime> venue_time;
    MonotonicTime received;
};

// One change of a book, a trade, or one figure of a candle, for one subscription.
struct MarketDataEntry {
    std::uint64_t request_id = 0;
    std::string_view symbol;
    std::string_view candle_type;
    MDEntry entry;
    bool is_last = false;  // of one update
    bool is_snapshot = false;
    MonotonicTime received;
};

enum class MDStatus : std::int32_t {
    Unspecified = 0,
    Live = 1,
    Stale = 2,
    Rejected = 3,
    Ended = 4,
};

// What became of a subscription.
struct MarketDataStatus {
    std::uint64_t request_id = 0;
    std::string_view symbol;
    MDStatus status = MDStatus::Unspecified;
    Reason reason = Reason::None;
    std::string_view text;
};

}  // namespace broker::core
