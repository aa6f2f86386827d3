// Storage of executions: by the venue's ids, and by what they say.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <unordered_map>

#include "core/execution_report.hpp"
#include "core/order_index.hpp"

namespace broker::core {

// Why three: some venues number trades, their changes and other reports each on their own.
enum class ExecutionKind : std::uint8_t { Other, Trade, Change };

struct ExecutionKey {
    std::uint64_t order_serial = 0;
    ExecutionKind kind = ExecutionKind::Other;
    OrderID order_id;
    ExecID exec_id;
    friend bool operator==(const ExecutionKey&, const ExecutionKey&) = default;
};

// What an execution says, by which two channels' reports of it are matched.
struct ExecutionContent {
    std::uint64_t order_serial = 0;
    ExecType exec_type = ExecType::Unspecified;
    std::optional<Decimal> qty;
    std::optional<Decimal> cum_qty;
    friend bool operator==(const ExecutionContent&, const ExecutionContent&) = default;
};

struct Execution {
    Decimal qty;               // what it counts for by now
    ExecutionContent content;  // as reported
    std::optional<Decimal> last_px;
    ChannelMask channels = 0;  // that have reported it; 0: a change that overtook it has its place
    ChannelMask named_by = 0;  // those of them that have named it by this id
    bool is_unread = false;    // a fill whose LastQty could not be used
    Execution* replaced_by = nullptr;  // counts instead of it; always a newer one
    Execution* newer = nullptr;
    Execution* older = nullptr;
    Execution* newer_alike = nullptr;  // with the same content
    Execution* older_alike = nullptr;
    bool is_filed = false;     // by its content
    std::uint64_t number = 0;  // grows
    const ExecutionKey* key = nullptr;
};

// The execution that counts by now for what the venue named `execution`.
[[nodiscard]] Execution& last_of(Execution& execution);

// Remembers a bounded number of executions, the oldest are forgotten first. Owned by FillBook.
// [event-thread]
class ExecutionIndex {
public:
    ExecutionIndex(std::size_t max_executions, std::pmr::memory_resource* memory);

    [[nodiscard]] Execution* find(const ExecutionKey& key);
    // Of those with this content, the first that none of `own` has reported after all that they
    // have, and none of `sharing` at all; null if there is none. Why so: channels report in the
    // same order, some later than others.
    [[nodiscard]] Execution* find_copied(const ExecutionContent& content, ChannelMask own,
                                         ChannelMask sharing);

    // Adds it, or gives the one that is there. May forget the oldest one.
    Execution& add(const ExecutionKey& key);
    // Found by it from here on, if it is to be filed.
    void set_content(Execution& execution, const ExecutionContent& content, bool is_filed);

    [[nodiscard]] Execution* newest() { return newest_; }
    [[nodiscard]] std::uint64_t next_number() const { return next_number_; }
    [[nodiscard]] bool has_forgotten() const { return has_forgotten_; }

    // Files the execution under another order. Its key must not be taken.
    void rename(Execution& execution, const ExecutionKey& key);
    void forget(Execution& execution);

private:
    struct Hash {
        std::size_t operator()(const ExecutionKey& key) const noexcept;
        std::size_t operator()(const ExecutionContent& content) const noexcept;
    };

    void forget_content(Execution& execution);

    std::size_t max_executions_;
    std::pmr::unordered_map<ExecutionKey, Execution, Hash> executions_;
    std::pmr::unordered_map<ExecutionContent, Execution*, Hash> contents_;  // the newest of each
    Execution* oldest_ = nullptr;
    Execution* newest_ = nullptr;
    std::uint64_t next_number_ = 1;
    bool has_forgotten_ = false;
};

}  // namespace broker::core
