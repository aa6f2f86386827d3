#include "simulator/market_data_entries.hpp"

#include <algorithm>

namespace broker::simulator {
namespace {

// `steps` ticks from the price; null below the first tick.
std::optional<core::Decimal> price_at(const core::Decimal& price, std::int64_t steps, int scale) {
    const auto tick = core::Decimal::from(steps, scale);
    const auto result = tick ? price.plus(*tick) : std::nullopt;
    return result && result->sign() > 0 ? result : std::nullopt;
}

void add_side(MarketDataEntries& entries, const InstrumentOptions& instrument, char type,
              const core::Decimal& best, const core::Decimal& size, int levels,
              core::UtcTime time) {
    const bool is_bid = type == '0';
    for (int level = 0; level < levels; ++level) {
        const auto px = price_at(best, is_bid ? -level : level, instrument.price_scale);
        const auto level_size = size.times(core::Decimal::from(level + 1, 0).value());
        if (!px || !level_size) return;
        const std::string id =
            instrument.symbol + (is_bid ? "-B" : "-A") + std::to_string(level + 1);
        entries.push_back({type, id, px, level_size, time});
    }
}

const MarketDataEntry* find(const MarketDataEntries& entries, const MarketDataEntry& like) {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const MarketDataEntry& entry) {
            return entry.type == like.type && entry.id == like.id;
        });
    return found == entries.end() ? nullptr : &*found;
}

}  // namespace

MarketDataEntries quote_entries(const InstrumentOptions& instrument, const Quote& quote,
                                const MarketDataRequest& request, int levels, core::UtcTime time) {
    MarketDataEntries entries;
    const int depth = request.is_full_book ? levels : 1;
    if (request.asks_for('0'))
        add_side(entries, instrument, '0', quote.bid, quote.bid_size, depth, time);
    if (request.asks_for('1'))
        add_side(entries, instrument, '1', quote.ask, quote.ask_size, depth, time);
    return entries;
}

MarketDataEntries candle_entries(const std::string& symbol, const Candle& candle,
                                 const MarketDataRequest& request) {
    MarketDataEntries entries;
    const auto add = [&](char type, const char* name, const core::Decimal& px) {
        if (!request.asks_for(type)) return;
        const std::string id = symbol + '-' + request.candle_type + name;
        entries.push_back({type, id, px, core::Decimal{}, candle.start});
    };
    add('4', "-O", candle.open);
    add('5', "-C", candle.close);
    add('7', "-H", candle.high);
    add('8', "-L", candle.low);
    return entries;
}

MarketDataEntry empty_book_entry(const std::string& symbol, core::UtcTime time) {
    return {'J', symbol + "-J", std::nullopt, std::nullopt, time};
}

std::optional<std::vector<MarketDataChange>> market_data_changes(const MarketDataEntries& before,
                                                                 const MarketDataEntries& after,
                                                                 EntryAction action) {
    std::vector<MarketDataChange> changes;
    for (const auto& entry : before) {
        if (find(after, entry) != nullptr) continue;
        if (action == EntryAction::NewOnly) return std::nullopt;
        changes.push_back({'2', entry});
    }
    for (const auto& entry : after) {
        const MarketDataEntry* old = find(before, entry);
        if (old != nullptr && old->says_the_same_as(entry)) continue;
        const bool is_new = old == nullptr || action == EntryAction::NewOnly;
        changes.push_back({is_new ? '0' : '1', entry});
    }
    return changes;
}

}  // namespace broker::simulator
