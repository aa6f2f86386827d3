// Orders that have gone over a REST channel, and the changes of them that are under way.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/clock.hpp"
#include "core/order_ledger.hpp"

namespace broker::dxtrade::rest {

// A replace or cancel whose outcome is still to come.
struct PendingChange {
    core::RequestKind kind = core::RequestKind::Cancel;
    core::ClOrdID cl_ord_id;
    core::ReplaceOrder replace;   // of a Replace
    std::string update_order_id;  // empty: the venue has not said
    core::MonotonicTime written;  // unset: not known
    bool is_in_doubt = false;     // it may have been acted on or not
};

struct SentOrder {
    core::Order order;  // as it was when last asked about; cl_ord_id is the one in force
    core::Contingency contingency = core::Contingency::Unspecified;  // of its list
    std::string position_code;                                       // as the venue has shown it
    bool is_shown = false;                                           // the venue has shown it
    bool is_final = false;                                           // and that it has ended
    std::vector<PendingChange> changes;                              // oldest first

    [[nodiscard]] PendingChange* find_change(std::string_view cl_ord_id);
    void end_change(std::string_view cl_ord_id);
};

// The venue knows an order by its first ClOrdID through all its changes; the host by the id of each
// request. Bounded: beyond the limit the oldest are forgotten, those that have ended first.
// Pointers are valid until the next add. Owned by RestChannel. [event-thread]
class SentOrders {
public:
    static constexpr std::size_t kMaxChanges = 64;  // of one order

    explicit SentOrders(std::size_t max_orders) : max_orders_{max_orders} {}

    // Takes up the order, or what it has come to. `contingency` of its list; Unspecified: of none,
    // or of one that is not known whole.
    SentOrder& put(const core::Order& order, core::Contingency contingency);
    void add_change(SentOrder& order, PendingChange change);

    [[nodiscard]] SentOrder* find(std::string_view first_cl_ord_id);  // null if unknown
    // Those of a list that have not ended, in its order.
    [[nodiscard]] std::vector<const core::Order*> members(const core::ListID& list);
    // Counted from 1; 0 if the order is of no list that is known.
    [[nodiscard]] std::size_t place_in_list(const core::Order& order) const;
    [[nodiscard]] std::size_t size() const { return orders_.size(); }

private:
    void make_room();

    std::size_t max_orders_;
    std::list<SentOrder> orders_;  // oldest first
    std::unordered_map<std::string, std::list<SentOrder>::iterator> by_id_;
    std::unordered_map<std::string, std::vector<std::string>> lists_;  // first ids by ListID
};

}  // namespace broker::dxtrade::rest
