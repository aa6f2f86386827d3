// Which requests the ledger takes, and how it records them.
#pragma once

#include <memory_resource>
#include <span>
#include <vector>

#include "core/order_index.hpp"

namespace broker::core {

// Checks a command against what is known and records it as Journaled, or says why not. The errors
// are those of OrderLedger. Owned by OrderLedger. [event-thread]
class OrderIntake {
public:
    OrderIntake(OrderLedgerLimits limits, OrderIndex& index);

    [[nodiscard]] Result<const Order*> add(const NewOrder& order, MonotonicTime deadline);
    [[nodiscard]] Result<const Order*> add(const ReplaceOrder& request, MonotonicTime deadline);
    [[nodiscard]] Result<const Order*> add(const CancelOrder& request, MonotonicTime deadline);
    [[nodiscard]] Result<void> add(const NewOrderList& list, MonotonicTime deadline);
    [[nodiscard]] Result<std::span<const Settled>> add(const CancelOrderList& request,
                                                       MonotonicTime deadline);

private:
    OrderRecord& record(const NewOrder& order, MonotonicTime deadline, const ListID& list);
    // Whether `count` more orders may be made, the first of which is `id`.
    [[nodiscard]] Result<void> check_room(const ClOrdID& id, std::size_t count) const;
    [[nodiscard]] Result<void> check_unused(const ClOrdID& id) const;
    [[nodiscard]] Result<void> check(const NewOrderList& list) const;
    [[nodiscard]] Result<void> check(const CancelOrderList& request,
                                     const OrderIndex::Orders& orders) const;
    // The order that a cancel or replace is about, or why there can be no such request.
    [[nodiscard]] Result<OrderRecord*> order_to_change(const ClOrdID& id, const ClOrdID& orig_id);

    OrderLedgerLimits limits_;
    OrderIndex& index_;
    std::pmr::vector<Settled> cancels_;  // of one list
};

}  // namespace broker::core
