// Executions that were seen, and the quantities that follow from them.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <unordered_map>

#include "core/execution_report.hpp"
#include "core/order_index.hpp"

namespace broker::core {

// Books each execution once by (order, OrderID, ExecID) and keeps an order's quantities by the
// algebra of CumQty: it grows to the largest value reported and never falls below the sum of the
// fills seen; TradeCorrect and TradeCancel alone may lower it. The result is the same for every
// order of arrival. Remembers a bounded number of executions, the oldest are forgotten first. Owned
// by OrderLedger. [event-thread]
class FillBook {
public:
    FillBook(std::size_t max_executions, std::pmr::memory_resource* memory);

    // True if the report repeats an execution that was booked. OrderStatus repeats nothing: its
    // ExecID (17) may be "0" each time.
    [[nodiscard]] bool is_repeated(const OrderRecord& record, const ExecutionReport& report) const;

    // Books a report that is not repeated.
    void book(OrderRecord& record, const ExecutionReport& report);

    // CumQty runs ahead of the fills seen since the ledger has known the order.
    [[nodiscard]] static bool is_fill_missing(const OrderRecord& record);

private:
    struct Key {
        std::uint64_t order_serial = 0;
        // Of trades and their changes. Why: some venues number other reports on their own.
        bool is_trade = false;
        OrderID order_id;
        ExecID exec_id;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Execution {
        Decimal qty;                       // what it counts for by now
        Execution* replaced_by = nullptr;  // by a TradeCorrect or TradeCancel; always a newer one
        Execution* newer = nullptr;
        const Key* key = nullptr;
    };

    [[nodiscard]] static Key key_of(const OrderRecord& record, const ExecutionReport& report,
                                    std::string_view exec_id);
    Execution* find(const Key& key);
    // The key under which the execution that ExecRefID (19) names was booked.
    [[nodiscard]] Key changed_key(const OrderRecord& record, const ExecutionReport& report) const;
    Execution* add(const Key& key, const Decimal& qty);
    void forget_oldest();
    void book_trade(OrderRecord& record, const ExecutionReport& report);
    void book_trade_change(OrderRecord& record, const ExecutionReport& report);

    std::size_t max_executions_;
    std::pmr::unordered_map<Key, Execution, KeyHash> executions_;
    Execution* oldest_ = nullptr;
    Execution* newest_ = nullptr;
    bool has_forgotten_ = false;
};

}  // namespace broker::core
