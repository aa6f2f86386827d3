// Which events a full queue keeps and which it drops, of those that answer requests, tell of lists
// and of subscriptions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unit/sdk/recording_reader.hpp"

namespace broker::sdk {
namespace {

using test::make_record;
using test::make_report;
using test::RecordingReader;
using ::testing::ElementsAre;

constexpr EventQueueOptions kSmall{.capacity = 8, .order_reserve = 4};

// Over its mark: only the four reserved slots are left.
void fill_to_the_mark(EventQueue& queue) {
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
}

std::vector<std::string> lines_behind_the_reports(EventQueue& queue) {
    RecordingReader reader;
    while (queue.poll(reader) != 0) {
    }
    std::erase(reader.lines, "report A r");
    return reader.lines;
}

template <class Record>
Record answer(broker_event_type_t type, std::uint64_t request_id) {
    auto record = make_record<Record>(type, "A");
    record.request_id = request_id;
    return record;
}

TEST(EventQueueKept, HandsOverEveryEventOfVersion11WithItsStrings) {
    EventQueue queue;
    {
        const std::string text{"copied"};
        auto fault = make_record<broker_venue_fault_t>(BROKER_EVENT_VENUE_FAULT, "A");
        fault.text = borrow(text);
        queue.dispatch(fault.event);
        auto position = make_record<broker_position_report_t>(BROKER_EVENT_POSITION, "A");
        position.symbol = borrow(text);
        queue.dispatch(position.event);
        auto trade = make_record<broker_trade_report_t>(BROKER_EVENT_TRADE, "A");
        trade.trade_id = borrow(text);
        queue.dispatch(trade.event);
        auto instrument = make_record<broker_instrument_t>(BROKER_EVENT_INSTRUMENT, "A");
        instrument.symbol = borrow(text);
        queue.dispatch(instrument.event);
        auto list = make_record<broker_order_list_status_t>(BROKER_EVENT_ORDER_LIST, "A");
        list.list_id = borrow(text);
        queue.dispatch(list.event);
    }
    auto session = make_record<broker_trading_session_status_t>(BROKER_EVENT_TRADING_SESSION, "A");
    session.status = BROKER_TRAD_SES_STATUS_OPEN;
    queue.dispatch(session.event);
    queue.dispatch(answer<broker_request_done_t>(BROKER_EVENT_REQUEST_DONE, 7).event);
    queue.dispatch(test::make_quote("A", 8, 110).event);
    auto entry = make_record<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY, "A");
    entry.entry_type = BROKER_MD_ENTRY_TYPE_EMPTY_BOOK;
    queue.dispatch(entry.event);
    auto status = make_record<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS, "A");
    status.status = BROKER_MD_STATUS_LIVE;
    queue.dispatch(status.event);
    EXPECT_THAT(lines_behind_the_reports(queue),
                ElementsAre("venue-fault A copied", "position A copied", "trade A copied",
                            "instrument A copied", "list A copied", "trading-session A Open",
                            "done A 7", "quote A 8 110", "entry A EmptyBook", "status A Live"));
}

TEST(EventQueueKept, HandsOverEveryEventOfVersion12WithItsStrings) {
    EventQueue queue;
    {
        const std::string text{"copied"};
        auto transfer = make_record<broker_cash_transfer_t>(BROKER_EVENT_CASH_TRANSFER, "A");
        transfer.transfer_id = borrow(text);
        queue.dispatch(transfer.event);
        auto event = make_record<broker_account_event_t>(BROKER_EVENT_ACCOUNT_EVENT, "A");
        event.event_type = borrow(text);
        queue.dispatch(event.event);
        auto candle = make_record<broker_candle_t>(BROKER_EVENT_CANDLE, "A");
        candle.candle_type = borrow(text);
        queue.dispatch(candle.event);
        auto rate = make_record<broker_conversion_rate_t>(BROKER_EVENT_CONVERSION_RATE, "A");
        rate.to_currency = borrow(text);
        queue.dispatch(rate.event);
    }
    EXPECT_THAT(lines_behind_the_reports(queue),
                ElementsAre("cash-transfer A copied", "account-event A copied", "candle A copied",
                            "rate A copied"));
}

TEST(EventQueueKept, TakesReservedSlotsForAnswersOfVersion12WhenItIsOverItsMark) {
    EventQueue queue{{.capacity = 10, .order_reserve = 6}};
    fill_to_the_mark(queue);
    queue.dispatch(answer<broker_cash_transfer_t>(BROKER_EVENT_CASH_TRANSFER, 1).event);
    queue.dispatch(answer<broker_account_event_t>(BROKER_EVENT_ACCOUNT_EVENT, 2).event);
    queue.dispatch(answer<broker_candle_t>(BROKER_EVENT_CANDLE, 3).event);
    queue.dispatch(answer<broker_conversion_rate_t>(BROKER_EVENT_CONVERSION_RATE, 4).event);
    EXPECT_THAT(lines_behind_the_reports(queue),
                ElementsAre("cash-transfer A ", "account-event A ", "candle A ", "rate A "));
}

TEST(EventQueueKept, DropsTransfersThatAnswerNoRequestAndKeepsMarginCallsWhenItIsOverItsMark) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    queue.dispatch(answer<broker_cash_transfer_t>(BROKER_EVENT_CASH_TRANSFER, 0).event);
    queue.dispatch(answer<broker_account_event_t>(BROKER_EVENT_ACCOUNT_EVENT, 0).event);
    EXPECT_THAT(lines_behind_the_reports(queue),
                ElementsAre("lost 0/0/0 cash-transfers=1 A", "account-event A "));
}

