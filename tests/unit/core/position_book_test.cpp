#include "core/position_book.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace broker::core {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Symbol symbol(std::string_view text) { return Symbol::from(text).value(); }

class PositionBookTest : public testing::Test {
protected:
    bool book(Side side, std::string_view qty, std::string_view name = "EURUSD") {
        return book_.book(symbol(name), side, dec(qty));
    }
    bool picture(std::string_view name, std::string_view long_qty,
                 std::string_view short_qty = {}) {
        PositionReport report;
        report.symbol = name;
        if (!long_qty.empty()) report.long_qty = dec(long_qty);
        if (!short_qty.empty()) report.short_qty = dec(short_qty);
        return book_.add_to_picture(report);
    }
    // The differences as "SYMBOL fills venue".
    std::vector<std::string> end_picture() {
        std::vector<std::string> differences;
        book_.end_picture([&](const PositionDifference& difference) {
            differences.push_back(std::string{difference.symbol.view()} + " " +
                                  difference.from_fills.to_string() + " " +
                                  difference.from_venue.to_string());
        });
        return differences;
    }
    void set_base(std::string_view long_qty) {
        book_.begin_picture();
        picture("EURUSD", long_qty);
        end_picture();
    }
    using Differences = std::vector<std::string>;
    Differences picture_ahead(std::string_view long_qty) {
        book_.begin_picture(PositionBook::Timing::MayRunAhead);
        picture("EURUSD", long_qty);
        return end_picture();
    }

    PositionBook book_;
};

TEST_F(PositionBookTest, AddsBoughtAndTakesSoldExactly) {
    set_base("0");
    EXPECT_TRUE(book(Side::Buy, "0.1"));
    EXPECT_TRUE(book(Side::Buy, "0.2"));
    EXPECT_EQ(book_.net("EURUSD"), dec("0.3"));
    EXPECT_TRUE(book(Side::Sell, "0.3"));
    EXPECT_TRUE(book(Side::SellShort, "1"));
    EXPECT_TRUE(book(Side::SellShortExempt, "1"));
    EXPECT_EQ(book_.net("EURUSD"), dec("-2"));
    EXPECT_EQ(book_.filled("EURUSD"), dec("-2"));
}

TEST_F(PositionBookTest, ACorrectionOrCancelOfATradeComesAsANegativeChange) {
    set_base("0");
    book(Side::Sell, "50");
    book(Side::Sell, "-20");
    EXPECT_EQ(book_.net("EURUSD"), dec("-30"));
}

TEST_F(PositionBookTest, HasNoNetPositionBeforeTheVenuesFirstPicture) {
    book(Side::Buy, "5");
    EXPECT_FALSE(book_.has_base());
    EXPECT_EQ(book_.net("EURUSD"), std::nullopt);
    EXPECT_EQ(book_.filled("EURUSD"), dec("5"));
}

TEST_F(PositionBookTest, TheFirstPictureIsTheBaseAndFillsAreAddedToIt) {
    set_base("100");
    EXPECT_EQ(book_.net("EURUSD"), dec("100"));
    book(Side::Buy, "20");
    EXPECT_EQ(book_.net("EURUSD"), dec("120"));
    EXPECT_EQ(book_.net("GBPUSD"), dec("0"));
}

TEST_F(PositionBookTest, AFurtherPictureThatAgreesTellsNothing) {
    set_base("100");
    book(Side::Buy, "20");
    book_.begin_picture();
    picture("EURUSD", "150", "30");  // two position codes of a hedging account
    EXPECT_EQ(end_picture(), Differences{});
}

TEST_F(PositionBookTest, ReportsOfSeveralPositionCodesAddUp) {
    set_base("100");
    book_.begin_picture();
    picture("EURUSD", "130");
    picture("EURUSD", {}, "30");
    EXPECT_EQ(end_picture(), Differences{});
}

TEST_F(PositionBookTest, ADifferenceIsToldOnceAndThePictureIsBelieved) {
    set_base("100");
    book_.begin_picture();
    picture("EURUSD", "90");
    EXPECT_EQ(end_picture(), Differences{"EURUSD 100 90"});
    EXPECT_EQ(book_.net("EURUSD"), dec("90"));
    book_.begin_picture();
    picture("EURUSD", "90");
    EXPECT_EQ(end_picture(), Differences{});
}

