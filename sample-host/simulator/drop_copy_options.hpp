// What the drop copy session does where nothing is published.
#pragma once

#include <string>

#include "core/clock.hpp"

namespace broker::simulator {

// What ClOrdID (11) is on a copy.
enum class CopiedClOrdID {
    Client,  // the client's, and OrigClOrdID (41) as well
    Venue,   // the OrderID; no 41
    Absent,  // neither 11 nor 41
};

// What ExecID (17) and ExecRefID (19) are on a copy.
enum class CopiedExecID {
    Same,  // those of the trading session
    Own,   // of a numbering of the drop copy's own
};

// BusinessRejectReason (380) of whatever a client sends there.
enum class DropCopyRefusal { UnsupportedMessageType = 3, NotAuthorized = 6 };

struct DropCopyOptions {
    std::string target_comp_id{};  // the simulator's; empty: that of trading with "-DC"
    CopiedClOrdID cl_ord_id = CopiedClOrdID::Client;
    CopiedExecID exec_ids = CopiedExecID::Same;
    DropCopyRefusal refusal = DropCopyRefusal::UnsupportedMessageType;
    bool sends_corrections = true;            // 150=G and 150=H
    bool sends_status_before_trades = false;  // 150=I, then 150=F
    bool sends_allocations = false;           // AllocationReport (AS) after each fill
    core::Duration delay{};                   // of every copy
};

}  // namespace broker::simulator
