// Orders as FIX 4.4 messages, by the account's dialect. Pure functions.
#pragma once

#include "core/clock.hpp"
#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::dxtrade::fix {

// Each writes the message type and the body into `encoder`. `order` is the order as the ledger has
// it: the request mirrors its terms and its named fields. `now` becomes TransactTime (60). Errors:
// SymbolUnknown (of new orders), InvalidField if the profile's required_tags are not all there or
// the message cannot be written. No allocation without an error.

// NewOrderSingle (D).
[[nodiscard]] core::Result<void> to_fix(const core::NewOrder& order, const Dialect& dialect,
                                        core::UtcTime now, broker::fix::MessageEncoder& encoder);
// OrderCancelReplaceRequest (G). What the request leaves out goes as it is in `order`.
[[nodiscard]] core::Result<void> to_fix(const core::ReplaceOrder& request, const core::Order& order,
                                        const Dialect& dialect, core::UtcTime now,
                                        broker::fix::MessageEncoder& encoder);
// OrderCancelRequest (F).
[[nodiscard]] core::Result<void> to_fix(const core::CancelOrder& request, const core::Order& order,
                                        const Dialect& dialect, core::UtcTime now,
                                        broker::fix::MessageEncoder& encoder);
// OrderStatusRequest (H).
[[nodiscard]] core::Result<void> order_status_request_to_fix(const core::Order& order,
                                                             const Dialect& dialect,
                                                             broker::fix::MessageEncoder& encoder);

// The venue's name of an instrument that the host wants to trade; SymbolUnknown without one.
[[nodiscard]] core::Result<VenueSymbol> venue_symbol(std::string_view host_symbol,
                                                     const Dialect& dialect);

}  // namespace broker::dxtrade::fix
