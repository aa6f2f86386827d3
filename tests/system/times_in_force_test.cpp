// Each time in force from the host to the venue and back, to the end of the order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "system/order_fixture.hpp"

namespace broker::test {
namespace {

using testing::HasSubstr;

class TimesInForce : public OrderFixture {
protected:
    static constexpr std::chrono::sys_days kDay{std::chrono::year{2099} / 1 / 5};

    void place_limit(std::string_view id, broker_time_in_force_t time_in_force,
                     std::chrono::nanoseconds expiry = {}) {
        broker_new_order_t order = limit_order(id, "1.05");
        order.time_in_force = time_in_force;
        if (time_in_force == BROKER_TIME_IN_FORCE_GOOD_TILL_DATE)
            order.expire_time = expiry.count();
        place(order);
    }
    std::string limit_with(const std::string& id, const std::string& time_in_force) {
        return order_body(id, "54=1|38=1000|40=2|44=1.05|" + time_in_force);
    }
};

TEST_F(TimesInForce, DayOrderExpiresAtTheEndOfTheDayAndGoodTillCancelDoesNot) {
    start();
    place_limit("D-1", BROKER_TIME_IN_FORCE_DAY);
    place_limit("G-1", BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL);
    EXPECT_EQ(sent("D", "D-1"), limit_with("D-1", "59=0"));
    EXPECT_EQ(sent("D", "G-1"), limit_with("G-1", "59=1"));
    venue().end_of_day();
    const RecordedEvent end = wait_exec("D-1", BROKER_EXEC_TYPE_EXPIRED);
    EXPECT_EQ(end.ord_status, BROKER_ORD_STATUS_EXPIRED);
    EXPECT_EQ(end.time_in_force, BROKER_TIME_IN_FORCE_DAY);
    ASSERT_TRUE(cancel(cancel_of("G-2", "G-1")).is_ok());
    EXPECT_EQ(wait_status("G-2", BROKER_ORD_STATUS_CANCELED).time_in_force,
              BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL);
}

class DoneForDay : public OrderFixture {
protected:
    DoneForDay()
        : OrderFixture{[](auto& options) { options.trading.ends_day_as_done_for_day = true; }} {}
};

TEST_F(DoneForDay, OrderThatIsDoneForTheDayIsToldAsSuch) {
    start();
    place(limit_order("A", "1.05"));
    venue().end_of_day();
    EXPECT_EQ(wait_exec("A", BROKER_EXEC_TYPE_DONE_FOR_DAY).ord_status,
              BROKER_ORD_STATUS_DONE_FOR_DAY);
}

TEST_F(TimesInForce, GoodTillDateGoesByExpireTimeInUtc) {
    start();
    const std::chrono::nanoseconds expiry = kDay.time_since_epoch() + std::chrono::hours{12};
    place_limit("A", BROKER_TIME_IN_FORCE_GOOD_TILL_DATE, expiry);
    EXPECT_EQ(sent("D", "A"), limit_with("A", "59=6|126=20990105-12:00:00.000"));
    const RecordedEvent report = wait_status("A", BROKER_ORD_STATUS_NEW);
    EXPECT_EQ(report.time_in_force, BROKER_TIME_IN_FORCE_GOOD_TILL_DATE);
    EXPECT_EQ(report.expire_time, expiry.count());
}

TEST_F(TimesInForce, GoodTillDateGoesByExpireDateWhereTheProfileSaysSo) {
    rig().change_profile("expiry: ExpireTime", "expiry: ExpireDate");
    start();
    place_limit("A", BROKER_TIME_IN_FORCE_GOOD_TILL_DATE, kDay.time_since_epoch());
    EXPECT_EQ(sent("D", "A"), limit_with("A", "59=6|432=20990105"));
    broker_new_order_t order = limit_order("B", "1.05");
    order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_DATE;
    order.expire_time = std::chrono::nanoseconds{kDay.time_since_epoch()}.count() + 1'000'000'000;
    const sdk::Status status = submit(order);
    EXPECT_EQ(status.reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_THAT(status.text, HasSubstr("orders.expiry"));
}

TEST_F(TimesInForce, MidnightAloneGoesByExpireDateWhereTheProfileSaysSo) {
    rig().change_profile("expiry: ExpireTime", "expiry: DateIfMidnight");
    start();
    const std::chrono::nanoseconds midnight = kDay.time_since_epoch();
    place_limit("A", BROKER_TIME_IN_FORCE_GOOD_TILL_DATE, midnight);
    place_limit("B", BROKER_TIME_IN_FORCE_GOOD_TILL_DATE, midnight + std::chrono::hours{1});
    EXPECT_EQ(sent("D", "A"), limit_with("A", "59=6|432=20990105"));
    EXPECT_EQ(sent("D", "B"), limit_with("B", "59=6|126=20990105-01:00:00.000"));
}

TEST_F(TimesInForce, ImmediateOrCancelEndsWithWhatTheQuoteHas) {
    start();
    broker_new_order_t order = limit_order("A", "1.2");
    order.time_in_force = BROKER_TIME_IN_FORCE_IMMEDIATE_OR_CANCEL;
    order.order_qty = decimal("1500000");
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "A"), HasFields("38=1500000|40=2|44=1.2|59=3"));
    EXPECT_EQ(wait_exec("A", BROKER_EXEC_TYPE_TRADE).last_qty, "1000000");
    const RecordedEvent end = wait_status("A", BROKER_ORD_STATUS_CANCELED);
    EXPECT_EQ(end.cum_qty, "1000000");
    EXPECT_EQ(end.leaves_qty, "0");
    EXPECT_EQ(end.time_in_force, BROKER_TIME_IN_FORCE_IMMEDIATE_OR_CANCEL);
}

TEST_F(TimesInForce, FillOrKillThatCannotBeFilledWholeEndsWithoutAFill) {
    start();
    broker_new_order_t order = limit_order("A", "1.2");
    order.time_in_force = BROKER_TIME_IN_FORCE_FILL_OR_KILL;
    order.order_qty = decimal("1500000");
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "A"), HasFields("59=4"));
    const RecordedEvent end = wait_status("A", BROKER_ORD_STATUS_CANCELED);
    EXPECT_EQ(end.cum_qty, "0");
    EXPECT_EQ(end.time_in_force, BROKER_TIME_IN_FORCE_FILL_OR_KILL);
    EXPECT_EQ(rig().events().count(fill_of("A")), 0U);
}

