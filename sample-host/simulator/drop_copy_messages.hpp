// Makes drop copies out of what the trading session says.
#pragma once

#include <string>

#include "core/clock.hpp"
#include "simulator/drop_copy_options.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/order_book.hpp"

namespace broker::simulator {

// True of the ExecTypes that a drop copy carries: 0, 3, 4, 5, C and F; G and H if it has
// corrections.
[[nodiscard]] bool is_copied(const FixMessage& report, bool with_corrections);

// What a copy says in place of the original.
struct CopyIds {
    std::string orig_ord_id;    // OrigOrdId (9945)
    std::string exec_id{};      // empty: as in the report
    std::string exec_ref_id{};  // likewise
};

[[nodiscard]] FixMessage drop_copy(const FixMessage& report, CopiedClOrdID cl_ord_id,
                                   const CopyIds& ids);
// The state of the order that the copy of a trade tells, without the trade: 150=I.
[[nodiscard]] FixMessage status_before_trade(const FixMessage& copy);
// AllocationReport (AS): the whole fill to the order's account. `copy` is that of a trade.
[[nodiscard]] FixMessage allocation_report(const FixMessage& copy, const Order& order,
                                           const std::string& alloc_report_id, core::UtcTime now);

}  // namespace broker::simulator