TEST_F(PositionBookTest, APositionThatThePictureDoesNotHaveIsZeroAndOneThatOnlyItHasDiffers) {
    set_base("100");
    book_.begin_picture();
    picture("GBPUSD", "7");
    auto differences = end_picture();
    std::sort(differences.begin(), differences.end());
    EXPECT_EQ(differences, (Differences{"EURUSD 100 0", "GBPUSD 0 7"}));
}

TEST_F(PositionBookTest, AFillWhileThePictureArrivesLeavesTheSymbolUncompared) {
    set_base("100");
    book_.begin_picture();
    picture("EURUSD", "100");
    book(Side::Buy, "20");
    EXPECT_EQ(end_picture(), Differences{});
    EXPECT_EQ(book_.net("EURUSD"), dec("120"));
}

TEST_F(PositionBookTest, AFillWhileTheFirstPictureArrivesLeavesTheSymbolWithoutABase) {
    book_.begin_picture();
    picture("EURUSD", "100");
    book(Side::Buy, "20");
    EXPECT_EQ(end_picture(), Differences{});
    EXPECT_EQ(book_.net("EURUSD"), std::nullopt);
    EXPECT_EQ(book_.net("GBPUSD"), dec("0"));
    set_base("120");
    EXPECT_EQ(book_.net("EURUSD"), dec("120"));
}

// REST: the picture has the fill, whose report comes behind it.
TEST_F(PositionBookTest, AFillBehindAPictureThatMayRunAheadTakesTheBaseUntilTheNextOne) {
    picture_ahead("1000");
    EXPECT_EQ(book_.net("EURUSD"), dec("1000"));
    book(Side::Buy, "1000");
    EXPECT_EQ(book_.net("EURUSD"), std::nullopt);
    EXPECT_EQ(picture_ahead("1000"), Differences{});
    EXPECT_EQ(book_.net("EURUSD"), dec("1000"));
}

TEST_F(PositionBookTest, APictureThatMayRunAheadIsNotBelievedUntilASecondOneSaysTheSame) {
    picture_ahead("0");
    EXPECT_EQ(picture_ahead("300"), Differences{});
    EXPECT_EQ(book_.net("EURUSD"), dec("0"));
    EXPECT_EQ(picture_ahead("300"), Differences{"EURUSD 0 300"});
    EXPECT_EQ(picture_ahead("300"), Differences{});
}

TEST_F(PositionBookTest, APictureThatHasRunAheadOfAFillTellsNothing) {
    picture_ahead("0");
    EXPECT_EQ(picture_ahead("300"), Differences{});
    book(Side::Buy, "300");
    EXPECT_EQ(picture_ahead("300"), Differences{});
    EXPECT_EQ(picture_ahead("300"), Differences{});
    EXPECT_EQ(book_.net("EURUSD"), dec("300"));
}

TEST_F(PositionBookTest, AnUnreadableOrUnfinishedPictureProvesNothing) {
    set_base("100");
    book_.begin_picture();
    EXPECT_FALSE(picture("EURUSD", {}, {}));
    EXPECT_EQ(end_picture(), Differences{});
    book_.begin_picture();
    book_.drop_picture();
    EXPECT_EQ(end_picture(), Differences{});
    EXPECT_EQ(book_.net("EURUSD"), dec("100"));
}

TEST_F(PositionBookTest, WhatCannotBeCountedIsRefused) {
    set_base("9000000000000000000");
    EXPECT_FALSE(book(Side::Buy, "9000000000000000000"));
    EXPECT_EQ(book_.net("EURUSD"), dec("9000000000000000000"));
    EXPECT_FALSE(book(Side::Unspecified, "1"));
    EXPECT_FALSE(book_.book(Symbol{}, Side::Buy, dec("1")));
    EXPECT_FALSE(picture(std::string(65, 'x'), "1"));
}

}  // namespace
}  // namespace broker::core
