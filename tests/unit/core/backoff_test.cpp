#include "core/backoff.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace broker::core {
namespace {

using namespace std::chrono_literals;

constexpr BackoffRules kRules{.initial = 500ms, .maximum = 30s, .healthy_after = 60s};

TEST(Backoff, DrawsEachWaitUpToADoublingBound) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Backoff backoff{kRules, seed};
        Duration bound = kRules.initial;
        for (int attempt = 0; attempt < 20; ++attempt) {
            const Duration wait = backoff.next();
            EXPECT_GT(wait, Duration::zero());
            EXPECT_LE(wait, bound);
            bound = std::min<Duration>(bound * 2, kRules.maximum);
        }
    }
}

TEST(Backoff, SpreadsWaitsOverTheWholeRange) {
    int low = 0;
    int high = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Duration wait = Backoff{kRules, seed}.next();
        low += wait < kRules.initial / 4;
        high += wait > kRules.initial * 3 / 4;
    }
    EXPECT_NEAR(low, 250, 60);
    EXPECT_NEAR(high, 250, 60);
}

TEST(Backoff, DrawsEvenlyOnceTheMaximumIsReached) {
    Backoff backoff{kRules, 7};
    for (int i = 0; i < 10; ++i) static_cast<void>(backoff.next());
    std::array<int, 10> tenths{};
    for (int i = 0; i < 10'000; ++i) {
        const auto tenth = (backoff.next() - Duration{1}) * 10 / kRules.maximum;
        ++tenths.at(static_cast<std::size_t>(tenth));
    }
    for (const int count : tenths) EXPECT_NEAR(count, 1'000, 150);
}

// A venue that logs on and drops at once, whatever it does in between.
TEST(Backoff, ShortSessionsNeverShortenTheWaits) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        std::mt19937_64 random{seed};
        Backoff disturbed{kRules, seed};
        Backoff plain{kRules, seed};
        for (int i = 0; i < 30; ++i) {
            if (random() % 2 == 0) {
                disturbed.session_ended(
                    Duration{static_cast<Duration::rep>(random() % 60'000'000'000U)});
            }
            EXPECT_EQ(disturbed.next(), plain.next());
        }
    }
}

TEST(Backoff, StartsAgainOnlyAfterAHealthySession) {
    const auto largest_of_next = [](Duration session) {
        Duration largest{};
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            Backoff backoff{kRules, seed};
            for (int i = 0; i < 10; ++i) static_cast<void>(backoff.next());
            backoff.session_ended(session);
            largest = std::max(largest, backoff.next());
        }
        return largest;
    };
    EXPECT_LE(largest_of_next(60s), kRules.initial);
    EXPECT_GT(largest_of_next(59s), kRules.initial);
}

TEST(Backoff, NeverWaitsLongerThanTheMaximumHoweverLargeTheRules) {
    Backoff large{{.initial = 30s, .maximum = 1s, .healthy_after = 1s}, 1};
    for (int i = 0; i < 100; ++i) EXPECT_LE(large.next(), 1s);
    Backoff endless{{.initial = 1h, .maximum = Duration::max(), .healthy_after = 1s}, 1};
    for (int i = 0; i < 100; ++i) EXPECT_GT(endless.next(), Duration::zero());
    Backoff zero{{.initial = 0s, .maximum = 0s, .healthy_after = 1s}, 1};
    EXPECT_EQ(zero.next(), Duration{1});
}

}  // namespace
}  // namespace broker::core
