// Which OrdStatus may follow which, by the order state change matrices of FIX 4.4 (appendix D).
#pragma once

#include "core/execution_report.hpp"

namespace broker::core {

// Filled, Canceled, Rejected, Expired, DoneForDay: nothing more is expected, except the reports
// that next_status lets through.
[[nodiscard]] bool is_final(OrdStatus status);

// The status of an order that was `current` after a report that says `reported` with `exec_type`:
// one of the two. An unknown status and a late or repeated report (a New after a fill) leave the
// status as it is. A final state stays, but for what the matrices allow: TradeCorrect and
// TradeCancel; a Replaced that reopens a filled order; a Restated or OrderStatus that takes an
// order done for the day into the next one.
[[nodiscard]] OrdStatus next_status(OrdStatus current, OrdStatus reported, ExecType exec_type);

}  // namespace broker::core
