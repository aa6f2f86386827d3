#include "simulator/order_checks.hpp"

#include <algorithm>

#include "simulator/order_matching.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;
using core::OrdType;

// Bounds under which the sums of fixed.hpp cannot overflow.
constexpr std::int64_t kMaxQuantity = 1'000'000'000;
constexpr std::int64_t kMaxPrice = 10'000'000;

// Whether the value is a multiple of 10^-scale.
bool is_multiple(const Decimal& value, int scale) {
    std::int64_t coefficient = value.coefficient();
    for (int from = value.scale(); from > scale; --from) {
        if (coefficient % 10 != 0) return false;
        coefficient /= 10;
    }
    return true;
}

std::optional<Refusal> check_quantity(const Decimal& quantity,
                                      const InstrumentOptions& instrument) {
    if (quantity.sign() <= 0)
        return Refusal{ord_rej::kIncorrectQuantity, "OrderQty is not positive"};
    if (quantity > Decimal::from(kMaxQuantity, 0).value())
        return Refusal{ord_rej::kIncorrectQuantity, "OrderQty is too large"};
    if (!is_multiple(quantity, instrument.quantity_scale))
        return Refusal{ord_rej::kIncorrectQuantity, "OrderQty is finer than the instrument's step"};
    return std::nullopt;
}

enum class Need { No, May, Must };

std::optional<Refusal> check_price(const char* name, Need need, const std::optional<Decimal>& price,
                                   const InstrumentOptions& instrument) {
    const auto refuse = [name](const char* why) {
        return Refusal{ord_rej::kOther, std::string(name) + why};
    };
    if (need == Need::Must && !price) return refuse(" is missing");
    if (need == Need::No && price) return refuse(" does not go with this OrdType");
    if (!price) return std::nullopt;
    if (price->sign() <= 0) return refuse(" is not positive");
    if (*price > Decimal::from(kMaxPrice, 0).value()) return refuse(" is too large");
    if (!is_multiple(*price, instrument.price_scale))
        return refuse(" is off the instrument's ticks");
    return std::nullopt;
}

Need need_of_price(OrdType type) {
    switch (type) {
        case OrdType::Limit:
        case OrdType::StopLimit:
        case OrdType::LimitOnClose:
            return Need::Must;
        case OrdType::Pegged:
            return Need::May;
        default:
            return Need::No;
    }
}

Need need_of_stop_px(OrdType type) {
    switch (type) {
        case OrdType::Stop:
        case OrdType::StopLimit:
        case OrdType::MarketIfTouched:
            return Need::Must;
        case OrdType::TrailingStop:
            return Need::May;
        default:
            return Need::No;
    }
}

std::optional<Refusal> check_kind(const Order& order) {
    const auto unsupported = [](const char* name) {
        return Refusal{ord_rej::kUnsupportedCharacteristic,
                       std::string(name) + " is not supported"};
    };
    if (order.side == core::Side::Unspecified) return unsupported("Side");
    if (order.ord_type == OrdType::Unspecified) return unsupported("OrdType");
    if (order.terms.time_in_force == core::TimeInForce::Unspecified)
        return unsupported("TimeInForce");
    return std::nullopt;
}

std::optional<Refusal> check_part(const char* name, const std::optional<Decimal>& part,
                                  const Order& order) {
    if (!part) return std::nullopt;
    if (part->sign() < 0 || !to_fixed(*part))
        return Refusal{ord_rej::kIncorrectQuantity, std::string(name) + " is no quantity"};
    if (*part > order.terms.order_qty)
        return Refusal{ord_rej::kIncorrectQuantity, std::string(name) + " is above OrderQty"};
    return std::nullopt;
}

