#include "journal/message_ring.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace broker::journal {
namespace {

using Messages = std::map<core::MsgSeqNum, std::string>;

Messages content(const MessageRing& ring, core::MsgSeqNum first = 0,
                 core::MsgSeqNum last = UINT64_MAX) {
    Messages found;
    ring.read(first, last, [&](core::MsgSeqNum number, std::string_view message) {
        EXPECT_TRUE(found.empty() || number > found.rbegin()->first);
        found.emplace(number, message);
    });
    return found;
}

class MessageRingTest : public testing::Test {
protected:
    void add(core::MsgSeqNum number, const std::string& message) {
        ASSERT_TRUE(ring_.can_hold(message));
        static_cast<void>(ring_.make_room(number, message));
        ring_.append(number, message);
    }
    std::string memory_ = std::string(4 * MessageRing::kBlockBytes, '\0');
    MessageRing ring_{memory_};
};

TEST_F(MessageRingTest, KeepsWhatFitsAndForgetsTheOldest) {
    for (core::MsgSeqNum n = 1; n <= 1000; ++n)
        add(n, std::string{"message "}.append(std::to_string(n)));
    const Messages kept = content(ring_);
    EXPECT_EQ(kept.rbegin()->first, 1000U);
    EXPECT_GT(kept.size(), 300U);
    EXPECT_EQ(kept.begin()->first, 1001 - kept.size());
    for (const auto& [n, message] : kept)
        EXPECT_EQ(message, std::string{"message "}.append(std::to_string(n)));
}

TEST_F(MessageRingTest, TakesMessagesUpToItsWholeSize) {
    const std::string largest(memory_.size() - 24, 'x');
    EXPECT_FALSE(ring_.can_hold(largest + "x"));
    add(1, "small");
    add(2, largest);
    add(3, largest);
    EXPECT_EQ(content(ring_), (Messages{{3, largest}}));
    add(4, "");
    EXPECT_EQ(content(ring_), (Messages{{4, ""}}));
}

// Around the ring several times, with messages longer than a block between short ones.
TEST_F(MessageRingTest, FindsEachNumberOfARingThatHasGoneAround) {
    std::string memory(64 * MessageRing::kBlockBytes, '\0');
    MessageRing ring{memory};
    std::mt19937 random{7};
    core::MsgSeqNum number = 0;
    for (int i = 0; i < 3'000; ++i) {
        number += 1 + random() % 3;
        const std::string message(random() % 10 == 0 ? random() % 20'000 : random() % 300, 'x');
        static_cast<void>(ring.make_room(number, message));
        ring.append(number, message);
    }
    const Messages kept = content(ring);
    ASSERT_GT(kept.size(), 50U);
    for (core::MsgSeqNum first = kept.begin()->first - 2; first <= number + 2; ++first) {
        core::MsgSeqNum found = 0;
        ring.read_page(first, UINT64_MAX, 1,
                       [&](core::MsgSeqNum at, std::string_view) { found = at; });
        const auto expected = kept.lower_bound(first);
        EXPECT_EQ(found, expected == kept.end() ? 0 : expected->first) << first;
    }
}

TEST_F(MessageRingTest, OfANumberStoredTwiceTheLaterMessageCounts) {
    add(1, "one");
    add(2, "two");
    add(2, "again");
    EXPECT_EQ(content(ring_), (Messages{{1, "one"}, {2, "again"}}));
    add(3, "three");
    EXPECT_EQ(content(ring_, 2, 2), (Messages{{2, "again"}}));
}

TEST_F(MessageRingTest, ALowerNumberForgetsWhatWasStoredFromItOn) {
    for (core::MsgSeqNum n = 1; n <= 9; ++n) add(n, "old");
    add(4, "new");
    EXPECT_EQ(content(ring_), (Messages{{1, "old"}, {2, "old"}, {3, "old"}, {4, "new"}}));
}

// Against a plain map, with random sizes, numbers set back, and the ring taken up anew in between.
TEST_F(MessageRingTest, AgreesWithAMapAfterEveryStep) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random{seed};
        std::string memory(2 * MessageRing::kBlockBytes, '\0');
        auto ring = std::make_unique<MessageRing>(memory);
        Messages expected;
        core::MsgSeqNum next = 1;
        for (int step = 0; step < 500; ++step) {
            if (random() % 50 == 0) next -= std::min<core::MsgSeqNum>(next - 1, random() % 5);
            if (random() % 10 == 0) next += random() % 3;
            const std::size_t size = random() % 20 == 0 ? random() % 5000 : random() % 100;
            const std::string message(size, static_cast<char>('a' + step % 26));
            static_cast<void>(ring->make_room(next, message));
            ring->append(next, message);
            expected.erase(expected.lower_bound(next), expected.end());
            expected[next++] = message;
            if (random() % 10 == 0) {
                auto again = std::make_unique<MessageRing>(memory);
                ASSERT_EQ(again->recover(ring->begin(), ring->end()), std::nullopt);
                ring = std::move(again);
            }
            const Messages kept = content(*ring);
            ASSERT_FALSE(kept.empty());
            // What is kept is the end of what was stored, without a hole.
            const auto from = expected.find(kept.begin()->first);
            ASSERT_NE(from, expected.end());
            ASSERT_TRUE(kept == Messages(from, expected.end()))
                << "seed " << seed << " step " << step;
            const core::MsgSeqNum first = kept.begin()->first + random() % 20;
            const core::MsgSeqNum last = first + random() % 20;
            ASSERT_TRUE(content(*ring, first, last) ==
                        Messages(expected.lower_bound(first), expected.upper_bound(last)))
                << "seed " << seed << " step " << step;
        }
    }
}

