// Orders that the venue reports and nobody here has sent; what is forgotten.
#include "order_ledger_fixture.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;
using OrderLedgerAdoption = OrderLedgerTest;

TEST_F(OrderLedgerAdoption, AnUnknownOrderIsTakenUpFromItsReport) {
    Report report = Report{ExecType::OrderStatus, OrdStatus::PartiallyFilled}
                        .ids("X", {}, "O-9")
                        .exec("0")
                        .terms("50", "1.3")
                        .cum("20");
    report.ord_type = OrdType::Limit;
    const Applied result = apply(report);
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(result.request, nullptr);
    EXPECT_FALSE(result.is_fill_missing);  // what came before is not ours to miss
    ASSERT_NE(result.order, nullptr);
    EXPECT_TRUE(result.order->is_unsolicited);
    EXPECT_EQ(result.order->cl_ord_id, id("X"));
    EXPECT_EQ(result.order->symbol.view(), "EURUSD");
    EXPECT_EQ(result.order->order_qty, dec("50"));
    EXPECT_EQ(result.order->leaves_qty, dec("30"));
    EXPECT_EQ(ledger_.live_count(), 1U);
    EXPECT_EQ(apply(report).kind, Kind::Duplicate);
}

TEST_F(OrderLedgerAdoption, LaterFillsOfItAreCountedAndMissed) {
    apply(Report{ExecType::OrderStatus, OrdStatus::PartiallyFilled}
              .ids("X")
              .exec("0")
              .terms("50", "1.3")
              .cum("20"));
    EXPECT_FALSE(trade("E-5", "10", "30", OrdStatus::PartiallyFilled, "X").is_fill_missing);
    EXPECT_EQ(order("X").filled_qty, dec("10"));
    EXPECT_TRUE(trade("E-7", "5", "45", OrdStatus::PartiallyFilled, "X").is_fill_missing);
    EXPECT_FALSE(trade("E-6", "10", "40", OrdStatus::PartiallyFilled, "X").is_fill_missing);
}

TEST_F(OrderLedgerAdoption, AnOrderWithoutQuantityHasWhatIsFilledAndLeft) {
    Report report =
        Report{ExecType::Trade, OrdStatus::PartiallyFilled}.ids("X").exec("E-1").last("20").cum(
            "20");
    report.leaves_qty = dec("30");
    EXPECT_EQ(apply(report).order->order_qty, dec("50"));
}

TEST_F(OrderLedgerAdoption, TheHostMayCancelIt) {
    apply(Report{ExecType::New, OrdStatus::New}.ids("X").exec("E-1"));
    EXPECT_EQ(add_cancel("C", "X"), Reason::None);
    EXPECT_EQ(add_new("X"), Reason::DuplicateClOrdID);
}

TEST_F(OrderLedgerAdoption, OfACancelOnItsWayTheOrdersOwnIdIsTaken) {
    apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "X").exec("E-1"));
    EXPECT_EQ(order("X").cl_ord_id, id("X"));
    EXPECT_EQ(ledger_.find(id("C")), ledger_.find(id("X")));
    apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("C", "X").exec("E-2"));
    EXPECT_EQ(order("X").status, OrdStatus::Canceled);
}

TEST_F(OrderLedgerAdoption, OfAReplaceTheNewIdIsTaken) {
    apply(Report{ExecType::Replaced, OrdStatus::New}.ids("R", "X").exec("E-1"));
    EXPECT_EQ(order("X").cl_ord_id, id("R"));
}

TEST_F(OrderLedgerAdoption, AnOrderOfADealerIsKnownByItsOrderIDAlone) {
    const Applied first =
        apply(Report{ExecType::New, OrdStatus::New}.ids({}, {}, "O-7").exec("E-1"));
    ASSERT_NE(first.order, nullptr);
    EXPECT_TRUE(first.order->cl_ord_id.empty());
    apply(Report{ExecType::Trade, OrdStatus::Filled}
              .ids({}, {}, "O-7")
              .exec("E-2")
              .last("5")
              .cum("5"));
    EXPECT_EQ(first.order->status, OrdStatus::Filled);
    EXPECT_EQ(ledger_.live_count(), 0U);
}

