// Requests about many orders: OrderMassStatusRequest (AF) and OrderMassCancelRequest (q).
#pragma once

#include <string>
#include <vector>

#include "simulator/fix_message.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// Both are about the working orders of the session: all of them, or those of one symbol, and of one
// side if the request names one. Owned by Exchange. [event-thread]
class MassRequests {
public:
    explicit MassRequests(Venue& venue) : venue_{venue} {}

    void tell_status(const std::string& session, const FixMessage& fix);
    void cancel(const std::string& session, const FixMessage& fix);

private:
    [[nodiscard]] std::vector<Order*> orders_of(const std::string& session, const FixMessage& fix,
                                                bool is_by_symbol);

    Venue& venue_;
};

}  // namespace broker::simulator
