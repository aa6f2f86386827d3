#include "bench/statistics.hpp"

#include <gtest/gtest.h>

namespace broker::bench {
namespace {

Sample round_trip_of(std::uint32_t nanoseconds) {
    Sample sample{};
    sample[static_cast<std::size_t>(Figure::Answered)] = nanoseconds;
    return sample;
}

std::vector<Sample> round_of(std::initializer_list<std::uint32_t> times) {
    std::vector<Sample> round;
    for (const std::uint32_t time : times) round.push_back(round_trip_of(time));
    return round;
}

TEST(Statistics, TakesQuantilesOverAllRoundsAndMediansOfEach) {
    const Rounds rounds{round_of({1000, 3000, 2000}), round_of({5000, 4000, 9000})};
    const Summary summary = summarize(rounds, Figure::Answered);
    EXPECT_EQ(summary.count, 6U);
    EXPECT_DOUBLE_EQ(summary.p50, 3.0);
    EXPECT_DOUBLE_EQ(summary.p99, 5.0);
    EXPECT_DOUBLE_EQ(summary.lowest_round, 2.0);
    EXPECT_DOUBLE_EQ(summary.highest_round, 5.0);
}

TEST(Statistics, LeavesOutSamplesThatDoNotKnowTheFigure) {
    const Rounds rounds{round_of({0, 7000, 0})};
    EXPECT_EQ(summarize(rounds, Figure::Answered).count, 1U);
    EXPECT_DOUBLE_EQ(summarize(rounds, Figure::Answered).p50, 7.0);
    EXPECT_EQ(summarize(rounds, Figure::Written).count, 0U);
}

TEST(Statistics, ComparesEachRoundWithTheFloorOfTheSameRound) {
    // The machine is three times slower in the second round; the ratio is 2 in both.
    const Rounds floor{round_of({10000}), round_of({30000})};
    const Rounds variant{round_of({20000}), round_of({60000})};
    EXPECT_DOUBLE_EQ(ratio_to_floor(variant, floor, Figure::Answered).p50, 2.0);
    EXPECT_DOUBLE_EQ(ratio_to_floor(variant, floor, Figure::Answered).p99, 2.0);
}

TEST(Statistics, KnowsNoRatioWithoutAFloor) {
    const Rounds variant{round_of({20000})};
    EXPECT_DOUBLE_EQ(ratio_to_floor(variant, {}, Figure::Answered).p50, 0.0);
    EXPECT_DOUBLE_EQ(ratio_to_floor(variant, {}, Figure::Answered).p99, 0.0);
}

}  // namespace
}  // namespace broker::bench
