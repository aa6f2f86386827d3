// Requests: how they are recorded, sent, answered, refused and doubted.
#include "order_ledger_fixture.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;
using OrderLedgerRequest = OrderLedgerTest;

TEST_F(OrderLedgerRequest, ANewOrderIsJournaledThenWrittenThenAcknowledged) {
    const auto added = ledger_.add(limit_order("A"), deadline());
    ASSERT_TRUE(added);
    EXPECT_EQ((*added)->leaves_qty, dec("100"));
    EXPECT_EQ((*added)->open_requests, 1U);
    EXPECT_EQ(certainty("A"), Certainty::Journaled);

    ledger_.sent(id("A"), 7, clock_.monotonic(), {});
    EXPECT_EQ(certainty("A"), Certainty::Journaled);
    clock_.advance(1us);
    ledger_.sent(id("A"), 7, clock_.monotonic(), clock_.monotonic());
    EXPECT_EQ(certainty("A"), Certainty::Written);
    EXPECT_EQ(request("A").msg_seq_num, 7U);
    EXPECT_EQ(request("A").stages.written, clock_.monotonic());

    Report ack = Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-1");
    ack.received = clock_.monotonic() + 3ms;
    const Applied result = apply(ack);
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(result.request, &request("A"));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(request("A").stages.acknowledged, ack.received);
    EXPECT_EQ(order().status, OrdStatus::New);
    EXPECT_EQ(order().order_id.view(), "O-1");
    EXPECT_EQ(order().open_requests, 0U);
}

TEST_F(OrderLedgerRequest, AClOrdIDIsRefusedASecondTimeWhateverItNamed) {
    work_order();
    send_replace("B", "A");
    send_cancel("C", "A");
    for (const char* used : {"A", "B", "C"}) {
        EXPECT_EQ(add_new(used), Reason::DuplicateClOrdID) << used;
        EXPECT_EQ(add_replace(used, "A"), Reason::DuplicateClOrdID) << used;
        EXPECT_EQ(add_cancel(used, "A"), Reason::DuplicateClOrdID) << used;
    }
}

TEST_F(OrderLedgerRequest, AClOrdIDIsRefusedAfterItsOrderIsDone) {
    work_order();
    trade("E-1", "100", "100", OrdStatus::Filled);
    EXPECT_FALSE(order().is_live());
    EXPECT_EQ(add_new("A"), Reason::DuplicateClOrdID);
}

TEST_F(OrderLedgerRequest, ACancelOrReplaceNeedsALiveOrder) {
    EXPECT_EQ(add_cancel("C", "A"), Reason::OrderUnknown);
    EXPECT_EQ(add_replace("R", "A"), Reason::OrderUnknown);
    work_order();
    trade("E-1", "100", "100", OrdStatus::Filled);
    EXPECT_EQ(add_cancel("C", "A"), Reason::OrderFinal);
    EXPECT_EQ(add_replace("R", "A"), Reason::OrderFinal);
}

TEST_F(OrderLedgerRequest, AnOrderInDoubtMayBeCanceledButNotReplaced) {
    send_new("A");
    disconnect();
    EXPECT_EQ(add_replace("R", "A"), Reason::RequestPending);
    EXPECT_EQ(add_cancel("C", "A"), Reason::None);
}

TEST_F(OrderLedgerRequest, LiveOrdersAreLimited) {
    for (int i = 0; i < 100; ++i)
        ASSERT_EQ(add_new(std::string{"A"}.append(std::to_string(i))), Reason::None);
    EXPECT_EQ(add_new("B"), Reason::OrderLimitExceeded);
    static_cast<void>(ledger_.not_sent(id("A0"), Reason::OrderTooOld));
    EXPECT_EQ(add_new("B"), Reason::None);
}

TEST_F(OrderLedgerRequest, OpenRequestsOfOneOrderAreLimited) {
    work_order();
    int added = 0;
    while (added < 1000 &&
           add_cancel(std::string{"C"}.append(std::to_string(added)), "A") == Reason::None)
        ++added;
    EXPECT_EQ(added, 63);
    EXPECT_EQ(add_cancel("X", "A"), Reason::OrderLimitExceeded);
}

TEST_F(OrderLedgerRequest, AnOrderMayBeReplacedWithoutEnd) {
    work_order();
    std::string in_force = "A";
    for (int i = 0; i < 1000; ++i) {
        const std::string next = std::string{"R"}.append(std::to_string(i));
        ASSERT_EQ(add_replace(next, in_force), Reason::None) << next;
        send(next);
        apply(Report{ExecType::Replaced, OrdStatus::New}
                  .ids(next, in_force, "O-" + next)
                  .exec("E-" + next));
        in_force = next;
    }
    EXPECT_EQ(ledger_.find(id("A")), ledger_.find(id("R999")));
    EXPECT_EQ(order().cl_ord_id, id("R999"));
    EXPECT_EQ(ledger_.find(id("R0")), nullptr);
}

