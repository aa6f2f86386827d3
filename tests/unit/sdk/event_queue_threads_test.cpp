// The queue between real threads: waiting, waking and giving way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <thread>

#include "unit/sdk/recording_reader.hpp"

namespace broker::sdk {
namespace {

using test::make_report;
using test::make_session;
using test::RecordingReader;

constexpr EventQueueOptions kTiny{.capacity = 4, .order_reserve = 2, .slot_size = 2048};
// Longer than any test may take; a wait that nobody ends shows as a failure, not as a hang.
constexpr std::chrono::seconds kLong{60};

// Checks that the reports of each account come as "1", "2", "3", …, and counts the rest.
class OrderCheckingReader final : public QueueReader {
public:
    void on_session_event(const broker_session_event_t&) override { ++session_count; }
    void on_execution_report(const broker_execution_report_t& report) override {
        std::uint64_t& last = last_report[std::string{view(report.event.account)}];
        ++last;
        ++report_count;
        is_in_order = is_in_order && view(report.cl_ord_id) == std::to_string(last);
    }
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}
    void on_events_lost(const LostEvents& lost) override { lost_count += lost.count(); }

    std::map<std::string, std::uint64_t> last_report;
    std::uint64_t report_count = 0;
    std::uint64_t session_count = 0;
    std::uint64_t lost_count = 0;
    bool is_in_order = true;
};

void write_reports(EventQueue& queue, const std::string& account, std::uint64_t count) {
    for (std::uint64_t i = 1; i <= count; ++i) {
        queue.dispatch(make_report(account, std::to_string(i)).event);
        queue.dispatch(make_session(account, "droppable").event);
    }
}

TEST(EventQueueThreads, LoseNoOrderEventWhenTheReaderIsSlowerThanTheWriter) {
    constexpr std::uint64_t kCount = 20'000;
    EventQueue queue{kTiny};
    std::thread writer{[&] { write_reports(queue, "A", kCount); }};
    OrderCheckingReader reader;
    while (reader.report_count < kCount && queue.wait_for(kLong)) queue.poll(reader, 1);
    EXPECT_EQ(reader.report_count, kCount);  // before join: a failed wait closes the queue
    queue.close();
    writer.join();
    while (queue.poll(reader) != 0) {
    }
    EXPECT_TRUE(reader.is_in_order);
    EXPECT_EQ(reader.session_count + reader.lost_count + queue.discarded_count(), kCount);
}

TEST(EventQueueThreads, KeepTheOrderOfEachAccountWithSeveralEventThreads) {
    constexpr std::uint64_t kCount = 5'000;
    EventQueue queue{kTiny};
    std::thread first{[&] { write_reports(queue, "A", kCount); }};
    std::thread second{[&] { write_reports(queue, "B", kCount); }};
    OrderCheckingReader reader;
    while (reader.report_count < 2 * kCount && queue.wait_for(kLong)) queue.poll(reader);
    EXPECT_EQ(reader.report_count, 2 * kCount);
    queue.close();
    first.join();
    second.join();
    EXPECT_TRUE(reader.is_in_order);
}

// Checks that the bids of each subscription only rise, and that what was merged adds up.
class QuoteCheckingReader final : public QueueReader {
public:
    void on_session_event(const broker_session_event_t&) override {}
    void on_execution_report(const broker_execution_report_t&) override { ++report_count; }
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}
    void on_quote(const broker_quote_t& quote) override {
        std::int64_t& last = last_bid[quote.request_id];
        is_in_order = is_in_order && quote.bid_px.coefficient > last;
        last = quote.bid_px.coefficient;
        quote_count += 1 + quote.merged_count;
    }
    void on_market_data_status(const broker_market_data_status_t& status) override {
        // Written between the bids `status.reason` and the next: nothing newer may be before it.
        is_in_order = is_in_order && last_bid[status.request_id] <= status.reason;
    }
    void on_events_lost(const LostEvents& lost) override { quote_count += lost.quotes; }

