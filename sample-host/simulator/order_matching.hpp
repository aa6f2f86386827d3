// The rules by which orders meet quotes.
#pragma once

#include <vector>

#include "simulator/market.hpp"
#include "simulator/order_book.hpp"

namespace broker::simulator {

// A fill to be booked, or the end of what an order that may not rest could not get.
struct MatchStep {
    enum class Kind { Fill, Cancel } kind = Kind::Fill;
    core::Decimal quantity;
    core::Decimal price;
};

// What the quote does to one working order; pegs and trailing stops follow it first, by ticks of
// 10^-price_scale. An order takes at most the quoted size from one quote; what is left of a market
// order waits for the next. Orders do not take size from each other. Orders for the opening or the
// close are left alone.
[[nodiscard]] std::vector<MatchStep> match(Order& order, const Quote& quote, int price_scale = 5);

// Market and limit on close, or TimeInForce AtTheClose.
[[nodiscard]] bool is_for_close(const Order& order);
[[nodiscard]] bool is_for_opening(const Order& order);  // TimeInForce AtTheOpening
// What an order for the opening or the close gets then; it ends with what it does not get.
[[nodiscard]] std::vector<MatchStep> match_in_auction(Order& order, const Quote& quote);

// Whether a limit order would trade at once.
[[nodiscard]] bool would_trade(const Order& order, const Quote& quote);

}  // namespace broker::simulator
