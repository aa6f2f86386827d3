#include "recovery/recorded_ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>
#include <vector>

#include "recovery_fixture.hpp"

namespace broker::recovery {
namespace {

using core::Certainty;
using core::ExecType;
using core::OrdStatus;
using core::Reason;
using test::id;
using Kind = core::Applied::Kind;

class RecordedLedgerTest : public testing::Test {
protected:
    RecordedLedgerTest() { processes_.restart(); }

    [[nodiscard]] RecordedLedger& ledger() { return processes_.ledger(); }
    RecordedLedger& restart(const RecordedLedger::NeverSent& never_sent = {}) {
        return processes_.restart(never_sent);
    }
    template <class Request>
    void send(const Request& request, core::MsgSeqNum number) {
        ASSERT_TRUE(ledger().add(request, test::kNow).has_value());
        ledger().sent(request.cl_ord_id, number, test::kNow, test::kNow);
    }
    // New, accepted, and the host knows.
    void work(std::string_view name, core::MsgSeqNum number) {
        send(test::limit_order(name), number);
        (void)ledger().apply(
            test::report(ExecType::New, OrdStatus::New, name, "O-" + std::string{name}));
        ledger().heard();
    }
    [[nodiscard]] Certainty certainty(std::string_view name) {
        const core::Request* request = ledger().ledger().find_request(id(name));
        return request == nullptr ? Certainty::Unspecified : request->certainty;
    }
    [[nodiscard]] std::vector<LedgerRecord> untold() {
        std::vector<LedgerRecord> found;
        ledger().take_untold([&](const LedgerRecord& record) { found.push_back(record); });
        return found;
    }

