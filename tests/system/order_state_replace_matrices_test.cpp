// FIX 4.4, volume 4, appendix D: cancel/replace requests. X is the order, Y and Z replace it.
#include "system/order_matrix.hpp"

namespace broker::test {
namespace {

using ReplaceMatrices = OrderMatrix;

// C.1: replace that increases the quantity.

TEST_F(ReplaceMatrices, AnUnfilledOrderIsReplaced) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        G Y X 11000
        8 Y X PendingReplace PendingReplace  10000    0 10000    0 | Acknowledged
        8 Y X Replaced       New             11000    0 11000    0 | Acknowledged
        8 Y - Trade          PartiallyFilled 11000 1000 10000 1000 | Acknowledged
        8 Y - Trade          PartiallyFilled 11000 3000  8000 2000 | Acknowledged
        = Y PartiallyFilled 11000 3000 8000)");
}

TEST_F(ReplaceMatrices, AnUnfilledOrderIsReplacedWithoutAPendingReplace) {
    play(R"(
        D X 10000
        8 X - New      New             10000    0 10000    0 | Acknowledged
        G Y X 11000
        8 Y X Replaced New             11000    0 11000    0 | Acknowledged
        8 Y - Trade    PartiallyFilled 11000 1000 10000 1000 | Acknowledged
        = Y PartiallyFilled 11000 1000 10000)");
}

TEST_F(ReplaceMatrices, TheReplaceOfAnUnfilledOrderIsRejected) {
    play(R"(
        D X 10000
        8 X - New            New            10000 0 10000 0 | Acknowledged
        G Y X 11000
        8 Y X PendingReplace PendingReplace 10000 0 10000 0 | Acknowledged
        9 Y X New | Rejected
        = X New 10000 0 10000)");
}

TEST_F(ReplaceMatrices, APartFilledOrderIsReplacedAndFilled) {
    play(R"(
        D X 10000
        8 X - New            New             10000     0 10000     0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000  1000  9000  1000 | Acknowledged
        G Y X 12000
        8 X - Trade          PartiallyFilled 10000  1100  8900   100 | Acknowledged
        8 Y X PendingReplace PendingReplace  10000  1100  8900     0 | Acknowledged
        8 X - Trade          PendingReplace  10000  1200  8800   100 | Acknowledged
        8 Y X Replaced       PartiallyFilled 12000  1200 10800     0 | Acknowledged
        8 Y - Trade          Filled          12000 12000     0 10800 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, APartFilledOrderIsReplacedWithoutAPendingReplace) {
    play(R"(
        D X 10000
        8 X - New      New             10000    0 10000    0 | Acknowledged
        8 X - Trade    PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 12000
        8 X - Trade    PartiallyFilled 10000 1100  8900  100 | Acknowledged
        8 Y X Replaced PartiallyFilled 12000 1100 10900    0 | Acknowledged
        = Y PartiallyFilled 12000 1100 10900)");
}

TEST_F(ReplaceMatrices, TheReplaceOfAPartFilledOrderIsRejected) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 12000
        8 X - Trade          PartiallyFilled 10000 1100  8900  100 | Acknowledged
        8 Y X PendingReplace PendingReplace  10000 1100  8900    0 | Acknowledged
        8 X - Trade          PendingReplace  10000 1200  8800  100 | Acknowledged
        9 Y X PartiallyFilled | Rejected
        = X PartiallyFilled 10000 1200 8800)");
}

// C.2: replace that is sent while an execution is reported; the quantity exceeds CumQty.

TEST_F(ReplaceMatrices, AReplaceThatExceedsCumQtyCrossesExecutionsAndTheOrderIsFilled) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 8000
        8 X - Trade          PartiallyFilled 10000 1500  8500  500 | Acknowledged
        8 Y X PendingReplace PendingReplace  10000 1500  8500    0 | Acknowledged
        8 X - Trade          PendingReplace  10000 1600  8400  100 | Acknowledged
        8 Y X Replaced       PartiallyFilled  8000 1600  6400    0 | Acknowledged
        8 Y - Trade          Filled           8000 8000     0 6400 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, AReplaceThatExceedsCumQtyIsAcceptedWithoutAPendingReplace) {
    play(R"(
        D X 10000
        8 X - New      New             10000    0 10000    0 | Acknowledged
        8 X - Trade    PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 8000
        8 X - Trade    PartiallyFilled 10000 1500  8500  500 | Acknowledged
        8 X - Trade    PartiallyFilled 10000 1600  8400  100 | Acknowledged
        8 Y X Replaced PartiallyFilled  8000 1600  6400    0 | Acknowledged
        8 Y - Trade    Filled           8000 8000     0 6400 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, AReplaceThatExceedsCumQtyIsRejectedAndTheOrderGoesOn) {
    play(R"(
        D X 10000
        8 X - New            New             10000     0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000  1000  9000 1000 | Acknowledged
        G Y X 8000
        8 X - Trade          PartiallyFilled 10000  1500  8500  500 | Acknowledged
        8 Y X PendingReplace PendingReplace  10000  1500  8500    0 | Acknowledged
        8 X - Trade          PendingReplace  10000  1600  8400  100 | Acknowledged
        9 Y X PartiallyFilled | Rejected
        8 X - Trade          Filled          10000 10000     0 8400 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, AReplacedOrderIsFilledInPart) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        G Y X 11000
        8 Y X PendingReplace PendingReplace  10000    0 10000    0 | Acknowledged
        8 X - Trade          PendingReplace  10000 1000  9000 1000 | Acknowledged
        8 Y X Replaced       PartiallyFilled 11000 1000 10000    0 | Acknowledged
        8 Y - Trade          PartiallyFilled 11000 2000  9000 1000 | Acknowledged
        = Y PartiallyFilled 11000 2000 9000)");
}

