// FIX 4.4, volume 4, appendix D: executions and cancels. X is the order, Y the cancel.
#include "system/order_matrix.hpp"

namespace broker::test {
namespace {

using Matrices = OrderMatrix;

// A: execution.

TEST_F(Matrices, AnOrderIsFilledInParts) {
    play(R"(
        D X 10000
        8 X - New   New             10000     0 10000    0 | Acknowledged
        8 X - Trade PartiallyFilled 10000  2000  8000 2000 | Acknowledged
        8 X - Trade PartiallyFilled 10000  3000  7000 1000 | Acknowledged
        8 X - Trade Filled          10000 10000     0 7000 | Acknowledged
        = done)");
}

TEST_F(Matrices, AnOrderIsFilledAtOnceWithoutAnAcknowledgement) {
    play(R"(
        D X 10000
        8 X - Trade Filled 10000 10000 0 10000 | Acknowledged
        = done)");
}

TEST_F(Matrices, AnOrderIsRejectedAtOnce) {
    play(R"(
        D X 10000
        8 X - Rejected Rejected 10000 0 0 0 103=0 | Rejected
        = done)");
}

TEST_F(Matrices, APartFilledOrderIsDoneForTheDay) {
    play(R"(
        D X 10000
        8 X - New        New             10000    0 10000    0 | Acknowledged
        8 X - Trade      PartiallyFilled 10000 2000  8000 2000 | Acknowledged
        8 X - Trade      PartiallyFilled 10000 3000  7000 1000 | Acknowledged
        8 X - DoneForDay DoneForDay      10000 3000     0    0 | Acknowledged
        = done)");
}

// B: cancel.

TEST_F(Matrices, AnUnfilledOrderIsCanceled) {
    play(R"(
        D X 10000
        8 X - New           New           10000 0 10000 0 | Acknowledged
        F Y X
        8 Y X PendingCancel PendingCancel 10000 0 10000 0 | Acknowledged
        8 Y X Canceled      Canceled      10000 0     0 0 | Acknowledged
        = done)");
}

TEST_F(Matrices, APartFilledOrderIsCanceled) {
    play(R"(
        D X 10000
        8 X - New           New             10000    0 10000    0 | Acknowledged
        8 X - Trade         PartiallyFilled 10000 2000  8000 2000 | Acknowledged
        F Y X
        8 Y X PendingCancel PendingCancel   10000 2000  8000    0 | Acknowledged
        8 Y X Canceled      Canceled        10000 2000     0    0 | Acknowledged
        = done)");
}

TEST_F(Matrices, AnOrderThatFillsWhileItsCancelIsUnderWayIsCanceled) {
    play(R"(
        D X 10000
        8 X - New           New             10000    0 10000    0 | Acknowledged
        8 X - Trade         PartiallyFilled 10000 2000  8000 2000 | Acknowledged
        F Y X
        8 X - Trade         PartiallyFilled 10000 5000  5000 3000 | Acknowledged
        8 Y X PendingCancel PendingCancel   10000 5000  5000    0 | Acknowledged
        8 X - Trade         PendingCancel   10000 6000  4000 1000 | Acknowledged
        8 Y X Canceled      Canceled        10000 6000     0    0 | Acknowledged
        = done)");
}

TEST_F(Matrices, TheCancelOfAPartFilledOrderIsRejectedAfterItWasPending) {
    play(R"(
        D X 10000
        8 X - New           New             10000    0 10000    0 | Acknowledged
        8 X - Trade         PartiallyFilled 10000 2000  8000 2000 | Acknowledged
        F Y X
        8 X - Trade         PartiallyFilled 10000 5000  5000 3000 | Acknowledged
        8 Y X PendingCancel PendingCancel   10000 5000  5000    0 | Acknowledged
        8 X - Trade         PendingCancel   10000 6000  4000 1000 | Acknowledged
        9 Y X PartiallyFilled | Rejected
        = X PartiallyFilled 10000 6000 4000)");
}

TEST_F(Matrices, TheCancelOfAPartFilledOrderIsRejectedAtOnce) {
    play(R"(
        D X 10000
        8 X - New           New             10000    0 10000    0 | Acknowledged
        8 X - Trade         PartiallyFilled 10000 2000  8000 2000 | Acknowledged
        F Y X
        8 X - Trade         PartiallyFilled 10000 5000  5000 3000 | Acknowledged
        9 Y X PartiallyFilled | Rejected
        = X PartiallyFilled 10000 5000 5000)");
}

TEST_F(Matrices, AnOrderIsFilledBeforeItsPendingCancelIsAccepted) {
    // PendingCancel takes precedence over Filled until the cancel is rejected.
    play(R"(
        D X 10000
        8 X - New           New             10000     0 10000    0 | Acknowledged
        8 X - Trade         PartiallyFilled 10000  2000  8000 2000 | Acknowledged
        F Y X
        8 X - Trade         PartiallyFilled 10000  5000  5000 3000 | Acknowledged
        8 Y X PendingCancel PendingCancel   10000  5000  5000    0 | Acknowledged
        8 X - Trade         PendingCancel   10000 10000     0 5000 | Acknowledged
        9 Y X Filled | Rejected
        = done)");
}

TEST_F(Matrices, AnOrderIsFilledBeforeItsCancelWhichIsRejectedAtOnce) {
    play(R"(
        D X 10000
        8 X - New           New             10000     0 10000    0 | Acknowledged
        8 X - Trade         PartiallyFilled 10000  2000  8000 2000 | Acknowledged
        F Y X
        8 X - Trade         Filled          10000 10000     0 8000 | Acknowledged
        9 Y X Filled | Rejected
        = done)");
}

TEST_F(Matrices, TheCancelOfAFilledOrderIsPendingAndThenRejected) {
    // The order is filled: what the venue says of a cancel under way does not make it live.
    play(R"(
        D X 10000
        8 X - New           New           10000     0 10000     0 | Acknowledged
        F Y X
        8 X - Trade         Filled        10000 10000     0 10000 | Acknowledged
        8 Y X PendingCancel PendingCancel 10000 10000     0     0 | Acknowledged Filled
        9 Y X Filled | Rejected
        = done)");
}

TEST_F(Matrices, TheCancelOfAFilledOrderIsRejected) {
    play(R"(
        D X 10000
        8 X - New           New           10000     0 10000     0 | Acknowledged
        F Y X
        8 X - Trade         Filled        10000 10000     0 10000 | Acknowledged
        9 Y X Filled | Rejected
        = done)");
}

TEST_F(Matrices, AnOrderIsFilledWhileItsCancelIsPending) {
    play(R"(
        D X 10000
        8 X - New           New           10000     0 10000     0 | Acknowledged
        F Y X
        8 Y X PendingCancel PendingCancel 10000     0 10000     0 | Acknowledged
        8 X - Trade         Filled        10000 10000     0 10000 | Acknowledged
        9 Y X Filled | Rejected
        = done)");
}

}  // namespace
}  // namespace broker::test
