// The entries of a book: what a quote or a candle looks like to market data, and how two states of
// it differ.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "simulator/candles.hpp"
#include "simulator/market.hpp"
#include "simulator/market_data_options.hpp"
#include "simulator/market_data_request.hpp"

namespace broker::simulator {

struct MarketDataEntry {
    char type = '0';   // MDEntryType (269)
    std::string id{};  // MDEntryID (278): the same for a level as long as it is there
    std::optional<core::Decimal> px{};  // neither of an empty book
    std::optional<core::Decimal> size{};
    core::UtcTime time{};

    // Of the same content; the time is of no account.
    [[nodiscard]] bool says_the_same_as(const MarketDataEntry& other) const {
        return type == other.type && id == other.id && px == other.px && size == other.size;
    }
};
using MarketDataEntries = std::vector<MarketDataEntry>;

// Bids, then offers, best first, each a tick behind the other. Only the first has the quoted size;
// each next one has that much more.
[[nodiscard]] MarketDataEntries quote_entries(const InstrumentOptions& instrument,
                                              const Quote& quote, const MarketDataRequest& request,
                                              int levels, core::UtcTime time);
// Size 0, the time is the candle's start.
[[nodiscard]] MarketDataEntries candle_entries(const std::string& symbol, const Candle& candle,
                                               const MarketDataRequest& request);
[[nodiscard]] MarketDataEntry empty_book_entry(const std::string& symbol, core::UtcTime time);

struct MarketDataChange {
    char action = '0';  // MDUpdateAction (279)
    MarketDataEntry entry;
};
// Null if the change cannot be told so: an entry that has gone, and there is New alone.
[[nodiscard]] std::optional<std::vector<MarketDataChange>> market_data_changes(
    const MarketDataEntries& before, const MarketDataEntries& after, EntryAction action);

}  // namespace broker::simulator
