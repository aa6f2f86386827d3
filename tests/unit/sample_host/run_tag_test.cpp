#include "host/run_tag.hpp"

#include <gtest/gtest.h>

namespace broker::sample_host {
namespace {

RunTag tag_of(std::int64_t milliseconds) {
    return RunTag{std::chrono::system_clock::time_point{std::chrono::milliseconds{milliseconds}}};
}

TEST(RunTag, PutsTheStartTimeInBase36BehindTheLabel) {
    EXPECT_EQ(tag_of(36 * 36 + 35).cl_ord_id("entry"), "entry-10z");
}

TEST(RunTag, FindsTheLabelInAClOrdID) {
    const RunTag tag = tag_of(1'700'000'000'000);
    EXPECT_EQ(tag.label(tag.cl_ord_id("entry-2")), "entry-2");
    EXPECT_EQ(tag.label(tag.cl_ord_id("flatten") + "-12"), "flatten-12");
}

TEST(RunTag, LeavesForeignClOrdIDsAsTheyAre) {
    EXPECT_EQ(tag_of(1'700'000'000'000).label("manual-77"), "manual-77");
}

TEST(RunTag, DiffersFromMillisecondToMillisecond) {
    EXPECT_NE(tag_of(1'700'000'000'000).cl_ord_id("a"), tag_of(1'700'000'000'001).cl_ord_id("a"));
}

}  // namespace
}  // namespace broker::sample_host
