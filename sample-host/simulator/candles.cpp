#include "simulator/candles.hpp"

#include <algorithm>
#include <array>

namespace broker::simulator {
namespace {

struct Period {
    std::string_view type;
    std::chrono::minutes length;  // 0: of its own, below
};

using std::chrono::hours;
using std::chrono::minutes;
constexpr std::array<Period, 10> kPeriods{{{"m", minutes{1}},
                                           {"5m", minutes{5}},
                                           {"15m", minutes{15}},
                                           {"30m", minutes{30}},
                                           {"h", hours{1}},
                                           {"2h", hours{2}},
                                           {"4h", hours{4}},
                                           {"d", hours{24}},
                                           {"w", minutes{0}},
                                           {"mo", minutes{0}}}};

const Period* find(std::string_view type) {
    const auto* const found = std::find_if(kPeriods.begin(), kPeriods.end(),
                                           [&](const Period& p) { return p.type == type; });
    return found == kPeriods.end() ? nullptr : found;
}

}  // namespace

bool is_candle_type(std::string_view type) { return find(type) != nullptr; }

core::UtcTime candle_start(std::string_view type, core::UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    if (type == "w") return day - (std::chrono::weekday{day} - std::chrono::Monday);
    if (type == "mo") {
        const std::chrono::year_month_day date{day};
        return std::chrono::sys_days{date.year() / date.month() / std::chrono::day{1}};
    }
    const core::Duration since_midnight = time - day;
    return time - since_midnight % core::Duration{find(type)->length};
}

void Candles::add(core::UtcTime time, const core::Decimal& price) {
    for (const Period& period : kPeriods) {
        const auto start = candle_start(period.type, time);
        const auto [entry, is_first] = by_type_.try_emplace(
            std::string{period.type}, Candle{start, price, price, price, price});
        Candle& candle = entry->second;
        if (!is_first && candle.start != start) candle = {start, price, price, price, price};
        candle.high = std::max(candle.high, price);
        candle.low = std::min(candle.low, price);
        candle.close = price;
    }
}

const Candle* Candles::last(std::string_view type) const {
    const auto found = by_type_.find(type);
    return found == by_type_.end() ? nullptr : &found->second;
}

}  // namespace broker::simulator
