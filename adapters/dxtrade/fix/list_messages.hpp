// Lists of orders. Pure functions.
#pragma once

#include "core/order.hpp"
#include "core/order_list.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// NewOrderList (E) with its contingency as the profile encodes it. NotSupported if the profile does
// not say how; else the errors of a NewOrderSingle.
[[nodiscard]] core::Result<void> to_fix(const core::NewOrderList& list, const Dialect& dialect,
                                        core::UtcTime now, broker::fix::MessageEncoder& encoder);

// ListCancelRequest (K).
[[nodiscard]] core::Result<void> to_fix(const core::CancelOrderList& request,
                                        const Dialect& dialect, core::UtcTime now,
                                        broker::fix::MessageEncoder& encoder);

// ListStatus (N) without its orders. The record borrows its text from the message.
[[nodiscard]] core::ListStatus list_status_from_fix(const broker::fix::MessageView& message,
                                                    const Dialect& dialect, Inbound& inbound);

// One order of it, an entry of NoOrders (73), as a picture of the order that books nothing. Where
// the list as a whole is rejected, so is the order, unless its OrdStatus says otherwise. Clears
// `inbound`.
[[nodiscard]] core::ExecutionReport list_member_from_fix(const broker::fix::MessageView& message,
                                                         std::span<const broker::fix::Field> entry,
                                                         const core::ListStatus& list,
                                                         const Dialect& dialect,
                                                         core::MonotonicTime received,
                                                         Inbound& inbound);

}  // namespace broker::dxtrade::fix
