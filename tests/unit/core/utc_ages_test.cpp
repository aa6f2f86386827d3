#include "core/utc_ages.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

TEST(UtcAges, CountFromTheStampWhileNobodySetsTheClock) {
    test::ManualClock clock;
    UtcAges ages{clock};
    const UtcTime stamp = clock.utc();
    clock.advance(3s);
    EXPECT_EQ(ages.look(), std::nullopt);
    EXPECT_EQ(ages.age(stamp), 3s);
}

TEST(UtcAges, AreNotKnownOfTheFuture) {
    test::ManualClock clock;
    UtcAges ages{clock};
    EXPECT_EQ(ages.age(clock.utc() + 1ns), Duration::max());
}

TEST(UtcAges, CountOnWhenTheClockIsSetBack) {
    test::ManualClock clock;
    UtcAges ages{clock};
    const UtcTime stamp = clock.utc();
    clock.advance(1h);
    clock.step_utc(-1h);  // the stamp looks as if it were of this instant
    EXPECT_EQ(ages.look(), 1h);
    EXPECT_EQ(ages.look(), std::nullopt);
    EXPECT_EQ(ages.age(stamp), 1h);
    clock.advance(2s);
    EXPECT_EQ(ages.age(stamp), 1h + 2s);
}

TEST(UtcAges, NoticeAStepThatNobodyHasLookedFor) {
    test::ManualClock clock;
    UtcAges ages{clock};
    const UtcTime stamp = clock.utc();
    clock.advance(10s);
    clock.step_utc(-9s);
    EXPECT_EQ(ages.age(stamp), 10s);
    EXPECT_EQ(ages.look(), 9s) << "it is told all the same";
    EXPECT_EQ(ages.look(), std::nullopt);
}

TEST(UtcAges, OfTheTimeBehindAStepBackAreRightOnceTheClockHasPassedIt) {
    test::ManualClock clock;
    UtcAges ages{clock};
    clock.advance(10s);
    clock.step_utc(-5s);
    ASSERT_EQ(ages.look(), 5s);
    const UtcTime doubtful = clock.utc();  // may be of before the step
    clock.advance(5s + 1ms);
    const UtcTime later = clock.utc();  // cannot
    clock.advance(1s);
    EXPECT_EQ(ages.age(doubtful), 5s + 1ms + 1s + 5s);
    EXPECT_EQ(ages.age(later), 1s);
}

TEST(UtcAges, LookOlderWhenTheClockIsSetForth) {
    test::ManualClock clock;
    UtcAges ages{clock};
    const UtcTime stamp = clock.utc();
    clock.step_utc(1min);
    EXPECT_EQ(ages.look(), std::nullopt);
    EXPECT_EQ(ages.age(stamp), 1min);
}

TEST(UtcAges, KnowOfAStepBetweenTwoProcesses) {
    test::ManualClock clock;
    std::optional<Duration> kept;
    const auto keep = [&](Duration highest) { kept = highest; };
    UtcAges first{clock, kept, keep};
    const UtcTime stamp = clock.utc();
    ASSERT_TRUE(kept);
    clock.advance(1h);
    clock.step_utc(-1h);
    UtcAges second{clock, kept, keep};
    EXPECT_EQ(second.age(stamp), 1h);
    clock.advance(1h + 1ms);
    const UtcTime later = clock.utc();
    EXPECT_EQ(second.age(later), 0s);
}

TEST(UtcAges, KeepTheHighestOffsetAlone) {
    test::ManualClock clock;
    std::vector<Duration> kept;
    UtcAges ages{clock, std::nullopt, [&](Duration highest) { kept.push_back(highest); }};
    for (const Duration step : {-5s, 2s, 4s, -1s}) {
        clock.step_utc(step);
        (void)ages.look();
    }
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[1] - kept[0], 1s);
}

// Whatever is done to the clock, and whenever the process starts anew: no age is too low.
TEST(UtcAges, AreNeverTooLow) {
    struct Stamp {
        UtcTime utc;
        MonotonicTime made;
    };
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::mt19937 random{seed};
        const auto below = [&](int limit) {
            return std::chrono::milliseconds{random() % static_cast<unsigned>(limit)};
        };
        test::ManualClock clock;
        std::optional<Duration> kept;
        const auto keep = [&](Duration highest) { kept = highest; };
        auto ages = std::make_unique<UtcAges>(clock, kept, keep);
        std::vector<Stamp> stamps;
        for (int i = 0; i < 200; ++i) {
            const auto drawn = random() % 10;
            if (drawn < 3) clock.advance(below(2000));
            if (drawn == 3) clock.step_utc(7 * below(700) - 2450ms);
            if (drawn == 4) ages = std::make_unique<UtcAges>(clock, kept, keep);
            (void)ages->look();
            stamps.push_back({clock.utc(), clock.monotonic()});
            for (const Stamp& stamp : stamps)
                ASSERT_GE(ages->age(stamp.utc) + 1ms, clock.monotonic() - stamp.made)
                    << "seed " << seed << " step " << i;
        }
    }
}

}  // namespace
}  // namespace broker::core
