#include "dxtrade/fix/report_checks.hpp"

#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

// LeavesQty is 0 once an order is over, whatever is left of it, and while a replace is pending the
// report may be about either version of the order.
bool adds_up(core::OrdStatus status) {
    switch (status) {
        case core::OrdStatus::New:
        case core::OrdStatus::PartiallyFilled:
        case core::OrdStatus::PendingNew:
        case core::OrdStatus::PendingCancel:
        case core::OrdStatus::Stopped:
        case core::OrdStatus::Suspended:
        case core::OrdStatus::AcceptedForBidding:
            return true;
        case core::OrdStatus::Unspecified:
        case core::OrdStatus::Filled:
        case core::OrdStatus::DoneForDay:
        case core::OrdStatus::Canceled:
        case core::OrdStatus::Replaced:
        case core::OrdStatus::Rejected:
        case core::OrdStatus::Calculated:
        case core::OrdStatus::Expired:
        case core::OrdStatus::PendingReplace:
            return false;
    }
    return false;
}

}  // namespace

void check_quantities(const core::ExecutionReport& report, FaultList& faults) {
    constexpr auto kFault = core::ReportFault::QuantitiesDisagree;
    if (adds_up(report.ord_status) && report.order_qty && report.leaves_qty && report.cum_qty) {
        if (report.leaves_qty->plus(*report.cum_qty) != *report.order_qty) {
            faults.add(kFault, tag::kLeavesQty);
        }
    }
    const bool is_fill = report.exec_type == core::ExecType::Trade;
    if (is_fill && report.last_qty && report.cum_qty && *report.last_qty > *report.cum_qty) {
        faults.add(kFault, tag::kLastQty);
    }
}

}  // namespace broker::dxtrade::fix