TEST_F(TimesInForce, OrderAtTheOpeningIsFilledWhenTheMarketOpens) {
    start();
    broker_new_order_t order = market_order("A");
    order.time_in_force = BROKER_TIME_IN_FORCE_AT_THE_OPENING;
    place(order);
    EXPECT_THAT(sent("D", "A"), HasFields("40=1|59=2"));
    venue().open_market();
    EXPECT_EQ(wait_status("A", BROKER_ORD_STATUS_FILLED).time_in_force,
              BROKER_TIME_IN_FORCE_AT_THE_OPENING);
}

TEST_F(TimesInForce, GoodTillCrossingOrderTradesWhileTheMarketIsClosed) {
    start();
    venue().close_market();
    place(limit_order("D-1", "1.2"));
    broker_new_order_t order = limit_order("X-1", "1.2");
    order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CROSSING;
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "X-1"), HasFields("44=1.2|59=5"));
    EXPECT_EQ(wait_status("X-1", BROKER_ORD_STATUS_FILLED).time_in_force,
              BROKER_TIME_IN_FORCE_GOOD_TILL_CROSSING);
    EXPECT_EQ(rig().events().count(fill_of("D-1")), 0U);
}

TEST_F(TimesInForce, OrderAtTheCloseIsFilledAtTheClose) {
    start();
    broker_new_order_t order = limit_order("A", "1.2");
    order.time_in_force = BROKER_TIME_IN_FORCE_AT_THE_CLOSE;
    place(order);
    EXPECT_THAT(sent("D", "A"), HasFields("44=1.2|59=7"));
    EXPECT_EQ(rig().events().count(fill_of("A")), 0U);
    venue().close_market();
    EXPECT_EQ(wait_status("A", BROKER_ORD_STATUS_FILLED).time_in_force,
              BROKER_TIME_IN_FORCE_AT_THE_CLOSE);
}

}  // namespace
}  // namespace broker::test
