// What an order as the venue shows it has in addition to what it showed before.
#pragma once

#include <cstddef>
#include <vector>

#include "core/clock.hpp"
#include "dxtrade/push/tracked_orders.hpp"
#include "dxtrade/rest/order_reports.hpp"

namespace broker::dxtrade::push {

struct OrderNewsRules {
    std::size_t max_executions_of_order = 10'000;
    core::UtcTime past;  // what happened before to an order that we did not send is not told
};

// Owned by PortfolioTracker. [event-thread]
class OrderNews {
public:
    OrderNews(OrderNewsRules rules, TrackedOrders& orders) : rules_{rules}, orders_{orders} {}

    // Appends to `news` the executions that were not seen before, then the picture if it differs
    // and `is_repeated` is not set: a repetition brings executions alone. The reports borrow from
    // `order`. Null: there is no room to track it, and everything is told.
    TrackedOrder* take(const rest::RestOrder& order, const rest::ReportContext& context,
                       bool is_repeated, std::vector<rest::OrderReport>& news);

private:
    [[nodiscard]] core::ExecutionReport picture_of(const rest::RestOrder& order,
                                                   const rest::ReportContext& context) const;
    void take_executions(const rest::RestOrder& order, TrackedOrder& tracked,
                         std::vector<rest::OrderReport>& news);
    [[nodiscard]] bool is_past(const rest::RestOrder& order, const TrackedOrder& tracked,
                               const core::ExecutionReport& report) const;

    OrderNewsRules rules_;
    TrackedOrders& orders_;
    std::vector<rest::OrderReport> reports_;  // of one order
};

}  // namespace broker::dxtrade::push
