// Cancels and replaces: acceptance, refusal, chains, doubt.
#include "order_ledger_fixture.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;
using OrderLedgerReplace = OrderLedgerTest;
using OrderLedgerCancel = OrderLedgerTest;

Report replaced(std::string_view cl, std::string_view orig, std::string_view exec_id) {
    return Report{ExecType::Replaced, OrdStatus::New}.ids(cl, orig).exec(exec_id);
}

TEST_F(OrderLedgerReplace, TakesEffectWithItsTermsWhenItIsAccepted) {
    work_order();
    send_replace("R", "A", "1.2");
    EXPECT_EQ(request("R").orig_cl_ord_id, id("A"));
    EXPECT_EQ(order().cl_ord_id, id("A"));
    EXPECT_EQ(order().price, dec("1.1"));

    apply(Report{ExecType::PendingReplace, OrdStatus::PendingReplace}.ids("R", "A").exec("E-1"));
    EXPECT_EQ(certainty("R"), Certainty::Acknowledged);
    EXPECT_EQ(order().cl_ord_id, id("A"));
    EXPECT_EQ(order().price, dec("1.1"));
    EXPECT_EQ(order().status, OrdStatus::PendingReplace);

    const Applied result = apply(replaced("R", "A", "E-2"));
    EXPECT_EQ(result.request, &request("R"));
    EXPECT_EQ(order().cl_ord_id, id("R"));
    EXPECT_EQ(order().first_cl_ord_id, id("A"));
    EXPECT_EQ(order().price, dec("1.2"));
    EXPECT_EQ(order().order_qty, dec("100"));
    EXPECT_EQ(order().status, OrdStatus::New);
    EXPECT_EQ(ledger_.find(id("A")), ledger_.find(id("R")));
}

TEST_F(OrderLedgerReplace, TheVenuesTermsOverrideThoseAskedFor) {
    work_order();
    send_replace("R", "A", "1.2");
    apply(replaced("R", "A", "E-1").terms("80", "1.25").cum("30"));
    EXPECT_EQ(order().price, dec("1.25"));
    EXPECT_EQ(order().order_qty, dec("80"));
    EXPECT_EQ(order().leaves_qty, dec("50"));
}

TEST_F(OrderLedgerReplace, MayComeWithANewOrderIDAndTheOrderIsFoundByBoth) {
    work_order();
    send_replace("R", "A");
    apply(Report{ExecType::Replaced, OrdStatus::New}.ids("R", "A", "O-2").exec("E-1"));
    EXPECT_EQ(order().order_id.view(), "O-2");
    const Order* expected = &order();
    EXPECT_EQ(
        apply(Report{ExecType::Restated, OrdStatus::New}.ids({}, {}, "O-1").exec("E-2")).order,
        expected);
    EXPECT_EQ(
        apply(Report{ExecType::Restated, OrdStatus::New}.ids({}, {}, "O-2").exec("E-3")).order,
        expected);
}

TEST_F(OrderLedgerReplace, IsInForceOnceAFillNamesIt) {
    work_order();
    send_replace("R", "A", "1.2");
    trade("E-1", "10", "10", OrdStatus::PartiallyFilled, "R");
    EXPECT_EQ(certainty("R"), Certainty::Acknowledged);
    EXPECT_EQ(order().cl_ord_id, id("R"));
    EXPECT_EQ(order().price, dec("1.2"));
}

TEST_F(OrderLedgerReplace, IsNotInForceWhileAFillSaysThatItIsPending) {
    work_order();
    send_replace("R", "A", "1.2");
    trade("E-1", "10", "10", OrdStatus::PendingReplace, "R");
    EXPECT_EQ(order().cl_ord_id, id("A"));
    EXPECT_EQ(order().price, dec("1.1"));
    EXPECT_EQ(order().cum_qty, dec("10"));
}

TEST_F(OrderLedgerReplace, SeveralInFlightNameTheIdInForceAndApplyInTurn) {
    work_order();
    send_replace("R1", "A", "1.2");
    send_replace("R2", "R1", "1.3");  // names a replace that is not answered yet
    EXPECT_EQ(request("R2").orig_cl_ord_id, id("A"));
    apply(Report{ExecType::Replaced, OrdStatus::PendingReplace}.ids("R1", "A").exec("E-1"));
    EXPECT_EQ(order().cl_ord_id, id("R1"));
    EXPECT_EQ(order().price, dec("1.2"));
    EXPECT_EQ(order().status, OrdStatus::PendingReplace);
    apply(replaced("R2", "R1", "E-2"));
    EXPECT_EQ(order().cl_ord_id, id("R2"));
    EXPECT_EQ(order().price, dec("1.3"));
    EXPECT_EQ(order().open_requests, 0U);
}

