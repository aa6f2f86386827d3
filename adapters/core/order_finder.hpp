// Which order a message of the venue is about, and by which ids it is named from then on.
#pragma once

#include "core/fill_book.hpp"
#include "core/order_index.hpp"

namespace broker::core {

// Finds orders by the ids of a report and merges two records that turn out to be one order: one of
// ours, and one that a drop copy brought before the trading session had named its OrderID.
// Owned by OrderEvidence. [event-thread]
class OrderFinder {
public:
    OrderFinder(OrderIndex& index, FillBook& fills) : index_{index}, fills_{fills} {}

    void begin();  // a message

    // Null if there is no such order.
    [[nodiscard]] OrderRecord* find(const ExecutionReport& report);
    [[nodiscard]] OrderRecord* find(const OrderCancelReject& reject) const;

    // Two records have been merged for this message; what both had filled before.
    [[nodiscard]] bool is_merged() const { return is_merged_; }
    [[nodiscard]] const Decimal& filled_before_merge() const { return filled_before_; }

    // The report's ids name the order.
    void learn_ids(OrderRecord& record, const ExecutionReport& report);
    void learn_copied_ids(OrderRecord& record, const ExecutionReport& report);

private:
    [[nodiscard]] OrderRecord* one_of(OrderRecord* first, OrderRecord* second);
    void merge(OrderRecord& into, OrderRecord& from);

    OrderIndex& index_;
    FillBook& fills_;
    Decimal filled_before_;
    bool is_merged_ = false;
};

}  // namespace broker::core
