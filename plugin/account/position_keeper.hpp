// What the account holds: the venue's pictures, and the fills since.
#pragma once

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

    // A position as the venue has it: told beside what the fills add up to, and from here on what
    // further fills are added to. Where the two differ, a fault says so.
    void compare(const core::PositionReport& position);
    // The picture is whole: what it left out is flat at the venue.
    void end_picture(const core::QueryDone& done);

    // What the fills add up to, one event a symbol.
    void report(const PositionsFromFills& query);

private:
    void tell_difference(std::string_view symbol, const core::Decimal& at_venue,
                         const core::Decimal& from_fills);

    AccountEvents& events_;
    VenueFaults& faults_;
    core::PositionBook book_;
};

}  // namespace broker::account
