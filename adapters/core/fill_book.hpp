// Executions that were seen, and the quantities that follow from them.
#pragma once

#include <array>
#include <memory_resource>
#include <string_view>

#include "core/execution_index.hpp"
#include "core/execution_report.hpp"
#include "core/order_index.hpp"

namespace broker::core {

// What a report is to the executions that were booked.
enum class Familiarity {
    News,
    Repeated,       // the same execution with the same content
    Copy,           // another channel's report of what was booked or shows in the order's status
    ReusedIgnored,  // its ExecID has named something else, and it cannot be a further execution
    ReusedNews,     // its ExecID has named something else, and it is a further execution
};

// Books each execution once by (order, OrderID, ExecID) and keeps an order's quantities by the
// algebra of CumQty: it grows to the largest value reported and never falls below the sum of the
// fills seen; TradeCorrect and TradeCancel alone may lower it. The result is the same for every
// order of arrival. Remembers a bounded number of executions, the oldest are forgotten first.
//
// Several channels may report the same execution. Where they name it by the same ids it is booked
// once like any repetition. Of two channels whose ExecIDs differ (neither has ever repeated the
// other's trade by its ExecID), the reports are matched one to one by ExecType, LastQty and CumQty:
// a fill is the piece of the order from CumQty - LastQty to CumQty. What cannot be told apart by
// that are two executions with the same piece, which takes a TradeCancel between them: if one
// channel has missed the first, its report of the second passes for the first, until CumQty shows
// that a fill is missing. A report without CumQty is matched by its ExecID alone. Owned by
// OrderLedger. [event-thread]
class FillBook {
public:
    FillBook(std::size_t max_executions, std::pmr::memory_resource* memory)
        : executions_{max_executions, memory} {}

    // OrderStatus is always news: its ExecID (17) may be "0" each time.
    [[nodiscard]] Familiarity look_up(const OrderRecord& record, const ExecutionReport& report);

    // Books a report that is news or a copy.
    void book(OrderRecord& record, const ExecutionReport& report, Familiarity familiarity);

    // The fills of an order are by now those of `into`, which has been reported as the same one.
    void merge(OrderRecord& into, OrderRecord& from);

    [[nodiscard]] std::uint64_t next_number() const { return executions_.next_number(); }

    // CumQty runs ahead of the fills seen since the ledger has known the order.
    [[nodiscard]] static bool is_fill_missing(const OrderRecord& record);

private:
    [[nodiscard]] Familiarity look_up_known(Execution& known, const OrderRecord& record,
                                            const ExecutionReport& report);
    [[nodiscard]] bool is_copy(const OrderRecord& record, const ExecutionReport& report);
    // The key under which the execution that ExecRefID (19) names was booked.
    [[nodiscard]] ExecutionKey changed_key(const OrderRecord& record,
                                           const ExecutionReport& report);
    [[nodiscard]] Execution* find_copied(const OrderRecord& record, const ExecutionReport& report);
    [[nodiscard]] ChannelMask sharing_with(ChannelMask channels) const;
    void learn_sharing(ChannelMask channels, Channel channel);
    Execution& note(const OrderRecord& record, const ExecutionReport& report);
    void book_trade(OrderRecord& record, const ExecutionReport& report);
    void book_trade_change(OrderRecord& record, const ExecutionReport& report);
    void book_copy(OrderRecord& record, const ExecutionReport& report);
    void merge_execution(OrderRecord& into, Execution& execution);

    ExecutionIndex executions_;
    // By channel, those that have named a trade of it by the same ExecID.
    std::array<ChannelMask, kChannelCount> sharing_{};
};

}  // namespace broker::core
