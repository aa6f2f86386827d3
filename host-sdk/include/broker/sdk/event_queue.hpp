// A bounded queue between an adapter's event threads and a host that polls from its own loop.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <span>
#include <stdexcept>
#include <vector>

#include "broker/abi/broker.h"
#include "broker/sdk/event_block.hpp"
#include "broker/sdk/event_sink.hpp"
#include "broker/sdk/extensions.hpp"
#include "broker/sdk/lost_events.hpp"

namespace broker::sdk {

// What a host implements to read an EventQueue; called from poll() alone.
class QueueReader : public EventSink {
public:
    // Events were left out at this place because the queue was full. The queue asks for a snapshot
    // of the accounts concerned (EventQueue::kSnapshotRequestId) as soon as it has been emptied.
    virtual void on_events_lost(const LostEvents& lost) = 0;
};

struct EventQueueOptions {
    std::size_t capacity = 4096;       // slots, one an event
    std::size_t order_reserve = 1024;  // of them, kept free for order events
    std::size_t slot_size = 2048;      // bytes for a record and its strings; longer texts are cut
};

// An EventSink that copies events, to be given to one AdapterHandle and polled by one thread.
//
// When it fills up, order events (execution reports, cancel rejects and snapshot brackets) are
// never dropped: the adapter's event thread waits until the reader makes room or the queue is
// closed. Other events are dropped before they take the slots reserved for order events; the reader
// is told where, what and whose, and a fresh snapshot is asked for.
//
// A waiting event thread cannot be stopped by the thread that should read the queue: use
// AdapterHandle::stop(queue, reader) there, which reads on while the adapter stops.
//
// Allocates in its constructor alone, with one exception: a record whose ids do not fit into a slot
// gets a block of its own, because ids are not cut and order events not dropped. With the default
// slot size that takes more than 1,500 bytes of ids.
class EventQueue final : public EventSink {
public:
    // The request_id of the snapshots that the queue asks for; a host uses other ids.
    static constexpr std::uint64_t kSnapshotRequestId = std::numeric_limits<std::uint64_t>::max();
    static constexpr std::size_t kMinSlotSize =
        std::max(sizeof(broker_execution_report_t), sizeof(LostEvents));

    // Throws std::invalid_argument unless slot_size is at least kMinSlotSize and capacity at least
    // order_reserve + 2.
    explicit EventQueue(const EventQueueOptions& options = {});

    // Hands at most `max_events` events to `reader` and returns how many. Never waits. What the
    // reader throws goes to the caller, and the event counts as read. [reader-thread]
    std::size_t poll(QueueReader& reader,
                     std::size_t max_events = std::numeric_limits<std::size_t>::max());

    // Waits until there is something to poll, wake() or close() is called, or the time is over.
    // Returns whether there is something to poll. [reader-thread]
    bool wait_for(std::chrono::nanoseconds timeout);

    // Ends the wait under way, or the next one. [any-thread]
    void wake();

    // Lets no event thread wait any longer: events that come from here on are discarded, order
    // events too. What is in the queue can still be polled. AdapterHandle closes the queue before
    // it destroys its adapter. [any-thread]
    void close();

    // Events, order events included, that came after close(). [any-thread]
    [[nodiscard]] std::uint64_t discarded_count() const { return discarded_count_.load(); }

    // EventSink: called by AdapterHandle.
    void on_session_event(const broker_session_event_t& event) override;
    void on_execution_report(const broker_execution_report_t& report) override;
    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override;
    void on_snapshot(const broker_snapshot_event_t& snapshot) override;
    void on_account_summary(const broker_account_summary_t& summary) override;
    void on_unknown_event(const broker_event_t& event) override;
    void on_attach(const Accounts* accounts) override;
    void on_detach() noexcept override;

private:
    struct Slot {
        bool holds_lost_events = false;
        std::unique_ptr<std::byte[]> oversize;  // instead of the slot's own block
    };

    // Writing. All but the first two and notify_reader are called with writers_mutex_ held.
    template <class Record>
    void push_order_event(const Record& record);
    template <class Record>
    void push_droppable(const Record& record, std::uint64_t LostEvents::*counter);
    template <class Record>
    void write_record(const Record& record);
    void write_lost_events();
    void publish();
    [[nodiscard]] std::size_t free_slots() const;
    [[nodiscard]] std::size_t needed_slots() const { return has_lost_.load() ? 2 : 1; }
    void notify_reader();

    // Reading.
    void deliver(std::uint64_t position, QueueReader& reader);
    void release_slot(std::uint64_t position);
    void request_snapshots();
    [[nodiscard]] bool is_empty() const { return head_.load() == tail_.load(); }
    // The loss first: write_lost_events makes the notice readable before it clears the loss.
    [[nodiscard]] bool is_readable() const { return has_lost_.load() || !is_empty(); }

