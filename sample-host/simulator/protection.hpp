// Orders that are attached to a position: stop-loss and take-profit.
#pragma once

#include "simulator/venue.hpp"

namespace broker::simulator {

// They cover the whole position: they grow and shrink with it (150=D) and are canceled with it.
// Owned by Exchange. [event-thread]
class Protection {
public:
    explicit Protection(Venue& venue) : venue_{venue} {}

    // The order has traded.
    void traded(const Order& order);

private:
    [[nodiscard]] core::Decimal held_by(const Order& order);

    Venue& venue_;
};

}  // namespace broker::simulator