TEST_F(OrderLedgerReplace, TheSecondOfTwoIsRejectedAndTheFirstStays) {
    work_order();
    send_replace("R1", "A", "1.2");
    send_replace("R2", "A", "1.3");
    apply(replaced("R1", "A", "E-1"));
    reject_cancel("R2", "R1", OrdStatus::New);
    EXPECT_EQ(certainty("R2"), Certainty::Rejected);
    EXPECT_EQ(request("R2").reason, Reason::CancelRejected);
    EXPECT_EQ(order().cl_ord_id, id("R1"));
    EXPECT_EQ(order().price, dec("1.2"));
}

TEST_F(OrderLedgerReplace, AnEarlierOneHeardOfLateDoesNotComeBack) {
    work_order();
    send_replace("R1", "A", "1.2");
    send_replace("R2", "A", "1.3");
    apply(replaced("R2", "R1", "E-2"));
    apply(replaced("R1", "A", "E-1").poss_dup());
    EXPECT_EQ(certainty("R1"), Certainty::Acknowledged);
    EXPECT_EQ(order().cl_ord_id, id("R2"));
    EXPECT_EQ(order().price, dec("1.3"));
}

TEST_F(OrderLedgerReplace, RefusedByAnExecutionReportLeavesTheOrderLive) {
    work_order();
    send_replace("R", "A");
    const Applied result =
        apply(Report{ExecType::Rejected, OrdStatus::Rejected}.ids("R", "A").exec("E-1"));
    EXPECT_EQ(result.request->certainty, Certainty::Rejected);
    EXPECT_EQ(order().status, OrdStatus::New);
    EXPECT_TRUE(order().is_live());
}

TEST_F(OrderLedgerReplace, ByAnotherPartyIsFollowed) {
    work_order();
    const Applied result = apply(replaced("DEALER-1", "A", "E-1").terms("70", "1.4"));
    EXPECT_EQ(result.request, nullptr);
    EXPECT_EQ(order().cl_ord_id, id("DEALER-1"));
    EXPECT_EQ(order().price, dec("1.4"));
    EXPECT_EQ(add_new("DEALER-1"), Reason::DuplicateClOrdID);
    EXPECT_EQ(add_cancel("C", "DEALER-1"), Reason::None);
    EXPECT_EQ(request("C").orig_cl_ord_id, id("DEALER-1"));
}

TEST_F(OrderLedgerReplace, ReopensAnOrderThatWasFilledMeanwhile) {
    work_order();
    ReplaceOrder larger;
    larger.cl_ord_id = id("R");
    larger.orig_cl_ord_id = id("A");
    larger.order_qty = dec("150");
    ASSERT_TRUE(ledger_.add(larger, deadline()));
    send("R");
    trade("E-1", "100", "100", OrdStatus::Filled);
    apply(Report{ExecType::Replaced, OrdStatus::PartiallyFilled}.ids("R", "A").exec("E-2").cum(
        "100"));
    EXPECT_EQ(order().status, OrdStatus::PartiallyFilled);
    EXPECT_EQ(order().leaves_qty, dec("50"));
    EXPECT_TRUE(order().is_live());
}

TEST_F(OrderLedgerReplace, HeardOfLateDoesNotReopenAFilledOrder) {
    work_order();
    send_replace("R", "A");
    trade("E-2", "100", "100", OrdStatus::Filled);
    apply(replaced("R", "A", "E-1").cum("0").poss_dup());
    EXPECT_EQ(order().status, OrdStatus::Filled);
    EXPECT_EQ(order().leaves_qty, dec("0"));
}

TEST_F(OrderLedgerReplace, InDoubtIsInForceIfAStatusAnswerNamesIt) {
    work_order();
    send_replace("R", "A", "1.2");
    disconnect();
    apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids("R").exec("0"));
    EXPECT_EQ(certainty("R"), Certainty::Acknowledged);
    EXPECT_EQ(order().cl_ord_id, id("R"));
    EXPECT_EQ(order().price, dec("1.2"));
}

