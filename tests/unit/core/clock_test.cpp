#include "core/clock.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

TEST(SystemClock, ReadsTheMachinesClocks) {
    const SystemClock clock;
    const auto steady = std::chrono::steady_clock::now();
    const auto wall = std::chrono::system_clock::now();
    const Instant now = clock.now();
    EXPECT_GE(now.monotonic, steady);
    EXPECT_LT(now.monotonic - steady, std::chrono::minutes{1});
    EXPECT_LT(std::chrono::abs(now.utc - wall), std::chrono::minutes{1});
}

TEST(ManualClock, StandsStillUntilItIsMoved) {
    test::ManualClock clock;
    const Instant before = clock.now();
    EXPECT_EQ(clock.monotonic(), before.monotonic);
    clock.advance(std::chrono::seconds{3});
    EXPECT_EQ(clock.monotonic() - before.monotonic, std::chrono::seconds{3});
    EXPECT_EQ(clock.utc() - before.utc, std::chrono::seconds{3});
}

TEST(ManualClock, AStepOfTheWallClockLeavesIntervalsAlone) {
    test::ManualClock clock;
    const Instant before = clock.now();
    clock.step_utc(-std::chrono::hours{1});
    EXPECT_EQ(clock.monotonic(), before.monotonic);
    EXPECT_EQ(clock.utc() - before.utc, -std::chrono::hours{1});
}

}  // namespace
}  // namespace broker::core
