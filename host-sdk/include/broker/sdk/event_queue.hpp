// A bounded queue between an adapter's event threads and a host that polls from its own loop.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <stdexcept>

#include "broker/abi/broker.h"
#include "broker/sdk/event_ring.hpp"
#include "broker/sdk/event_sink.hpp"
#include "broker/sdk/extensions.hpp"
#include "broker/sdk/lost_events.hpp"
#include "broker/sdk/waiting_quotes.hpp"

namespace broker::sdk {

// What a host implements to read an EventQueue; called from poll() alone.
class QueueReader : public EventSink {
public:
    // Events were left out at this place because the queue was full. The queue asks for a snapshot
    // of the accounts concerned (EventQueue::kSnapshotRequestId) as soon as it has been emptied.
    // Where market data was lost (LostEvents::market_data_count), what the reader keeps of those
    // accounts' books is wrong until it subscribes anew; the queue cannot do that for it.
    virtual void on_events_lost(const LostEvents& lost) = 0;
};

struct EventQueueOptions {
    std::size_t capacity = 4096;       // slots, one an event
    std::size_t order_reserve = 1024;  // of them, kept free for events that are never dropped
    std::size_t slot_size = 2048;      // bytes for a record and its strings; longer texts are cut
    std::size_t waiting_quotes =
        1024;  // subscriptions whose newest quote can wait beside the slots
};

// An EventSink that copies events, to be given to one AdapterHandle and polled by one thread.
//
// What happens when it fills up, i.e. when only the reserved slots are left:
// - Order events (execution reports, cancel rejects, order list statuses, snapshot brackets),
//   account events (margin calls, liquidations), answers to requests (their request_id is not 0)
//   with their end, and the statuses of subscriptions are never dropped: they take the reserved
//   slots, and then the adapter's event thread waits until the reader makes room or the queue is
//   closed.
// - Quotes wait beside the slots, the newest of each subscription alone: a newer one replaces it
//   and counts it in merged_count. It is delivered where the first of them would have been, so no
//   older quote of the subscription comes after it; its event_seq_num is then ahead of its
//   neighbours'.
// - All other events are dropped, and so are quotes of more subscriptions than may wait; the reader
//   is told where, what and whose, and a fresh snapshot is asked for.
//
// A waiting event thread cannot be stopped by the thread that should read the queue: use
// AdapterHandle::stop(queue, reader) there, which reads on while the adapter stops.
//
// Allocates in its constructor alone, with one exception: a record whose ids do not fit into a slot
// gets a block of its own, because ids are not cut and order events not dropped. With the default
// slot size that takes more than 1,400 bytes of ids and named fields.
class EventQueue final : public EventSink {
public:
    // The request_id of the snapshots that the queue asks for; a host uses other ids.
    static constexpr std::uint64_t kSnapshotRequestId = std::numeric_limits<std::uint64_t>::max();
    static constexpr std::size_t kMinSlotSize =
        std::max(sizeof(broker_execution_report_t), sizeof(LostEvents));

