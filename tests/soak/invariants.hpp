// What must hold between what the venue has and what the host was told.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "host_memory.hpp"
#include "simulator/message_log.hpp"
#include "simulator/order_book.hpp"

namespace broker::soak {

// The venue's own truth.
struct VenueTruth {
    std::vector<simulator::Order> orders;
    std::vector<simulator::LoggedMessage> messages;
    std::map<std::string, std::string> accounts;  // the host's account ids by SenderCompID
};

struct Bounds {
    std::chrono::milliseconds order_ttl{};
    // Between the adapter's look at its clock and SendingTime.
    std::chrono::milliseconds ttl_slack{};
    // What the host's clock was off by, at one time or another: an order counts as sent late if by
    // each of them its SendingTime is.
    std::vector<std::chrono::milliseconds> clock_offsets{std::chrono::milliseconds{0}};
};

// What does not hold, one sentence each.
using Violations = std::vector<std::string>;

// Holds once the faults are over and the venue has answered: every account is Ready, no request is
// in doubt, every order of the venue is known with its state, quantity and price, the fills told
// are those that the venue counts, and nothing is believed that the venue does not have. A request
// of a process that was killed may be unknown to the next one only if the venue has not seen it.
[[nodiscard]] Violations unsettled(const std::map<std::string, AccountMemory>& accounts,
                                   const VenueTruth& venue);

// Holds at any time: no order was sent twice or too late, none that was refused or rejected is in
// force, no fill was told twice, no MsgSeqNum was used for two messages.
[[nodiscard]] Violations broken(const std::map<std::string, AccountMemory>& accounts,
                                const VenueTruth& venue, const Bounds& bounds);

// Holds of an account whose venue no fault has met, in a host that nothing has befallen: it stays
// Ready, and every request has its answer.
[[nodiscard]] Violations disturbed(const std::string& id, const AccountMemory& memory);

}  // namespace broker::soak
