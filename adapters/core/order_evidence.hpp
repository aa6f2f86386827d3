// What a message from the venue proves about an order and about the requests for it.
#pragma once

#include "core/fill_book.hpp"
#include "core/order_finder.hpp"
#include "core/order_index.hpp"
#include "core/request_settlement.hpp"

namespace broker::core {

// Applies evidence to the records of an index. A request is settled by what names it and by what
// cannot be true unless it was accepted or refused; silence proves nothing.
// Owned by OrderLedger. [event-thread]
class OrderEvidence {
public:
    OrderEvidence(OrderLedgerLimits limits, OrderIndex& index);

    [[nodiscard]] Applied apply(const ExecutionReport& report);
    [[nodiscard]] Applied apply(const OrderCancelReject& reject);

    // None of the requests is in force: one message carried them. New orders end with theirs.
    [[nodiscard]] Applied refuse(const OrderIndex::Ids& requests, Reason reason);

    // No answer will come: the request is in doubt, unless the order's end tells its outcome.
    void doubt(IdRecord& id, Reason reason);

private:
    void begin(const IdRecord* named);
    [[nodiscard]] Applied apply_usable(const ExecutionReport& report);
    [[nodiscard]] OrderRecord* adopt(const ExecutionReport& report);
    [[nodiscard]] Applied apply_if_news(OrderRecord& record, const ExecutionReport& report,
                                        Familiarity familiarity);
    [[nodiscard]] Applied apply_familiar(OrderRecord& record, const ExecutionReport& report,
                                         Familiarity familiarity);
    [[nodiscard]] IdRecord* request_named(const OrderRecord& record, const ExecutionReport& report);
    void apply_to(OrderRecord& record, const ExecutionReport& report, Familiarity familiarity);
    void apply_refusal(IdRecord& id, const ExecutionReport& report);
    void finish(OrderRecord& record);
    [[nodiscard]] Applied applied(const OrderRecord& record) const;

    OrderLedgerLimits limits_;
    OrderIndex& index_;
    FillBook fills_;
    OrderFinder finder_;
    RequestSettlement settlement_;
    Decimal filled_before_;  // of the order, before the message
};

}  // namespace broker::core
