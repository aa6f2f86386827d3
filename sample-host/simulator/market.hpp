// Quotes that walk at random from a seed: the same seed gives the same quotes, tick by tick.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/decimal.hpp"

namespace broker::simulator {

struct InstrumentOptions {
    std::string symbol;
    int price_scale = 5;         // one tick is 10^-price_scale
    int quantity_scale = 2;      // smallest quantity step is 10^-quantity_scale
    std::int64_t bid_ticks = 0;  // where the walk starts
    std::int64_t spread_ticks = 1;
    core::Decimal size;  // quoted on each side
};

// EURUSD, GBPUSD, USDJPY, XAUUSD, BTCUSD.
[[nodiscard]] std::vector<InstrumentOptions> default_instruments();

struct Quote {
    core::Decimal bid;
    core::Decimal ask;
    core::Decimal bid_size;
    core::Decimal ask_size;
};

// Moves only when told to. [event-thread]
class Market {
public:
    Market(std::vector<InstrumentOptions> instruments, std::uint64_t seed);

    [[nodiscard]] const InstrumentOptions* instrument(std::string_view symbol) const;
    [[nodiscard]] std::optional<Quote> quote(std::string_view symbol) const;
    [[nodiscard]] std::vector<std::string> symbols() const;

    // One random step of every instrument, at most two ticks either way.
    void advance();
    // Places an instrument. False: no such instrument, a price off its ticks, or bid above ask.
    [[nodiscard]] bool set_quote(std::string_view symbol, const core::Decimal& bid,
                                 const core::Decimal& ask);

private:
    struct Line {
        InstrumentOptions instrument;
        std::int64_t bid_ticks;
        std::int64_t ask_ticks;
        std::mt19937_64 random;
    };
    [[nodiscard]] const Line* find(std::string_view symbol) const;
    std::vector<Line> lines_;
};

}  // namespace broker::simulator
