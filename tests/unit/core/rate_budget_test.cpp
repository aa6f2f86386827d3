#include "core/rate_budget.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

class RateBudgetTest : public testing::Test {
protected:
    [[nodiscard]] MonotonicTime now() const { return clock_.monotonic(); }

    // What passes in `span`, one try every `step`.
    std::vector<MonotonicTime> passed(RateBudget& budget, Duration span, Duration step) {
        std::vector<MonotonicTime> times;
        for (const MonotonicTime end = now() + span; now() < end; clock_.advance(step)) {
            if (budget.take(now())) times.push_back(now());
        }
        return times;
    }

    test::ManualClock clock_;
};

TEST_F(RateBudgetTest, LetsNoMoreThanTheCountGoInAnyRollingWindow) {
    RateBudget budget{3, 1s};
    const auto times = passed(budget, 20s, 37ms);
    ASSERT_GT(times.size(), 50U);
    for (std::size_t i = 3; i < times.size(); ++i) EXPECT_GE(times[i] - times[i - 3], 1s);
}

TEST_F(RateBudgetTest, SaysToTheNanosecondWhenTheNextOneMayGo) {
    RateBudget budget{2, 1s};
    EXPECT_EQ(budget.next(now()), now());
    ASSERT_TRUE(budget.take(now()));
    clock_.advance(400ms);
    ASSERT_TRUE(budget.take(now()));
    EXPECT_EQ(budget.next(now()), now() + 600ms);
    clock_.advance(600ms - 1ns);
    EXPECT_FALSE(budget.take(now()));
    clock_.advance(1ns);
    EXPECT_TRUE(budget.take(now()));
    EXPECT_EQ(budget.next(now()), now() + 400ms);
}

TEST_F(RateBudgetTest, SaysWhenOneMayGoBehindOthersAsTheyWouldGoOneByOne) {
    RateBudget budget{3, 1s};
    ASSERT_TRUE(budget.take(now()));
    clock_.advance(300ms);
    ASSERT_TRUE(budget.take(now()));
    const MonotonicTime start = now();
    std::vector<MonotonicTime> foretold;
    for (std::size_t ahead = 0; ahead < 12; ++ahead) {
        foretold.push_back(budget.next_after(ahead, start));
    }
    std::vector<MonotonicTime> gone;
    while (gone.size() < foretold.size()) {
        if (budget.take(now())) {
            gone.push_back(now());
        } else {
            clock_.advance(budget.next(now()) - now());
        }
    }
    EXPECT_EQ(foretold, gone);
}

TEST_F(RateBudgetTest, CountsWhatRemainsInTheRollingWindow) {
    RateBudget budget{3, 1s};
    EXPECT_EQ(budget.remaining(now()), 3U);
    ASSERT_TRUE(budget.take(now()));
    clock_.advance(500ms);
    ASSERT_TRUE(budget.take(now()));
    EXPECT_EQ(budget.remaining(now()), 1U);
    clock_.advance(500ms);
    EXPECT_EQ(budget.remaining(now()), 2U);
    clock_.advance(500ms);
    EXPECT_EQ(budget.remaining(now()), 3U);
}

TEST_F(RateBudgetTest, LetsNothingGoBeforeRetryAfterWhenThrottled) {
    RateBudget budget{10, 1s};
    budget.throttled(now(), 7s);
    EXPECT_EQ(budget.next(now()), now() + 7s);
    EXPECT_EQ(budget.remaining(now()), 0U);
    clock_.advance(7s - 1ns);
    EXPECT_FALSE(budget.take(now()));
    clock_.advance(1ns);
    EXPECT_TRUE(budget.take(now()));
}

TEST_F(RateBudgetTest, BacksOffByOneTwoFourSecondsWhenThrottledWithoutRetryAfter) {
    RateBudget budget{10, 1s};
    for (const Duration wait : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        budget.throttled(now(), {});
        EXPECT_EQ(budget.next(now()), now() + wait);
        clock_.advance(wait);
    }
}

TEST_F(RateBudgetTest, HalvesTheCountAndThenDoublesTheWindowUpToAMinuteWithEachThrottling) {
    struct Tightened {
        std::uint32_t count;
        Duration window;
    };
    const std::vector<Tightened> expected{{10, 1s}, {5, 1s},  {2, 1s},  {1, 1s},  {1, 2s}, {1, 4s},
                                          {1, 8s},  {1, 16s}, {1, 32s}, {1, 60s}, {1, 60s}};
    for (std::size_t times = 0; times < expected.size(); ++times) {
        RateBudget budget{10, 1s};
        for (std::size_t i = 0; i < times; ++i) budget.throttled(now(), Duration{});
        EXPECT_EQ(budget.remaining(now()), expected[times].count) << times;
        while (budget.remaining(now()) > 0) ASSERT_TRUE(budget.take(now()));
        EXPECT_EQ(budget.next(now()), now() + expected[times].window) << times;
    }
}

TEST_F(RateBudgetTest, RecoversOneStepAfterEachMinuteWithoutAThrottling) {
    RateBudget budget{8, 1s};
    for (int i = 0; i < 3; ++i) {
        budget.throttled(now(), Duration{});
        clock_.advance(1ns);
    }
    EXPECT_EQ(budget.remaining(now()), 1U);
    for (const std::uint32_t count : {2U, 4U, 8U, 8U}) {
        clock_.advance(1min);
        EXPECT_EQ(budget.remaining(now()), count);
    }
}

TEST_F(RateBudgetTest, CountsAThrottlingAgainOnlyAfterTheBlockThatTheFirstOneMade) {
    RateBudget budget{8, 1s};
    budget.throttled(now(), 5s);
    clock_.advance(100ms);
    budget.throttled(now(), {});  // of a request that was on its way already
    EXPECT_EQ(budget.next(now()), now() + 4900ms);
    clock_.advance(5s);
    EXPECT_EQ(budget.remaining(now()), 4U);
}

TEST_F(RateBudgetTest, StartsTheMinuteOfRecoveryAfterTheBlock) {
    RateBudget budget{8, 1s};
    budget.throttled(now(), 10min);
    clock_.advance(10min);
    EXPECT_EQ(budget.remaining(now()), 4U);
}

TEST_F(RateBudgetTest, TakesACountOfZeroForOne) {
    RateBudget budget{0, 1s};
    EXPECT_TRUE(budget.take(now()));
    EXPECT_FALSE(budget.take(now()));
}

}  // namespace
}  // namespace broker::core
