// What an order asks for, as it stands in NewOrderSingle (D), OrderCancelReplaceRequest (G) and in
// each order of NewOrderList (E).
#pragma once

#include <optional>

#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "dxtrade/fix/request_writer.hpp"

namespace broker::dxtrade::fix {

// Refers to the order and the request that it is made of.
struct OrderTerms {
    core::Side side;
    core::OrdType ord_type;
    core::TimeInForce time_in_force;
    core::PositionEffect position_effect;
    const core::Decimal& order_qty;
    const std::optional<core::Decimal>& price;
    const std::optional<core::Decimal>& stop_px;
    const std::optional<core::UtcTime>& expire_time;
    const std::optional<core::Decimal>& peg_offset_value;
    const std::optional<core::Decimal>& min_qty;
    const std::optional<core::Decimal>& max_floor;
    const core::OrderInstructions& instructions;  // for what stands nowhere above
    HostFields fields;
};

[[nodiscard]] OrderTerms terms_of(const core::NewOrder& order);
// The whole order after the replace: what the request leaves out goes as the order has it.
[[nodiscard]] OrderTerms terms_of(const core::ReplaceOrder& request, const core::Order& order);

// HandlInst to PegOffsetType, then the named fields, in the order of the FIX 4.4 group NoOrders.
void add_terms(const OrderTerms& terms, const VenueSymbol& symbol, core::UtcTime transact_time,
               RequestWriter& writer);

// OrderQty (38), or CashOrderQty (152) where the order has that instead.
void add_quantity(const core::Decimal& order_qty, const core::OrderInstructions& instructions,
                  RequestWriter& writer);

}  // namespace broker::dxtrade::fix