TEST(EventQueueKept, KeepsTheNamedFieldsOfAReportWhole) {
    class Reader final : public QueueReader {
    public:
        void on_session_event(const broker_session_event_t&) override {}
        void on_execution_report(const broker_execution_report_t& report) override {
            fields = view(report.fields);
            text = view(report.text);
        }
        void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
        void on_snapshot(const broker_snapshot_event_t&) override {}
        void on_account_summary(const broker_account_summary_t&) override {}
        void on_events_lost(const LostEvents&) override {}
        std::string fields, text;
    } reader;
    EventQueue queue{kSmall};
    const std::string fields = "note=" + std::string(1'000, 'x') + '\x01';
    const std::string text(3'000, 't');
    auto report = make_report("A", "1");
    report.fields = borrow(fields);
    report.text = borrow(text);
    queue.dispatch(report.event);
    queue.poll(reader);
    EXPECT_EQ(reader.fields, fields);
    EXPECT_LT(reader.text.size(), text.size());
}

TEST(EventQueueKept, TakesReservedSlotsForAnswersToRequestsWhenItIsOverItsMark) {
    EventQueue queue{{.capacity = 10, .order_reserve = 6}};
    fill_to_the_mark(queue);
    queue.dispatch(answer<broker_position_report_t>(BROKER_EVENT_POSITION, 1).event);
    queue.dispatch(answer<broker_trade_report_t>(BROKER_EVENT_TRADE, 2).event);
    queue.dispatch(answer<broker_instrument_t>(BROKER_EVENT_INSTRUMENT, 3).event);
    queue.dispatch(answer<broker_trading_session_status_t>(BROKER_EVENT_TRADING_SESSION, 4).event);
    queue.dispatch(answer<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY, 5).event);
    queue.dispatch(answer<broker_request_done_t>(BROKER_EVENT_REQUEST_DONE, 5).event);
    EXPECT_THAT(lines_behind_the_reports(queue),
                ElementsAre("position A ", "trade A ", "instrument A ",
                            "trading-session A Unspecified", "summary A ", "done A 5"));
}

TEST(EventQueueKept, DropsAndCountsTheSameRecordsWhenTheyAnswerNoRequest) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    queue.dispatch(answer<broker_position_report_t>(BROKER_EVENT_POSITION, 0).event);
    queue.dispatch(answer<broker_trade_report_t>(BROKER_EVENT_TRADE, 0).event);
    queue.dispatch(answer<broker_instrument_t>(BROKER_EVENT_INSTRUMENT, 0).event);
    queue.dispatch(answer<broker_trading_session_status_t>(BROKER_EVENT_TRADING_SESSION, 0).event);
    queue.dispatch(make_record<broker_venue_fault_t>(BROKER_EVENT_VENUE_FAULT, "B").event);
    EXPECT_THAT(lines_behind_the_reports(queue),
                ElementsAre("lost 0/0/0 positions=1 trades=1 instruments=1 trading-sessions=1 "
                            "venue-faults=1 A B"));
}

TEST(EventQueueKept, KeepsListStatusesAndStatusesOfSubscriptionsWhenItIsOverItsMark) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    auto list = make_record<broker_order_list_status_t>(BROKER_EVENT_ORDER_LIST, "A");
    list.list_id = borrow("L-1");
    queue.dispatch(list.event);
    auto status = make_record<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS, "A");
    status.status = BROKER_MD_STATUS_STALE;
    queue.dispatch(status.event);
    EXPECT_THAT(lines_behind_the_reports(queue), ElementsAre("list A L-1", "status A Stale"));
}

TEST(EventQueueKept, TellsOfLostEntriesBeforeAnyEntryThatComesBehindTheHole) {
    EventQueue queue{kSmall};
    auto entry = make_record<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY, "A");
    entry.entry_type = BROKER_MD_ENTRY_TYPE_BID;
    queue.dispatch(entry.event);
    fill_to_the_mark(queue);
    queue.dispatch(entry.event);
    queue.dispatch(entry.event);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader, 5), 5U);
    entry.entry_type = BROKER_MD_ENTRY_TYPE_OFFER;
    queue.dispatch(entry.event);
    queue.poll(reader);
    std::erase(reader.lines, "report A r");
    EXPECT_THAT(reader.lines,
                ElementsAre("entry A Bid", "lost 0/0/0 entries=2 A", "entry A Offer"));
}

// Stands for an adapter with the extension broker.account/1.
struct SnapshotCount {
    int count = 0;
    static broker_status_t request(broker_adapter_t* adapter, broker_str_t, std::uint64_t,
                                   broker_error_t*) {
        ++reinterpret_cast<SnapshotCount*>(adapter)->count;
        return BROKER_OK;
    }
    static constexpr broker_account_api_t kTable{nullptr, nullptr, nullptr, &request, nullptr};
    const Accounts extension{reinterpret_cast<broker_adapter_t*>(this), &kTable};
};

TEST(EventQueueKept, AsksForNoSnapshotOfOrdersWhenOnlyMarketDataWasLost) {
    SnapshotCount snapshots;
    EventQueue queue{kSmall};
    queue.on_attach(&snapshots.extension);
    fill_to_the_mark(queue);
    queue.dispatch(
        make_record<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY, "A").event);
    EXPECT_THAT(lines_behind_the_reports(queue), ElementsAre("lost 0/0/0 entries=1 A"));
    EXPECT_EQ(snapshots.count, 0);
    fill_to_the_mark(queue);
    queue.dispatch(make_record<broker_venue_fault_t>(BROKER_EVENT_VENUE_FAULT, "A").event);
    EXPECT_THAT(lines_behind_the_reports(queue), ElementsAre("lost 0/0/0 venue-faults=1 A"));
    EXPECT_EQ(snapshots.count, 1);
}

}  // namespace
}  // namespace broker::sdk
