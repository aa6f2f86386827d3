// What the host is told of a request when the venue has answered it. Records borrow their text from
// the arguments.
#pragma once

#include <string_view>

#include "core/execution_report.hpp"
#include "dxtrade/rest/order_exchange.hpp"
#include "dxtrade/rest/order_reports.hpp"
#include "dxtrade/rest/records.hpp"
#include "dxtrade/rest/rest_error.hpp"

namespace broker::dxtrade::rest {

// 200 or 204: the request is taken, which is all that it says. PendingNew, PendingReplace or
// PendingCancel. `in_force` is the order's id before a change.
[[nodiscard]] core::ExecutionReport acknowledged(const OrderExchange& exchange,
                                                 const ExchangeMember& member,
                                                 const core::ClOrdID& in_force,
                                                 const OrderResponse& response,
                                                 const ReportContext& context);

// The venue has refused a new order.
[[nodiscard]] core::ExecutionReport refused_order(const ExchangeMember& member,
                                                  const RestError& error, std::string_view text,
                                                  core::MonotonicTime received);

// The venue has refused a change.
[[nodiscard]] core::OrderCancelReject refused_change(const OrderExchange& exchange,
                                                     const ExchangeMember& member,
                                                     const core::ClOrdID& in_force,
                                                     const RestError& error, std::string_view text,
                                                     core::MonotonicTime received);

// The venue knows no such order, although it has had time to: a status answer.
[[nodiscard]] core::ExecutionReport absent_order(const ExchangeMember& member,
                                                 std::string_view text,
                                                 core::MonotonicTime received);

// What is to be thought of a request that was written and has no answer that proves anything.
[[nodiscard]] core::Reason doubt_of(core::Reason transport);

}  // namespace broker::dxtrade::rest
