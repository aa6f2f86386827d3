#include "core/thread_bound.hpp"

#include <gtest/gtest.h>

namespace broker::core {
namespace {

TEST(ThreadBound, MayBeUsedAgainByTheThreadThatUsedItFirst) {
    ThreadBound bound;
    bound.check();
    bound.check();
    SUCCEED();
}

TEST(ThreadBound, GoesToAnotherThreadOnceReleased) {
    ThreadBound bound;
    bound.check();
    bound.release();
    std::thread{[&] { bound.check(); }}.join();
    SUCCEED();
}

TEST(ThreadBoundDeathTest, EndsTheProcessWhenAnotherThreadUsesIt) {
    if (!DXTRADE_THREAD_CHECKS) GTEST_SKIP() << "built without thread checks";
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(
        {
            ThreadBound bound;
            bound.check();
            std::thread{[&] { bound.check(); }}.join();
        },
        "belongs to one thread");
}

}  // namespace
}  // namespace broker::core
