#include "simulator/accounts.hpp"

#include <gtest/gtest.h>

namespace broker::simulator {
namespace {

using core::Side;

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

std::string positions_of(const AccountBook& book) {
    std::string text;
    for (const auto& position : book.positions())
        text += position.symbol + " " + position.quantity.to_string() + "@" +
                position.avg_px.to_string() + ";";
    return text;
}

TEST(AccountBook, AveragesFillsOnTheSameSide) {
    AccountBook book{decimal("1000")};
    book.fill("XAUUSD", Side::Buy, decimal("1"), decimal("10"));
    book.fill("XAUUSD", Side::Buy, decimal("2"), decimal("11"));
    EXPECT_EQ(positions_of(book), "XAUUSD 3@10.66666667;");
    EXPECT_EQ(book.cash().to_string(), "1000");
}

TEST(AccountBook, RealisesCashWhenAPositionIsReduced) {
    AccountBook book{decimal("1000")};
    book.fill("XAUUSD", Side::Buy, decimal("3"), decimal("10"));
    book.fill("XAUUSD", Side::Sell, decimal("1"), decimal("12.5"));
    EXPECT_EQ(positions_of(book), "XAUUSD 2@10;");
    EXPECT_EQ(book.cash().to_string(), "1002.5");
}

TEST(AccountBook, TurnsFromLongToShortAtThePriceOfTheFill) {
    AccountBook book{decimal("0")};
    book.fill("XAUUSD", Side::Buy, decimal("1"), decimal("10"));
    book.fill("XAUUSD", Side::Sell, decimal("3"), decimal("8"));
    EXPECT_EQ(positions_of(book), "XAUUSD -2@8;");
    EXPECT_EQ(book.cash().to_string(), "-2");
    book.fill("XAUUSD", Side::Buy, decimal("2"), decimal("7.5"));
    EXPECT_EQ(positions_of(book), "");
    EXPECT_EQ(book.cash().to_string(), "-1");
}

TEST(AccountBook, StaysExactWithTheLargestOrders) {
    AccountBook book{decimal("0")};
    book.fill("BTCUSD", Side::Buy, decimal("1000000000"), decimal("10000000"));
    book.fill("BTCUSD", Side::Sell, decimal("1000000000"), decimal("9999999.99"));
    EXPECT_EQ(book.cash().to_string(), "-10000000");
}

}  // namespace
}  // namespace broker::simulator
