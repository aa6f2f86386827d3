#include "simulator/accounts.hpp"

#include <algorithm>

namespace broker::simulator {
namespace {

Wide fixed(const core::Decimal& value) { return to_fixed(value).value(); }

Wide magnitude(Wide value) { return value < 0 ? -value : value; }

// From the product of two fixed numbers back to one.
Wide product(Wide a, Wide b) {
    constexpr Wide kUnit = 100'000'000;
    return rounded_quotient(a * b, kUnit);
}

}  // namespace

AccountBook::AccountBook(const core::Decimal& cash) : cash_{fixed(cash)} {}

void AccountBook::fill(const std::string& symbol, core::Side side, const core::Decimal& quantity,
                       const core::Decimal& price, const std::string& position_code) {
    auto& [held, avg_px] = holdings_[{symbol, position_code}];
    const Wide px = fixed(price);
    Wide change = side == core::Side::Buy ? fixed(quantity) : -fixed(quantity);

    if (held != 0 && (held < 0) != (change < 0)) {
        const Wide closed = std::min(magnitude(held), magnitude(change));
        const Wide signed_closed = held < 0 ? -closed : closed;
        cash_ += product(signed_closed, px - avg_px);
        held -= signed_closed;
        change += signed_closed;
    }
    if (change == 0) return;
    avg_px = rounded_quotient(held * avg_px + change * px, held + change);
    held += change;
}

void AccountBook::pay(const core::Decimal& amount) { cash_ += fixed(amount); }

std::vector<Position> AccountBook::positions() const {
    std::vector<Position> result;
    for (const auto& [key, holding] : holdings_) {
        if (holding.quantity == 0) continue;
        result.push_back(
            {key.first, from_fixed(holding.quantity), from_fixed(holding.avg_px), key.second});
    }
    return result;
}

core::Decimal AccountBook::cash() const { return from_fixed(cash_); }

}  // namespace broker::simulator
