// Which OrdStatus may follow which, by the order state change matrices of FIX 4.4 (appendix D).
#pragma once

#include "core/execution_report.hpp"

namespace broker::core {

// Filled, Canceled, Rejected, Expired, DoneForDay: nothing more is expected. TradeCorrect and
// TradeCancel may still change quantities.
[[nodiscard]] bool is_final(OrdStatus status);

// The status of an order that was `current` after a report that says `reported` with `exec_type`.
// A late or repeated report (a New after a fill, anything but a trade correction after a final
// state) leaves the status as it is; an unknown one too.
[[nodiscard]] OrdStatus next_status(OrdStatus current, OrdStatus reported, ExecType exec_type);

}  // namespace broker::core
