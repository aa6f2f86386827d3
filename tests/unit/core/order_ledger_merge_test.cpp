// Orders that a drop copy told of first, and what else a copy's ids lead to.
#include "order_ledger_copies.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

class OrderLedgerCopyMerge : public OrderLedgerTest {};

TEST_F(OrderLedgerCopyMerge, AnOrderThatACopyToldOfFirstIsAdoptedAndMergedWithItsFills) {
    send_new("A");
    const Applied early = apply(copy_of(fill("E-1", "40", "40"), "E-1"));
    EXPECT_TRUE(early.is_adopted);
    EXPECT_TRUE(early.order->is_unsolicited);
    EXPECT_EQ(early.fill_delta, dec("40"));
    EXPECT_EQ(ledger_.live_count(), 2U);
    EXPECT_EQ(certainty("A"), Certainty::Written);

    const Applied told = apply(new_report());
    EXPECT_TRUE(told.is_merged);
    EXPECT_EQ(told.kind, Kind::Accepted);
    EXPECT_EQ(told.fill_delta, dec("0"));  // the position has it already
    EXPECT_EQ(told.order, &order("A"));
    EXPECT_EQ(order().filled_qty, dec("40"));
    EXPECT_EQ(order().status, OrdStatus::PartiallyFilled);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(ledger_.live_count(), 1U);
    EXPECT_EQ(apply(fill("E-1", "40", "40")).fill_delta, dec("0"));
}

TEST_F(OrderLedgerCopyMerge, ByOrigOrderIDIfThatIsWhatTheTradingSessionCallsTheOrder) {
    send_new("A");
    Report copied = copy_of(fill("c-1", "40", "40"), "c-1");
    copied.order_id = "COPY-1";
    copied.orig_order_id = "O-1";
    apply(copied);
    EXPECT_TRUE(apply(new_report()).is_merged);
    EXPECT_EQ(order().filled_qty, dec("40"));
    EXPECT_EQ(order().order_id.view(), "O-1");
    copied = copy_of(fill("c-2", "60", "100", OrdStatus::Filled), "c-2");
    copied.order_id = "COPY-1";
    EXPECT_EQ(apply(copied).order, &order("A"));
    EXPECT_EQ(apply(fill("E-2", "60", "100", OrdStatus::Filled)).kind, Kind::Duplicate);
    EXPECT_EQ(order().filled_qty, dec("100"));
}

TEST_F(OrderLedgerCopyMerge, OfOrdersThatBothHaveFillsCountsTheCommonOnesOnce) {
    work_order();
    trade("E-1", "40", "40");
    trade("E-2", "10", "50");
    // The copies name another OrderID, until one of them tells the ClOrdID.
    const auto copied = [&](std::string_view exec, std::string_view qty, std::string_view cum,
                            std::string_view cl = {}) {
        Report text = copy_of(fill(exec, qty, cum), exec);
        text.ids(cl, {}, "COPY-1");
        return apply(text);
    };
    EXPECT_TRUE(copied("c-1", "40", "40").is_adopted);
    copied("c-3", "20", "70");
    const Applied told = copied("c-2", "10", "50", "A");
    EXPECT_TRUE(told.is_merged);
    EXPECT_EQ(told.order, &order());
    EXPECT_EQ(told.fill_delta, dec("-40"));  // counted twice until here
    EXPECT_EQ(order().filled_qty, dec("70"));
    EXPECT_EQ(order().cum_qty, dec("70"));
    EXPECT_EQ(trade("E-3", "20", "70").kind, Kind::Duplicate);
    EXPECT_EQ(ledger_.live_count(), 1U);
}

TEST_F(OrderLedgerCopyMerge, KeepsWhatTheHostAskedOfTheOrderMeanwhile) {
    send_new("A");
    Report copied = copy_of(new_report(), "c-0");
    copied.cl_ord_id = "DX-A";
    apply(copied);
    send_cancel("C", "DX-A");
    EXPECT_TRUE(apply(new_report()).is_merged);
    EXPECT_EQ(order().open_requests, 1U);
    EXPECT_EQ(ledger_.find(id("C")), &order("A"));
    apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("C", "A").exec("E-1").cum("0"));
    EXPECT_EQ(certainty("C"), Certainty::Acknowledged);
    EXPECT_EQ(ledger_.live_count(), 0U);
}

TEST_F(OrderLedgerCopyMerge, DoesNotTakeAnEarlierOrderThatHadTheSameOrderID) {
    apply(copy_of(fill("E-1", "40", "40"), "E-1"));
    send_new("A");
    EXPECT_FALSE(apply(new_report()).is_merged);
    EXPECT_EQ(order().filled_qty, dec("0"));
}

