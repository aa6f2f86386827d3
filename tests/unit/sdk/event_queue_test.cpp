#include "broker/sdk/event_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "unit/sdk/recording_reader.hpp"

namespace broker::sdk {
namespace {

using test::make_record;
using test::make_report;
using test::make_session;
using test::RecordingReader;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr EventQueueOptions kSmall{.capacity = 8, .order_reserve = 4, .slot_size = 2048};

// Stands for an adapter with the extension broker.account/1 and the accounts A, B and C.
struct SnapshotRequests {
    std::vector<std::string> accounts;
    broker_status_t answer = BROKER_OK;

    static SnapshotRequests& of(const broker_adapter_t* adapter) {
        return *reinterpret_cast<SnapshotRequests*>(const_cast<broker_adapter_t*>(adapter));
    }
    static broker_status_t get_status_at(const broker_adapter_t*, std::uint64_t index,
                                         broker_account_status_t* status, broker_error_t*) {
        constexpr std::array<std::string_view, 3> names{"A", "B", "C"};
        status->account = borrow(names.at(index));
        return BROKER_OK;
    }
    static broker_status_t request_snapshot(broker_adapter_t* adapter, broker_str_t account,
                                            std::uint64_t request_id, broker_error_t*) {
        EXPECT_EQ(request_id, EventQueue::kSnapshotRequestId);
        of(adapter).accounts.emplace_back(view(account));
        return of(adapter).answer;
    }
    static constexpr broker_account_api_t kTable{
        [](const broker_adapter_t*) -> std::uint64_t { return 3; }, &get_status_at, nullptr,
        &request_snapshot, nullptr};

    const Accounts extension{reinterpret_cast<broker_adapter_t*>(this), &kTable};
};

TEST(EventQueue, HandsOverEventsInOrderWithCopiesOfTheirStrings) {
    EventQueue queue{kSmall};
    {
        std::string id = "A-1";
        queue.dispatch(make_report("ACC", id).event);
        id = "XXX";
        auto reject =
            make_record<broker_order_cancel_reject_t>(BROKER_EVENT_ORDER_CANCEL_REJECT, "ACC");
        reject.cl_ord_id = borrow("C-1");
        queue.dispatch(reject.event);
        auto snapshot = make_record<broker_snapshot_event_t>(BROKER_EVENT_SNAPSHOT, "ACC");
        snapshot.phase = BROKER_SNAPSHOT_PHASE_BEGIN;
        queue.dispatch(snapshot.event);
        queue.dispatch(make_session("ACC", "logged on").event);
    }
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader), 4U);
    EXPECT_THAT(reader.lines, ElementsAre("report ACC A-1", "cancel-reject ACC C-1",
                                          "snapshot ACC Begin", "session ACC logged on"));
    EXPECT_EQ(queue.poll(reader), 0U);
}

TEST(EventQueue, HandsOverAccountSummariesAndTheHeaderOfUnknownEvents) {
    EventQueue queue{kSmall};
    auto summary = make_record<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY, "ACC");
    summary.currency = borrow("EUR");
    queue.dispatch(summary.event);
    queue.dispatch(make_record<broker_account_summary_t>(50, "ACC").event);
    RecordingReader reader;
    queue.poll(reader);
    EXPECT_THAT(reader.lines, ElementsAre("summary ACC EUR", "unknown ACC 50"));
}

TEST(EventQueue, HandsOverAtMostAsManyEventsAsAsked) {
    EventQueue queue{kSmall};
    for (const char* const id : {"1", "2", "3"}) queue.dispatch(make_report("A", id).event);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader, 2), 2U);
    EXPECT_EQ(queue.poll(reader, 2), 1U);
    EXPECT_THAT(reader.lines, ElementsAre("report A 1", "report A 2", "report A 3"));
}

