// The slots of an EventQueue: one writer at a time, one reader. Used by EventQueue.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "broker/abi/event.h"
#include "broker/sdk/event_block.hpp"
#include "broker/sdk/lost_events.hpp"

namespace broker::sdk::detail {

// Allocates in its constructor alone, except for a record whose ids do not fit into a slot.
class EventRing {
public:
    EventRing(std::size_t capacity, std::size_t slot_size)
        : capacity_{capacity},
          // A multiple of what operator new aligns to, so that every slot is aligned for a record.
          slot_size_{(slot_size + 15) / 16 * 16},
          slots_(capacity_),
          blocks_{std::make_unique<std::byte[]>(capacity_ * slot_size_)} {}

    // Writing, into a free slot.
    [[nodiscard]] std::size_t free_slots() const {
        return capacity_ - static_cast<std::size_t>(tail_.load() - head_.load());
    }
    template <class Record>
    void write(const Record& record) {
        const std::uint64_t position = tail_.load();
        Slot& slot = slot_at(position);
        std::span<std::byte> block = block_at(position);
        const std::size_t least = least_block_size(record);
        if (least > block.size()) {
            slot.oversize = std::make_unique<std::byte[]>(least);
            block = {slot.oversize.get(), least};
        }
        copy_to_block(record, block);
        slot.holds_lost_events = false;
        tail_ = position + 1;
    }
    void write(const LostEvents& lost) {
        const std::uint64_t position = tail_.load();
        std::memcpy(block_at(position).data(), &lost, sizeof(lost));
        slot_at(position).holds_lost_events = true;
        tail_ = position + 1;
    }

    // Positions of events only grow; what lies from head up to tail can be read.
    [[nodiscard]] std::uint64_t head() const { return head_.load(); }
    [[nodiscard]] std::uint64_t tail() const { return tail_.load(); }
    [[nodiscard]] bool is_empty() const { return head() == tail(); }

    // Reading.
    [[nodiscard]] bool holds_lost_events(std::uint64_t position) const {
        return slot_at(position).holds_lost_events;
    }
    [[nodiscard]] LostEvents lost_events(std::uint64_t position) const {
        LostEvents lost;
        std::memcpy(&lost, block_at(position).data(), sizeof(lost));
        return lost;
    }
    [[nodiscard]] const broker_event_t& event(std::uint64_t position) const {
        const Slot& slot = slot_at(position);
        const std::byte* const block =
            slot.oversize != nullptr ? slot.oversize.get() : block_at(position).data();
        return *reinterpret_cast<const broker_event_t*>(block);
    }
    void release(std::uint64_t position) {  // the one at head
        slot_at(position).oversize.reset();
        head_ = position + 1;
    }

private:
    struct Slot {
        bool holds_lost_events = false;
        std::unique_ptr<std::byte[]> oversize;  // instead of the slot's own block
    };

    [[nodiscard]] Slot& slot_at(std::uint64_t position) { return slots_[position % capacity_]; }
    [[nodiscard]] const Slot& slot_at(std::uint64_t position) const {
        return slots_[position % capacity_];
    }
    [[nodiscard]] std::span<std::byte> block_at(std::uint64_t position) const {
        return {blocks_.get() + (position % capacity_) * slot_size_, slot_size_};
    }

    const std::size_t capacity_;
    const std::size_t slot_size_;
    std::vector<Slot> slots_;
    std::unique_ptr<std::byte[]> blocks_;

    // A slot belongs to the reader from head_ up to tail_, else to the writers. Both are
    // sequentially consistent: each side first publishes its position and then looks whether the
    // other one sleeps, which does the reverse.
    alignas(64) std::atomic<std::uint64_t> head_{0};
    alignas(64) std::atomic<std::uint64_t> tail_{0};
};

}  // namespace broker::sdk::detail