    std::map<std::uint64_t, std::int64_t> last_bid;
    std::uint64_t report_count = 0;
    std::uint64_t quote_count = 0;
    bool is_in_order = true;
};

// Quotes of three subscriptions whose numbers begin at `first`, with reports and statuses between.
void write_quotes(EventQueue& queue, const std::string& account, std::uint64_t first,
                  std::int64_t count) {
    for (std::int64_t bid = 1; bid <= count; ++bid) {
        for (std::uint64_t i = 0; i < 3; ++i) {
            queue.dispatch(test::make_quote(account, first + i, bid).event);
        }
        if (bid % 4 == 0) queue.dispatch(make_report(account, "r").event);
        if (bid % 64 != 0) continue;
        auto status = test::make_record<broker_market_data_status_t>(
            BROKER_EVENT_MARKET_DATA_STATUS, account);
        status.request_id = first;
        status.reason = static_cast<broker_reason_t>(bid);
        queue.dispatch(status.event);
    }
}

TEST(EventQueueThreads, LetNoQuoteComeBehindANewerOneUnderLoad) {
    constexpr std::int64_t kCount = 8'000;
    for (const std::size_t waiting_quotes : {2U, 64U}) {
        EventQueue queue{{.capacity = 4, .order_reserve = 2, .waiting_quotes = waiting_quotes}};
        std::thread first{[&] { write_quotes(queue, "A", 1, kCount); }};
        std::thread second{[&] { write_quotes(queue, "B", 11, kCount); }};
        QuoteCheckingReader reader;
        while (reader.report_count < 2 * kCount / 4 && queue.wait_for(kLong)) queue.poll(reader, 3);
        EXPECT_EQ(reader.report_count, 2U * kCount / 4);  // before join: as above
        std::thread closer{[&] {
            first.join();
            second.join();
            queue.close();
        }};
        while (reader.quote_count < 6 * kCount && queue.wait_for(kLong)) queue.poll(reader);
        closer.join();
        while (queue.poll(reader) != 0) {
        }
        EXPECT_TRUE(reader.is_in_order);
        EXPECT_EQ(reader.quote_count, 6U * kCount) << "each is delivered, merged or lost";
    }
}

TEST(EventQueueThreads, LetAWaitingWriterGoWhenTheQueueIsClosed) {
    EventQueue queue{kTiny};
    std::atomic<std::uint64_t> written{0};
    std::thread writer{[&] {
        for (int i = 1; i <= 10; ++i) {
            queue.dispatch(make_report("A", std::to_string(i)).event);
            ++written;
        }
    }};
    // Nobody reads: four go in, the fifth has to wait whenever it comes.
    while (written < kTiny.capacity) std::this_thread::yield();
    queue.close();
    writer.join();
    EXPECT_EQ(queue.discarded_count(), 6U);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader), 4U);
    EXPECT_EQ(reader.lines.back(), "report A 4");
}

TEST(EventQueueThreads, EndAWaitWhenAnEventComes) {
    EventQueue queue{kTiny};
    std::thread writer{[&] { queue.dispatch(make_report("A", "1").event); }};
    EXPECT_TRUE(queue.wait_for(kLong));
    writer.join();
}

TEST(EventQueueThreads, EndAWaitWhenSomebodyWakesTheReader) {
    EventQueue queue{kTiny};
    std::thread waker{[&] { queue.wake(); }};
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(queue.wait_for(kLong));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, kLong);
    waker.join();
    EXPECT_FALSE(queue.wait_for(std::chrono::nanoseconds{0})) << "a wake ends one wait";
}

TEST(EventQueueThreads, EndAWaitWhenTheQueueIsClosed) {
    EventQueue queue{kTiny};
    std::thread closer{[&] { queue.close(); }};
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(queue.wait_for(kLong));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, kLong);
    closer.join();
}

}  // namespace
}  // namespace broker::sdk
