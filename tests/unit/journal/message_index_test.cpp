#include "journal/message_index.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace broker::journal {
namespace {

// A log of messages of random sizes with set-backs now and then, beside what counts of it.
TEST(MessageIndex, FindsEveryMessageThatCountsAndNoOther) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        std::mt19937 random{seed};
        MessageIndex index;
        std::vector<std::pair<core::MsgSeqNum, std::uint64_t>> log;
        std::map<core::MsgSeqNum, std::uint64_t> valid;
        core::MsgSeqNum next = 1;
        std::uint64_t position = 0;
        for (int step = 0; step < 20'000; ++step) {
            if (random() % 2000 == 0) {
                next = 1 + random() % next;
                if (random() % 2 == 0) {
                    index.set_back(next, position);
                    valid.erase(valid.lower_bound(next), valid.end());
                    position += 64;
                }
            }
            index.add(next, position);
            log.emplace_back(next, position);
            valid.erase(valid.lower_bound(next), valid.end());
            valid[next] = position;
            next += 1 + random() % 3;
            position += 64 + random() % 4000 * 8;
        }
        for (const auto& [number, at] : log) {
            const auto found = valid.find(number);
            const bool counts = found != valid.end() && found->second == at;
            ASSERT_EQ(index.is_void(number, at), !counts) << seed << ' ' << number;
            if (counts) {
                ASSERT_LE(index.find(number), at);
            }
        }
        // It is found without walking through more than a few thousandths of the log.
        for (int probe = 0; probe < 1000; ++probe) {
            const auto at = valid.lower_bound(1 + random() % valid.rbegin()->first);
            ASSERT_LE(at->second - index.find(at->first), position / 200) << seed;
        }
    }
}

TEST(MessageIndex, GivesUpWhatLiesBeforeTooManySetBacks) {
    MessageIndex index;
    std::uint64_t position = 0;
    core::MsgSeqNum next = 1;
    for (int step = 0; step < 100; ++step) {
        for (int n = 0; n < 10; ++n) index.add(next++, position += 100);
        --next;
        index.set_back(next, position += 100);
    }
    EXPECT_TRUE(index.is_void(1, 100));
    EXPECT_FALSE(index.is_void(next - 1, position - 200));
    EXPECT_TRUE(index.is_void(next, position - 100));
    EXPECT_GT(index.find(1), 0U);
}

TEST(MessageIndex, BeginsAnewWithAnEpoch) {
    MessageIndex index;
    for (core::MsgSeqNum n = 1; n <= 10; ++n) index.add(n, n * 10'000);
    index.clear(200'000);
    EXPECT_EQ(index.find(5), 200'000U);
    EXPECT_TRUE(index.is_void(5, 50'000));
    index.add(1, 200'048);
    EXPECT_FALSE(index.is_void(1, 200'048));
}

}  // namespace
}  // namespace broker::journal
