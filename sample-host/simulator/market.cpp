#include "simulator/market.hpp"

#include <algorithm>

namespace broker::simulator {
namespace {

// Null if the price is not on a tick.
std::optional<std::int64_t> ticks_of(const core::Decimal& price, int scale) {
    std::int64_t ticks = price.coefficient();
    for (int from = price.scale(); from > scale; --from) {
        if (ticks % 10 != 0) return std::nullopt;
        ticks /= 10;
    }
    for (int from = price.scale(); from < scale; ++from)
        if (__builtin_mul_overflow(ticks, std::int64_t{10}, &ticks)) return std::nullopt;
    return ticks;
}

core::Decimal decimal(std::int64_t coefficient, int scale) {
    return core::Decimal::from(coefficient, scale).value();
}

}  // namespace

std::vector<InstrumentOptions> default_instruments() {
    const auto million = decimal(1'000'000, 0);
    return {{"EURUSD", 5, 2, 110'000, 2, million},
            {"GBPUSD", 5, 2, 127'000, 3, million},
            {"USDJPY", 3, 2, 150'000, 4, million},
            {"XAUUSD", 2, 2, 240'000, 25, decimal(10'000, 0)},
            {"BTCUSD", 2, 8, 6'000'000, 500, decimal(100, 0)}};
}

Market::Market(std::vector<InstrumentOptions> instruments, std::uint64_t seed) {
    for (auto& instrument : instruments) {
        const std::int64_t bid = instrument.bid_ticks;
        const std::int64_t ask = bid + instrument.spread_ticks;
        // Each walks on its own, so that one more instrument leaves the others' quotes as they are.
        lines_.push_back({std::move(instrument), bid, ask, std::mt19937_64{seed + lines_.size()}});
    }
}

const Market::Line* Market::find(std::string_view symbol) const {
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const Line& line) {
        return line.instrument.symbol == symbol;
    });
    return found == lines_.end() ? nullptr : &*found;
}

const InstrumentOptions* Market::instrument(std::string_view symbol) const {
    const Line* line = find(symbol);
    return line != nullptr ? &line->instrument : nullptr;
}

std::optional<Quote> Market::quote(std::string_view symbol) const {
    const Line* line = find(symbol);
    if (line == nullptr) return std::nullopt;
    const auto& [instrument, bid_ticks, ask_ticks, random] = *line;
    return Quote{decimal(bid_ticks, instrument.price_scale),
                 decimal(ask_ticks, instrument.price_scale), instrument.size, instrument.size};
}

std::vector<std::string> Market::symbols() const {
    std::vector<std::string> names;
    for (const Line& line : lines_) names.push_back(line.instrument.symbol);
    return names;
}

void Market::advance() {
    for (Line& line : lines_) {
        // Why not a distribution of the standard library: its results differ between libraries.
        const auto step = static_cast<std::int64_t>(line.random() % 5) - 2;
        if (line.bid_ticks + step < 1) continue;
        line.bid_ticks += step;
        line.ask_ticks += step;
    }
}

bool Market::set_quote(std::string_view symbol, const core::Decimal& bid,
                       const core::Decimal& ask) {
    auto* line = const_cast<Line*>(find(symbol));
    if (line == nullptr) return false;
    const auto bid_ticks = ticks_of(bid, line->instrument.price_scale);
    const auto ask_ticks = ticks_of(ask, line->instrument.price_scale);
    if (!bid_ticks || !ask_ticks || *bid_ticks < 1 || *bid_ticks > *ask_ticks) return false;
    line->bid_ticks = *bid_ticks;
    line->ask_ticks = *ask_ticks;
    return true;
}

}  // namespace broker::simulator
