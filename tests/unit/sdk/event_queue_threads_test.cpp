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