    test::Processes processes_;
};

TEST_F(RecordedLedgerTest, LiveOrderIsThereAfterARestart) {
    work("A", 2);
    (void)ledger().apply(test::fill("A", "O-A", "E-1", "40", "40"));
    ledger().heard();
    const core::Order before = *ledger().ledger().find(id("A"));
    restart();
    ASSERT_NE(ledger().ledger().find(id("A")), nullptr);
    EXPECT_EQ(*ledger().ledger().find(id("A")), before);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_TRUE(untold().empty());
}

TEST_F(RecordedLedgerTest, FillOfBeforeTheCrashCountsOnceWhenItIsRepeated) {
    work("A", 2);
    (void)ledger().apply(test::fill("A", "O-A", "E-1", "40", "40"));
    restart();
    core::ExecutionReport repeated = test::fill("A", "O-A", "E-1", "40", "40");
    repeated.is_poss_dup = true;
    EXPECT_EQ(ledger().apply(repeated).kind, Kind::Duplicate);
    EXPECT_EQ(ledger().apply(test::fill("A", "O-A", "E-2", "60", "100")).kind, Kind::Accepted);
    EXPECT_EQ(ledger().ledger().find(id("A"))->filled_qty, test::dec("100"));
}

TEST_F(RecordedLedgerTest, EvidenceThatTheHostMayNotHaveHeardIsKeptForItOnce) {
    work("A", 2);
    (void)ledger().apply(test::fill("A", "O-A", "E-1", "40", "40"));
    ledger().heard();
    (void)ledger().apply(test::fill("A", "O-A", "E-2", "10", "50"));
    restart();
    const auto found = untold();
    ASSERT_EQ(found.size(), 1U);
    ledger().heard();
    restart();
    EXPECT_TRUE(untold().empty());
}

TEST_F(RecordedLedgerTest, UnansweredRequestIsUnknownAndNeverRejected) {
    send(test::limit_order("A"), 2);
    ledger().heard();
    restart([](std::string_view) { return true; });  // even so: it has a number
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    EXPECT_EQ(processes_.recovered.in_doubt, 1U);
    const auto found = untold();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<InDoubt>(found.front().body));
}

TEST_F(RecordedLedgerTest, RequestWithoutProofOfSendingIsUnknownUnlessTheStoreHasNothingOfIt) {
    ASSERT_TRUE(ledger().add(test::limit_order("A"), test::kNow).has_value());
    restart([](std::string_view) { return false; });
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    ASSERT_TRUE(ledger().add(test::limit_order("B"), test::kNow).has_value());
    restart();
    EXPECT_EQ(certainty("B"), Certainty::Unknown);
    ASSERT_TRUE(ledger().add(test::limit_order("C"), test::kNow).has_value());
    restart([](std::string_view name) { return name == "C"; });
    EXPECT_EQ(certainty("C"), Certainty::Rejected);
    EXPECT_EQ(processes_.recovered.never_sent, 1U);
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
}

TEST_F(RecordedLedgerTest, ASequenceResetTakesTheStoreAsProofAboutRequestsFromBefore) {
    ASSERT_TRUE(ledger().add(test::limit_order("A"), test::kNow).has_value());
    ledger().sequence_reset();
    ASSERT_TRUE(ledger().add(test::limit_order("B"), test::kNow).has_value());
    restart([](std::string_view) { return true; });
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    EXPECT_EQ(certainty("B"), Certainty::Rejected);
}

TEST_F(RecordedLedgerTest, CancelOfAListHasNoProofInAStoreThatKnowsMessagesByClOrdID) {
    core::NewOrderList list;
    list.list_id = core::ListID::from("L").value();
    list.order_count = 2;
    list.orders[0] = test::limit_order("A");
    list.orders[1] = test::limit_order("B");
    ASSERT_TRUE(ledger().add(list, test::kNow).has_value());
    ledger().list_sent(list.list_id, 2, test::kNow, test::kNow);
    for (const auto* name : {"A", "B"}) {
        (void)ledger().apply(
            test::report(ExecType::New, OrdStatus::New, name, "O-" + std::string{name}));
    }
    core::CancelOrderList request;
    request.list_id = list.list_id;
    request.cl_ord_id_prefix = core::FixedString<48>::from("X").value();
    ASSERT_TRUE(ledger().add(request, test::kNow).has_value());
    restart([](std::string_view) { return true; });
    EXPECT_EQ(certainty("X1"), Certainty::Unknown);
    EXPECT_EQ(certainty("X2"), Certainty::Unknown);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
}

TEST_F(RecordedLedgerTest, ClOrdIDOfBeforeTheCrashIsRefused) {
    work("A", 2);
    (void)ledger().apply(test::fill("A", "O-A", "E-1", "100", "100"));
    restart();
    EXPECT_EQ(ledger().add(test::limit_order("A"), test::kNow).error().reason,
              Reason::DuplicateClOrdID);
}

TEST_F(RecordedLedgerTest, RefusedMessageIsRefusedAfterARestart) {
    send(test::limit_order("A"), 7);
    core::MessageReject reject;
    reject.ref_seq_num = 7;
    reject.ref_msg_type = "D";
    reject.text = "no such symbol";
    ASSERT_NE(ledger().apply(reject).order, nullptr);
    restart();
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(ledger().ledger().live_count(), 0U);
    const auto found = untold();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(std::get<Refused>(found.front().body).reason, Reason::RejectedBySession);
}

TEST_F(RecordedLedgerTest, ChangeWithoutEffectStaysSoAfterARestartAndIsTold) {
    work("A", 2);
    core::CancelOrder cancel;
    cancel.cl_ord_id = id("C");
    cancel.orig_cl_ord_id = id("A");
    send(cancel, 3);
    (void)ledger().doubt(id("C"), Reason::OutcomeTimeout);
    ledger().heard();
    EXPECT_EQ(ledger().without_effect(id("C"), "nothing was seen").kind, Kind::Accepted);
    restart();
    EXPECT_EQ(certainty("C"), Certainty::Rejected);
    EXPECT_EQ(ledger().ledger().find_request(id("C"))->reason, Reason::NoEffectSeen);
    EXPECT_TRUE(ledger().ledger().find(id("A"))->is_live());
    const auto told = untold();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(std::get<Refused>(told[0].body).reason, Reason::NoEffectSeen);
}

TEST_F(RecordedLedgerTest, NumbersOfBeforeASequenceResetMatchNothing) {
    send(test::limit_order("A"), 2);
    ledger().sequence_reset();
    send(test::limit_order("B"), 3);
    restart();
    core::MessageReject reject;
    reject.ref_seq_num = 2;
    EXPECT_EQ(ledger().apply(reject).order, nullptr);
    reject.ref_seq_num = 3;
    EXPECT_NE(ledger().apply(reject).order, nullptr);
}

TEST_F(RecordedLedgerTest, MoreLiveOrdersThanAllowedIsAnErrorThatNamesTheKey) {
    work("A", 2);
    work("B", 3);
    const std::filesystem::path copy = processes_.directory().parent_path() / "copy";
    std::filesystem::copy(processes_.directory(), copy);
    const auto journal = processes_.open(copy);
    core::OrderLedgerLimits limits;
    limits.max_live_orders = 1;
    RecordedLedger small{limits};
    const auto failed =
        small.recover(std::make_unique<RecordLog>(*journal, processes_.clock), {}, test::kNow);
    ASSERT_FALSE(failed.has_value());
    EXPECT_THAT(failed.error().detail, testing::HasSubstr("limits.max_live_orders"));
}

// A directory that takes no further segment: what a full disk is like.
TEST(RecordedLedgerFullDisk, OrdersAreRefusedWhileCancelsAndEvidenceGoOnAndEvidenceAlwaysCounts) {
    test::Processes processes;
    const auto directory = processes.directory();
    const auto journal = processes.open(directory);
    const auto obstacle = directory / "0000000001.segment.new";
    std::filesystem::create_directory(obstacle);
    int unrecorded = 0;
    RecordedLedger ledger{{}, [&](const core::Error& error) {
                              EXPECT_EQ(error.reason, Reason::StorageFailed);
                              ++unrecorded;
                          }};
    ASSERT_TRUE(
        ledger.recover(std::make_unique<RecordLog>(*journal, processes.clock), {}, test::kNow));
    const auto add = [&](int i) {
        return ledger.add(test::limit_order("A" + std::to_string(i)), test::kNow);
    };
    ASSERT_TRUE(add(0).has_value());
    int number = 1;
    while (add(number)) ++number;
    const std::string refused = "A" + std::to_string(number);
    EXPECT_EQ(add(++number).error().reason, Reason::StorageFailed);
    EXPECT_EQ(ledger.ledger().find_request(id(refused))->certainty, Certainty::Rejected);
    EXPECT_EQ(ledger.add(test::replace("R1", "A0"), test::kNow).error().reason,
              Reason::StorageFailed);
    EXPECT_TRUE(ledger.add(test::cancel("C1", "A1"), test::kNow).has_value());

    // Until the reserve is used up, and then without a record.
    EXPECT_EQ(unrecorded, 0);
    int cum = 0;
    for (; unrecorded == 0; ++cum) {
        ASSERT_LT(cum, 1'000);
        const std::string name = "A" + std::to_string(2 + cum);
        (void)ledger.apply(test::report(ExecType::New, OrdStatus::New, name, "O-" + name));
    }
    (void)ledger.apply(test::fill("A0", "O-A0", "E-1", "40", "40"));
    EXPECT_EQ(ledger.ledger().find(id("A0"))->filled_qty, test::dec("40"));
    EXPECT_EQ(unrecorded, 2);
    // Shorter records may still have found room; a cancel without a record is not sent.
    core::Result<const core::Order*> cancelled = nullptr;
    for (int i = 2; cancelled && i < 50; ++i) {
        const std::string name = std::to_string(i);
        cancelled = ledger.add(test::cancel("C" + name, "A" + name), test::kNow);
    }
    ASSERT_FALSE(cancelled.has_value());
    EXPECT_EQ(cancelled.error().reason, Reason::StorageFailed);

    std::filesystem::remove(obstacle);
    EXPECT_TRUE(ledger.add(test::limit_order("B"), test::kNow).has_value());
}

// A day of orders with few alive: the replay stays small, the live ones are whole.
// How long it takes: ledger_replay_bench.
TEST(RecordedLedgerAge, ADaysFinishedOrdersAreThereAfterARestart) {
    constexpr int kOrders = 5'000;
    core::OrderLedgerLimits limits;
    limits.max_finished_orders = kOrders;
    test::Processes processes{limits, 8 * 1024 * 1024};
    RecordedLedger* ledger = &processes.restart();
    for (int i = 0; i < kOrders; ++i) {
        const std::string name = std::to_string(i);
        ASSERT_TRUE(ledger->add(test::limit_order(name), test::kNow).has_value());
        ledger->sent(id(name), static_cast<core::MsgSeqNum>(i), test::kNow, test::kNow);
        (void)ledger->apply(test::fill(name, "O-" + name, "E-" + name, "100", "100"));
        ledger->heard();
    }
    ledger = &processes.restart();
    EXPECT_EQ(processes.recovered.records, 3U * kOrders);
    EXPECT_FALSE(ledger->add(test::limit_order("0"), test::kNow)) << "its ClOrdID stays used";
}

}  // namespace
}  // namespace broker::recovery
