// Reports that no request asked for, that come late or twice, or that contradict themselves, sent
// by hand: what the host is told and what becomes of the order.
#include <gmock/gmock.h>

#include "system/order_matrix.hpp"

namespace broker::test {
namespace {

class UnexpectedReports : public OrderMatrix {
protected:
    // The venue's further rows begin with an order that works, 2000 of 10000 filled by E-2.
    void play_on(std::string_view rows) {
        play(std::string{R"(
        D X 10000
        8 X - New   New             10000    0 10000    0 | Acknowledged
        8 X - Trade PartiallyFilled 10000 2000  8000 2000 | Acknowledged
        )"} + std::string{rows});
    }
};

TEST_F(UnexpectedReports, ATradeIsCorrectedAndCanceledWhileTheOrderWorks) {
    play_on(R"(
        8 X - TradeCorrect PartiallyFilled 10000 1500 8500 1500 19=E-2 | Acknowledged
        8 X - TradeCancel  New             10000    0 10000   0 19=E-2 | Acknowledged
        = X New 10000 0 10000)");
}

TEST_F(UnexpectedReports, ATradeIsCanceledAfterTheOrderWasFilledWhichLivesAgain) {
    play_on(R"(
        8 X - Trade        Filled          10000 10000    0 8000 | Acknowledged
        8 X - TradeCancel  PartiallyFilled 10000  2000 8000 8000 19=E-3 | Acknowledged
        = X PartiallyFilled 10000 2000 8000)");
}

TEST_F(UnexpectedReports, ATradeIsCorrectedAndCanceledAfterTheOrderWasCanceled) {
    play_on(R"(
        8 X - Canceled     Canceled 10000 2000 0    0 | Acknowledged
        8 X - TradeCorrect Canceled 10000 1000 0 1000 19=E-2 | Acknowledged
        8 X - TradeCancel  Canceled 10000    0 0 1000 19=E-4 | Acknowledged
        = done)");
}

TEST_F(UnexpectedReports, TheVenueCancelsAnOrderOnItsOwn) {
    play_on(R"(
        8 X - Canceled Canceled 10000 2000 0 0 58=margin | Acknowledged
        = done)");
}

TEST_F(UnexpectedReports, AnOrderExpires) {
    play_on(R"(
        8 X - Expired Expired 10000 2000 0 0 | Acknowledged
        = done)");
}

TEST_F(UnexpectedReports, AnOrderDoneForTheDayIsRestatedTheNextDay) {
    play_on(R"(
        8 X - DoneForDay DoneForDay      10000 2000    0 0 | Acknowledged
        8 X - Restated   PartiallyFilled 10000 2000 8000 0 378=1 | Acknowledged
        = X PartiallyFilled 10000 2000 8000)");
}

TEST_F(UnexpectedReports, TheVenueReducesAnOrder) {
    play_on(R"(
        8 X - Restated PartiallyFilled 6000 2000 4000 0 378=5 | Acknowledged
        = X PartiallyFilled 6000 2000 4000)");
}

TEST_F(UnexpectedReports, AnOrderIsSuspendedAndReleased) {
    play_on(R"(
        8 X - Suspended Suspended       10000 2000 8000 0 | Acknowledged
        8 X - Restated  PartiallyFilled 10000 2000 8000 0 378=0 | Acknowledged
        = X PartiallyFilled 10000 2000 8000)");
}

TEST_F(UnexpectedReports, AStatusBooksNoFillAndOneThatSaysNothingNewIsSilent) {
    // LastQty of an OrderStatus is no fill, and CumQty ahead of the fills is not one either.
    play_on(R"(
        8 X - OrderStatus PartiallyFilled 10000 2000 8000 2000 17=0 | silent
        8 X - OrderStatus PartiallyFilled 10000 3000 7000 1000 17=0 | Acknowledged
        8 X - Trade       PartiallyFilled 10000 3000 7000 1000 | Acknowledged
        = X PartiallyFilled 10000 3000 7000)");
    EXPECT_THAT(rig_.log(), testing::HasSubstr("reason=FILL_MISSING"));
}

TEST_F(UnexpectedReports, ARepeatedExecIDCountsOnceAndIsSilent) {
    play_on(R"(
        8 X - Trade PartiallyFilled 10000 2000 8000 2000 17=E-2 | silent
        8 X - Trade PartiallyFilled 10000 5000 5000 3000 | Acknowledged
        8 X - Trade PartiallyFilled 10000 2000 8000 2000 17=E-2 43=Y | silent
        = X PartiallyFilled 10000 5000 5000)");
}

TEST_F(UnexpectedReports, OfALeavesQtyThatDoesNotAddUpTheFillCounts) {
    play_on(R"(
        8 X - Trade PartiallyFilled 10000 5000 9999 3000 | Acknowledged
        = X PartiallyFilled 10000 5000 5000)");
}

TEST_F(UnexpectedReports, AFillLargerThanCumQtyCounts) {
    play_on(R"(
        8 X - Trade PartiallyFilled 10000 1000 9000 3000 | Acknowledged
        = X PartiallyFilled 10000 5000 5000)");
}

TEST_F(UnexpectedReports, AReportOfAnotherOrderIsTakenUpAsUnsolicited) {
    play_on(R"(
        8 OTHER - New New 500 0 500 0 37=O-2 | -
        8 OTHER - Canceled Canceled 500 0 0 0 37=O-2 | -
        = X PartiallyFilled 10000 2000 8000)");
    const auto other = rig_.events().find([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT && event.cl_ord_id == "OTHER";
    });
    ASSERT_EQ(other.size(), 2U);
    EXPECT_TRUE(other.front().is_unsolicited);
}

TEST_F(UnexpectedReports, AReplaceOfAnOrderKnownAsFilledIsRefusedHere) {
    play_on("8 X - Trade Filled 10000 10000 0 8000 | Acknowledged");
    ASSERT_TRUE(rig_.replace("ACC-1", "Y", "X", "12000", "1.1").is_ok());
    ASSERT_TRUE(rig_.events().wait_for(cancel_reject("Y")));
    EXPECT_EQ(rig_.events().find(cancel_reject("Y")).front().reason, BROKER_REASON_ORDER_FINAL);
    EXPECT_EQ(rig_.received(0, "G", "Y"), 0U);
}

TEST_F(UnexpectedReports, ANegativeLastQtyBooksNothing) {
    play_on(R"(
        8 X - Trade PartiallyFilled 10000 2000 8000 -2000 | any
        8 X - Trade PartiallyFilled 10000 3000 7000  1000 | Acknowledged
        = X PartiallyFilled 10000 3000 7000)");
}

}  // namespace
}  // namespace broker::test