TEST_F(OrderLedgerAdoption, AnOrderIDUsedAgainForAnotherInstrumentIsAnotherOrder) {
    work_order("A", "O-1");
    Report other = Report{ExecType::New, OrdStatus::New}.ids({}, {}, "O-1").exec("E-1");
    other.symbol = "GBPUSD";
    const Applied result = apply(other);
    EXPECT_NE(result.order, &order("A"));
    EXPECT_TRUE(result.order->is_unsolicited);
}

TEST_F(OrderLedgerAdoption, ARejectOfSomethingUnknownIsPassedOnWithoutAnOrder) {
    const Applied result =
        apply(Report{ExecType::Rejected, OrdStatus::Rejected}.ids("X").exec("E-1"));
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(result.order, nullptr);
    EXPECT_EQ(ledger_.find(id("X")), nullptr);
}

TEST_F(OrderLedgerAdoption, AReportWithoutAnyIdIsPassedOnWithoutAnOrder) {
    const Applied result = apply(Report{ExecType::Trade, OrdStatus::New}.exec("E-1").last("1"));
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(result.order, nullptr);
}

TEST_F(OrderLedgerAdoption, PastTwiceTheLimitNoReportIsLostButNoOrderIsKept) {
    const auto report = [&](int i) {
        const std::string cl = std::string{"X"}.append(std::to_string(i));
        return apply(Report{ExecType::New, OrdStatus::New}.ids(cl, {}, "O-" + cl).exec("E-1"));
    };
    for (int i = 0; i < 200; ++i) ASSERT_NE(report(i).order, nullptr);
    const Applied beyond = report(200);
    EXPECT_EQ(beyond.kind, Kind::Accepted);
    EXPECT_EQ(beyond.order, nullptr);
    EXPECT_EQ(ledger_.live_count(), 200U);
    EXPECT_EQ(add_new("A"), Reason::OrderLimitExceeded);
}

class OrderLedgerEviction : public OrderLedgerTest {
protected:
    void finish(int i) {
        const std::string cl = std::string{"A"}.append(std::to_string(i));
        work_order(cl, "O-" + cl);
        apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids(cl, {}, "O-" + cl).exec("E-1"));
    }
};

TEST_F(OrderLedgerEviction, FinishedOrdersAreForgottenFirstFinishedFirst) {
    for (int i = 0; i < 101; ++i) finish(i);
    work_order("B", "O-B");
    EXPECT_EQ(ledger_.find(id("A0")), nullptr);
    EXPECT_EQ(ledger_.find_request(id("A0")), nullptr);
    EXPECT_NE(ledger_.find(id("A1")), nullptr);
    EXPECT_EQ(add_new("A1"), Reason::DuplicateClOrdID);
    EXPECT_EQ(add_new("A0"), Reason::None);
}

TEST_F(OrderLedgerEviction, ALiveOrderIsNeverForgotten) {
    work_order("B", "O-B");
    for (int i = 0; i < 500; ++i) finish(i);
    EXPECT_TRUE(order("B").is_live());
    EXPECT_EQ(ledger_.live_count(), 1U);
}

TEST_F(OrderLedgerEviction, ALateReportAboutAForgottenOrderIsUnsolicited) {
    for (int i = 0; i < 102; ++i) finish(i);
    const Applied result = apply(Report{ExecType::Trade, OrdStatus::Canceled}
                                     .ids("A0", {}, "O-A0")
                                     .exec("E-9")
                                     .last("5")
                                     .cum("5"));
    EXPECT_EQ(result.kind, Kind::Accepted);
    ASSERT_NE(result.order, nullptr);
    EXPECT_TRUE(result.order->is_unsolicited);
    EXPECT_EQ(ledger_.live_count(), 0U);
}

TEST_F(OrderLedgerEviction, AnOrderThatLivesAgainIsKept) {
    work_order("B", "O-B");
    apply(Report{ExecType::Trade, OrdStatus::Filled}
              .ids("B", {}, "O-B")
              .exec("E-1")
              .last("100")
              .cum("100"));
    apply(Report{ExecType::TradeCancel, OrdStatus::New}
              .ids("B", {}, "O-B")
              .exec("E-2", "E-1")
              .cum("0"));
    for (int i = 0; i < 300; ++i) finish(i);
    EXPECT_TRUE(order("B").is_live());
}

}  // namespace
}  // namespace broker::core
