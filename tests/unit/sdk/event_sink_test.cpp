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

// Writes down the functions that version 1.1 added.
class Sink11 final : public EventSink {
public:
    void on_session_event(const broker_session_event_t&) override {}
    void on_execution_report(const broker_execution_report_t&) override {}
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}
    void on_venue_fault(const broker_venue_fault_t&) override { called += "fault "; }
    void on_position(const broker_position_report_t&) override { called += "position "; }
    void on_trade(const broker_trade_report_t&) override { called += "trade "; }
    void on_instrument(const broker_instrument_t&) override { called += "instrument "; }
    void on_trading_session(const broker_trading_session_status_t&) override {
        called += "trading-session ";
    }
    void on_request_done(const broker_request_done_t&) override { called += "done "; }
    void on_quote(const broker_quote_t&) override { called += "quote "; }
    void on_market_data_entry(const broker_market_data_entry_t&) override { called += "entry "; }
    void on_market_data_status(const broker_market_data_status_t&) override { called += "status "; }
    void on_order_list_status(const broker_order_list_status_t&) override { called += "list "; }

    std::string called;
};

void dispatch_events_of_1_1(EventSink& sink) {
    sink.dispatch(record_of<broker_venue_fault_t>(BROKER_EVENT_VENUE_FAULT).event);
    sink.dispatch(record_of<broker_position_report_t>(BROKER_EVENT_POSITION).event);
    sink.dispatch(record_of<broker_trade_report_t>(BROKER_EVENT_TRADE).event);
    sink.dispatch(record_of<broker_instrument_t>(BROKER_EVENT_INSTRUMENT).event);
    sink.dispatch(record_of<broker_trading_session_status_t>(BROKER_EVENT_TRADING_SESSION).event);
    sink.dispatch(record_of<broker_request_done_t>(BROKER_EVENT_REQUEST_DONE).event);
    sink.dispatch(record_of<broker_quote_t>(BROKER_EVENT_QUOTE).event);
    sink.dispatch(record_of<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY).event);
    sink.dispatch(record_of<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS).event);
    sink.dispatch(record_of<broker_order_list_status_t>(BROKER_EVENT_ORDER_LIST).event);
}

TEST(EventSink, CallsTheFunctionsOfTheRecordsThatVersion11Added) {
    Sink11 sink;
    dispatch_events_of_1_1(sink);
    EXPECT_EQ(sink.called,
              "fault position trade instrument trading-session done quote entry status list ");
}

TEST(EventSink, LetsAHostWrittenForVersion10IgnoreThem) {
    CountingSink sink;
    dispatch_events_of_1_1(sink);
    EXPECT_EQ(sink.called, "");
}

// Writes down the functions that version 1.2 added, and what the end of a record says.
class Sink12 final : public EventSink {
public:
    void on_session_event(const broker_session_event_t&) override {}
    void on_execution_report(const broker_execution_report_t&) override {}
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t& received) override {
        summary = received;
    }
    void on_cash_transfer(const broker_cash_transfer_t&) override { called += "transfer "; }
    void on_account_event(const broker_account_event_t&) override { called += "event "; }
    void on_candle(const broker_candle_t&) override { called += "candle "; }
    void on_conversion_rate(const broker_conversion_rate_t&) override { called += "rate "; }

    std::string called;
    broker_account_summary_t summary{};
};

void dispatch_events_of_1_2(EventSink& sink) {
    sink.dispatch(record_of<broker_cash_transfer_t>(BROKER_EVENT_CASH_TRANSFER).event);
    sink.dispatch(record_of<broker_account_event_t>(BROKER_EVENT_ACCOUNT_EVENT).event);
    sink.dispatch(record_of<broker_candle_t>(BROKER_EVENT_CANDLE).event);
    sink.dispatch(record_of<broker_conversion_rate_t>(BROKER_EVENT_CONVERSION_RATE).event);
}

TEST(EventSink, CallsTheFunctionsOfTheRecordsThatVersion12Added) {
    Sink12 sink;
    dispatch_events_of_1_2(sink);
    EXPECT_EQ(sink.called, "transfer event candle rate ");
}

TEST(EventSink, LetsAHostWrittenForVersion11IgnoreThoseOf12) {
    Sink11 sink;
    dispatch_events_of_1_2(sink);
    EXPECT_EQ(sink.called, "");
}

TEST(EventSink, CompletesASummaryFromAnAdapterOfVersion11) {
    auto sent = record_of<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY);
    sent.balance = {5, 0, 1};
    sent.total_pl = {7, 0, 1};  // lies behind what the sender says it has written
    sent.has_open_orders_count = 1;
    sent.event.struct_size = offsetof(broker_account_summary_t, total_pl);
    Sink12 sink;
    EXPECT_TRUE(sink.dispatch(sent.event));
    EXPECT_EQ(sink.summary.balance.coefficient, 5);
    EXPECT_EQ(sink.summary.total_pl.is_present, 0);
    EXPECT_EQ(sink.summary.has_open_orders_count, 0);
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