    // Throws std::invalid_argument unless slot_size is at least kMinSlotSize, capacity at least
    // order_reserve + 2, and waiting_quotes at least 1.
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
    void on_session_event(const broker_session_event_t& event) override {
        push_droppable(event, &LostEvents::session_events);
    }
    void on_execution_report(const broker_execution_report_t& report) override {
        push_kept(report);
    }
    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override {
        push_kept(reject);
    }
    void on_snapshot(const broker_snapshot_event_t& snapshot) override { push_kept(snapshot); }
    void on_account_summary(const broker_account_summary_t& summary) override {
        push_answer(summary, &LostEvents::account_summaries);
    }
    void on_venue_fault(const broker_venue_fault_t& fault) override {
        push_droppable(fault, &LostEvents::venue_faults);
    }
    void on_position(const broker_position_report_t& position) override {
        push_answer(position, &LostEvents::positions);
    }
    void on_trade(const broker_trade_report_t& trade) override {
        push_answer(trade, &LostEvents::trades);
    }
    void on_instrument(const broker_instrument_t& instrument) override {
        push_answer(instrument, &LostEvents::instruments);
    }
    void on_trading_session(const broker_trading_session_status_t& status) override {
        push_answer(status, &LostEvents::trading_sessions);
    }
    void on_request_done(const broker_request_done_t& done) override { push_kept(done); }
    void on_quote(const broker_quote_t& quote) override { push_quote(quote); }
    void on_market_data_entry(const broker_market_data_entry_t& entry) override {
        push_droppable(entry, &LostEvents::market_data_entries);
    }
    void on_market_data_status(const broker_market_data_status_t& status) override {
        push_kept(status);
    }
    void on_order_list_status(const broker_order_list_status_t& status) override {
        push_kept(status);
    }
    void on_cash_transfer(const broker_cash_transfer_t& transfer) override {
        push_answer(transfer, &LostEvents::cash_transfers);
    }
    void on_account_event(const broker_account_event_t& event) override { push_kept(event); }
    void on_candle(const broker_candle_t& candle) override { push_kept(candle); }
    void on_conversion_rate(const broker_conversion_rate_t& rate) override { push_kept(rate); }
    void on_unknown_event(const broker_event_t& event) override {
        push_droppable(event, &LostEvents::unknown_events);
    }
    void on_attach(const Accounts* accounts) override;
    void on_detach() noexcept override;

private:
    // Writing. The functions from has_room on are called with writers_mutex_ held.
    template <class Record>
    void push_kept(const Record& record);
    template <class Record>
    void push_droppable(const Record& record, std::uint64_t LostEvents::*counter);
    template <class Record>
    void push_answer(const Record& record, std::uint64_t LostEvents::*counter);
    void push_quote(const broker_quote_t& quote);
    void notify_reader();
    [[nodiscard]] bool has_room() const { return ring_.free_slots() >= needed_slots(); }
    [[nodiscard]] bool is_over_mark() const {
        return ring_.free_slots() < needed_slots() + order_reserve_;
    }
    [[nodiscard]] std::size_t needed_slots() const { return has_lost_.load() ? 2 : 1; }
    void lose(const broker_event_t& event, std::uint64_t LostEvents::*counter);
    void write_lost_events();

    // Reading.
    void deliver(std::uint64_t position, QueueReader& reader);
    void deliver_waiting_quote(QueueReader& reader);
    void release(std::uint64_t position);
    void request_snapshots();
    // The loss first: write_lost_events makes the notice readable before it clears the loss.
    [[nodiscard]] bool is_readable() const {
        return has_lost_.load() || has_waiting_quote() || !ring_.is_empty();
    }
    [[nodiscard]] bool has_waiting_quote() const {
        return quote_position_.load() != detail::WaitingQuotes::kNoPosition;
    }

    const std::size_t order_reserve_;
    detail::EventRing ring_;

    // Sequentially consistent as the ring's positions, for the same reason.
    std::atomic<std::uint64_t> quote_position_{detail::WaitingQuotes::kNoPosition};  // of the first
    std::atomic<std::uint32_t> waiting_writers_{0};
    std::atomic<bool> is_reader_waiting_{false};
    std::atomic<bool> is_closed_{false};
    std::atomic<bool> has_lost_{false};
    std::atomic<std::uint64_t> discarded_count_{0};

    // Held while writing, because an adapter may have several event threads. With one, it is not
    // contended unless the queue is full: the reader takes it only to wake a writer and to fetch
    // the last loss or a quote that waits.
    std::mutex writers_mutex_;
    std::condition_variable room_;
    LostEvents lost_;                 // not in a slot yet; guarded by writers_mutex_
    detail::WaitingQuotes waiting_;   // guarded by writers_mutex_
    detail::QuoteBlock taken_quote_;  // of the reader's thread

    std::mutex reader_mutex_;  // guards is_woken_ and the reader's falling asleep
    std::condition_variable readable_;
    bool is_woken_ = false;

    AccountList snapshots_wanted_;  // of the reader's thread
    std::mutex accounts_mutex_;     // guards the two below, which on_detach takes away
    bool is_attached_ = false;
    const Accounts* accounts_ = nullptr;
};

}  // namespace broker::sdk

#include "broker/sdk/event_queue_functions.hpp"
