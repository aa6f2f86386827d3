#include "core/report_faults.hpp"

#include <algorithm>
#include <array>

namespace broker::core {
namespace {

bool is_negative(const std::optional<Decimal>& qty) { return qty && qty->sign() < 0; }

bool is_any_negative(const ExecutionReport& report) {
    return is_negative(report.order_qty) || is_negative(report.cash_order_qty) ||
           is_negative(report.last_qty) || is_negative(report.cum_qty) ||
           is_negative(report.leaves_qty);
}

// A fill that is larger than all that is filled.
bool is_cum_below_last(const ExecutionReport& report) {
    return report.exec_type == ExecType::Trade && report.cum_qty && report.last_qty &&
           *report.cum_qty < *report.last_qty;
}

void unset_if_negative(std::optional<Decimal>& qty) {
    if (is_negative(qty)) qty.reset();
}

}  // namespace

bool is_usable(const ExecutionReport& report) {
    return !report.faults.contains(ReportFault::QuantitiesDisagree) && !is_any_negative(report) &&
           !is_cum_below_last(report);
}

ExecutionReport usable_part(ExecutionReport report) {
    if (is_any_negative(report)) report.faults.add(ReportFault::NegativeValue);
    unset_if_negative(report.order_qty);
    unset_if_negative(report.cash_order_qty);
    unset_if_negative(report.last_qty);
    unset_if_negative(report.cum_qty);
    unset_if_negative(report.leaves_qty);
    if (is_cum_below_last(report)) report.faults.add(ReportFault::QuantitiesDisagree);
    if (!report.faults.contains(ReportFault::QuantitiesDisagree)) return report;
    const bool is_too_much =
        report.cum_qty && report.order_qty && *report.cum_qty > *report.order_qty;
    if (is_too_much || is_cum_below_last(report)) report.cum_qty.reset();
    report.order_qty.reset();
    report.leaves_qty.reset();
    return report;
}

Reason reason_of(ReportFault fault) {
    switch (fault) {
        case ReportFault::Unspecified:
            return Reason::None;
        case ReportFault::UnreadableField:
            return Reason::FieldUnreadable;
        case ReportFault::MissingField:
            return Reason::FieldMissing;
        case ReportFault::NegativeValue:
            return Reason::ValueNegative;
        case ReportFault::QuantitiesDisagree:
            return Reason::QuantitiesDisagree;
        case ReportFault::UnknownValue:
            return Reason::ValueUnknown;
        case ReportFault::UnknownTag:
            return Reason::TagUnknown;
    }
    return Reason::None;
}

ReportFault gravest(EnumSet<ReportFault> faults) {
    constexpr std::array kByGravity{ReportFault::NegativeValue, ReportFault::UnreadableField,
                                    ReportFault::MissingField,  ReportFault::QuantitiesDisagree,
                                    ReportFault::UnknownValue,  ReportFault::UnknownTag};
    const auto found = std::find_if(kByGravity.begin(), kByGravity.end(),
                                    [&](ReportFault fault) { return faults.contains(fault); });
    return found == kByGravity.end() ? ReportFault::Unspecified : *found;
}

}  // namespace broker::core
