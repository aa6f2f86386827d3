#include "simulator/rest_figures.hpp"

#include "simulator/fixed.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;

Wide fixed(const Decimal& value) { return to_fixed(value).value(); }

}  // namespace

Decimal magnitude_of(const Decimal& value) {
    return value.sign() < 0 ? Decimal{}.minus(value).value() : value;
}

Decimal rounded_product(const Decimal& a, const Decimal& b) {
    constexpr Wide kUnit = 100'000'000;
    return from_fixed(rounded_quotient(fixed(a) * fixed(b), kUnit));
}

PositionFigures figures_of(Venue& venue, const Position& position) {
    const auto quote = venue.market().quote(position.symbol).value();
    const Decimal& price = position.quantity.sign() > 0 ? quote.bid : quote.ask;
    const auto notional = rounded_product(magnitude_of(position.quantity), position.avg_px);
    return {price, rounded_product(position.quantity, price.minus(position.avg_px).value()),
            notional, rounded_product(notional, venue.options().margin_rate)};
}

AccountFigures figures_of(Venue& venue, const VenueAccount& account) {
    AccountFigures figures;
    figures.balance = account.book.cash();
    for (const auto& position : account.book.positions()) {
        const auto of_position = figures_of(venue, position);
        figures.open_profit = figures.open_profit.plus(of_position.open_profit).value();
        figures.margin = figures.margin.plus(of_position.margin).value();
    }
    figures.equity = figures.balance.plus(figures.open_profit).value();
    figures.margin_free = figures.equity.minus(figures.margin).value();
    return figures;
}

}  // namespace broker::simulator