TEST_F(OrderLedgerCopyMerge, DoesNotTakeAnOrderOfAnotherInstrumentOrSide) {
    send_new("A");
    Report other = copy_of(fill("E-1", "40", "40"), "E-1");
    other.symbol = "GBPUSD";
    apply(other);
    EXPECT_FALSE(apply(new_report()).is_merged);
    EXPECT_EQ(ledger_.live_count(), 2U);
}

TEST_F(OrderLedgerCopyMerge, AClOrdIDOfACopyThatIsAnotherSessionsIsNotOurs) {
    work_order();
    Report other = copy_of(new_report(), "c-0", true);
    other.order_id = "O-77";
    other.side = Side::Sell;
    EXPECT_TRUE(apply(other).is_adopted);
    EXPECT_EQ(order().order_id.view(), "O-1");
}

TEST_F(OrderLedgerCopyMerge, ARejectOfAnotherSessionsRequestDoesNotTouchOursOfTheSameClOrdID) {
    work_order();
    send_cancel("C", "A");
    Report other = Report{ExecType::New, OrdStatus::New}.ids({}, {}, "O-77").exec("x-0");
    other.channel = Channel::FixDropCopy;
    other.symbol = "GBPUSD";
    ASSERT_TRUE(apply(other).is_adopted);
    Report refused =
        Report{ExecType::Rejected, OrdStatus::Rejected}.ids("C", {}, "O-77").exec("x-1");
    refused.channel = Channel::FixDropCopy;
    refused.symbol = "GBPUSD";
    EXPECT_EQ(apply(refused).request, nullptr);
    EXPECT_EQ(certainty("C"), Certainty::Written);
    EXPECT_EQ(order().status, OrdStatus::New);
}

TEST_F(OrderLedgerCopyMerge, CountersOfTwoChannelsThatAgreeOnTheAcknowledgementAloneAreNotShared) {
    work_order();
    EXPECT_EQ(apply(copy_of(new_report(), "E-0")).kind, Kind::Duplicate);
    trade("E-1", "40", "40");
    EXPECT_EQ(apply(copy_of(fill("E-1", "40", "40"), "E-2")).kind, Kind::Duplicate);
    EXPECT_EQ(order().filled_qty, dec("40"));
}

TEST_F(OrderLedgerCopyMerge, ATradeCancelThatOnlyTheTradingSessionTellsMayComeAfterTheNextCopy) {
    work_order();
    trade("E-1", "20", "20");
    apply(copy_of(fill("E-1", "20", "20"), "E-1"));  // the channels share ExecIDs
    trade("E-2", "30", "50");
    EXPECT_EQ(apply(copy_of(fill("E-3", "10", "40"), "E-3")).fill_delta, dec("10"));
    apply(Report{ExecType::TradeCancel, OrdStatus::PartiallyFilled}
              .ids("A")
              .exec("E-X", "E-1")
              .cum("30"));
    EXPECT_EQ(trade("E-3", "10", "40").fill_delta, dec("0"));
    EXPECT_EQ(order().filled_qty, dec("40"));
    EXPECT_EQ(order().cum_qty, dec("40"));
}

TEST_F(OrderLedgerCopyMerge, ACopyThatSaysNothingNewIsSilentAndOneThatDoesIsNot) {
    work_order();
    EXPECT_EQ(apply(copy_of(new_report(), "c-0")).kind, Kind::Duplicate);
    const Applied canceled =
        apply(copy_of(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("A").cum("0"), "c-1"));
    EXPECT_EQ(canceled.kind, Kind::Accepted);
    EXPECT_EQ(order().status, OrdStatus::Canceled);
    EXPECT_EQ(
        apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("A").exec("E-9").cum("0")).kind,
        Kind::Duplicate);
}

TEST_F(OrderLedgerCopyMerge, TheStatusThatComesBeforeACopiedTradeMissesNoFill) {
    work_order();
    Report status =
        copy_of(Report{ExecType::OrderStatus, OrdStatus::PartiallyFilled}.ids("A").cum("40"), "0");
    EXPECT_FALSE(apply(status).is_fill_missing);
    EXPECT_FALSE(apply(copy_of(fill("c-1", "40", "40"), "c-1")).is_fill_missing);
    EXPECT_EQ(order().filled_qty, dec("40"));
}

}  // namespace
}  // namespace broker::core
