#include "simulator/order_checks.hpp"

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

std::optional<Refusal> check_price(const char* name, bool is_needed,
                                   const std::optional<Decimal>& price,
                                   const InstrumentOptions& instrument) {
    const auto refuse = [name](const char* why) {
        return Refusal{ord_rej::kOther, std::string(name) + why};
    };
    if (is_needed != price.has_value())
        return refuse(is_needed ? " is missing" : " does not go with this OrdType");
    if (!price) return std::nullopt;
    if (price->sign() <= 0) return refuse(" is not positive");
    if (*price > Decimal::from(kMaxPrice, 0).value()) return refuse(" is too large");
    if (!is_multiple(*price, instrument.price_scale))
        return refuse(" is off the instrument's ticks");
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> check_order(const Order& order, const InstrumentOptions* instrument,
                                   core::UtcTime now) {
    if (instrument == nullptr)
        return Refusal{ord_rej::kUnknownSymbol, "unknown Symbol " + order.symbol};
    const auto unsupported = [](const char* name) {
        return Refusal{ord_rej::kUnsupportedCharacteristic,
                       std::string(name) + " is not supported"};
    };
    if (order.side == core::Side::Unspecified) return unsupported("Side");
    if (order.ord_type == OrdType::Unspecified) return unsupported("OrdType");
    if (order.terms.time_in_force == core::TimeInForce::Unspecified)
        return unsupported("TimeInForce");
    if (auto refusal = check_quantity(order.terms.order_qty, *instrument)) return refusal;
    const bool has_limit = order.ord_type == OrdType::Limit || order.ord_type == OrdType::StopLimit;
    const bool has_stop = order.ord_type == OrdType::Stop || order.ord_type == OrdType::StopLimit;
    if (auto refusal = check_price("Price", has_limit, order.terms.price, *instrument))
        return refusal;
    if (auto refusal = check_price("StopPx", has_stop, order.terms.stop_px, *instrument))
        return refusal;
    if (order.terms.expire_time && *order.terms.expire_time <= now)
        return Refusal{ord_rej::kOther, "the expiry lies in the past"};
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
