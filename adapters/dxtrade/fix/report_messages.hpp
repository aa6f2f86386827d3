// ExecutionReport (8) and OrderCancelReject (9) as core records. Pure functions; the records borrow
// their text from the message, the dialect and `inbound`.
#pragma once

#include "core/execution_report.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// Never fails: what is absent or unreadable is left unset and noted in `faults`, so that no fill is
// lost over one bad field. An unknown enumerator is Unspecified with its characters in
// raw_exec_type and raw_ord_status, or in `fields` under its tag. A picture (150=I) has no LastQty
// and LastPx, whatever the venue sends: nothing is to be booked from it.
[[nodiscard]] core::ExecutionReport execution_report_from_fix(
    const broker::fix::MessageView& message, const Dialect& dialect, core::MonotonicTime received,
    Inbound& inbound);

[[nodiscard]] core::OrderCancelReject order_cancel_reject_from_fix(
    const broker::fix::MessageView& message, const Dialect& dialect, core::MonotonicTime received,
    Inbound& inbound);

}  // namespace broker::dxtrade::fix
