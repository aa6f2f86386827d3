#include "runtime/command_queue.hpp"

#include <gtest/gtest.h>

#include <map>
#include <thread>
#include <vector>

namespace broker::runtime {
namespace {

Command snapshot(std::uint32_t account, std::uint64_t request_id) {
    return {account, SnapshotRequest{request_id}};
}

std::uint64_t request_id(const Command& command) {
    return std::get<SnapshotRequest>(command.body).request_id;
}

TEST(CommandQueue, GivesCommandsInTheOrderTheyCame) {
    CommandQueue queue{3};
    for (std::uint64_t i = 1; i <= 5; ++i) EXPECT_TRUE(queue.push(snapshot(0, i)));
    std::vector<std::uint64_t> ids;
    EXPECT_EQ(queue.drain(100, [&](const Command& c) { ids.push_back(request_id(c)); }), 5U);
    EXPECT_EQ(ids, (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
}

TEST(CommandQueue, RefusesWhenFullAndTakesAgainWhenDrained) {
    CommandQueue queue{2};
    for (std::uint64_t i = 1; i <= 4; ++i) EXPECT_TRUE(queue.push(snapshot(0, i)));
    EXPECT_FALSE(queue.push(snapshot(0, 5)));
    EXPECT_EQ(queue.drain(1, [](const Command&) {}), 1U);
    EXPECT_TRUE(queue.push(snapshot(0, 6)));
    EXPECT_FALSE(queue.push(snapshot(0, 7)));
}

TEST(CommandQueue, DrainsAtMostWhatIsAsked) {
    CommandQueue queue{4};
    for (std::uint64_t i = 1; i <= 10; ++i) EXPECT_TRUE(queue.push(snapshot(0, i)));
    EXPECT_EQ(queue.drain(3, [](const Command&) {}), 3U);
    EXPECT_EQ(queue.drain(100, [](const Command&) {}), 7U);
    EXPECT_EQ(queue.drain(100, [](const Command&) {}), 0U);
}

TEST(CommandQueue, LosesAndDoublesNothingWithSeveralProducers) {
    constexpr std::uint64_t kEach = 20'000;
    constexpr std::uint32_t kProducers = 3;
    CommandQueue queue{6};
    std::vector<std::thread> producers;
    for (std::uint32_t producer = 0; producer < kProducers; ++producer) {
        producers.emplace_back([&queue, producer] {
            for (std::uint64_t i = 1; i <= kEach; ++i) {
                while (!queue.push(snapshot(producer, i))) std::this_thread::yield();
            }
        });
    }
    std::map<std::uint32_t, std::uint64_t> last;
    bool is_in_order = true;
    std::uint64_t count = 0;
    while (count < kEach * kProducers) {
        const std::size_t drained = queue.drain(32, [&](const Command& command) {
            is_in_order = is_in_order && request_id(command) == ++last[command.account];
        });
        count += drained;
        if (drained == 0) std::this_thread::yield();
    }
    for (std::thread& producer : producers) producer.join();
    EXPECT_TRUE(is_in_order);
    EXPECT_EQ(queue.drain(1, [](const Command&) {}), 0U);
}

}  // namespace
}  // namespace broker::runtime