TEST_F(OrderLedgerReplace, InDoubtStaysSoIfAStatusAnswerShowsTheOrderAsBefore) {
    work_order();
    send_replace("R", "A", "1.2");
    disconnect();
    const Applied result =
        apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids("A").exec("0").terms("100", "1.1"));
    EXPECT_TRUE(result.also_settled.empty());
    EXPECT_EQ(certainty("R"), Certainty::Unknown) << "the venue may not have come to it yet";
    EXPECT_EQ(order().cl_ord_id, id("A"));
}

TEST_F(OrderLedgerReplace, InDoubtComesIntoForceAfterAStatusAnswerThatWasAheadOfIt) {
    work_order();
    send_replace("R", "A", "1.2");
    disconnect();
    apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids("A").exec("0").terms("100", "1.1"));
    const Applied result = apply(replaced("R", "A", "E-1"));
    EXPECT_EQ(result.request, &request("R"));
    EXPECT_EQ(certainty("R"), Certainty::Acknowledged);
    EXPECT_EQ(order().price, dec("1.2"));
}

TEST_F(OrderLedgerReplace, WithoutEffectIsRejectedAndTheOrderKeepsItsTerms) {
    work_order();
    send_replace("R", "A", "1.2");
    disconnect();
    const Applied result = ledger_.without_effect(id("R"));
    EXPECT_EQ(result.request, &request("R"));
    EXPECT_EQ(certainty("R"), Certainty::Rejected);
    EXPECT_EQ(request("R").reason, Reason::NoEffectSeen);
    EXPECT_EQ(order().price, dec("1.1"));
    EXPECT_TRUE(order().is_live());
}

TEST_F(OrderLedgerReplace, InDoubtIsInForceIfAStatusAnswerShowsItsTermsUnderAnEchoedId) {
    work_order();
    send_replace("R", "A", "1.2");
    disconnect();
    apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids("A").exec("0").terms("100", "1.2"));
    EXPECT_EQ(certainty("R"), Certainty::Acknowledged);
    EXPECT_EQ(order().cl_ord_id, id("R"));
}

TEST_F(OrderLedgerReplace, OnItsWayIsNotSettledByAStatusAnswer) {
    work_order();
    send_replace("R", "A", "1.2");
    apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids("A").exec("0"));
    EXPECT_EQ(certainty("R"), Certainty::Written);
}

TEST_F(OrderLedgerReplace, OfAChainInDoubtTheOneInForceIsAcknowledgedAndThoseBeforeItAreOver) {
    work_order();
    send_replace("R1", "A", "1.2");
    send_replace("R2", "A", "1.3");
    send_replace("R3", "A", "1.4");
    disconnect();
    apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids("R2").exec("0"));
    EXPECT_EQ(certainty("R1"), Certainty::Rejected);
    EXPECT_EQ(certainty("R2"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("R3"), Certainty::Unknown) << "it may be on its way still";
    EXPECT_EQ(order().cl_ord_id, id("R2"));
}

TEST_F(OrderLedgerReplace, ThatSeemedRefusedCountsOnceTheVenueReportsItInForce) {
    work_order();
    send_replace("R", "A", "1.2");
    disconnect();
    (void)ledger_.without_effect(id("R"));
    EXPECT_EQ(certainty("R"), Certainty::Rejected);
    apply(replaced("R", "A", "E-1"));
    EXPECT_EQ(certainty("R"), Certainty::Acknowledged);
    EXPECT_EQ(order().price, dec("1.2"));
}

TEST_F(OrderLedgerCancel, IsAcknowledgedAndEndsTheOrder) {
    work_order();
    trade("E-1", "30", "30");
    send_cancel("C", "A");
    apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "A").exec("E-2"));
    EXPECT_EQ(order().status, OrdStatus::PendingCancel);
    const Applied result =
        apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("C", "A").exec("E-3").cum("30"));
    EXPECT_EQ(result.request, &request("C"));
    EXPECT_EQ(order().status, OrdStatus::Canceled);
    EXPECT_EQ(order().cl_ord_id, id("A"));
    EXPECT_EQ(order().leaves_qty, dec("0"));
    EXPECT_EQ(order().cum_qty, dec("30"));
    EXPECT_FALSE(order().is_live());
}

TEST_F(OrderLedgerCancel, CrossingAFillLeavesAFilledOrderAndARejectedCancel) {
    work_order();
    send_cancel("C", "A");
    trade("E-1", "100", "100", OrdStatus::Filled);
    EXPECT_TRUE(order().is_live());  // the cancel is not answered yet
    reject_cancel("C", "A", OrdStatus::Filled);
    EXPECT_EQ(certainty("C"), Certainty::Rejected);
    EXPECT_EQ(order().status, OrdStatus::Filled);
    EXPECT_FALSE(order().is_live());
}

