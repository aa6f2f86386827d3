// Requests on their way from the callers' threads to an event thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <variant>

#include "account/account_coordinator.hpp"
#include "core/order.hpp"
#include "core/query.hpp"
#include "core/quote.hpp"

namespace broker::runtime {

struct SnapshotRequest {
    std::uint64_t request_id = 0;
};

// A list is too large to lie in every slot of the queue. Whoever takes the command owns it.
struct ListCommand {
    core::NewOrderList* list = nullptr;
};

struct Command {
    std::uint32_t account = 0;  // index among the accounts of the event thread
    std::variant<core::NewOrder, core::ReplaceOrder, core::CancelOrder, account::CancelAll,
                 ListCommand, core::CancelOrderList, core::Query, account::PositionsFromFills,
                 SnapshotRequest, core::MarketDataRequest, core::MarketDataUnsubscribe,
                 account::RiskCommand, account::OperatorCommand>
        body;
};
// Why: a slot is overwritten in place; nothing may need destruction or allocation.
static_assert(std::is_trivially_copyable_v<Command>);

// A ring of fixed size for many producers and one consumer (D. Vyukov's bounded queue: each slot
// has a turn number that says whose it is). No lock and no allocation after construction.
class CommandQueue {
public:
    explicit CommandQueue(std::size_t capacity_log2)
        : mask_{(std::size_t{1} << capacity_log2) - 1}, slots_{new Slot[mask_ + 1]} {
        for (std::size_t i = 0; i <= mask_; ++i) slots_[i].turn.store(i, std::memory_order_relaxed);
    }

    // False if the queue is full; nothing was taken then. [any-thread]
    [[nodiscard]] bool push(const Command& command) {
        std::size_t position = tail_.load(std::memory_order_relaxed);
        for (;;) {
            Slot& slot = slots_[position & mask_];
            const std::size_t turn = slot.turn.load(std::memory_order_acquire);
            if (turn == position) {
                if (tail_.compare_exchange_weak(position, position + 1,
                                                std::memory_order_relaxed)) {
                    slot.command = command;
                    slot.turn.store(position + 1, std::memory_order_release);
                    return true;
                }
            } else if (turn < position) {
                return false;  // the slot still holds the command of one round ago
            } else {
                position = tail_.load(std::memory_order_relaxed);
            }
        }
    }

    // Calls `consume` for at most `most` commands; returns how many. [event-thread]
    template <class Consume>
    std::size_t drain(std::size_t most, Consume&& consume) {
        std::size_t count = 0;
        for (; count < most; ++count) {
            Slot& slot = slots_[head_ & mask_];
            if (slot.turn.load(std::memory_order_acquire) != head_ + 1) break;
            const Command command = slot.command;
            slot.turn.store(head_ + mask_ + 1, std::memory_order_release);
            ++head_;
            consume(command);
        }
        return count;
    }

private:
    struct Slot {
        std::atomic<std::size_t> turn;
        Command command;
    };

    const std::size_t mask_;
    const std::unique_ptr<Slot[]> slots_;
    alignas(64) std::atomic<std::size_t> tail_{0};  // apart from head_: no false sharing
    alignas(64) std::size_t head_ = 0;
};

}  // namespace broker::runtime
