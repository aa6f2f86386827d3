#include "broker/sdk/event_sink.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <optional>
#include <string>

#include "broker/sdk/text.hpp"

namespace broker::sdk {
namespace {

class CountingSink final : public EventSink {
public:
    void on_session_event(const broker_session_event_t&) override { called += "session "; }
    void on_execution_report(const broker_execution_report_t& received) override {
        called += "report ";
        report = received;
    }
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {
        called += "cancel-reject ";
    }
    void on_snapshot(const broker_snapshot_event_t&) override { called += "snapshot "; }
    void on_account_summary(const broker_account_summary_t&) override { called += "summary "; }
    void on_unknown_event(const broker_event_t& event) override {
        called += "unknown-" + std::to_string(event.type) + ' ';
    }

    std::string called;
    broker_execution_report_t report{};
};

template <class Record>
Record record_of(broker_event_type_t type) {
    Record record{};
    record.event.struct_size = sizeof(Record);
    record.event.type = type;
    return record;
}

TEST(EventSink, CallsTheFunctionOfTheRecordThatTheHeaderBegins) {
    CountingSink sink;
    EXPECT_TRUE(sink.dispatch(record_of<broker_session_event_t>(BROKER_EVENT_SESSION).event));
    EXPECT_TRUE(
        sink.dispatch(record_of<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT).event));
    EXPECT_TRUE(sink.dispatch(
        record_of<broker_order_cancel_reject_t>(BROKER_EVENT_ORDER_CANCEL_REJECT).event));
    EXPECT_TRUE(sink.dispatch(record_of<broker_snapshot_event_t>(BROKER_EVENT_SNAPSHOT).event));
    EXPECT_TRUE(
        sink.dispatch(record_of<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY).event));
    EXPECT_EQ(sink.called, "session report cancel-reject snapshot summary ");
}

TEST(EventSink, HandsOverTheHeaderOfATypeNewerThanThisBuild) {
    CountingSink sink;
    EXPECT_TRUE(sink.dispatch(record_of<broker_snapshot_event_t>(77).event));
    EXPECT_EQ(sink.called, "unknown-77 ");
}

TEST(EventSink, CompletesAShorterRecordWithAbsentValues) {
    auto sent = record_of<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
    sent.cl_ord_id = borrow("A-1");
    sent.cum_qty = {100, 0, 1};
    sent.leaves_qty = {50, 0, 1};  // lies behind what the sender says it has written
    sent.stages.delivered = 123'456;
    sent.event.struct_size = offsetof(broker_execution_report_t, leaves_qty);

    CountingSink sink;
    EXPECT_TRUE(sink.dispatch(sent.event));
    EXPECT_EQ(view(sink.report.cl_ord_id), "A-1");
    EXPECT_EQ(sink.report.cum_qty.coefficient, 100);
    EXPECT_EQ(sink.report.leaves_qty.is_present, 0);
    EXPECT_EQ(sink.report.leaves_qty.coefficient, 0);
    EXPECT_EQ(sink.report.stages.delivered, 0);
    EXPECT_EQ(sink.report.event.struct_size, sizeof(broker_execution_report_t));
}

TEST(EventSink, CompletesARecordAtEverySizeFromItsHeaderOn) {
    auto sent = record_of<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
    std::memset(reinterpret_cast<char*>(&sent) + sizeof(broker_event_t), 0x5A,
                sizeof(sent) - sizeof(broker_event_t));
    for (std::uint32_t size = sizeof(broker_event_t); size < sizeof(sent); ++size) {
        sent.event.struct_size = size;
        CountingSink sink;
        ASSERT_TRUE(sink.dispatch(sent.event)) << size;
        const char* const bytes = reinterpret_cast<const char*>(&sink.report);
        for (std::size_t i = sizeof(broker_event_t); i < sizeof(sent); ++i) {
            ASSERT_EQ(bytes[i], i < size ? 0x5A : 0) << "byte " << i << " of size " << size;
        }
    }
}

TEST(EventSink, IgnoresTheTailOfALongerRecord) {
    struct Newer {
        broker_execution_report_t known;
        broker_str_t added_in_1_1;
    } sent{record_of<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT), borrow("new")};
    sent.known.event.struct_size = sizeof(sent);
    sent.known.symbol = borrow("EURUSD");

    CountingSink sink;
    EXPECT_TRUE(sink.dispatch(sent.known.event));
    EXPECT_EQ(sink.called, "report ");
    EXPECT_EQ(view(sink.report.symbol), "EURUSD");
}

TEST(EventSink, RefusesARecordThatDoesNotEvenHoldItsHeader) {
    auto sent = record_of<broker_session_event_t>(BROKER_EVENT_SESSION);
    for (std::uint32_t size = 0; size < sizeof(broker_event_t); ++size) {
        sent.event.struct_size = size;
        CountingSink sink;
        EXPECT_FALSE(sink.dispatch(sent.event)) << size;
        EXPECT_EQ(sink.called, "") << size;
    }
}

}  // namespace
}  // namespace broker::sdk
