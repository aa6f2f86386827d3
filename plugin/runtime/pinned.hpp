// A value that many threads read without a lock while one thread replaces it.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>

namespace broker::runtime {

// Readers pin the value for as long as they use it; replace() returns when nobody uses the old one
// any more. A pin costs two additions to a counter and never waits.
//
// Readers are counted in two epochs (sleepable RCU): a reader counts itself in the epoch of the
// moment and only then reads the pointer. Why replace() changes the epoch twice: a reader may have
// read the epoch just before it changed and count itself late in the old one. It sees the new value
// then, but the next replace() must find it, so that each one waits for both epochs. Those who come
// while it waits count themselves in the other epoch, so that the wait ends.
template <class Value>
class Pinned {
public:
    // Of a thread, for a short time: no callback of the host and nothing that waits happens under
    // it. Not copied, outlived by the Pinned.
    class Pin {
    public:
        explicit Pin(const Pinned& of)
            : readers_{of.enter()}, value_{of.value_.load(std::memory_order_seq_cst)} {}
        ~Pin() { readers_.fetch_sub(1, std::memory_order_seq_cst); }
        Pin(const Pin&) = delete;
        Pin& operator=(const Pin&) = delete;

        [[nodiscard]] const Value& operator*() const { return *value_; }
        [[nodiscard]] const Value* operator->() const { return value_; }

    private:
        std::atomic<std::uint64_t>& readers_;
        const Value* value_;
    };

    explicit Pinned(std::unique_ptr<const Value> value) : value_{value.release()} {}
    ~Pinned() { delete value_.load(std::memory_order_relaxed); }
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;

    // [any-thread]
    [[nodiscard]] Pin pin() const { return Pin{*this}; }

    // Returns the old value, which nobody has pinned any more. One caller at a time, who holds no
    // pin.
    [[nodiscard]] std::unique_ptr<const Value> replace(std::unique_ptr<const Value> value) {
        std::unique_ptr<const Value> old{
            value_.exchange(value.release(), std::memory_order_seq_cst)};
        wait_for_readers();
        return old;
    }

    // Waits until every pin that was there at the call has been let go. Likewise.
    void wait_for_readers() {
        for (int turn = 0; turn < 2; ++turn) {
            const std::size_t left = epoch_.fetch_xor(1, std::memory_order_seq_cst);
            while (readers_[left].count.load(std::memory_order_seq_cst) != 0) {
                std::this_thread::sleep_for(kPause);
            }
        }
    }

private:
    // Of the waiting thread, so that it does not take the processor from those that it waits for.
    static constexpr std::chrono::microseconds kPause{50};

    struct alignas(64) Readers {  // apart from each other: no false sharing
        std::atomic<std::uint64_t> count{0};
    };

    std::atomic<std::uint64_t>& enter() const {
        auto& readers = readers_[epoch_.load(std::memory_order_seq_cst)].count;
        readers.fetch_add(1, std::memory_order_seq_cst);
        return readers;
    }

    std::atomic<const Value*> value_;
    std::atomic<std::size_t> epoch_{0};
    mutable std::array<Readers, 2> readers_;
};

}  // namespace broker::runtime