TEST_F(MessageRingTest, DropsATornEnd) {
    for (core::MsgSeqNum n = 1; n <= 3; ++n) add(n, "0123456789");
    memory_[2 * 40 + 30] ^= 1;  // inside the third record of 40 bytes
    MessageRing again{memory_};
    EXPECT_EQ(again.recover(ring_.begin(), ring_.end()), std::nullopt);
    EXPECT_EQ(content(again).size(), 2U);
    EXPECT_EQ(again.end(), 80U);
}

TEST_F(MessageRingTest, ReportsDamageBeforeAWholeRecord) {
    for (core::MsgSeqNum n = 1; n <= 3; ++n) add(n, "0123456789");
    for (std::size_t byte = 40; byte < 40 + 34; ++byte) {
        std::string damaged = memory_;
        damaged[byte] ^= 1;
        MessageRing again{damaged};
        EXPECT_EQ(again.recover(ring_.begin(), ring_.end()), "the record at position 40 is damaged")
            << byte;
    }
}

TEST_F(MessageRingTest, RefusesAnImpossibleRange) {
    for (const auto& [begin, end] :
         {std::pair<std::uint64_t, std::uint64_t>{8, 0}, {0, memory_.size() + 8}, {1, 8}, {0, 9}}) {
        MessageRing again{memory_};
        EXPECT_NE(again.recover(begin, end), std::nullopt) << begin << ' ' << end;
    }
}

TEST_F(MessageRingTest, SurvivesAnyContentOfItsMemory) {
    std::mt19937 random{3};
    for (int round = 0; round < 200; ++round) {
        for (core::MsgSeqNum n = 1; n <= 20; ++n) add(n + 100U * static_cast<unsigned>(round), "x");
        std::string damaged = memory_;
        for (int i = 0; i < 20; ++i) damaged[random() % 2000] = static_cast<char>(random());
        MessageRing again{damaged};
        if (!again.recover(ring_.begin(), ring_.end())) static_cast<void>(content(again));
    }
}

}  // namespace
}  // namespace broker::journal
