#include "core/connect_budget.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

class ConnectBudgetTest : public testing::Test {
protected:
    MonotonicTime take(ConnectBudget& budget, const std::string& account, const std::string& host,
                       Duration wait = 0s) {
        const MonotonicTime now = clock_.monotonic();
        return budget.take({account, host}, now + wait, now);
    }
    // At most this many of the instants fall into any second.
    static std::size_t most_in_a_second(std::vector<MonotonicTime> instants) {
        std::sort(instants.begin(), instants.end());
        std::size_t most = 0;
        for (std::size_t i = 0; i < instants.size(); ++i) {
            const auto end = std::lower_bound(instants.begin(), instants.end(), instants[i] + 1s);
            most = std::max(most, static_cast<std::size_t>(end - instants.begin()) - i);
        }
        return most;
    }

    test::ManualClock clock_;
};

TEST_F(ConnectBudgetTest, LetsASingleAttemptGoWhenItWants) {
    ConnectBudget budget{{.account_per_s = 1, .host_per_s = 1}};
    EXPECT_EQ(take(budget, "A", "venue:1", 7s), clock_.monotonic() + 7s);
}

TEST_F(ConnectBudgetTest, SpreadsTheSessionsOfOneAccountOverItsHosts) {
    ConnectBudget budget{{.account_per_s = 4, .host_per_s = 100}};
    EXPECT_EQ(take(budget, "A", "venue:1"), clock_.monotonic());
    EXPECT_EQ(take(budget, "A", "venue:2"), clock_.monotonic() + 250ms);
    EXPECT_EQ(take(budget, "A", "venue:3"), clock_.monotonic() + 500ms);
    EXPECT_EQ(take(budget, "B", "venue:4"), clock_.monotonic()) << "another account, another host";
}

TEST_F(ConnectBudgetTest, SpreadsAThousandAccountsThatLoseTheirVenueTogether) {
    ConnectBudget budget{{.account_per_s = 10, .host_per_s = 20}};
    std::vector<MonotonicTime> instants;
    for (int i = 0; i < 1'000; ++i) {
        instants.push_back(take(budget, "ACC-" + std::to_string(i), "venue:1"));
    }
    EXPECT_EQ(most_in_a_second(instants), 20U);
    EXPECT_EQ(*std::max_element(instants.begin(), instants.end()), clock_.monotonic() + 49'950ms);
}

TEST_F(ConnectBudgetTest, AWaitFarInTheFutureIsInNobodysWay) {
    ConnectBudget budget{{.account_per_s = 2, .host_per_s = 2}};
    EXPECT_EQ(take(budget, "A", "venue:1", 30s), clock_.monotonic() + 30s);
    EXPECT_EQ(take(budget, "B", "venue:1"), clock_.monotonic());
    EXPECT_EQ(take(budget, "C", "venue:1", 29'800ms), clock_.monotonic() + 30'500ms);
}

TEST_F(ConnectBudgetTest, WhatIsGivenBackIsFreeAgain) {
    ConnectBudget budget{{.account_per_s = 1, .host_per_s = 1}};
    const MonotonicTime first = take(budget, "A", "venue:1");
    budget.give_back({"A", "venue:1"}, first);
    EXPECT_EQ(take(budget, "A", "venue:1"), first);
}

TEST_F(ConnectBudgetTest, ZeroIsNoLimit) {
    ConnectBudget budget{{.account_per_s = 0, .host_per_s = 0}};
    for (int i = 0; i < 100; ++i) EXPECT_EQ(take(budget, "A", "venue:1"), clock_.monotonic());
}

TEST_F(ConnectBudgetTest, KeepsBothLimitsUnderRandomWaits) {
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        std::mt19937 random{seed};
        ConnectBudget budget{{.account_per_s = 3, .host_per_s = 7}};
        std::map<std::string, std::vector<MonotonicTime>> of;
        for (int i = 0; i < 200; ++i) {
            const std::string account = "A" + std::to_string(random() % 5);
            const std::string host = "venue:" + std::to_string(random() % 2);
            const auto wait = std::chrono::milliseconds{random() % 5'000};
            const MonotonicTime at = take(budget, account, host, wait);
            EXPECT_GE(at, clock_.monotonic() + wait) << "never sooner than asked for";
            of[account].push_back(at);
            of[host].push_back(at);
            clock_.advance(std::chrono::milliseconds{random() % 100});
        }
        for (const auto& [name, instants] : of) {
            EXPECT_LE(most_in_a_second(instants), name[0] == 'A' ? 4U : 8U) << name << " " << seed;
        }
    }
}

TEST_F(ConnectBudgetTest, RemembersOnlyWhatIsToCome) {
    ConnectSlots slots{100ms};
    for (int i = 0; i < 1'000; ++i) {
        const MonotonicTime at = slots.first_free(clock_.monotonic());
        slots.take(at);
        clock_.advance(100ms);
        slots.forget_before(clock_.monotonic());
    }
    EXPECT_LE(slots.size(), 1U);
}

TEST_F(ConnectBudgetTest, GivesNoInstantToTwoThreads) {
    ConnectBudget budget{{.account_per_s = 0, .host_per_s = 1'000}};
    std::vector<std::vector<MonotonicTime>> taken(4);
    std::vector<std::thread> threads;
    for (auto& mine : taken) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) mine.push_back(take(budget, "A", "venue:1"));
        });
    }
    for (auto& thread : threads) thread.join();
    std::vector<MonotonicTime> all;
    for (const auto& mine : taken) all.insert(all.end(), mine.begin(), mine.end());
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

}  // namespace
}  // namespace broker::core