std::optional<Refusal> check_peg(const Order& order, const InstrumentOptions& instrument) {
    constexpr std::int64_t kMaxOffset = 1'000'000;
    const auto& peg = order.terms.peg;
    if (!peg) return std::nullopt;
    const auto& offset = peg->offset;
    if (!to_fixed(offset) || offset > Decimal::from(kMaxOffset, 0).value() ||
        offset < Decimal::from(-kMaxOffset, 0).value())
        return Refusal{ord_rej::kOther, "PegOffsetValue is out of bounds"};
    if (order.ord_type == OrdType::TrailingStop && offset.is_zero() && !order.terms.stop_px)
        return Refusal{ord_rej::kOther, "PegOffsetValue is missing"};
    if (peg->offset_type == 0 && !is_multiple(offset, instrument.price_scale))
        return Refusal{ord_rej::kOther, "PegOffsetValue is off the instrument's ticks"};
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> check_order(const Order& order, const InstrumentOptions* instrument,
                                   core::UtcTime now) {
    if (instrument == nullptr)
        return Refusal{ord_rej::kUnknownSymbol, "unknown Symbol " + order.symbol};
    if (auto refusal = check_kind(order)) return refusal;
    // An order that waits for its entry may take its quantity from it.
    const bool has_no_quantity_yet = order.is_waiting && order.terms.order_qty.is_zero();
    if (!has_no_quantity_yet)
        if (auto refusal = check_quantity(order.terms.order_qty, *instrument)) return refusal;
    if (auto refusal = check_part("MinQty", order.terms.min_qty, order)) return refusal;
    if (auto refusal = check_part("MaxFloor", order.terms.max_floor, order)) return refusal;
    if (auto refusal =
            check_price("Price", need_of_price(order.ord_type), order.terms.price, *instrument))
        return refusal;
    if (auto refusal = check_price("StopPx", need_of_stop_px(order.ord_type), order.terms.stop_px,
                                   *instrument))
        return refusal;
    if (auto refusal = check_peg(order, *instrument)) return refusal;
    if (order.terms.expire_time && *order.terms.expire_time <= now)
        return Refusal{ord_rej::kOther, "the expiry lies in the past"};
    return std::nullopt;
}

void size_by_cash(Order& order, const InstrumentOptions& instrument, const Quote& quote) {
    const auto cash = to_fixed(order.terms.cash_order_qty.value());
    const auto price = order.terms.price.value_or(is_buy(order) ? quote.ask : quote.bid);
    const auto divisor = to_fixed(price);
    order.terms.order_qty = {};
    if (!cash || !divisor || *cash <= 0 || *divisor <= 0) return;
    Wide step = 1;
    for (int i = instrument.quantity_scale; i < kFixedScale; ++i) step *= 10;
    constexpr Wide kUnit = 100'000'000;
    const Wide quantity = *cash * kUnit / *divisor / step * step;
    order.terms.order_qty = from_fixed(std::min(quantity, (kMaxQuantity + 1) * kUnit));
}

std::optional<Refusal> check_participation(const Order& order, const Quote& quote) {
    if (!order.terms.has_exec_inst('6') || !would_trade(order, quote)) return std::nullopt;
    return Refusal{ord_rej::kOther, "the order would initiate a trade"};
}

std::optional<Refusal> check_sale(const Order& order, const FixMessage& request,
                                  const TradingOptions& options) {
    const bool is_short =
        order.side == core::Side::SellShort || order.side == core::Side::SellShortExempt;
    if (options.requires_position_effect && order.side == core::Side::Sell &&
        request.find(77) == nullptr)
        return Refusal{ord_rej::kOther, "PositionEffect is missing"};
    if (!is_short || options.locate == LocateRule::NotChecked) return std::nullopt;
    if (request.find(114) == nullptr) return Refusal{ord_rej::kOther, "LocateReqd is missing"};
    if (options.locate == LocateRule::GivenAsNo && request.value(114) != "N")
        return Refusal{ord_rej::kOther, "a locate is required"};
    return std::nullopt;
}

std::optional<Refusal> check_change(const Order* order, std::string_view orig_cl_ord_id) {
    if (order == nullptr) return Refusal{cxl_rej::kUnknownOrder, "unknown order"};
    if (!order->is_working())
        return Refusal{cxl_rej::kTooLate, "too late: the order is no longer working"};
    // FIX 4.4, OrigClOrdID (41): the last request that was accepted, not any of its forerunners.
    if (order->cl_ord_id != orig_cl_ord_id)
        return Refusal{cxl_rej::kUnknownOrder, "OrigClOrdID is not the order's latest ClOrdID"};
    return std::nullopt;
}

std::optional<Refusal> check_replace(const Order& order, const OrderRequest& request) {
    const auto unchangeable = [](const char* name) {
        return Refusal{cxl_rej::kOther, std::string(name) + " cannot be changed"};
    };
    if (request.symbol != order.symbol) return unchangeable("Symbol");
    if (request.side != order.side) return unchangeable("Side");
    if (request.ord_type != order.ord_type) return unchangeable("OrdType");
    if (request.terms.order_qty < order.cum_qty)
        return Refusal{cxl_rej::kOther, "OrderQty is below CumQty"};
    return std::nullopt;
}

}  // namespace broker::simulator
