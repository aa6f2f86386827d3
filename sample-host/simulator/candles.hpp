// Open, high, low and close of one instrument over each kind of period.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/decimal.hpp"

namespace broker::simulator {

// CandleType (6408): m, 5m, 15m, 30m, h, 2h, 4h, d, w, mo.
[[nodiscard]] bool is_candle_type(std::string_view type);
// When the period with this instant began, in UTC; weeks begin on Monday. The type is known.
[[nodiscard]] core::UtcTime candle_start(std::string_view type, core::UtcTime time);

struct Candle {
    core::UtcTime start;
    core::Decimal open;
    core::Decimal high;
    core::Decimal low;
    core::Decimal close;
};

// [event-thread]
class Candles {
public:
    void add(core::UtcTime time, const core::Decimal& price);
    // The most recent one; null before the first price or if there is no such type.
    [[nodiscard]] const Candle* last(std::string_view type) const;

private:
    std::map<std::string, Candle, std::less<>> by_type_;
};

}  // namespace broker::simulator
