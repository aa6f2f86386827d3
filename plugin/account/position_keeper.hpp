// What the account holds: the venue's pictures, and the fills since.
#pragma once

#include <optional>
#include <string>

#include "account/account_commands.hpp"
#include "account/account_events.hpp"
#include "account/venue_faults.hpp"
#include "core/order_ledger.hpp"
#include "core/position_book.hpp"

namespace broker::account {

// Owned by the coordinator. [event-thread]
class PositionKeeper {
public:
    PositionKeeper(AccountEvents& events, VenueFaults& faults) : events_{events}, faults_{faults} {}

    // What a report has booked.
    void book(const core::Applied& applied);

    // The venue is being asked for all positions: its answers make a picture, unless another one is
    // under way.
    void begin_picture(std::uint64_t request_id, core::Channel asked);
    // A position as the venue has it: told beside what the fills add up to.
    void take(const core::PositionReport& position);
    // The answers have ended. Where a whole picture and the fills differ, a fault and a position
    // event say so.
    void end_picture(const core::QueryDone& done);

    // What the fills add up to, one event a symbol.
    void report(const PositionsFromFills& query);

private:
    [[nodiscard]] std::optional<core::Decimal> from_fills(std::string_view symbol) const;
    void tell(const core::PositionDifference& difference, std::uint64_t request_id);

    AccountEvents& events_;
    VenueFaults& faults_;
    core::PositionBook book_;
    std::optional<std::uint64_t> picture_;  // the request that makes the picture under way
};

}  // namespace broker::account
