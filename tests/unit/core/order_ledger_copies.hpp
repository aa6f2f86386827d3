// One order's reports, as the trading session and as a drop copy session bring them.
#pragma once

#include "order_ledger_arrivals.hpp"

namespace broker::core::test_ledger {

// A report as the drop copy session brings it. `exec` is the copy's ExecID.
inline Report copy_of(Report text, std::string_view exec, bool has_cl_ord_id = false) {
    text.channel = Channel::FixDropCopy;
    text.exec_id = exec;
    text.orig_order_id = "DX-7";
    if (!has_cl_ord_id) text.ids({}, {}, text.order_id);
    return text;
}

inline Report new_report() {
    return Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-0").cum("0");
}

inline Report fill(std::string_view exec, std::string_view qty, std::string_view cum,
                   OrdStatus status = OrdStatus::PartiallyFilled) {
    return Report{ExecType::Trade, status}.ids("A").exec(exec).last(qty).cum(cum);
}

}  // namespace broker::core::test_ledger