TEST_F(OrderLedgerRequest, WhatWasNotSentIsRejectedAndEndsANewOrder) {
    ASSERT_EQ(add_new("A"), Reason::None);
    const Applied result = ledger_.not_sent(id("A"), Reason::OrderTooOld);
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(result.request->certainty, Certainty::Rejected);
    EXPECT_EQ(result.request->reason, Reason::OrderTooOld);
    EXPECT_EQ(result.order->status, OrdStatus::Rejected);
    EXPECT_EQ(result.order->leaves_qty, dec("0"));
    EXPECT_EQ(ledger_.live_count(), 0U);
}

TEST_F(OrderLedgerRequest, ACancelThatWasNotSentLeavesTheOrderAlone) {
    work_order();
    ASSERT_EQ(add_cancel("C", "A"), Reason::None);
    const Applied result = ledger_.not_sent(id("C"), Reason::AccountNotReady);
    EXPECT_EQ(result.request->certainty, Certainty::Rejected);
    EXPECT_EQ(result.order->status, OrdStatus::New);
    EXPECT_TRUE(result.order->is_live());
}

TEST_F(OrderLedgerRequest, NotSentOfSomethingSettledOrUnknownChangesNothing) {
    work_order();
    EXPECT_EQ(ledger_.not_sent(id("A"), Reason::OrderTooOld).kind, Kind::Duplicate);
    EXPECT_EQ(ledger_.not_sent(id("Z"), Reason::OrderTooOld).order, nullptr);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
}

TEST_F(OrderLedgerRequest, ARejectedNewOrderIsRejectedAndFinal) {
    send_new("A");
    const Applied result =
        apply(Report{ExecType::Rejected, OrdStatus::Rejected}.ids("A").exec("E-1"));
    EXPECT_EQ(result.request->certainty, Certainty::Rejected);
    EXPECT_EQ(result.request->reason, Reason::RejectedByVenue);
    EXPECT_EQ(result.order->status, OrdStatus::Rejected);
    EXPECT_FALSE(result.order->is_live());
}

TEST_F(OrderLedgerRequest, APendingNewOrderMayStillBeRejected) {
    send_new("A");
    apply(Report{ExecType::PendingNew, OrdStatus::PendingNew}.ids("A").exec("E-1"));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    apply(Report{ExecType::Rejected, OrdStatus::Rejected}.ids("A").exec("E-2"));
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(ledger_.live_count(), 0U);
}

class OrderLedgerMessageReject : public OrderLedgerTest {
protected:
    Applied reject_message(MsgSeqNum number, std::string_view msg_type = {}) {
        MessageReject reject;
        reject.reason = Reason::RejectedByApplication;
        reject.ref_seq_num = number;
        reject.ref_msg_type = msg_type;
        return ledger_.apply(reject);
    }
};

TEST_F(OrderLedgerMessageReject, IsMatchedByNumberToEveryKindOfRequest) {
    work_order("A");
    send_replace("R", "A");
    const MsgSeqNum replace = seq_num_;
    send_cancel("C", "A");
    const MsgSeqNum cancel = seq_num_;
    send_new("B");

    EXPECT_EQ(reject_message(replace, "G").request, &request("R"));
    EXPECT_EQ(certainty("R"), Certainty::Rejected);
    EXPECT_EQ(request("R").reason, Reason::RejectedByApplication);
    EXPECT_EQ(reject_message(cancel, "F").request, &request("C"));
    EXPECT_EQ(certainty("C"), Certainty::Rejected);
    EXPECT_EQ(order("A").status, OrdStatus::New);

    EXPECT_EQ(reject_message(seq_num_).request, &request("B"));
    EXPECT_EQ(order("B").status, OrdStatus::Rejected);
    EXPECT_EQ(ledger_.live_count(), 1U);
}

TEST_F(OrderLedgerMessageReject, SettlesARequestInDoubt) {
    send_new("A");
    disconnect();
    EXPECT_EQ(reject_message(seq_num_).request, &request("A"));
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(ledger_.unknown_count(), 0U);
}

TEST_F(OrderLedgerMessageReject, OfAnotherTypeOrNumberSaysNothing) {
    send_new("A");
    EXPECT_EQ(reject_message(seq_num_, "F").request, nullptr);
    EXPECT_EQ(reject_message(seq_num_ + 1).request, nullptr);
    EXPECT_EQ(reject_message(0).request, nullptr);
    EXPECT_EQ(certainty("A"), Certainty::Written);
}

TEST_F(OrderLedgerMessageReject, SaysNothingOfWhatTheVenueHasAnswered) {
    work_order();
    EXPECT_EQ(reject_message(seq_num_).request, nullptr);
    EXPECT_EQ(order().status, OrdStatus::New);
}

