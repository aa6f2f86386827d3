#include "broker/sdk/adapter_handle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "unit/sdk/recording_reader.hpp"

namespace broker::sdk {
namespace {

using test::RecordingReader;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr EventQueueOptions kTiny{.capacity = 4, .order_reserve = 2, .slot_size = 2048};

class SinkBase : public EventSink {
public:
    void on_session_event(const broker_session_event_t&) override {}
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}
};

AdapterOptions reports(int count) { return {.config = std::to_string(count)}; }

TEST(AdapterHandle, BringsEventsToTheSink) {
    class Sink final : public SinkBase {
    public:
        void on_execution_report(const broker_execution_report_t& report) override {
            ids.emplace_back(view(report.cl_ord_id));
        }
        std::vector<std::string> ids;
    } sink;
    AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), sink, reports(3)};
    ASSERT_TRUE(adapter.start().is_ok());
    ASSERT_TRUE(adapter.stop().is_ok());
    EXPECT_THAT(sink.ids, ElementsAre("F-1", "F-2", "F-3"));
    EXPECT_EQ(adapter.failed_event_count(), 0U);
}

TEST(AdapterHandle, CatchesWhatTheSinkThrowsAndLogsIt) {
    class Sink final : public SinkBase {
    public:
        void on_execution_report(const broker_execution_report_t& report) override {
            if (view(report.cl_ord_id) == "F-1") throw std::runtime_error{"disk full"};
            if (view(report.cl_ord_id) == "F-2") throw 2;
            ++report_count;
        }
        int report_count = 0;
    } sink;
    std::mutex mutex;  // guards lines
    std::vector<std::string> lines;
    AdapterOptions options = reports(3);
    options.log = [&](broker_log_level_t level, std::string_view line) {
        const std::lock_guard lock{mutex};
        lines.push_back(std::string{log_level_name(level)}.append(" ").append(line));
    };
    AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), sink, options};
    ASSERT_TRUE(adapter.start().is_ok());
    ASSERT_TRUE(adapter.stop().is_ok());
    EXPECT_EQ(sink.report_count, 1);
    EXPECT_EQ(adapter.failed_event_count(), 2U);
    EXPECT_THAT(lines,
                ElementsAre("Info flood-begins", "Error event-not-delivered cause=\"disk full\"",
                            "Error event-not-delivered cause=\"the event sink threw "
                            "something unknown\""));
}

TEST(AdapterHandle, SurvivesALogFunctionThatThrows) {
    RecordingReader sink;
    AdapterOptions options = reports(1);
    options.log = [](broker_log_level_t, std::string_view) { throw std::runtime_error{"no log"}; };
    AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), sink, options};
    ASSERT_TRUE(adapter.start().is_ok());
    ASSERT_TRUE(adapter.stop().is_ok());
    EXPECT_THAT(sink.lines, SizeIs(2));
}

TEST(AdapterHandle, LetsTheAdapterRefuseLifecycleCallsFromAnotherThread) {
    RecordingReader sink;
    AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), sink, reports(0)};
    Status status;
    std::thread{[&] { status = adapter.start(); }}.join();
    EXPECT_EQ(status.code, BROKER_WRONG_THREAD);
}

TEST(AdapterHandle, StopsWhileTheEventThreadWaitsForRoomInTheQueue) {
    EventQueue queue{kTiny};
    AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), queue, reports(500)};
    ASSERT_TRUE(adapter.start().is_ok());
    RecordingReader reader;
    const Status status = adapter.stop(queue, reader);
    EXPECT_EQ(status.code, BROKER_OK) << "the helper thread has the role of the control thread";
    ASSERT_THAT(reader.lines, SizeIs(501));
    EXPECT_EQ(reader.lines.front(), "session FLOOD-1 ");
    EXPECT_EQ(reader.lines.back(), "report FLOOD-1 F-500");
    EXPECT_EQ(queue.discarded_count(), 0U);
}

TEST(AdapterHandle, GivesTheRoleOfControlThreadBackAfterTheStop) {
    EventQueue queue{kTiny};
    AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), queue, reports(1)};
    ASSERT_TRUE(adapter.start().is_ok());
    RecordingReader reader;
    ASSERT_TRUE(adapter.stop(queue, reader).is_ok());
    EXPECT_TRUE(adapter.stop().is_ok());
}

TEST(AdapterHandle, CompletesTheStopBeforeItPassesOnWhatTheReaderThrew) {
    class ThrowingReader final : public QueueReader {
    public:
        void on_session_event(const broker_session_event_t&) override {}
        void on_execution_report(const broker_execution_report_t& report) override {
            ++report_count;
            throw std::runtime_error{std::string{view(report.cl_ord_id)}};
        }
        void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
        void on_snapshot(const broker_snapshot_event_t&) override {}
        void on_account_summary(const broker_account_summary_t&) override {}
        void on_events_lost(const LostEvents&) override {}
        int report_count = 0;
    } reader;
    EventQueue queue{kTiny};
    AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), queue, reports(50)};
    ASSERT_TRUE(adapter.start().is_ok());
    try {
        (void)adapter.stop(queue, reader);
        FAIL() << "nothing thrown";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "F-1") << "the first one";
    }
    EXPECT_EQ(reader.report_count, 50);
}

TEST(AdapterHandle, IsDestroyedWhileTheEventThreadWaitsForRoomInTheQueue) {
    EventQueue queue{kTiny};
    {
        AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), queue, reports(500)};
        ASSERT_TRUE(adapter.start().is_ok());
    }
    RecordingReader reader;
    const std::size_t read_count = queue.poll(reader);
    EXPECT_EQ(read_count + queue.discarded_count(), 501U);
}

}  // namespace
}  // namespace broker::sdk
