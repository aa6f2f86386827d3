#include "simulator/order_book.hpp"

#include <gtest/gtest.h>

#include "simulator/order_matching.hpp"

namespace broker::simulator {
namespace {

using core::OrdStatus;
using core::OrdType;
using core::Side;
using core::TimeInForce;
using Kind = MatchStep::Kind;

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

// 100 bid, 101 asked, 10 on each side.
const Quote kQuote{decimal("100"), decimal("101"), decimal("10"), decimal("10")};

Order order(Side side, OrdType type, std::string_view quantity) {
    Order result;
    result.order_id = "O1";
    result.cl_ord_id = "C1";
    result.sender_comp_id = "ACC1";
    result.side = side;
    result.ord_type = type;
    result.terms.order_qty = decimal(quantity);
    return result;
}

Order limit_order(Side side, std::string_view quantity, std::string_view price) {
    Order result = order(side, OrdType::Limit, quantity);
    result.terms.price = decimal(price);
    return result;
}

// The fill, as "quantity@price"; further steps as words.
std::string outcome(Order& subject, const Quote& quote = kQuote) {
    std::string text;
    for (const auto& step : match(subject, quote)) {
        if (!text.empty()) text += ' ';
        text += step.kind == Kind::Fill ? step.quantity.to_string() + "@" + step.price.to_string()
                                        : "cancel";
    }
    return text;
}

TEST(Match, FillsMarketOrdersAtTheOtherSide) {
    auto buy = order(Side::Buy, OrdType::Market, "3");
    auto sell = order(Side::Sell, OrdType::Market, "3");
    auto short_sale = order(Side::SellShort, OrdType::Market, "3");
    EXPECT_EQ(outcome(buy), "3@101");
    EXPECT_EQ(outcome(sell), "3@100");
    EXPECT_EQ(outcome(short_sale), "3@100");
}

TEST(Match, LetsLimitOrdersRestUntilTheyAreMarketable) {
    auto far = limit_order(Side::Buy, "3", "100.99");
    auto near = limit_order(Side::Buy, "3", "101.00");
    auto better = limit_order(Side::Sell, "3", "99");
    EXPECT_EQ(outcome(far), "");
    EXPECT_EQ(outcome(near), "3@101");
    EXPECT_EQ(outcome(better), "3@100") << "at the market, which is better than the limit";
}

TEST(Match, TakesNoMoreThanTheQuotedSize) {
    auto large = order(Side::Buy, OrdType::Market, "25");
    EXPECT_EQ(outcome(large), "10@101");
    book_fill(large, decimal("10"), decimal("101"));
    EXPECT_EQ(large.ord_status, OrdStatus::PartiallyFilled);
    EXPECT_EQ(outcome(large), "10@101");
    book_fill(large, decimal("10"), decimal("102"));
    EXPECT_EQ(outcome(large), "5@101");
}

TEST(Match, CancelsTheRestOfImmediateOrCancel) {
    auto large = order(Side::Buy, OrdType::Market, "25");
    large.terms.time_in_force = TimeInForce::ImmediateOrCancel;
    EXPECT_EQ(outcome(large), "10@101 cancel");
    auto far = limit_order(Side::Buy, "1", "50");
    far.terms.time_in_force = TimeInForce::ImmediateOrCancel;
    EXPECT_EQ(outcome(far), "cancel");
}

TEST(Match, FillsFillOrKillWholeOrNotAtAll) {
    auto small = order(Side::Buy, OrdType::Market, "10");
    auto large = order(Side::Buy, OrdType::Market, "10.01");
    small.terms.time_in_force = TimeInForce::FillOrKill;
    large.terms.time_in_force = TimeInForce::FillOrKill;
    EXPECT_EQ(outcome(small), "10@101");
    EXPECT_EQ(outcome(large), "cancel");
}

TEST(Match, WakesStopOrdersAtTheirStopAndKeepsThemAwake) {
    auto stop = order(Side::Sell, OrdType::StopLimit, "3");
    stop.terms.stop_px = decimal("99");
    stop.terms.price = decimal("98.5");
    EXPECT_EQ(outcome(stop), "");
    const Quote crash{decimal("98"), decimal("98.1"), decimal("10"), decimal("10")};
    EXPECT_EQ(outcome(stop, crash), "") << "awake, but the market is beyond its limit";
    EXPECT_EQ(outcome(stop), "3@100");
}

TEST(Match, LeavesHeldAndFinishedOrdersAlone) {
    auto held = order(Side::Buy, OrdType::Market, "3");
    held.is_held = true;
    EXPECT_EQ(outcome(held), "");
    for (const auto status :
         {OrdStatus::Filled, OrdStatus::Canceled, OrdStatus::Rejected, OrdStatus::Expired}) {
        auto finished = order(Side::Buy, OrdType::Market, "3");
        finished.ord_status = status;
        EXPECT_EQ(outcome(finished), "");
    }
}

TEST(BookFill, KeepsQuantitiesStatusAndAveragePriceExact) {
    auto buy = order(Side::Buy, OrdType::Market, "3");
    EXPECT_EQ(buy.avg_px().to_string(), "0");
    book_fill(buy, decimal("1"), decimal("1.10001"));
    EXPECT_EQ(buy.ord_status, OrdStatus::PartiallyFilled);
    EXPECT_EQ(buy.leaves_qty(), decimal("2"));
    book_fill(buy, decimal("2"), decimal("1.10002"));
    EXPECT_EQ(buy.ord_status, OrdStatus::Filled);
    EXPECT_EQ(buy.leaves_qty(), decimal("0"));
    EXPECT_EQ(buy.cum_qty, decimal("3"));
    EXPECT_EQ(buy.avg_px().to_string(), "1.10001667");
}

TEST(BookFill, RefusesMoreThanIsOpen) {
    auto buy = order(Side::Buy, OrdType::Market, "3");
    EXPECT_THROW(book_fill(buy, decimal("3.01"), decimal("1")), std::logic_error);
}

TEST(OrderBook, FindsAnOrderByEachOfItsClOrdIDs) {
    OrderBook book;
    Order* added = book.add(order(Side::Buy, OrdType::Market, "3"));
    ASSERT_NE(added, nullptr);
    book.rename(*added, "C2");
    EXPECT_EQ(book.find("ACC1", "C1"), added);
    EXPECT_EQ(book.find("ACC1", "C2"), added);
    EXPECT_EQ(added->orig_cl_ord_id, "C1");
    EXPECT_EQ(book.find("ACC2", "C1"), nullptr) << "another session's";
    EXPECT_EQ(book.find_by_order_id("O1"), added);
}

TEST(OrderBook, LetsEachClOrdIDBeClaimedOnceInASession) {
    OrderBook book;
    EXPECT_TRUE(book.claim("ACC1", "C1"));
    EXPECT_FALSE(book.claim("ACC1", "C1"));
    EXPECT_TRUE(book.claim("ACC2", "C1"));
}

TEST(OrderBook, ForgetsNoOrderThatCameToRest) {
    OrderBook book;
    Order* added = book.add(order(Side::Buy, OrdType::Market, "3"));
    book_fill(*added, decimal("3"), decimal("1"));
    book.sweep();
    EXPECT_TRUE(book.working().empty());
    EXPECT_EQ(book.all().size(), 1U);
}

}  // namespace
}  // namespace broker::simulator