// The reader of the next three tests: keeps the last report whole.
class LastReport final : public QueueReader {
public:
    void on_session_event(const broker_session_event_t& event) override {
        text = view(event.text);
        suggested_action = view(event.suggested_action);
        peer = view(event.peer);
    }
    void on_execution_report(const broker_execution_report_t& report) override {
        text = view(report.text);
        order_id = view(report.order_id);
        exec_id = view(report.exec_id);
        symbol = view(report.symbol);
        account = view(report.event.account);
        struct_size = report.event.struct_size;
    }
    void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
    void on_snapshot(const broker_snapshot_event_t&) override {}
    void on_account_summary(const broker_account_summary_t&) override {}
    void on_events_lost(const LostEvents&) override {}

    std::string text, suggested_action, peer, order_id, exec_id, symbol, account;
    std::uint32_t struct_size = 0;
};

TEST(EventQueue, CutsAnOverlongTextAtACharacterAndKeepsTheIdsWhole) {
    // Every length of the ids moves the cut by a byte, so that it meets each byte of the "é".
    for (std::size_t id_size = 60; id_size < 64; ++id_size) {
        EventQueue queue{kSmall};
        std::string text;
        while (text.size() < 4'000) text += "é";
        const std::string order_id(id_size, 'o');
        auto report = make_report("ACC", "A-1");
        report.order_id = borrow(order_id);
        report.text = borrow(text);
        queue.dispatch(report.event);

        LastReport reader;
        queue.poll(reader);
        EXPECT_EQ(reader.order_id, order_id);
        EXPECT_GT(reader.text.size(), 1'000U);
        EXPECT_LT(reader.text.size(), kSmall.slot_size);
        EXPECT_EQ(reader.text.size() % 2, 0U) << "half a character";
        EXPECT_EQ(reader.text, text.substr(0, reader.text.size()));
    }
}

TEST(EventQueue, CutsTheTextsOfASessionEventButNotItsPeer) {
    EventQueue queue{kSmall};
    const std::string text(5'000, 't');
    auto event = make_session("ACC", text);
    event.suggested_action = borrow("Call the venue.");
    event.peer = borrow("fix.example.com:9880");
    queue.dispatch(event.event);
    LastReport reader;
    queue.poll(reader);
    EXPECT_LT(reader.text.size(), kSmall.slot_size);
    EXPECT_EQ(reader.suggested_action, "");
    EXPECT_EQ(reader.peer, "fix.example.com:9880");
}

TEST(EventQueue, GivesARecordWithOverlongIdsABlockOfItsOwn) {
    EventQueue queue{kSmall};
    const std::string order_id(3'000, 'o');
    const std::string exec_id(3'000, 'e');
    for (int i = 0; i < 20; ++i) {  // round the ring: the block is given back with its slot
        auto report = make_report("ACC", "A-1");
        report.order_id = borrow(order_id);
        report.exec_id = borrow(exec_id);
        report.symbol = borrow("EURUSD");
        report.text = borrow("a text");
        queue.dispatch(report.event);
        LastReport reader;
        EXPECT_EQ(queue.poll(reader), 1U);
        EXPECT_EQ(reader.order_id, order_id);
        EXPECT_EQ(reader.exec_id, exec_id);
        EXPECT_EQ(reader.symbol, "EURUSD");
        EXPECT_EQ(reader.account, "ACC");
        EXPECT_EQ(reader.text, "");
    }
    // The slots are as before: none still shows what it held then.
    for (std::size_t i = 0; i < kSmall.capacity; ++i) queue.dispatch(make_report("A", "1").event);
    RecordingReader reader;
    queue.poll(reader);
    EXPECT_THAT(reader.lines, ::testing::Each("report A 1"));
}

TEST(EventQueue, GivesRecordsTheSizeThatThisBuildKnows) {
    struct Newer {
        broker_execution_report_t known;
        broker_str_t added_in_1_1;
    } sent{make_report("ACC", "A-1"), borrow("new")};
    sent.known.event.struct_size = sizeof(sent);
    EventQueue queue{kSmall};
    queue.dispatch(sent.known.event);
    LastReport reader;
    queue.poll(reader);
    EXPECT_EQ(reader.struct_size, sizeof(broker_execution_report_t));
}

TEST(EventQueue, KeepsTheReservedSlotsForOrderEventsWhenItFillsUp) {
    EventQueue queue{kSmall};
    for (int i = 0; i < 6; ++i) queue.dispatch(make_session("A", std::to_string(i)).event);
    // Four are in; the notice of the two lost ones and three reports fill the rest without waiting.
    for (const char* const id : {"1", "2", "3"}) queue.dispatch(make_report("A", id).event);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader), 8U);
    EXPECT_THAT(reader.lines,
                ElementsAre("session A 0", "session A 1", "session A 2", "session A 3",
                            "lost 2/0/0 A", "report A 1", "report A 2", "report A 3"));
}

TEST(EventQueue, TellsHowManyOfEachKindWereLostAndWhose) {
    EventQueue queue{kSmall};
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
    queue.dispatch(make_session("A", "lost").event);
    queue.dispatch(make_session("B", "lost").event);
    queue.dispatch(make_record<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY, "B").event);
    queue.dispatch(make_record<broker_account_summary_t>(60, "C").event);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader), 4U);
    queue.dispatch(make_session("A", "after").event);
    EXPECT_EQ(queue.poll(reader), 2U);
    EXPECT_THAT(reader.lines, ElementsAre("report A r", "report A r", "report A r", "report A r",
                                          "lost 2/1/1 A B C", "session A after"));
}

