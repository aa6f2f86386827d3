// Questions about orders and about the market's hours. Pure functions; `id` is our request id, the
// records borrow their text from the message, the dialect and `inbound`.
#pragma once

#include <string_view>

#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// OrderStatusRequest (H) about an order of which no more than the ClOrdID is known.
[[nodiscard]] core::Result<void> order_status_query_to_fix(const core::Query& query,
                                                           std::string_view id,
                                                           const Dialect& dialect,
                                                           broker::fix::MessageEncoder& encoder);

// OrderMassStatusRequest (AF): of all orders, or of one instrument's.
[[nodiscard]] core::Result<void> mass_status_request_to_fix(const core::Query& query,
                                                            std::string_view id,
                                                            const Dialect& dialect,
                                                            broker::fix::MessageEncoder& encoder);

// TradingSessionStatusRequest (g). The query's symbol, if any, names the session.
[[nodiscard]] core::Result<void> trading_session_status_request_to_fix(
    const core::Query& query, std::string_view id, const Dialect& dialect,
    broker::fix::MessageEncoder& encoder);

// TradingSessionStatus (h).
[[nodiscard]] core::TradingSessionStatus trading_session_status_from_fix(
    const broker::fix::MessageView& message, const Dialect& dialect, Inbound& inbound);

}  // namespace broker::dxtrade::fix