    [[nodiscard]] Slot& slot_at(std::uint64_t position) { return slots_[position % capacity_]; }
    [[nodiscard]] std::span<std::byte> block_at(std::uint64_t position) {
        return {blocks_.get() + (position % capacity_) * slot_size_, slot_size_};
    }

    const std::size_t capacity_;
    const std::size_t order_reserve_;
    const std::size_t slot_size_;
    std::vector<Slot> slots_;
    std::unique_ptr<std::byte[]> blocks_;

    // Positions only grow; a slot belongs to the reader from head_ up to tail_, else to the
    // writers. Both, and the flags beside them, are sequentially consistent: each side first
    // publishes its position and then looks whether the other one sleeps, which does the reverse.
    alignas(64) std::atomic<std::uint64_t> head_{0};
    alignas(64) std::atomic<std::uint64_t> tail_{0};
    std::atomic<std::uint32_t> waiting_writers_{0};
    std::atomic<bool> is_reader_waiting_{false};
    std::atomic<bool> is_closed_{false};
    std::atomic<bool> has_lost_{false};
    std::atomic<std::uint64_t> discarded_count_{0};

    // Held while writing, because an adapter may have several event threads. With one, it is never
    // contended: the reader takes it only to wake a writer and to fetch the last loss.
    std::mutex writers_mutex_;
    std::condition_variable room_;
    LostEvents lost_;  // not in a slot yet; guarded by writers_mutex_

    std::mutex reader_mutex_;  // guards is_woken_ and the reader's falling asleep
    std::condition_variable readable_;
    bool is_woken_ = false;