TEST(EventQueue, TellsOfALossThatNoEventFollows) {
    EventQueue queue{kSmall};
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
    queue.dispatch(make_session("A", "lost").event);
    RecordingReader reader;
    queue.poll(reader);
    reader.lines.clear();
    EXPECT_TRUE(queue.wait_for(std::chrono::nanoseconds{0})) << "the notice is something to poll";
    EXPECT_EQ(queue.poll(reader), 1U);
    EXPECT_THAT(reader.lines, ElementsAre("lost 1/0/0 A"));
    EXPECT_FALSE(queue.wait_for(std::chrono::nanoseconds{0}));
    EXPECT_EQ(queue.poll(reader), 0U);
}

TEST(EventQueue, ListsAtMostSoManyAccountsAndSaysThatThereAreMore) {
    EventQueue queue{kSmall};
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
    for (int i = 0; i < 9; ++i) queue.dispatch(make_session("S" + std::to_string(i), "").event);
    RecordingReader reader;
    queue.poll(reader);
    queue.poll(reader);
    EXPECT_EQ(reader.lines.back(), "lost 9/0/0 S0 S1 S2 S3 S4 S5 S6 S7 …");
}

TEST(EventQueue, AsksForSnapshotsOfTheAccountsConcernedOnceItIsEmpty) {
    SnapshotRequests requests;
    EventQueue queue{kSmall};
    queue.on_attach(&requests.extension);
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
    queue.dispatch(make_session("B", "lost").event);
    queue.dispatch(make_report("A", "behind the notice").event);
    RecordingReader reader;
    EXPECT_EQ(queue.poll(reader, 5), 5U);
    EXPECT_EQ(reader.lines.back(), "lost 1/0/0 B");
    EXPECT_THAT(requests.accounts, IsEmpty()) << "an event is still in the queue";
    queue.poll(reader);
    EXPECT_THAT(requests.accounts, ElementsAre("B"));
    queue.poll(reader);
    EXPECT_THAT(requests.accounts, ElementsAre("B")) << "once for each loss";
}

TEST(EventQueue, AsksForSnapshotsOfAllAccountsWhenItCouldNotListThem) {
    SnapshotRequests requests;
    EventQueue queue{kSmall};
    queue.on_attach(&requests.extension);
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
    const std::string long_id(100, 'x');
    queue.dispatch(make_session(long_id, "lost").event);
    RecordingReader reader;
    queue.poll(reader);
    queue.poll(reader);
    EXPECT_THAT(requests.accounts, ElementsAre("A", "B", "C"));
}

