#include "host/positions.hpp"

#include <gtest/gtest.h>

#include "records.hpp"

namespace broker::sample_host {
namespace {

using test::fill;

TEST(Positions, AreTheSumOfTheFillsByAccountAndSymbol) {
    Positions positions;
    positions.apply(fill("ACC-1", "E1", BROKER_SIDE_BUY, "0.3"));
    positions.apply(fill("ACC-1", "E2", BROKER_SIDE_SELL, "0.1"));
    positions.apply(fill("ACC-2", "E3", BROKER_SIDE_SELL, "5"));
    broker_execution_report_t other = fill("ACC-1", "E4", BROKER_SIDE_BUY, "7");
    other.symbol = sdk::borrow("BTCUSD");
    positions.apply(other);

    const auto sums = positions.positions();
    ASSERT_EQ(sums.size(), 3U);
    EXPECT_EQ(sums[0].symbol, "BTCUSD");
    EXPECT_EQ(sums[1].account + " " + sums[1].symbol, "ACC-1 EURUSD");
    EXPECT_EQ(sums[1].bought.text(), "0.3");
    EXPECT_EQ(sums[1].sold.text(), "0.1");
    EXPECT_EQ(sums[1].net().text(), "0.2");
    EXPECT_EQ(sums[2].net().text(), "-5");
}

TEST(Positions, BookAFillOnceHoweverOftenItIsReported) {
    Positions positions;
    positions.apply(fill("ACC-1", "E1", BROKER_SIDE_BUY, "3"));
    positions.apply(fill("ACC-1", "E1", BROKER_SIDE_BUY, "3"));
    EXPECT_EQ(positions.fills().size(), 1U);
    EXPECT_EQ(positions.positions().at(0).net().text(), "3");
}

TEST(Positions, BookEqualExecIDsOfTwoAccountsOrTwoOrdersEach) {
    Positions positions;
    positions.apply(fill("ACC-1", "E1", BROKER_SIDE_BUY, "3"));
    positions.apply(fill("ACC-2", "E1", BROKER_SIDE_BUY, "3"));
    broker_execution_report_t other = fill("ACC-1", "E1", BROKER_SIDE_BUY, "3");
    other.order_id = sdk::borrow("O-2");
    positions.apply(other);
    EXPECT_EQ(positions.fills().size(), 3U);
}

TEST(Positions, AreNotMovedByReportsWithoutAFill) {
    Positions positions;
    broker_execution_report_t picture = fill("ACC-1", "E1", BROKER_SIDE_BUY, "3");
    picture.exec_type = BROKER_EXEC_TYPE_ORDER_STATUS;
    positions.apply(picture);
    EXPECT_TRUE(positions.positions().empty());
}

TEST(Positions, FollowATradeCorrect) {
    Positions positions;
    positions.apply(fill("ACC-1", "E1", BROKER_SIDE_BUY, "3"));
    broker_execution_report_t correct = fill("ACC-1", "E2", BROKER_SIDE_BUY, "2");
    correct.exec_type = BROKER_EXEC_TYPE_TRADE_CORRECT;
    correct.exec_ref_id = sdk::borrow("E1");
    positions.apply(correct);
    ASSERT_EQ(positions.fills().size(), 1U);
    EXPECT_EQ(positions.fills()[0].exec_id, "E2");
    EXPECT_EQ(positions.positions().at(0).net().text(), "2");
}

TEST(Positions, ForgetACanceledTrade) {
    Positions positions;
    positions.apply(fill("ACC-1", "E1", BROKER_SIDE_BUY, "3"));
    broker_execution_report_t cancel = fill("ACC-1", "E2", BROKER_SIDE_BUY, "3");
    cancel.exec_type = BROKER_EXEC_TYPE_TRADE_CANCEL;
    cancel.exec_ref_id = sdk::borrow("E1");
    positions.apply(cancel);
    EXPECT_TRUE(positions.fills().empty());
}

}  // namespace
}  // namespace broker::sample_host
