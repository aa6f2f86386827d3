// What a message of the venue proves about the requests for an order.
#pragma once

#include <memory_resource>
#include <span>
#include <vector>

#include "core/execution_report.hpp"
#include "core/order_index.hpp"

namespace broker::core {

// Settles requests: by the report that names one, by a status answer, by the order's end. Collects
// those that a message settles beside the one it names. Owned by OrderEvidence. [event-thread]
class RequestSettlement {
public:
    explicit RequestSettlement(OrderIndex& index);

    // A message that names this request, or another id; null if none.
    void begin(const IdRecord* named);
    void set_named(const IdRecord* named) { named_ = named; }
    [[nodiscard]] const IdRecord* named() const { return named_; }
    [[nodiscard]] std::span<const Settled> also_settled() const { return also_settled_; }

    void settle(IdRecord& id, Certainty certainty, Reason reason);
    void end_as_rejected(IdRecord& new_order, Reason reason);
    static void mark_answered(Request& request, MonotonicTime received);

    void revive_if_absent(OrderRecord& record, const ExecutionReport& report);
    void by_name(IdRecord& id, const ExecutionReport& report);
    void of_new_order(OrderRecord& record, const ExecutionReport& report);
    void by_status_answer(OrderRecord& record, const ExecutionReport& report);
    void by_end(OrderRecord& record);

private:
    static void put_in_force(IdRecord& id);

    OrderIndex& index_;
    const IdRecord* named_ = nullptr;
    std::pmr::vector<Settled> also_settled_;
};

}  // namespace broker::core