TEST(EventQueue, AsksAgainForASnapshotWhenTheAdapterHadNoRoomForTheRequest) {
    SnapshotRequests requests;
    requests.answer = BROKER_WOULD_BLOCK;
    EventQueue queue{kSmall};
    queue.on_attach(&requests.extension);
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
    queue.dispatch(make_session("B", "lost").event);
    RecordingReader reader;
    queue.poll(reader);
    queue.poll(reader);
    requests.answer = BROKER_REFUSED;  // no use asking a third time
    queue.poll(reader);
    queue.poll(reader);
    EXPECT_THAT(requests.accounts, ElementsAre("B", "B"));
}

TEST(EventQueue, AsksForNothingOnceTheAdapterIsGone) {
    SnapshotRequests requests;
    EventQueue queue{kSmall};
    queue.on_attach(&requests.extension);
    for (int i = 0; i < 4; ++i) queue.dispatch(make_report("A", "r").event);
    queue.dispatch(make_session("B", "lost").event);
    queue.on_detach();
    RecordingReader reader;
    queue.poll(reader);
    queue.poll(reader);
    EXPECT_EQ(reader.lines.back(), "lost 1/0/0 B");
    EXPECT_THAT(requests.accounts, IsEmpty());
}

TEST(EventQueue, DiscardsAndCountsEventsThatComeAfterItIsClosed) {
    EventQueue queue{kSmall};
    queue.dispatch(make_report("A", "before").event);
    queue.close();
    queue.dispatch(make_report("A", "after").event);
    queue.dispatch(make_session("A", "after").event);
    RecordingReader reader;
    queue.poll(reader);
    EXPECT_THAT(reader.lines, ElementsAre("report A before"));
    EXPECT_EQ(queue.discarded_count(), 2U);
}

TEST(EventQueue, ServesOneAdapterAlone) {
    EventQueue queue{kSmall};
    queue.on_attach(nullptr);
    EXPECT_THROW(queue.on_attach(nullptr), std::logic_error);
    queue.on_detach();
    EXPECT_THROW(queue.on_attach(nullptr), std::logic_error);
}

TEST(EventQueue, CountsAnEventAsReadWhenTheReaderThrows) {
    class ThrowingReader final : public QueueReader {
    public:
        void on_session_event(const broker_session_event_t&) override { throw 1; }
        void on_execution_report(const broker_execution_report_t&) override {}
        void on_order_cancel_reject(const broker_order_cancel_reject_t&) override {}
        void on_snapshot(const broker_snapshot_event_t&) override {}
        void on_account_summary(const broker_account_summary_t&) override {}
        void on_events_lost(const LostEvents&) override {}
    } throwing;
    EventQueue queue{kSmall};
    queue.dispatch(make_session("A", "bad").event);
    queue.dispatch(make_report("A", "good").event);
    EXPECT_THROW(queue.poll(throwing), int);
    RecordingReader reader;
    queue.poll(reader);
    EXPECT_THAT(reader.lines, ElementsAre("report A good"));
}

TEST(EventQueue, RefusesSizesThatCannotWork) {
    EXPECT_THROW((EventQueue{{.capacity = 8, .order_reserve = 7}}), std::invalid_argument);
    EXPECT_THROW((EventQueue{{.capacity = 1, .order_reserve = 0}}), std::invalid_argument);
    EXPECT_THROW((EventQueue{{.slot_size = EventQueue::kMinSlotSize - 1}}), std::invalid_argument);
    EXPECT_NO_THROW(
        (EventQueue{{.capacity = 2, .order_reserve = 0, .slot_size = EventQueue::kMinSlotSize}}));
}

}  // namespace
}  // namespace broker::sdk
