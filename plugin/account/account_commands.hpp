// What a host may ask of an account beside single orders: see core/order.hpp and core/query.hpp.
#pragma once

#include "core/ids.hpp"
#include "core/order.hpp"

namespace broker::account {

// Cancel every live order, or those of one symbol.
struct CancelAll {
    core::Symbol symbol;  // empty: all
    core::FixedString<48> cl_ord_id_prefix;
    core::StageTimes stages;
};

// What the fills add up to, without asking the venue.
struct PositionsFromFills {
    std::uint64_t request_id = 0;
    core::Symbol symbol;  // empty: all
};

}  // namespace broker::account
