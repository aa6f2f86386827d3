// What an account is worth, in figures.
#pragma once

#include <string>
#include <vector>

#include "core/decimal.hpp"
#include "simulator/rest_book.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// Amounts are in the account's currency, USD: quotes of other currencies are not converted.
struct PositionFigures {
    core::Decimal price;  // at which it would be closed
    core::Decimal open_profit;
    core::Decimal notional;  // at the price at which it was opened
    core::Decimal margin;
};
[[nodiscard]] PositionFigures figures_of(Venue& venue, const Position& position);

struct AccountFigures {
    core::Decimal balance;
    core::Decimal equity;
    core::Decimal margin;
    core::Decimal margin_free;
    core::Decimal open_profit;
};
[[nodiscard]] AccountFigures figures_of(Venue& venue, const VenueAccount& account);

[[nodiscard]] core::Decimal magnitude_of(const core::Decimal& value);
[[nodiscard]] core::Decimal rounded_product(const core::Decimal& a, const core::Decimal& b);

}  // namespace broker::simulator