TEST_F(OrderLedgerMessageReject, MatchesNoNumberFromBeforeAReset) {
    send_new("A");
    disconnect();
    ledger_.sequence_reset();
    EXPECT_EQ(reject_message(seq_num_, "D").request, nullptr);
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    seq_num_ = 0;
    send_new("B");
    EXPECT_EQ(reject_message(1, "D").request, &request("B"));
}

using OrderLedgerDoubt = OrderLedgerTest;

TEST_F(OrderLedgerDoubt, ADisconnectMakesEveryUnansweredRequestUnknown) {
    work_order("A");
    send_cancel("C", "A");
    send_new("B");
    ASSERT_EQ(add_new("D"), Reason::None);
    ledger_.sent(id("D"), ++seq_num_, clock_.monotonic(), {});  // numbered, not written
    ASSERT_EQ(add_new("E"), Reason::None);                      // neither
    const auto visited = disconnect();
    EXPECT_EQ(visited, (std::vector<std::pair<std::string, Certainty>>{{"C", Certainty::Unknown},
                                                                       {"B", Certainty::Unknown},
                                                                       {"D", Certainty::Unknown}}));
    EXPECT_EQ(request("B").reason, Reason::OutcomeDisconnected);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("E"), Certainty::Journaled);
    EXPECT_EQ(ledger_.unknown_count(), 3U);
    EXPECT_TRUE(disconnect().empty());
}

TEST_F(OrderLedgerDoubt, APendingRequestThatTheVenueHasStaysAcknowledged) {
    work_order();
    send_cancel("C", "A");
    apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "A").exec("E-1"));
    EXPECT_TRUE(disconnect().empty());
    EXPECT_EQ(certainty("C"), Certainty::Acknowledged);
    EXPECT_EQ(order().status, OrdStatus::PendingCancel);
}

TEST_F(OrderLedgerDoubt, APassedDeadlineMakesARequestUnknown) {
    send_new("A");
    clock_.advance(3s);
    send_new("B");
    std::vector<std::string> visited;
    const auto visit = [&](const Order&, const Request& late) {
        visited.emplace_back(late.cl_ord_id.view());
        EXPECT_EQ(late.reason, Reason::OutcomeTimeout);
    };
    ledger_.expire(clock_.monotonic(), visit);
    EXPECT_TRUE(visited.empty());
    clock_.advance(2s);
    ledger_.expire(clock_.monotonic(), visit);
    EXPECT_EQ(visited, std::vector<std::string>{"A"});
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    EXPECT_EQ(certainty("B"), Certainty::Written);
    EXPECT_TRUE(order("A").is_live());
}

TEST_F(OrderLedgerDoubt, ALateAnswerSettlesIt) {
    send_new("A");
    send_new("B");
    disconnect();
    apply(Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-1"));
    apply(Report{ExecType::Rejected, OrdStatus::Rejected}.ids("B", {}, "O-2").exec("E-2"));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("B"), Certainty::Rejected);
    EXPECT_EQ(ledger_.unknown_count(), 0U);
}

TEST_F(OrderLedgerDoubt, AStatusAnswerThatTheOrderIsUnknownRejectsIt) {
    send_new("A");
    disconnect();
    apply(Report{ExecType::OrderStatus, OrdStatus::Rejected}.ids("A", {}, "NONE").exec("0"));
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(order().status, OrdStatus::Rejected);
    EXPECT_TRUE(order().order_id.empty());
}

TEST_F(OrderLedgerDoubt, AnOrderOnItsWayIsNotRejectedByAStatusAnswer) {
    send_new("A");
    apply(Report{ExecType::OrderStatus, OrdStatus::Rejected}.ids("A").exec("0"));
    EXPECT_EQ(certainty("A"), Certainty::Written);
    EXPECT_TRUE(order().is_live());
}

TEST_F(OrderLedgerDoubt, AnOrderThatTheVenueDidNotKnowLivesAgainAtItsFirstReport) {
    send_new("A");
    disconnect();
    apply(Report{ExecType::OrderStatus, OrdStatus::Rejected}.ids("A").exec("0"));
    EXPECT_EQ(ledger_.live_count(), 0U);
    const Applied result = apply(Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-1"));
    EXPECT_EQ(result.order->status, OrdStatus::New);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(ledger_.live_count(), 1U);
}

TEST_F(OrderLedgerDoubt, AReportByOrderIDOfAnotherRequestSettlesTheNewOrderToo) {
    send_new("A");
    disconnect();
    send_cancel("C", "A");
    const Applied result =
        apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "A").exec("E-1"));
    EXPECT_EQ(result.request, &request("C"));
    ASSERT_EQ(result.also_settled.size(), 1U);
    EXPECT_EQ(result.also_settled[0].request, &request("A"));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
}

}  // namespace
}  // namespace broker::core