    AccountList snapshots_wanted_;  // of the reader's thread
    std::mutex accounts_mutex_;     // guards the two below, which on_detach takes away
    bool is_attached_ = false;
    const Accounts* accounts_ = nullptr;
};

inline EventQueue::EventQueue(const EventQueueOptions& options)
    : capacity_{options.capacity},
      order_reserve_{options.order_reserve},
      // A multiple of what operator new aligns to, so that every slot is aligned for a record.
      slot_size_{(options.slot_size + 15) / 16 * 16} {
    if (options.slot_size < kMinSlotSize) {
        throw std::invalid_argument{"EventQueue: slot_size is below kMinSlotSize"};
    }
    if (capacity_ < 2 || capacity_ - 2 < order_reserve_) {
        throw std::invalid_argument{"EventQueue: capacity is below order_reserve + 2"};
    }
    slots_.resize(capacity_);
    blocks_ = std::make_unique<std::byte[]>(capacity_ * slot_size_);
}

inline void EventQueue::on_session_event(const broker_session_event_t& event) {
    push_droppable(event, &LostEvents::session_events);
}
inline void EventQueue::on_execution_report(const broker_execution_report_t& report) {
    push_order_event(report);
}
inline void EventQueue::on_order_cancel_reject(const broker_order_cancel_reject_t& reject) {
    push_order_event(reject);
}
inline void EventQueue::on_snapshot(const broker_snapshot_event_t& snapshot) {
    push_order_event(snapshot);
}
inline void EventQueue::on_account_summary(const broker_account_summary_t& summary) {
    push_droppable(summary, &LostEvents::account_summaries);
}
inline void EventQueue::on_unknown_event(const broker_event_t& event) {
    push_droppable(event, &LostEvents::unknown_events);
}

inline void EventQueue::on_attach(const Accounts* accounts) {
    const std::lock_guard lock{accounts_mutex_};
    if (is_attached_ || is_closed_) {
        throw std::logic_error{"EventQueue: it serves one adapter, once"};
    }
    is_attached_ = true;
    accounts_ = accounts;
}

inline void EventQueue::on_detach() noexcept {
    close();
    const std::lock_guard lock{accounts_mutex_};
    accounts_ = nullptr;
}

template <class Record>
void EventQueue::push_order_event(const Record& record) {
    {
        std::unique_lock lock{writers_mutex_};
        if (free_slots() < needed_slots()) {
            ++waiting_writers_;
            room_.wait(lock, [this] { return is_closed_ || free_slots() >= needed_slots(); });
            --waiting_writers_;
        }
        if (is_closed_) {
            ++discarded_count_;
            return;
        }
        write_lost_events();
        write_record(record);
    }
    notify_reader();
}

template <class Record>
void EventQueue::push_droppable(const Record& record, std::uint64_t LostEvents::*counter) {
    {
        const std::lock_guard lock{writers_mutex_};
        if (is_closed_) {
            ++discarded_count_;
            return;
        }
        if (free_slots() < needed_slots() + order_reserve_) {
            ++(lost_.*counter);
            lost_.accounts.add(view(detail::header_of(record).account));
            has_lost_ = true;
            return;
        }
        write_lost_events();
        write_record(record);
    }
    notify_reader();
}

template <class Record>
void EventQueue::write_record(const Record& record) {
    const std::uint64_t position = tail_.load();
    Slot& slot = slot_at(position);
    std::span<std::byte> block = block_at(position);
    const std::size_t least = detail::least_block_size(record);
    if (least > block.size()) {
        slot.oversize = std::make_unique<std::byte[]>(least);
        block = {slot.oversize.get(), least};
    }
    detail::copy_to_block(record, block);
    slot.holds_lost_events = false;
    publish();
}

inline void EventQueue::write_lost_events() {
    if (!has_lost_) return;
    const std::uint64_t position = tail_.load();
    std::memcpy(block_at(position).data(), &lost_, sizeof(lost_));
    slot_at(position).holds_lost_events = true;
    lost_ = {};
    publish();
    has_lost_ = false;  // last: at no moment may the reader see neither the loss nor its notice
}

inline void EventQueue::publish() { tail_ = tail_.load() + 1; }

inline std::size_t EventQueue::free_slots() const {
    return capacity_ - static_cast<std::size_t>(tail_.load() - head_.load());
}

inline void EventQueue::notify_reader() {
    if (!is_reader_waiting_) return;
    const std::lock_guard lock{reader_mutex_};
    readable_.notify_one();
}

inline std::size_t EventQueue::poll(QueueReader& reader, std::size_t max_events) {
    if (is_empty() && has_lost_) {
        // No event came after the loss that would have carried the notice in.
        const std::lock_guard lock{writers_mutex_};
        if (free_slots() > 0) write_lost_events();
    }
    // Up to where the queue reaches now, so that a busy adapter cannot keep the host in here.
    const std::uint64_t end = tail_.load();
    std::uint64_t position = head_.load();
    std::size_t count = 0;
    while (position != end && count < max_events) {
        struct Release {
            EventQueue& queue;
            std::uint64_t position;
            ~Release() { queue.release_slot(position); }
        } const release{*this, position};
        ++position;
        ++count;
        deliver(position - 1, reader);
    }
    if (!snapshots_wanted_.is_empty() && is_empty()) request_snapshots();
    return count;
}

inline void EventQueue::deliver(std::uint64_t position, QueueReader& reader) {
    const Slot& slot = slot_at(position);
    const std::byte* const block =
        slot.oversize != nullptr ? slot.oversize.get() : block_at(position).data();
    if (!slot.holds_lost_events) {
        reader.dispatch(*reinterpret_cast<const broker_event_t*>(block));
        return;
    }
    LostEvents lost;
    std::memcpy(&lost, block, sizeof(lost));
    snapshots_wanted_.add(lost.accounts);
    reader.on_events_lost(lost);
}

inline void EventQueue::release_slot(std::uint64_t position) {
    slot_at(position).oversize.reset();
    head_ = position + 1;
    if (waiting_writers_ == 0) return;
    // The lock makes sure that a writer that saw no room is asleep before it is woken.
    const std::lock_guard lock{writers_mutex_};
    room_.notify_all();
}

// Why only once the queue is empty: asked for in the midst of an overload, snapshots would feed it.
inline void EventQueue::request_snapshots() {
    const std::lock_guard lock{accounts_mutex_};
    const AccountList wanted = snapshots_wanted_;
    snapshots_wanted_ = {};
    if (accounts_ == nullptr) return;
    const auto request = [this](std::string_view account) {
        // A full command queue is worth another try at the next poll; any other refusal (stopped,
        // unknown account) will not change.
        const Status status = accounts_->request_snapshot(account, kSnapshotRequestId);
        if (status.code == BROKER_WOULD_BLOCK) snapshots_wanted_.add(account);
    };
    if (wanted.is_complete()) {
        for (std::size_t i = 0; i < wanted.size(); ++i) request(wanted[i]);
        return;
    }
    const std::uint64_t count = accounts_->count();
    for (std::uint64_t i = 0; i < count; ++i) {
        broker_account_status_t account;
        if (accounts_->get_status_at(i, account).is_ok()) request(view(account.account));
    }
}

inline bool EventQueue::wait_for(std::chrono::nanoseconds timeout) {
    std::unique_lock lock{reader_mutex_};
    is_reader_waiting_ = true;
    readable_.wait_for(lock, timeout, [this] { return is_woken_ || is_closed_ || is_readable(); });
    is_reader_waiting_ = false;
    is_woken_ = false;
    return is_readable();
}

inline void EventQueue::wake() {
    const std::lock_guard lock{reader_mutex_};
    is_woken_ = true;
    readable_.notify_one();
}

inline void EventQueue::close() {
    {
        const std::lock_guard lock{writers_mutex_};
        is_closed_ = true;
        room_.notify_all();
    }
    const std::lock_guard lock{reader_mutex_};
    readable_.notify_one();
}

}  // namespace broker::sdk
