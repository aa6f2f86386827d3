#include "core/pre_trade_limits.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

NewOrder order_at(MonotonicTime signal, std::string_view qty = "1") {
    NewOrder order;
    order.cl_ord_id = *ClOrdID::from("A-1");
    order.order_qty = dec(qty);
    order.stages.signal = signal;
    return order;
}

Reason reason_of(const Result<void>& result) {
    return result ? Reason::None : result.error().reason;
}

class PreTradeLimitsTest : public testing::Test {
protected:
    test::ManualClock clock_;
    Reason submit(PreTradeLimits& limits) {
        return reason_of(limits.check(order_at(clock_.monotonic()), clock_.monotonic()));
    }
};

TEST_F(PreTradeLimitsTest, RefusesAnOrderOlderThanItsTimeToLive) {
    PreTradeLimits limits{{.order_ttl = 5s}};
    const auto signal = clock_.monotonic();
    clock_.advance(5s);
    EXPECT_EQ(reason_of(limits.check(order_at(signal), clock_.monotonic())), Reason::None);
    clock_.advance(1ns);
    const auto late = limits.check(order_at(signal), clock_.monotonic());
    EXPECT_EQ(reason_of(late), Reason::OrderTooOld);
    EXPECT_EQ(late.error().detail, "ClOrdID=A-1 is 5000 ms old, order_ttl is 5000 ms");
}

TEST_F(PreTradeLimitsTest, AppliesTheTimeToLiveToReplacesAndCancels) {
    PreTradeLimits limits{{.order_ttl = 5s}};
    ReplaceOrder replace;
    CancelOrder cancel;
    replace.stages.signal = cancel.stages.signal = clock_.monotonic();
    clock_.advance(6s);
    EXPECT_EQ(reason_of(limits.check(replace, clock_.monotonic())), Reason::OrderTooOld);
    EXPECT_EQ(reason_of(limits.check(cancel, clock_.monotonic())), Reason::OrderTooOld);
}

TEST_F(PreTradeLimitsTest, RefusesAQuantityAboveTheMaximum) {
    PreTradeLimits limits{{.max_order_qty = dec("10")}};
    const auto now = clock_.monotonic();
    EXPECT_EQ(reason_of(limits.check(order_at(now, "10.0"), now)), Reason::None);
    EXPECT_EQ(reason_of(limits.check(order_at(now, "10.01"), now)), Reason::OrderQtyExceeded);
    ReplaceOrder replace;
    replace.stages.signal = now;
    EXPECT_EQ(reason_of(limits.check(replace, now)), Reason::None);
    replace.order_qty = dec("11");
    EXPECT_EQ(reason_of(limits.check(replace, now)), Reason::OrderQtyExceeded);
}

TEST_F(PreTradeLimitsTest, LetsNoMoreThanTheRateThroughInAnyRollingSecond) {
    constexpr std::size_t kRate = 3;
    PreTradeLimits limits{{.orders_per_s = kRate}};
    std::vector<MonotonicTime> passed;
    for (int step = 0; step < 500; ++step) {
        if (submit(limits) == Reason::None) {
            passed.push_back(clock_.monotonic());
            if (passed.size() > kRate) {
                EXPECT_GE(passed.back() - passed[passed.size() - 1 - kRate], 1s);
            }
        }
        clock_.advance(37ms);
    }
    EXPECT_NEAR(static_cast<double>(passed.size()), 500 * 0.037 * kRate, 2.0);
}

TEST_F(PreTradeLimitsTest, CountsOnlyWhatItLetsThrough) {
    PreTradeLimits limits{{.orders_per_s = 1, .max_order_qty = dec("10")}};
    const auto now = clock_.monotonic();
    EXPECT_EQ(reason_of(limits.check(order_at(now, "11"), now)), Reason::OrderQtyExceeded);
    EXPECT_EQ(submit(limits), Reason::None);
    EXPECT_EQ(submit(limits), Reason::OrderRateExceeded);
    clock_.advance(1s);
    EXPECT_EQ(submit(limits), Reason::None);
}

TEST_F(PreTradeLimitsTest, NeverHoldsACancelBackForTheRate) {
    PreTradeLimits limits{{.orders_per_s = 1}};
    EXPECT_EQ(submit(limits), Reason::None);
    CancelOrder cancel;
    cancel.stages.signal = clock_.monotonic();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(reason_of(limits.check(cancel, clock_.monotonic())), Reason::None);
    }
}

TEST_F(PreTradeLimitsTest, ChecksAgeBeforeQuantityBeforeRate) {
    PreTradeLimits limits{{.orders_per_s = 1, .max_order_qty = dec("10"), .order_ttl = 5s}};
    EXPECT_EQ(submit(limits), Reason::None);
    const auto now = clock_.monotonic();
    EXPECT_EQ(reason_of(limits.check(order_at(now - 6s, "11"), now)), Reason::OrderTooOld);
    EXPECT_EQ(reason_of(limits.check(order_at(now, "11"), now)), Reason::OrderQtyExceeded);
    EXPECT_EQ(reason_of(limits.check(order_at(now, "1"), now)), Reason::OrderRateExceeded);
}

TEST_F(PreTradeLimitsTest, WithoutARateEverythingYoungPasses) {
    PreTradeLimits limits{{}};
    for (int i = 0; i < 100'000; ++i) ASSERT_EQ(submit(limits), Reason::None);
}

}  // namespace
}  // namespace broker::core
