// Which orders the history is to be asked about, and when.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "dxtrade/push/tracked_orders.hpp"

namespace broker::dxtrade::push {

struct HistoryLookUpRules {
    std::size_t max_at_once = 8;
    core::BackoffRules backoff;
    core::Duration timeout = std::chrono::seconds{15};
    std::uint32_t max_answers = 12;  // that do not settle it
    std::uint64_t seed = 0;
};

// Each order is asked about once at a time; the first time at once, then after a backoff. An answer
// that fails or does not come proves nothing and is not counted.
// Owned by PortfolioTracker. [event-thread]
class HistoryLookUps {
public:
    HistoryLookUps(HistoryLookUpRules rules, TrackedOrders& orders)
        : rules_{rules}, orders_{orders} {}

    // Without effect if it is being looked up.
    void begin(TrackedOrder& order, core::MonotonicTime now);
    // What was to be found is known, or has been given up.
    void end(TrackedOrder& order);

    // The answer did not settle it. False: that was the last attempt.
    [[nodiscard]] bool answered(TrackedOrder& order, core::MonotonicTime now);
    void failed(TrackedOrder& order, core::MonotonicTime now);

    // The names of those that are to be asked about now, which counts as done by that.
    [[nodiscard]] std::vector<OrderLookUp> take_due(core::MonotonicTime now);

    [[nodiscard]] std::size_t size() const { return open_.size(); }

private:
    void put_off(OpenLookUp& look_up, core::MonotonicTime now);

    HistoryLookUpRules rules_;
    TrackedOrders& orders_;
    std::set<std::uint64_t> open_;  // serials
};

}  // namespace broker::dxtrade::push