TEST_F(ReplaceMatrices, AFilledOrderIsReopenedByAReplaceThatWasUnderWay) {
    // Between the fill and the acceptance the order has nothing at work.
    play(R"(
        D X 10000
        8 X - New            New             10000     0 10000     0 | Acknowledged
        G Y X 12000
        8 X - Trade          Filled          10000 10000     0 10000 | Acknowledged
        8 Y X PendingReplace PendingReplace  10000 10000     0     0 | Acknowledged Filled
        8 Y X Replaced       PartiallyFilled 12000 10000  2000     0 | Acknowledged
        8 Y - Trade          Filled          12000 12000     0  2000 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, AnOrderIsFilledWhileItsReplaceIsPending) {
    play(R"(
        D X 10000
        8 X - New            New             10000     0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000  1000  9000 1000 | Acknowledged
        G Y X 10000
        8 Y X PendingReplace PendingReplace  10000  1000  9000    0 | Acknowledged
        8 X - Trade          Filled          10000 10000     0 9000 | Acknowledged
        9 Y X Filled | Rejected
        = done)");
}

TEST_F(ReplaceMatrices, AReplaceToCumQtyFillsTheOrder) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        G Y X 7000
        8 X - Trade          PartiallyFilled 10000 7000  3000 7000 | Acknowledged
        8 Y X PendingReplace PendingReplace  10000 7000  3000    0 | Acknowledged
        8 Y X Replaced       Filled           7000 7000     0    0 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, AReplaceBelowCumQtyIsAmendedToItAndFillsTheOrder) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        G Y X 7000
        8 X - Trade          PartiallyFilled 10000 8000  2000 8000 | Acknowledged
        8 Y X PendingReplace PendingReplace  10000 8000  2000    0 | Acknowledged
        8 Y X Replaced       Filled           8000 8000     0    0 | Acknowledged
        = done)");
}

// D: sequences of replaces.

TEST_F(ReplaceMatrices, TwoReplacesOneAfterTheOtherAreAccepted) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 8000
        8 Y X PendingReplace PendingReplace  10000 1000  9000    0 | Acknowledged
        8 Y X Replaced       PartiallyFilled  8000 1000  7000    0 | Acknowledged
        8 Y - Trade          PartiallyFilled  8000 3000  5000 2000 | Acknowledged
        G Z Y 6000
        8 Z Y PendingReplace PendingReplace   8000 3000  5000    0 | Acknowledged
        8 Y - Trade          PendingReplace   8000 3500  4500  500 | Acknowledged
        8 Z Y Replaced       PartiallyFilled  6000 3500  2500    0 | Acknowledged
        8 Z - Trade          Filled           6000 6000     0 2500 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, TheSecondOfTwoReplacesIsRejectedWhileTheFirstIsPending) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 8000
        G Z Y 7000
        8 Y X PendingReplace PendingReplace  10000 1000  9000    0 | Acknowledged
        9 Z X PendingReplace | Rejected
        8 Y X Replaced       PartiallyFilled  8000 1000  7000    0 | Acknowledged
        8 Y - Trade          PartiallyFilled  8000 3000  5000 2000 | Acknowledged
        = Y PartiallyFilled 8000 3000 5000)");
}

TEST_F(ReplaceMatrices, TwoChainedReplacesAreAccepted) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 8000
        G Z Y 7000
        8 Y X PendingReplace PendingReplace  10000 1000  9000    0 | Acknowledged
        8 X - Trade          PendingReplace  10000 1500  8500  500 | Acknowledged
        8 Z Y PendingReplace PendingReplace  10000 1500  8500    0 | Acknowledged
        8 Y X Replaced       PendingReplace   8000 1500  6500    0 | Acknowledged
        8 Y - Trade          PendingReplace   8000 1600  6400  100 | Acknowledged
        8 Z Y Replaced       PartiallyFilled  7000 1600  5400    0 | Acknowledged
        8 Z - Trade          Filled           7000 7000     0 5400 | Acknowledged
        = done)");
}

TEST_F(ReplaceMatrices, TwoChainedReplacesAreAcceptedTheFirstWithoutAPendingReplace) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 8000
        G Z Y 7000
        8 Y X Replaced       PartiallyFilled  8000 1000  7000    0 | Acknowledged
        8 Z Y PendingReplace PendingReplace   8000 1000  7000    0 | Acknowledged
        8 Y - Trade          PendingReplace   8000 1500  6500  500 | Acknowledged
        8 Z Y Replaced       PartiallyFilled  7000 1500  5500    0 | Acknowledged
        = Z PartiallyFilled 7000 1500 5500)");
}

TEST_F(ReplaceMatrices, TwoChainedReplacesArePendingAndTheVenueReportsTheSecondAlone) {
    play(R"(
        D X 10000
        8 X - New            New             10000    0 10000    0 | Acknowledged
        8 X - Trade          PartiallyFilled 10000 1000  9000 1000 | Acknowledged
        G Y X 8000
        G Z Y 7000
        8 Y X PendingReplace PendingReplace  10000 1000  9000    0 | Acknowledged
        8 X - Trade          PendingReplace  10000 1500  8500  500 | Acknowledged
        8 Z Y PendingReplace PendingReplace  10000 1500  8500    0 | Acknowledged
        8 Z Y Replaced       PartiallyFilled  7000 1500  5500    0 | Acknowledged
        8 Z - Trade          PartiallyFilled  7000 2000  5000  500 | Acknowledged
        = Z PartiallyFilled 7000 2000 5000)");
}

}  // namespace
}  // namespace broker::test
