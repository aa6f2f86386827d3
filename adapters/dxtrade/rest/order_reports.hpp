// Orders as core's execution reports. Pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "core/execution_report.hpp"
#include "dxtrade/rest/records.hpp"
#include "dxtrade/symbols.hpp"

namespace broker::dxtrade::rest {

// What a report is made with besides the record.
struct ReportContext {
    core::Channel channel = core::Channel::Rest;  // Rest, or Push
    core::MonotonicTime received;
    std::uint64_t request_id = 0;  // of the host's query that it answers
    const Symbols& symbols;
};

// A report and which change it is of. `update_order_id` is what the answer to a replace or cancel
// named, so that the caller can put that request's ClOrdID; empty: the venue does not say.
struct OrderReport {
    core::ExecutionReport report;
    std::string_view update_order_id;
};

// By finalStatus: what the status says counts only as far as the two agree. By the status where the
// venue left finalStatus out.
[[nodiscard]] bool is_final(const RestOrder& order);

// One report for each execution, oldest first. The records borrow their text from `order` and
// `context.symbols`; ClOrdID (11) is the order's first, whatever changed it. `reports` is emptied
// first.
//   a fill                     Trade, with LastQty and LastPx
//   ACCEPTED, WORKING          New; after the first: Replaced under another updateOrderId, else
//                              OrderStatus
//   REJECTED                   Rejected, with the venue's reason and code
//   CANCELED, EXPIRED          Canceled, Expired; CumQty stays
//   everything else            OrderStatus
void execution_reports(const RestOrder& order, const ReportContext& context,
                       std::vector<OrderReport>& reports);

// The order as it stands: OrderStatus, without LastQty and LastPx.
[[nodiscard]] core::ExecutionReport order_picture(const RestOrder& order,
                                                  const ReportContext& context);

// A 200 to a request: the venue has taken it, and says nothing of the order's state. PendingNew,
// with the OrderID. The records borrow from both arguments.
[[nodiscard]] core::ExecutionReport acknowledgement(std::string_view cl_ord_id,
                                                    const OrderResponse& response,
                                                    const ReportContext& context);

}  // namespace broker::dxtrade::rest
