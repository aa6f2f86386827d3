// What a report with faults may still do. Pure functions.
#pragma once

#include "core/execution_report.hpp"

namespace broker::core {

// Every quantity of the report can be used as it is.
[[nodiscard]] bool is_usable(const ExecutionReport& report);

// The report without the quantities that prove nothing, and with the faults that this shows:
// - a negative quantity is unset. A fill without LastQty books nothing; CumQty shows that it is
//   missing, and a repetition with a readable LastQty books it.
// - where the quantities disagree, a fill counts by its LastQty: that is what happened. OrderQty
// and
//   LeavesQty are unset, and so is a CumQty that cannot be: above OrderQty, or below LastQty.
[[nodiscard]] ExecutionReport usable_part(ExecutionReport report);

// The reason to tell of a fault with; None for Unspecified.
[[nodiscard]] Reason reason_of(ReportFault fault);

// The fault of the set that matters most to a position; Unspecified if there is none.
[[nodiscard]] ReportFault gravest(EnumSet<ReportFault> faults);

}  // namespace broker::core
