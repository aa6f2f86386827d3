// The functions of EventQueue. Included by event_queue.hpp alone.
#pragma once

#include <type_traits>

#include "broker/sdk/event_queue.hpp"

namespace broker::sdk {

inline EventQueue::EventQueue(const EventQueueOptions& options)
    : order_reserve_{options.order_reserve},
      ring_{options.capacity, options.slot_size},
      waiting_{options.waiting_quotes} {
    if (options.slot_size < kMinSlotSize) {
        throw std::invalid_argument{"EventQueue: slot_size is below kMinSlotSize"};
    }
    if (options.capacity < 2 || options.capacity - 2 < options.order_reserve) {
        throw std::invalid_argument{"EventQueue: capacity is below order_reserve + 2"};
    }
    if (options.waiting_quotes == 0) {
        throw std::invalid_argument{"EventQueue: waiting_quotes is 0"};
    }
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

// ---- writing

template <class Record>
void EventQueue::push_kept(const Record& record) {
    {
        std::unique_lock lock{writers_mutex_};
        if (!has_room()) {
            ++waiting_writers_;
            room_.wait(lock, [this] { return is_closed_ || has_room(); });
            --waiting_writers_;
        }
        if (is_closed_) {
            ++discarded_count_;
            return;
        }
        write_lost_events();
        if constexpr (std::is_same_v<Record, broker_market_data_status_t>) {
            // A quote that comes after the status must not take the place of one from before it.
            waiting_.seal(view(record.event.account), record.request_id);
        }
        ring_.write(record);
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
        if (is_over_mark()) return lose(detail::header_of(record), counter);
        write_lost_events();
        ring_.write(record);
    }
    notify_reader();
}

template <class Record>
void EventQueue::push_answer(const Record& record, std::uint64_t LostEvents::*counter) {
    if (record.request_id != 0) {
        push_kept(record);
    } else {
        push_droppable(record, counter);
    }
}

inline void EventQueue::push_quote(const broker_quote_t& quote) {
    {
        const std::lock_guard lock{writers_mutex_};
        if (is_closed_) {
            ++discarded_count_;
            return;
        }
        const bool must_wait =
            is_over_mark() || waiting_.holds(view(quote.event.account), quote.request_id);
        if (must_wait) {
            if (!waiting_.put(quote, ring_.tail())) return lose(quote.event, &LostEvents::quotes);
            quote_position_ = waiting_.first_position();
        } else {
            write_lost_events();
            ring_.write(quote);
        }
    }
    notify_reader();
}

inline void EventQueue::lose(const broker_event_t& event, std::uint64_t LostEvents::*counter) {
    ++(lost_.*counter);
    lost_.accounts.add(view(event.account));
    has_lost_ = true;
}

inline void EventQueue::write_lost_events() {
    if (!has_lost_) return;
    ring_.write(lost_);
    lost_ = {};
    has_lost_ = false;  // last: at no moment may the reader see neither the loss nor its notice
}

inline void EventQueue::notify_reader() {
    if (!is_reader_waiting_) return;
    const std::lock_guard lock{reader_mutex_};
    readable_.notify_one();
}

// ---- reading

inline std::size_t EventQueue::poll(QueueReader& reader, std::size_t max_events) {
    if (ring_.is_empty() && has_lost_) {
        // No event came after the loss that would have carried the notice in.
        const std::lock_guard lock{writers_mutex_};
        if (ring_.free_slots() > 0) write_lost_events();
    }
    // Up to where the queue reaches now, so that a busy adapter cannot keep the host in here.
    // Quotes that wait there are fewer than waiting_quotes: once the slots are read, quotes go into
    // slots.
    const std::uint64_t end = ring_.tail();
    std::uint64_t position = ring_.head();
    std::size_t count = 0;
    while (count < max_events) {
        if (quote_position_.load() <= position) {
            ++count;
            deliver_waiting_quote(reader);
            continue;
        }
        if (position == end) break;
        struct Release {
            EventQueue& queue;
            std::uint64_t position;
            ~Release() { queue.release(position); }
        } const release{*this, position};
        ++position;
        ++count;
        deliver(position - 1, reader);
    }
    if (!snapshots_wanted_.is_empty() && ring_.is_empty()) request_snapshots();
    return count;
}

inline void EventQueue::deliver(std::uint64_t position, QueueReader& reader) {
    if (!ring_.holds_lost_events(position)) {
        reader.dispatch(ring_.event(position));
        return;
    }
    const LostEvents lost = ring_.lost_events(position);
    if (lost.count() != lost.market_data_count()) snapshots_wanted_.add(lost.accounts);
    reader.on_events_lost(lost);
}

// Only the reader takes quotes out, so the one it has seen is still there.
inline void EventQueue::deliver_waiting_quote(QueueReader& reader) {
    {
        const std::lock_guard lock{writers_mutex_};
        waiting_.take_first(taken_quote_);
        quote_position_ = waiting_.first_position();
    }
    reader.dispatch(taken_quote_.quote().event);
}

inline void EventQueue::release(std::uint64_t position) {
    ring_.release(position);
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