TEST_F(OrderLedgerCancel, RejectedLeavesTheOrdersStatusUnlessTheRejectNamesAFinalOne) {
    work_order();
    send_cancel("C1", "A");
    reject_cancel("C1", "A", OrdStatus::PartiallyFilled);
    EXPECT_EQ(order().status, OrdStatus::New);
    send_cancel("C2", "A");
    reject_cancel("C2", "A", OrdStatus::Expired);
    EXPECT_EQ(order().status, OrdStatus::Expired);
    EXPECT_EQ(order().leaves_qty, dec("0"));
}

TEST_F(OrderLedgerCancel, RejectedAfterPendingCancelBringsTheStatusBack) {
    work_order();
    trade("E-1", "30", "30");
    send_cancel("C", "A");
    apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "A").exec("E-2"));
    const Applied result = reject_cancel("C", "A", OrdStatus::PartiallyFilled);
    EXPECT_EQ(result.request->certainty, Certainty::Rejected);
    EXPECT_EQ(order().status, OrdStatus::PartiallyFilled);
}

TEST_F(OrderLedgerCancel, TheSameRejectTwiceIsADuplicate) {
    work_order();
    send_cancel("C", "A");
    EXPECT_EQ(reject_cancel("C", "A", OrdStatus::New).kind, Kind::Accepted);
    EXPECT_EQ(reject_cancel("C", "A", OrdStatus::New).kind, Kind::Duplicate);
}

TEST_F(OrderLedgerCancel, RejectedAsUnknownSaysNothingOfAnAcknowledgedOrder) {
    work_order();
    send_cancel("C", "A");
    reject_cancel("C", "A", OrdStatus::Rejected, true);
    EXPECT_EQ(certainty("C"), Certainty::Rejected);
    EXPECT_EQ(order().status, OrdStatus::New);
}

TEST_F(OrderLedgerCancel, RejectedAsUnknownRejectsAnOrderInDoubt) {
    send_new("A");
    disconnect();
    send_cancel("C", "A");
    const Applied result = reject_cancel("C", "A", OrdStatus::Rejected, true);
    EXPECT_EQ(result.request, &request("C"));
    ASSERT_EQ(result.also_settled.size(), 1U);
    EXPECT_EQ(result.also_settled[0].request, &request("A"));
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(ledger_.live_count(), 0U);
}

TEST_F(OrderLedgerCancel, InDoubtStaysSoWhileTheOrderWorks) {
    work_order();
    send_cancel("C", "A");
    disconnect();
    apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids("A").exec("0"));
    EXPECT_EQ(certainty("C"), Certainty::Unknown);
    EXPECT_EQ(ledger_.unknown_count(), 1U);
}

TEST_F(OrderLedgerCancel, WithoutEffectIsRejectedAndTheOrderWorksOn) {
    work_order();
    send_cancel("C", "A");
    disconnect();
    const Applied result = ledger_.without_effect(id("C"));
    EXPECT_EQ(result.request, &request("C"));
    EXPECT_EQ(certainty("C"), Certainty::Rejected);
    EXPECT_EQ(request("C").reason, Reason::NoEffectSeen);
    EXPECT_EQ(order().status, OrdStatus::New);
    EXPECT_TRUE(order().is_live());
    EXPECT_EQ(ledger_.unknown_count(), 0U);
    EXPECT_EQ(ledger_.without_effect(id("C")).kind, Kind::Duplicate);
}

TEST_F(OrderLedgerCancel, WithoutEffectIsOnlyOneInDoubtOfAnOrderThatWorks) {
    work_order();
    send_cancel("C", "A");
    EXPECT_EQ(ledger_.without_effect(id("C")).order, nullptr) << "an answer may still come";
    EXPECT_EQ(certainty("C"), Certainty::Written);
    EXPECT_EQ(ledger_.without_effect(id("A")).order, nullptr) << "no change";
    EXPECT_EQ(ledger_.without_effect(id("Z")).order, nullptr) << "not known";
    send_new("B");
    disconnect();
    EXPECT_EQ(ledger_.without_effect(id("B")).order, nullptr) << "a new order";
    EXPECT_EQ(certainty("B"), Certainty::Unknown);
}

