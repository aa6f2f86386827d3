// How quotes wait, the newest of each subscription alone, while a queue is over its mark.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "unit/sdk/recording_reader.hpp"

namespace broker::sdk {
namespace {

using test::make_quote;
using test::make_record;
using test::make_report;
using test::RecordingReader;
using ::testing::ElementsAre;

constexpr EventQueueOptions kSmall{.capacity = 8, .order_reserve = 4, .waiting_quotes = 2};

// Leaves only the four reserved slots.
void fill_to_the_mark(EventQueue& queue) {
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
}

void send_quote(EventQueue& queue, std::uint64_t request_id, std::int64_t bid,
                std::string_view account = "A") {
    queue.dispatch(make_quote(account, request_id, bid).event);
}

void send_status(EventQueue& queue, std::uint64_t request_id, broker_md_status_t value) {
    auto status = make_record<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS, "A");
    status.request_id = request_id;
    status.status = value;
    queue.dispatch(status.event);
}

// All that is in the queue, without the reports that filled it.
std::vector<std::string> rest_of(EventQueue& queue) {
    RecordingReader reader;
    while (queue.poll(reader) != 0) {
    }
    std::erase(reader.lines, "report A r");
    return reader.lines;
}

TEST(EventQueueQuotes, KeepEveryQuoteWhileThereIsRoom) {
    EventQueue queue{kSmall};
    send_quote(queue, 1, 100);
    send_quote(queue, 1, 101);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 100", "quote A 1 101"));
}

TEST(EventQueueQuotes, KeepTheNewestOfASubscriptionAndCountTheOthersOverTheMark) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    for (const std::int64_t bid : {100, 101, 102}) send_quote(queue, 1, bid);
    send_quote(queue, 2, 200);
    send_quote(queue, 2, 201);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 102 merged 2", "quote A 2 201 merged 1"));
}

TEST(EventQueueQuotes, AddUpTheMergedCountsOfTheAdapter) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    auto quote = make_quote("A", 1, 100);
    quote.merged_count = 4;
    queue.dispatch(quote.event);
    quote.merged_count = 10;
    queue.dispatch(quote.event);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 100 merged 15"));
}

TEST(EventQueueQuotes, TellTheSubscriptionsOfTwoAccountsApart) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    send_quote(queue, 1, 100, "A");
    send_quote(queue, 1, 200, "B");
    send_quote(queue, 1, 101, "A");
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 101 merged 1", "quote B 1 200"));
}

TEST(EventQueueQuotes, StayThePictureThatBeginsASubscriptionWhenTheyAreMerged) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    auto quote = make_quote("A", 1, 100);
    quote.is_snapshot = 1;
    queue.dispatch(quote.event);
    send_quote(queue, 1, 101);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 101 merged 1 snapshot"));
}

TEST(EventQueueQuotes, ComeBehindWhatIsOlderAndBeforeWhatIsNewer) {
    EventQueue queue{kSmall};
    send_quote(queue, 1, 100);
    fill_to_the_mark(queue);
    send_quote(queue, 1, 101);
    queue.dispatch(make_report("A", "behind").event);
    send_quote(queue, 1, 102);
    EXPECT_THAT(rest_of(queue),
                ElementsAre("quote A 1 100", "quote A 1 102 merged 1", "report A behind"));
}

TEST(EventQueueQuotes, NeverComeBehindANewerOneWhenThereIsRoomAgain) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    send_quote(queue, 1, 100);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader, 3), 3U);
    send_quote(queue, 1, 101);  // there is room, but an older one still waits
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 101 merged 1"));
    send_quote(queue, 1, 102);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 102"));
}

TEST(EventQueueQuotes, DoNotReplaceOneFromBeforeAStatusOfTheirSubscription) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    send_quote(queue, 1, 100);
    send_status(queue, 1, BROKER_MD_STATUS_STALE);
    send_quote(queue, 1, 101);
    send_quote(queue, 1, 102);
    EXPECT_THAT(rest_of(queue),
                ElementsAre("quote A 1 100", "status A Stale", "quote A 1 102 merged 1"));
}

