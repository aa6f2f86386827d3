#include "simulator/order_matching.hpp"

#include <algorithm>

namespace broker::simulator {
namespace {

using core::Decimal;
using core::OrdType;
using core::TimeInForce;

Wide fixed(const Decimal& value) { return to_fixed(value).value(); }

Wide power_of_ten(int exponent) {
    Wide result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

bool waits_for_trigger(const Order& order) {
    return !order.is_triggered &&
           (order.ord_type == OrdType::Stop || order.ord_type == OrdType::StopLimit ||
            order.ord_type == OrdType::TrailingStop || order.ord_type == OrdType::MarketIfTouched);
}

// A stop wakes when the price it would trade at has become as bad as StopPx; an order for a touch
// when it has become as good.
bool reaches_stop(const Order& order, const Quote& quote) {
    if (!order.terms.stop_px) return false;
    const Decimal& price = is_buy(order) ? quote.ask : quote.bid;
    const bool is_up = is_buy(order) != (order.ord_type == OrdType::MarketIfTouched);
    return is_up ? price >= *order.terms.stop_px : price <= *order.terms.stop_px;
}

std::optional<Decimal> limit_of(const Order& order) {
    switch (order.ord_type) {
        case OrdType::Limit:
        case OrdType::StopLimit:
        case OrdType::LimitOnClose:
            return order.terms.price;
        case OrdType::Pegged:
            return order.pegged_price;
        default:
            return std::nullopt;
    }
}

bool is_marketable(const Order& order, const Decimal& price) {
    if (order.ord_type == OrdType::Pegged && !order.pegged_price) return false;
    const auto limit = limit_of(order);
    if (!limit) return true;
    return is_buy(order) ? price <= *limit : price >= *limit;
}

// On ticks, half away from zero.
Decimal rounded_to_tick(Wide value, int price_scale) {
    const Wide tick = power_of_ten(kFixedScale - price_scale);
    return from_fixed(rounded_quotient(value, tick) * tick);
}

Wide offset_from(Wide reference, const PegTerms& peg, int price_scale) {
    constexpr Wide kUnit = 100'000'000;
    if (peg.offset_type == 1)
        return rounded_quotient(reference * fixed(peg.offset), kUnit * 10'000);
    if (peg.offset_type == 2) return fixed(peg.offset) / power_of_ten(price_scale);
    return fixed(peg.offset);
}

// The stop follows the market as long as that makes it closer.
void trail(Order& order, const Quote& quote, int price_scale) {
    const PegTerms& peg = *order.terms.peg;
    auto& stop = order.terms.stop_px;
    if (stop && peg.is_fixed) return;
    const Wide reference = fixed(is_buy(order) ? quote.ask : quote.bid);
    const Wide offset = offset_from(reference, peg, price_scale);
    const Wide distance = offset < 0 ? -offset : offset;
    const auto next =
        rounded_to_tick(is_buy(order) ? reference + distance : reference - distance, price_scale);
    if (next.sign() <= 0) return;
    if (!stop || (is_buy(order) ? next < *stop : next > *stop)) stop = next;
}

// The reference is the own side of the quote, the other one (ExecInst P) or the middle (M).
void peg_to_quote(Order& order, const Quote& quote, int price_scale) {
    const PegTerms& peg = *order.terms.peg;
    if (order.pegged_price && peg.is_fixed) return;
    const Wide own = fixed(is_buy(order) ? quote.bid : quote.ask);
    const Wide other = fixed(is_buy(order) ? quote.ask : quote.bid);
    Wide reference = own;
    if (order.terms.has_exec_inst('P')) reference = other;
    if (order.terms.has_exec_inst('M')) reference = rounded_quotient(own + other, 2);
    auto price = rounded_to_tick(reference + offset_from(reference, peg, price_scale), price_scale);
    if (const auto& cap = order.terms.price)
        price = is_buy(order) ? std::min(price, *cap) : std::max(price, *cap);
    order.pegged_price = price;
}

void follow(Order& order, const Quote& quote, int price_scale) {
    if (!order.terms.peg) return;
    if (order.ord_type == OrdType::TrailingStop && !order.is_triggered)
        trail(order, quote, price_scale);
    if (order.ord_type == OrdType::Pegged) peg_to_quote(order, quote, price_scale);
}

Decimal quantity_from(const Order& order, const Quote& quote) {
    const bool buys = is_buy(order);
    if (!is_marketable(order, buys ? quote.ask : quote.bid)) return {};
    const auto open = order.open_qty();
    const auto quantity = std::min(open, buys ? quote.ask_size : quote.bid_size);
    if (order.terms.has_exec_inst('G') && quantity != open) return {};
    const auto& min_qty = order.terms.min_qty;
    if (min_qty && order.cum_qty.is_zero() && quantity < *min_qty) return {};
    return quantity;
}

bool is_left_alone(const Order& order) {
    return !order.is_working() || order.is_held || order.is_suspended || order.is_waiting;
}

}  // namespace

bool is_for_close(const Order& order) {
    return order.ord_type == OrdType::MarketOnClose || order.ord_type == OrdType::LimitOnClose ||
           order.terms.time_in_force == TimeInForce::AtTheClose;
}

bool is_for_opening(const Order& order) {
    return order.terms.time_in_force == TimeInForce::AtTheOpening;
}

bool would_trade(const Order& order, const Quote& quote) {
    return is_marketable(order, is_buy(order) ? quote.ask : quote.bid);
}

std::vector<MatchStep> match(Order& order, const Quote& quote, int price_scale) {
    using Kind = MatchStep::Kind;
    if (is_left_alone(order) || is_for_close(order) || is_for_opening(order)) return {};
    follow(order, quote, price_scale);
    if (waits_for_trigger(order)) {
        if (!reaches_stop(order, quote)) return {};
        order.is_triggered = true;
    }
    const Decimal quantity = quantity_from(order, quote);
    const bool is_whole = quantity == order.open_qty();
    const auto time_in_force = order.terms.time_in_force;
    if (time_in_force == TimeInForce::FillOrKill && !is_whole) return {{Kind::Cancel, {}, {}}};

    std::vector<MatchStep> steps;
    if (!quantity.is_zero())
        steps.push_back({Kind::Fill, quantity, is_buy(order) ? quote.ask : quote.bid});
    if (time_in_force == TimeInForce::ImmediateOrCancel && !is_whole)
        steps.push_back({Kind::Cancel, {}, {}});
    return steps;
}

std::vector<MatchStep> match_in_auction(Order& order, const Quote& quote) {
    using Kind = MatchStep::Kind;
    if (is_left_alone(order)) return {};
    const Decimal quantity = quantity_from(order, quote);
    std::vector<MatchStep> steps;
    if (!quantity.is_zero())
        steps.push_back({Kind::Fill, quantity, is_buy(order) ? quote.ask : quote.bid});
    if (quantity != order.open_qty()) steps.push_back({Kind::Cancel, {}, {}});
    return steps;
}

}  // namespace broker::simulator
