#include "host/latencies.hpp"

#include <gtest/gtest.h>

namespace broker::sample_host {
namespace {

RequestState request(broker_monotonic_t signal, broker_monotonic_t written) {
    RequestState state;
    state.stages.signal = signal;
    state.stages.written = written;
    return state;
}

TEST(Latencies, GiveMedianAndMaximumOfEachStage) {
    const auto latencies =
        latencies_of({request(100, 400), request(100, 110), request(100, 150), request(100, 900)});
    ASSERT_EQ(latencies.size(), 3U);
    EXPECT_EQ(latencies[0].name, "signal to written");
    EXPECT_EQ(latencies[0].count, 4U);
    EXPECT_EQ(latencies[0].median.count(), 50);
    EXPECT_EQ(latencies[0].max.count(), 800);
}

TEST(Latencies, LeaveOutRequestsThatDidNotReachAStage) {
    const auto latencies = latencies_of({request(100, 0), request(100, 130)});
    EXPECT_EQ(latencies[0].count, 1U);
    EXPECT_EQ(latencies[0].median.count(), 30);
    EXPECT_EQ(latencies[1].count, 0U);
}

}  // namespace
}  // namespace broker::sample_host
