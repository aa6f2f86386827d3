#include "net/write_queue.hpp"

#include <gtest/gtest.h>

namespace broker::net {
namespace {

TEST(WriteQueue, GivesBackWhatWasAppendedInOrder) {
    WriteQueue queue;
    queue.append("abc");
    queue.append("def");
    EXPECT_EQ(queue.view(), "abcdef");
    queue.consume(2);
    EXPECT_EQ(queue.view(), "cdef");
    EXPECT_EQ(queue.size(), 4U);
}

TEST(WriteQueue, IsEmptyWhenAllIsConsumed) {
    WriteQueue queue;
    queue.append("abc");
    queue.consume(3);
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(queue.view(), "");
}

TEST(WriteQueue, KeepsOrderThroughAnyMixOfAppendsAndPartialTakes) {
    WriteQueue queue;
    std::string expected;
    std::string taken;
    for (std::size_t i = 0; i < 1'000; ++i) {
        const std::string bytes(i % 7 + 1, static_cast<char>('a' + i % 26));
        expected += bytes;
        queue.append(bytes);
        const std::size_t count = std::min(queue.size(), i % 5);
        taken += queue.view().substr(0, count);
        queue.consume(count);
    }
    taken += queue.view();
    EXPECT_EQ(taken, expected);
}

}  // namespace
}  // namespace broker::net
