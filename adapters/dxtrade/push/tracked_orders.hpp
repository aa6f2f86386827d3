// The orders that portfolios and histories have shown, as they were shown last.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "core/backoff.hpp"
#include "core/execution_report.hpp"
#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::push {

[[nodiscard]] OrderLookUp names_of(const rest::RestOrder& order);

// What a picture of an order says, to be compared with the next one.
struct OrderPicture {
    core::OrdStatus ord_status = core::OrdStatus::Unspecified;
    std::string raw_ord_status;
    core::TimeInForce time_in_force = core::TimeInForce::Unspecified;
    std::optional<core::Decimal> order_qty;
    std::optional<core::Decimal> price;
    std::optional<core::Decimal> stop_px;
    std::optional<core::Decimal> cum_qty;
    std::optional<core::Decimal> leaves_qty;
    std::optional<core::Decimal> avg_px;
    std::optional<core::UtcTime> expire_time;

    explicit OrderPicture(const core::ExecutionReport& report);
    friend bool operator==(const OrderPicture&, const OrderPicture&) = default;
};

// A question to the history that has no satisfying answer yet.
struct OpenLookUp {
    core::Backoff backoff;
    core::MonotonicTime due;
    std::optional<core::MonotonicTime> answer_by;  // asked; empty: not at present
    std::uint32_t answers = 0;                     // that did not settle it
};

struct TrackedOrder {
    std::uint64_t serial = 0;
    OrderLookUp names;
    bool is_expected = false;  // sent by us
    bool is_open = false;      // the last whole portfolio had it
    bool is_missing = false;   // was open or expected, and a newer portfolio lacks it
    bool is_final = false;
    bool has_been_given_up = false;
    std::uint64_t seen_in = 0;                       // number of the last portfolio that had it
    std::optional<core::MonotonicTime> expected_by;  // until it has been seen
    rest::Version version;
    std::optional<OrderPicture> picture;
    std::set<std::string, std::less<>> executions;  // by executionCode
    bool has_more_executions = false;               // than are remembered
    core::Decimal filled;                           // what the executions make
    core::Decimal cum_qty;                          // the largest filled quantity shown
    std::unique_ptr<OpenLookUp> look_up;
    bool is_in_line = false;  // of those that may be forgotten

    [[nodiscard]] bool is_fill_missing() const { return !has_more_executions && filled < cum_qty; }
    // Neither open nor waited for: may be forgotten.
    [[nodiscard]] bool is_done() const { return !is_open && !expected_by && !look_up; }
};

// Finds orders by any of their names. Those that are done are forgotten, oldest first, when there
// is no room. References are valid until the order is forgotten: by the next add().
// Owned by PortfolioTracker. [event-thread]
class TrackedOrders {
public:
    explicit TrackedOrders(std::size_t max_orders) : max_orders_{max_orders} {}

    [[nodiscard]] TrackedOrder* find(const OrderLookUp& names);  // null: not known
    [[nodiscard]] TrackedOrder* find(std::uint64_t serial);
    // Null if there is no room: all are open.
    [[nodiscard]] TrackedOrder* add(const OrderLookUp& names);
    // Takes up names that were not known.
    void learn(TrackedOrder& order, const OrderLookUp& names);
    // To be called when what is_done() looks at has changed.
    void refile(TrackedOrder& order);

    // Those that are not done. `visit` may refile.
    template <class Visit>
    void for_each_active(Visit&& visit) {
        for (auto at = active_.begin(); at != active_.end();) visit(*find(*at++));
    }
    [[nodiscard]] std::size_t active_count() const { return active_.size(); }
    template <class Visit>
    void for_each(Visit&& visit) {
        for (auto& [serial, order] : orders_) visit(order);
    }

private:
    using Index = std::unordered_map<std::string, std::uint64_t>;

    [[nodiscard]] TrackedOrder* find_in(const Index& index, const std::string& name);
    [[nodiscard]] bool make_room();
    void forget(std::map<std::uint64_t, TrackedOrder>::iterator order);

    std::size_t max_orders_;
    std::uint64_t last_serial_ = 0;
    std::map<std::uint64_t, TrackedOrder> orders_;
    Index by_order_id_;
    Index by_client_id_;
    Index by_order_code_;
    std::set<std::uint64_t> active_;
    std::deque<std::uint64_t> done_;  // oldest first; some may have come to life since
};

}  // namespace broker::dxtrade::push
