// Fills and the quantities that follow from them.
#include <algorithm>
#include <array>

#include "order_ledger_fixture.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

class OrderLedgerFill : public OrderLedgerTest {
protected:
    Applied correct(std::string_view exec_id, std::string_view ref, std::string_view qty,
                    std::string_view cum) {
        return apply(Report{ExecType::TradeCorrect, OrdStatus::PartiallyFilled}
                         .ids("A")
                         .exec(exec_id, ref)
                         .last(qty)
                         .cum(cum));
    }
    Applied bust(std::string_view exec_id, std::string_view ref, std::string_view cum,
                 OrdStatus status = OrdStatus::PartiallyFilled) {
        return apply(Report{ExecType::TradeCancel, status}.ids("A").exec(exec_id, ref).cum(cum));
    }
    void expect_quantities(std::string_view filled, std::string_view cum, std::string_view leaves) {
        EXPECT_EQ(order().filled_qty, dec(filled));
        EXPECT_EQ(order().cum_qty, dec(cum));
        EXPECT_EQ(order().leaves_qty, dec(leaves));
    }
};

TEST_F(OrderLedgerFill, AddsUpToAFilledOrder) {
    work_order();
    EXPECT_EQ(trade("E-1", "30", "30").kind, Kind::Accepted);
    expect_quantities("30", "30", "70");
    EXPECT_EQ(trade("E-2", "70", "100", OrdStatus::Filled).is_fill_missing, false);
    expect_quantities("100", "100", "0");
    EXPECT_EQ(ledger_.live_count(), 0U);
}

TEST_F(OrderLedgerFill, CountsOnceHoweverOftenItIsReported) {
    work_order();
    trade("E-1", "30", "30");
    const Applied again = apply(Report{ExecType::Trade, OrdStatus::PartiallyFilled}
                                    .ids("A")
                                    .exec("E-1")
                                    .last("30")
                                    .cum("30")
                                    .poss_dup());
    EXPECT_EQ(again.kind, Kind::Duplicate);
    EXPECT_EQ(again.order, &order());
    expect_quantities("30", "30", "70");
}

