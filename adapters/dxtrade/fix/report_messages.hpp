// ExecutionReport (8) and OrderCancelReject (9) as core records. Pure functions; the records borrow
// their text from the message.
#pragma once

#include "core/execution_report.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// Never fails: a field that is absent or unreadable is left unset, an unknown enumerator is
// Unspecified with its characters in raw_exec_type and raw_ord_status, so that no fill is lost over
// one bad field.
[[nodiscard]] core::ExecutionReport execution_report_from_fix(
    const broker::fix::MessageView& message, core::MonotonicTime received);

[[nodiscard]] core::OrderCancelReject order_cancel_reject_from_fix(
    const broker::fix::MessageView& message, core::MonotonicTime received);

}  // namespace broker::dxtrade::fix
