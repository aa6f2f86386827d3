#include "core/open_positions.hpp"

#include <gtest/gtest.h>

namespace broker::core {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Symbol symbol(std::string_view text) { return Symbol::from(text).value(); }

PositionReport position(std::string_view name, std::string_view code, std::string_view net) {
    PositionReport report;
    report.symbol = name;
    report.position_code = code;
    const Decimal value = dec(net);
    if (value.sign() >= 0) {
        report.long_qty = value;
    } else {
        report.short_qty = Decimal{}.minus(value);
    }
    return report;
}

class OpenPositionsTest : public testing::Test {
protected:
    void picture(const std::vector<PositionReport>& reports) {
        positions_.begin_picture();
        for (const auto& report : reports) positions_.add_to_picture(report);
        positions_.end_picture(true);
    }
    void fill(std::string_view name, Side side, std::string_view qty,
              std::string_view position_code = {}, std::string_view order_id = "V-1") {
        Order order;
        order.symbol = symbol(name);
        order.side = side;
        order.order_id = OrderID::from(order_id).value();
        order.instructions.position_code = FixedString<64>::from(position_code).value();
        Applied applied;
        applied.order = &order;
        applied.fill_delta = dec(qty);
        positions_.book(applied);
    }

    OpenPositions positions_;
};

TEST_F(OpenPositionsTest, KnowsNothingBeforeTheFirstWholePicture) {
    EXPECT_FALSE(positions_.count());
    positions_.begin_picture();
    positions_.add_to_picture(position("EURUSD", "", "1"));
    positions_.end_picture(false);
    EXPECT_FALSE(positions_.count());
    picture({});
    EXPECT_EQ(positions_.count(), 0U);
}

TEST_F(OpenPositionsTest, NetsBySymbolWhereTheVenueHasNoCodes) {
    picture({position("EURUSD", "", "100"), position("USDJPY", "", "-5")});
    EXPECT_EQ(positions_.count(), 2U);
    fill("EURUSD", Side::Sell, "40");
    EXPECT_EQ(positions_.net(symbol("EURUSD")), dec("60"));
    fill("EURUSD", Side::Sell, "60");
    EXPECT_EQ(positions_.count(), 1U);
    EXPECT_EQ(positions_.net(symbol("EURUSD")), Decimal{});
}

TEST_F(OpenPositionsTest, KeepsPositionsApartByTheirCodes) {
    picture({position("EURUSD", "P1", "100"), position("EURUSD", "P2", "-100")});
    EXPECT_TRUE(positions_.is_by_code());
    EXPECT_EQ(positions_.count(), 2U);
    EXPECT_EQ(positions_.net(symbol("EURUSD")), Decimal{});
    fill("EURUSD", Side::Sell, "100", "P1");
    EXPECT_EQ(positions_.count(), 1U);
}

TEST_F(OpenPositionsTest, TakesTheOrderIDOfAFillForTheCodeUntilTheVenueNamesIt) {
    picture({position("EURUSD", "P1", "100")});
    fill("EURUSD", Side::Buy, "50", {}, "700411");
    EXPECT_EQ(positions_.count(), 2U);
    positions_.take(position("EURUSD", "700411", "50"));
    EXPECT_EQ(positions_.count(), 2U);
    picture({position("EURUSD", "P1", "100"), position("EURUSD", "700411", "50")});
    EXPECT_EQ(positions_.count(), 2U);
    EXPECT_EQ(positions_.net(symbol("EURUSD")), dec("150"));
}

TEST_F(OpenPositionsTest, DropsWhatAWholePictureDoesNotShow) {
    picture({position("EURUSD", "P1", "100"), position("USDJPY", "P2", "1")});
    picture({position("USDJPY", "P2", "2")});
    EXPECT_EQ(positions_.count(), 1U);
    EXPECT_EQ(positions_.net(symbol("USDJPY")), dec("2"));
}

TEST_F(OpenPositionsTest, KeepsAFillThatComesWhileThePictureIsUnderWay) {
    picture({});
    positions_.begin_picture();
    fill("EURUSD", Side::Buy, "7");
    positions_.end_picture(true);
    EXPECT_EQ(positions_.net(symbol("EURUSD")), dec("7"));
}

TEST_F(OpenPositionsTest, TakesTheVenuesNewsOfOnePosition) {
    picture({position("EURUSD", "P1", "100")});
    positions_.take(position("EURUSD", "P1", "0"));
    EXPECT_EQ(positions_.count(), 0U);
}

TEST_F(OpenPositionsTest, IsUnknownWhenAPositionCannotBeRead) {
    PositionReport unreadable;
    unreadable.symbol = "EURUSD";
    picture({unreadable});
    EXPECT_FALSE(positions_.count());
    EXPECT_FALSE(positions_.net(symbol("EURUSD")));
    picture({});
    EXPECT_EQ(positions_.count(), 0U);
}

}  // namespace
}  // namespace broker::core
