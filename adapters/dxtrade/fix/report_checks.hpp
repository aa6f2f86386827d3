// The algebra of an ExecutionReport's quantities (FIX 4.4 volume 4, ExecutionReport).
#pragma once

#include "core/execution_report.hpp"
#include "dxtrade/fix/inbound.hpp"

namespace broker::dxtrade::fix {

// Notes QuantitiesDisagree where LeavesQty + CumQty is not OrderQty although the order is live, or
// where a fill is larger than all fills together.
void check_quantities(const core::ExecutionReport& report, FaultList& faults);

}  // namespace broker::dxtrade::fix