TEST(EventQueueQuotes, GoOnBeingMergedBehindAStatusOfAnotherSubscription) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    send_quote(queue, 1, 100);
    send_status(queue, 2, BROKER_MD_STATUS_STALE);
    send_quote(queue, 1, 101);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 101 merged 1", "status A Stale"));
}

TEST(EventQueueQuotes, OfMoreSubscriptionsThanMayWaitAreCountedAsLost) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    for (const std::uint64_t request_id : {1, 2, 3, 3}) send_quote(queue, request_id, 100);
    send_quote(queue, 1, 101);  // it has its place already
    EXPECT_THAT(rest_of(queue),
                ElementsAre("quote A 1 101 merged 1", "quote A 2 100", "lost 0/0/0 quotes=2 A"));
}

TEST(EventQueueQuotes, AreSomethingToPollThoughNoSlotIsTaken) {
    EventQueue queue{{.capacity = 2, .order_reserve = 0, .waiting_quotes = 4}};
    for (const char* const id : {"1", "2"}) queue.dispatch(make_report("A", id).event);
    send_quote(queue, 1, 100);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader, 2), 2U);
    EXPECT_TRUE(queue.wait_for(std::chrono::nanoseconds{0}));
    EXPECT_EQ(queue.poll(reader, 1), 1U);
    EXPECT_EQ(reader.lines.back(), "quote A 1 100");
    EXPECT_FALSE(queue.wait_for(std::chrono::nanoseconds{0}));
    EXPECT_EQ(queue.poll(reader), 0U);
}

TEST(EventQueueQuotes, CountAsReadWhenTheReaderThrows) {
    class ThrowingReader final : public QueueReader {
    public:
        void on_session_event(const broker_session_event_t&) override {}
        void on_execution_report(const broker_execution_report_t&) override {}
        void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
        void on_snapshot(const broker_snapshot_event_t&) override {}
        void on_account_summary(const broker_account_summary_t&) override {}
        void on_quote(const broker_quote_t&) override { throw 1; }
        void on_events_lost(const LostEvents&) override {}
    } throwing;
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    send_quote(queue, 1, 100);
    send_quote(queue, 2, 200);
    EXPECT_THROW(queue.poll(throwing), int);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 2 200"));
}

TEST(EventQueueQuotes, WithOverlongSymbolsKeepThemWhole) {
    class Reader final : public QueueReader {
    public:
        void on_session_event(const broker_session_event_t&) override {}
        void on_execution_report(const broker_execution_report_t&) override {}
        void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
        void on_snapshot(const broker_snapshot_event_t&) override {}
        void on_account_summary(const broker_account_summary_t&) override {}
        void on_quote(const broker_quote_t& quote) override { symbol = view(quote.symbol); }
        void on_events_lost(const LostEvents&) override {}
        std::string symbol;
    } reader;
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    for (const std::size_t size : {3'000U, 5U, 4'000U}) {
        const std::string symbol(size, 's');
        auto quote = make_quote("A", 1, 100);
        quote.symbol = borrow(symbol);
        queue.dispatch(quote.event);
        queue.poll(reader);
        EXPECT_EQ(reader.symbol, symbol);
        fill_to_the_mark(queue);
    }
}

TEST(EventQueueQuotes, ThatComeAfterTheQueueIsClosedAreDiscarded) {
    EventQueue queue{kSmall};
    fill_to_the_mark(queue);
    send_quote(queue, 1, 100);
    queue.close();
    send_quote(queue, 1, 101);
    EXPECT_EQ(queue.discarded_count(), 1U);
    EXPECT_THAT(rest_of(queue), ElementsAre("quote A 1 100"));
}

TEST(EventQueueQuotes, NeedAPlaceToWait) {
    EXPECT_THROW((EventQueue{{.waiting_quotes = 0}}), std::invalid_argument);
}

}  // namespace
}  // namespace broker::sdk
