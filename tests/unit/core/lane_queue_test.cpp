#include "core/lane_queue.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

class LaneQueueTest : public testing::Test {
protected:
    [[nodiscard]] MonotonicTime now() const { return clock_.monotonic(); }
    void put(std::size_t lane, std::string text, Duration time_left = 10s) {
        ASSERT_TRUE(queue_.put(lane, std::move(text), now() + time_left));
    }
    Texts pop_all() {
        Texts texts;
        while (auto text = queue_.pop_ready(now())) texts.push_back(*text);
        return texts;
    }

    test::ManualClock clock_;
    LaneQueue<std::string> queue_{8};
};

TEST_F(LaneQueueTest, GivesTheLowestLaneFirstAndTheFirstComeWithinALane) {
    put(3, "query");
    put(2, "new 1");
    put(0, "cancel 1");
    put(2, "new 2");
    put(1, "replace");
    put(0, "cancel 2");
    EXPECT_EQ(pop_all(), (Texts{"cancel 1", "cancel 2", "replace", "new 1", "new 2", "query"}));
    EXPECT_TRUE(queue_.is_empty());
}

TEST_F(LaneQueueTest, LeavesTheValueAloneWhenItIsFull) {
    LaneQueue<std::unique_ptr<int>> queue{1};
    ASSERT_TRUE(queue.put(0, std::make_unique<int>(1), now() + 1s));
    auto second = std::make_unique<int>(2);
    EXPECT_FALSE(queue.put(0, std::move(second), now() + 1s));
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(*second, 2);
}

TEST_F(LaneQueueTest, RefusesALaneThatItDoesNotHave) {
    EXPECT_FALSE(queue_.put(4, "x", now() + 1s));
    EXPECT_EQ(queue_.size(), 0U);
}

TEST_F(LaneQueueTest, NeverGivesAnEntryAtItsDeadlineOrLater) {
    put(0, "urgent", 1s);
    put(2, "patient", 2s);
    clock_.advance(1s);
    EXPECT_EQ(pop_all(), Texts{"patient"});
    EXPECT_EQ(queue_.size(), 1U);
}

TEST_F(LaneQueueTest, GivesThoseThatAreOutOfTimeOnceAndKeepsTheOthersInOrder) {
    put(2, "late", 1s);
    put(2, "first");
    put(0, "late cancel", 500ms);
    put(2, "second");
    EXPECT_TRUE(queue_.expire(now()).empty());
    clock_.advance(1s);
    EXPECT_EQ(queue_.expire(now()), (Texts{"late cancel", "late"}));
    EXPECT_TRUE(queue_.expire(now()).empty());
    EXPECT_EQ(pop_all(), (Texts{"first", "second"}));
}

TEST_F(LaneQueueTest, GivesEverythingWhenItIsEmptiedWhetherInTimeOrNot) {
    put(1, "a", 1s);
    put(0, "b");
    clock_.advance(2s);
    EXPECT_EQ(queue_.take_all(), (Texts{"b", "a"}));
    EXPECT_TRUE(queue_.is_empty());
}

TEST_F(LaneQueueTest, PopsAsFastAsTheBudgetAllowsAndCountsOnlyWhatItGives) {
    RateBudget budget{1, 1s};
    EXPECT_FALSE(queue_.pop_ready(now(), budget));
    EXPECT_EQ(budget.remaining(now()), 1U);
    put(0, "a");
    put(0, "b");
    EXPECT_EQ(queue_.pop_ready(now(), budget), "a");
    EXPECT_FALSE(queue_.pop_ready(now(), budget));
    clock_.advance(1s);
    EXPECT_EQ(queue_.pop_ready(now(), budget), "b");
}

TEST_F(LaneQueueTest, ForeseesAMissedDeadlineFromThoseAheadInItsLaneAndTheOnesBefore) {
    RateBudget budget{1, 1s};
    ASSERT_TRUE(budget.take(now()));
    put(1, "ahead of new");
    put(3, "behind new");
    // The one ahead goes after 1 s, the next after 2 s.
    EXPECT_TRUE(queue_.would_miss(2, now() + 2s, now(), budget));
    EXPECT_FALSE(queue_.would_miss(2, now() + 2s + 1ns, now(), budget));
    EXPECT_FALSE(queue_.would_miss(0, now() + 1s + 1ns, now(), budget));
    EXPECT_TRUE(queue_.would_miss(3, now() + 3s, now(), budget));
}

TEST_F(LaneQueueTest, DoesNotCountEntriesOutOfTimeAsAhead) {
    RateBudget budget{1, 1s};
    put(0, "late", 1s);
    clock_.advance(1s);
    EXPECT_FALSE(queue_.would_miss(0, now() + 1ns, now(), budget));
}

}  // namespace
}  // namespace broker::core