TEST_F(OrderLedgerFill, ARepeatedAcknowledgementIsADuplicate) {
    work_order();
    EXPECT_EQ(apply(Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-0").poss_dup()).kind,
              Kind::Duplicate);
}

TEST_F(OrderLedgerFill, EveryOrderOfArrivalAndRepetitionGivesTheSameQuantities) {
    const std::array<Report, 4> reports{
        Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-1").cum("0"),
        Report{ExecType::Trade, OrdStatus::PartiallyFilled}.ids("A").exec("E-2").last("20").cum(
            "20"),
        Report{ExecType::Trade, OrdStatus::PartiallyFilled}.ids("A").exec("E-3").last("30").cum(
            "50"),
        Report{ExecType::Trade, OrdStatus::Filled}.ids("A").exec("E-4").last("50").cum("100")};
    std::array<std::size_t, 4> arrival{0, 1, 2, 3};
    do {
        OrderLedger ledger{{}};
        ASSERT_TRUE(ledger.add(limit_order("A"), deadline()));
        int news = 0;
        for (int round = 0; round < 3; ++round) {
            for (const std::size_t i : arrival) {
                news += ledger.apply(reports[i]).kind == Kind::Accepted;
            }
        }
        EXPECT_EQ(news, 4);
        const Order& order = *ledger.find(id("A"));
        EXPECT_EQ(order.filled_qty, dec("100"));
        EXPECT_EQ(order.cum_qty, dec("100"));
        EXPECT_EQ(order.leaves_qty, dec("0"));
        EXPECT_EQ(order.status, OrdStatus::Filled);
    } while (std::next_permutation(arrival.begin(), arrival.end()));
}

TEST_F(OrderLedgerFill, SaysThatOneIsMissingUntilItArrives) {
    work_order();
    EXPECT_TRUE(trade("E-2", "30", "50").is_fill_missing);
    expect_quantities("30", "50", "50");
    EXPECT_FALSE(trade("E-1", "20", "20").is_fill_missing);
    expect_quantities("50", "50", "50");
}

TEST_F(OrderLedgerFill, AStatusAnswerBooksNoneButShowsThatOneIsMissing) {
    work_order();
    const Applied result = apply(
        Report{ExecType::OrderStatus, OrdStatus::PartiallyFilled}.ids("A").exec("0").last("40").cum(
            "40"));
    EXPECT_TRUE(result.is_fill_missing);
    expect_quantities("0", "40", "60");
    EXPECT_EQ(order().status, OrdStatus::PartiallyFilled);
    EXPECT_FALSE(trade("E-1", "40", "40").is_fill_missing);
    expect_quantities("40", "40", "60");
}

TEST_F(OrderLedgerFill, AStatusAnswerWithExecIDZeroMayRepeatAndIsNewsOnlyIfItChangesSomething) {
    work_order();
    const auto answer = [&](OrdStatus status, std::string_view cum) {
        return apply(Report{ExecType::OrderStatus, status}.ids("A").exec("0").cum(cum)).kind;
    };
    EXPECT_EQ(answer(OrdStatus::New, "0"), Kind::Duplicate);
    EXPECT_EQ(answer(OrdStatus::PartiallyFilled, "40"), Kind::Accepted);
    EXPECT_EQ(answer(OrdStatus::PartiallyFilled, "40"), Kind::Duplicate);
    EXPECT_EQ(answer(OrdStatus::New, "0"), Kind::Duplicate);  // late: nothing runs backwards
    expect_quantities("0", "40", "60");
    EXPECT_EQ(order().status, OrdStatus::PartiallyFilled);
}

TEST_F(OrderLedgerFill, TheSameExecIDUnderAnotherOrderIDIsAnotherExecution) {
    work_order();
    trade("E-1", "30", "30");
    send_replace("R", "A");
    apply(Report{ExecType::Replaced, OrdStatus::PartiallyFilled}
              .ids("R", "A", "O-2")
              .exec("E-9")
              .cum("30"));
    const Applied result = apply(Report{ExecType::Trade, OrdStatus::PartiallyFilled}
                                     .ids("R", {}, "O-2")
                                     .exec("E-1")
                                     .last("20")
                                     .cum("50"));
    EXPECT_EQ(result.kind, Kind::Accepted);
    expect_quantities("50", "50", "50");
}

TEST_F(OrderLedgerFill, TwoOrdersMayHaveTheSameExecIDs) {
    work_order("A", "O-1");
    work_order("B", "O-2");
    trade("E-1", "30", "30");
    apply(Report{ExecType::Trade, OrdStatus::PartiallyFilled}
              .ids("B", {}, "O-2")
              .exec("E-1")
              .last("30")
              .cum("30"));
    EXPECT_EQ(order("B").filled_qty, dec("30"));
}

TEST_F(OrderLedgerFill, ExecIDsThatDifferOnlyPast64CharactersAreTwo) {
    work_order();
    const std::string first = std::string(100, 'x') + "1";
    const std::string second = std::string(100, 'x') + "2";
    EXPECT_EQ(trade(first, "10", "10").kind, Kind::Accepted);
    EXPECT_EQ(trade(second, "10", "20").kind, Kind::Accepted);
    EXPECT_EQ(trade(first, "10", "10").kind, Kind::Duplicate);
    expect_quantities("20", "20", "80");
}

TEST_F(OrderLedgerFill, WithoutAnExecIDCountsUpToCumQty) {
    work_order();
    EXPECT_EQ(trade("", "30", "30").kind, Kind::Accepted);
    EXPECT_EQ(trade("", "30", "30").kind, Kind::Duplicate);
    EXPECT_EQ(trade("", "30", "60").kind, Kind::Accepted);
    expect_quantities("60", "60", "40");
}

TEST_F(OrderLedgerFill, AfterACancelIsCountedAndTheOrderStaysCanceled) {
    work_order();
    apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("A").exec("E-2").cum("0"));
    EXPECT_EQ(trade("E-1", "30", "30").kind, Kind::Accepted);
    expect_quantities("30", "30", "0");
    EXPECT_EQ(order().status, OrdStatus::Canceled);
}

TEST_F(OrderLedgerFill, WhileACancelIsPendingKeepsTheStatus) {
    work_order();
    send_cancel("C", "A");
    apply(Report{ExecType::PendingCancel, OrdStatus::PendingCancel}.ids("C", "A").exec("E-1"));
    trade("E-2", "10", "10", OrdStatus::PendingCancel);
    EXPECT_EQ(order().status, OrdStatus::PendingCancel);
    expect_quantities("10", "10", "90");
}