TEST_F(OrderLedgerCancel, ThatSeemedWithoutEffectCountsOnceTheVenueReportsIt) {
    work_order();
    send_cancel("C", "A");
    disconnect();
    (void)ledger_.without_effect(id("C"));
    const Applied pending =
        apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "A").exec("E-1"));
    EXPECT_EQ(pending.kind, Kind::Accepted);
    EXPECT_EQ(certainty("C"), Certainty::Acknowledged);
    EXPECT_EQ(order().status, OrdStatus::PendingCancel);
    apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("C", "A").exec("E-2"));
    EXPECT_EQ(order().status, OrdStatus::Canceled);
    EXPECT_FALSE(order().is_live());
}

TEST_F(OrderLedgerCancel, ThatSeemedWithoutEffectIsToldOfWhenTheVenueRefusesIt) {
    work_order();
    send_cancel("C", "A");
    disconnect();
    (void)ledger_.without_effect(id("C"));
    EXPECT_EQ(reject_cancel("C", "A", OrdStatus::New).kind, Kind::Accepted);
    EXPECT_EQ(request("C").reason, Reason::CancelRejected);
    EXPECT_EQ(reject_cancel("C", "A", OrdStatus::New).kind, Kind::Duplicate);
}

TEST_F(OrderLedgerCancel, InDoubtAreVisitedWithTheirOrders) {
    work_order();
    send_cancel("C1", "A");
    disconnect();
    send_cancel("C2", "A");
    std::vector<std::string> seen;
    ledger_.for_each_in_doubt([&](const Order& order, const Request& request) {
        seen.push_back(std::string{request.cl_ord_id.view()}.append(" of ").append(
            order.first_cl_ord_id.view()));
    });
    EXPECT_EQ(seen, std::vector<std::string>{"C1 of A"});
}

TEST_F(OrderLedgerCancel, InDoubtIsSettledByTheOrdersEnd) {
    work_order();
    send_cancel("C", "A");
    send_replace("R", "A");
    disconnect();
    const Applied result =
        apply(Report{ExecType::OrderStatus, OrdStatus::Canceled}.ids("A").exec("0"));
    EXPECT_EQ(certainty("C"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("R"), Certainty::Rejected);
    EXPECT_EQ(result.also_settled.size(), 2U);
    EXPECT_FALSE(order().is_live());
}

TEST_F(OrderLedgerCancel, InDoubtWithoutANumberIsSettledByTheOrdersEnd) {
    work_order();
    ASSERT_EQ(add_cancel("C", "A"), Reason::None);
    (void)ledger_.doubt(id("C"), Reason::OutcomeDisconnected);
    apply(Report{ExecType::OrderStatus, OrdStatus::Canceled}.ids("A").exec("0"));
    EXPECT_EQ(certainty("C"), Certainty::Acknowledged);
    EXPECT_FALSE(order().is_live());
    EXPECT_EQ(ledger_.unknown_count(), 0U);
}

TEST_F(OrderLedgerCancel, InDoubtIsTooLateForAFilledOrder) {
    work_order();
    send_cancel("C", "A");
    disconnect();
    trade("E-1", "100", "100", OrdStatus::Filled);
    EXPECT_EQ(certainty("C"), Certainty::Rejected);
    EXPECT_EQ(ledger_.unknown_count(), 0U);
    EXPECT_FALSE(order().is_live());
}

TEST_F(OrderLedgerCancel, UnansweredAfterTheOrdersEndIsSettledByItAtTheDisconnect) {
    work_order();
    send_cancel("C", "A");
    trade("E-1", "100", "100", OrdStatus::Filled);
    EXPECT_EQ(disconnect(),
              (std::vector<std::pair<std::string, Certainty>>{{"C", Certainty::Rejected}}));
    EXPECT_EQ(ledger_.unknown_count(), 0U);
    EXPECT_EQ(ledger_.live_count(), 0U);
}

TEST_F(OrderLedgerCancel, AnUnsolicitedCancelEndsTheOrder) {
    work_order();
    apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("DEALER-1", "A").exec("E-1"));
    EXPECT_EQ(order().status, OrdStatus::Canceled);
    EXPECT_EQ(order().cl_ord_id, id("A"));
}

TEST_F(OrderLedgerCancel, ARejectOfSomethingUnknownHasNoOrder) {
    const Applied result = reject_cancel("Z", "Y", OrdStatus::Rejected, true);
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(result.order, nullptr);
}

}  // namespace
}  // namespace broker::core