TEST_F(OrderLedgerFill, IsCorrectedByExecRefID) {
    work_order();
    trade("E-1", "30", "30");
    trade("E-2", "20", "50");
    EXPECT_FALSE(correct("E-3", "E-1", "25", "45").is_fill_missing);
    expect_quantities("45", "45", "55");
    EXPECT_EQ(correct("E-3", "E-1", "25", "45").kind, Kind::Duplicate);
    expect_quantities("45", "45", "55");
}

TEST_F(OrderLedgerFill, IsCorrectedAgainByTheFirstOrTheLastExecID) {
    work_order();
    trade("E-1", "30", "30");
    correct("E-2", "E-1", "25", "25");
    correct("E-3", "E-2", "20", "20");
    correct("E-4", "E-1", "15", "15");
    expect_quantities("15", "15", "85");
    bust("E-5", "E-3", "0", OrdStatus::New);
    expect_quantities("0", "0", "100");
}

TEST_F(OrderLedgerFill, IsBustedAfterTheOrderWasFilledAndTheOrderLivesAgain) {
    work_order();
    trade("E-1", "40", "40");
    trade("E-2", "60", "100", OrdStatus::Filled);
    EXPECT_EQ(ledger_.live_count(), 0U);
    bust("E-3", "E-2", "40");
    expect_quantities("40", "40", "60");
    EXPECT_EQ(order().status, OrdStatus::PartiallyFilled);
    EXPECT_EQ(ledger_.live_count(), 1U);
}

TEST_F(OrderLedgerFill, OfACanceledOrderIsBustedWithoutReopeningIt) {
    work_order();
    trade("E-1", "40", "40");
    apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("A").exec("E-2").cum("40"));
    bust("E-3", "E-1", "0", OrdStatus::Canceled);
    expect_quantities("0", "0", "0");
    EXPECT_EQ(order().status, OrdStatus::Canceled);
}

TEST_F(OrderLedgerFill, BustedBeforeItArrivesDoesNotCount) {
    work_order();
    trade("E-2", "20", "50");
    bust("E-3", "E-1", "20");
    EXPECT_EQ(trade("E-1", "30", "30").kind, Kind::Duplicate);
    expect_quantities("20", "20", "80");
}

TEST_F(OrderLedgerFill, BustedAfterALaterOneArrivedGivesTheVenuesQuantity) {
    work_order();
    trade("E-1", "30", "30");
    trade("E-2", "20", "50");
    trade("E-4", "10", "30");  // E-1 is busted by E-3, which comes later
    bust("E-3", "E-1", "20");
    expect_quantities("30", "30", "70");
}

TEST_F(OrderLedgerFill, BustedUnderTheOrderIDOfALaterReplaceIsFound) {
    work_order();
    trade("E-1", "30", "30");
    send_replace("R", "A");
    apply(Report{ExecType::Replaced, OrdStatus::PartiallyFilled}
              .ids("R", "A", "O-2")
              .exec("E-2")
              .cum("30"));
    apply(Report{ExecType::TradeCancel, OrdStatus::New}
              .ids("R", {}, "O-2")
              .exec("E-3", "E-1")
              .cum("0"));
    expect_quantities("0", "0", "100");
}

TEST_F(OrderLedgerFill, TheAveragePriceIsThatOfTheLatestPicture) {
    work_order();
    Report second =
        Report{ExecType::Trade, OrdStatus::PartiallyFilled}.ids("A").exec("E-2").last("30").cum(
            "50");
    second.avg_px = dec("1.15");
    apply(second);
    Report first =
        Report{ExecType::Trade, OrdStatus::PartiallyFilled}.ids("A").exec("E-1").last("20").cum(
            "20");
    first.avg_px = dec("1.1");
    apply(first);
    EXPECT_EQ(order().avg_px, dec("1.15"));
}

TEST_F(OrderLedgerFill, QuantitiesOutOfRangeDoNotOverflow) {
    work_order();
    const std::string huge = "9223372036854775807";
    trade("E-1", huge, huge);
    trade("E-2", huge, huge);
    EXPECT_EQ(order().cum_qty, dec(huge));
    EXPECT_EQ(order().leaves_qty, dec("0"));
}

}  // namespace
}  // namespace broker::core
