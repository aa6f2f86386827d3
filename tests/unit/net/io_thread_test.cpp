#include "net/io_thread.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <boost/asio/post.hpp>
#include <csignal>
#include <future>
#include <latch>

namespace broker::net {
namespace {

using namespace std::chrono_literals;

class IoThreadInMode : public testing::TestWithParam<LoopMode> {};

INSTANTIATE_TEST_SUITE_P(Mode, IoThreadInMode, testing::Values(LoopMode::Block, LoopMode::Spin),
                         [](const auto& tested) {
                             return tested.param == LoopMode::Block ? "Block" : "Spin";
                         });

// Runs `body` on the thread and waits for its result.
template <class Body>
auto on_thread(IoThread& thread, Body body) {
    const auto task = std::make_shared<std::packaged_task<decltype(body())()>>(std::move(body));
    auto result = task->get_future();
    boost::asio::post(thread.loop().context(), [task] { (*task)(); });
    EXPECT_EQ(result.wait_for(10s), std::future_status::ready);
    return result.get();
}

TEST_P(IoThreadInMode, RunsPostedWorkOnItsNamedThread) {
    IoThread thread{GetParam(), "a-thread-name-that-is-too-long"};
    thread.start();
    const std::string name = on_thread(thread, [] {
        char text[32]{};
        pthread_getname_np(pthread_self(), text, sizeof text);
        return std::string{text};
    });
    EXPECT_EQ(name, "a-thread-name-t");
    EXPECT_TRUE(on_thread(thread, [&] { return thread.loop().is_current_thread(); }));
    EXPECT_FALSE(thread.loop().is_current_thread());
}

TEST_P(IoThreadInMode, EveryWakeIsFollowedByATurnThatSeesWhatWasWrittenBefore) {
    constexpr int kWakes = 20'000;
    IoThread thread{GetParam(), "io"};
    std::atomic<int> written{0};
    std::promise<void> all_seen;
    bool is_done = false;
    thread.loop().set_on_turn([&] {
        if (!is_done && written.load(std::memory_order_relaxed) == kWakes) {
            is_done = true;
            all_seen.set_value();
        }
    });
    thread.start();
    for (int i = 1; i <= kWakes; ++i) {
        written.store(i, std::memory_order_relaxed);
        thread.loop().wake();
    }
    EXPECT_EQ(all_seen.get_future().wait_for(10s), std::future_status::ready);
    thread.stop();
}

TEST_P(IoThreadInMode, ManyThreadsMayWakeIt) {
    constexpr int kThreads = 4;
    constexpr int kWakes = 5'000;
    IoThread thread{GetParam(), "io"};
    std::atomic<int> pending{0};
    std::atomic<int> taken{0};
    std::latch all_taken{1};
    thread.loop().set_on_turn([&] {
        const int count = pending.exchange(0);
        if (count > 0 && taken.fetch_add(count) + count == kThreads * kWakes) {
            all_taken.count_down();
        }
    });
    thread.start();
    std::vector<std::jthread> wakers;
    for (int i = 0; i < kThreads; ++i) {
        wakers.emplace_back([&] {
            for (int n = 0; n < kWakes; ++n) {
                pending.fetch_add(1);
                thread.loop().wake();
            }
        });
    }
    all_taken.wait();
    EXPECT_EQ(taken.load(), kThreads * kWakes);
}

TEST_P(IoThreadInMode, DestroysWorkUnrunThatComesAfterStop) {
    const auto resource = std::make_shared<int>(1);
    bool has_run = false;
    {
        IoThread thread{GetParam(), "io"};
        thread.start();
        thread.stop();
        boost::asio::post(thread.loop().context(), [resource, &has_run] { has_run = true; });
        EXPECT_EQ(resource.use_count(), 2);
    }
    EXPECT_FALSE(has_run);
    EXPECT_EQ(resource.use_count(), 1);
}

TEST_P(IoThreadInMode, StopsWithoutStartAndTwice) {
    IoThread never_started{GetParam(), "io"};
    never_started.stop();
    IoThread thread{GetParam(), "io"};
    thread.start();
    thread.stop();
    thread.stop();
    EXPECT_FALSE(thread.loop().is_current_thread());
}

TEST(IoThread, SleepsBetweenWakes) {
    IoThread thread{LoopMode::Block, "io"};
    std::atomic<int> turns{0};
    thread.loop().set_on_turn([&] { ++turns; });
    thread.start();
    const int before = on_thread(thread, [&] { return turns.load(); });
    const int after = on_thread(thread, [&] { return turns.load(); });
    // One turn for each post; a loop that polled would make thousands while the threads switch.
    EXPECT_LE(after - before, 4);
}

TEST(IoThread, LeavesTheHostsSignalsToTheHostsThreads) {
    IoThread thread{LoopMode::Block, "io"};
    thread.start();
    const auto is_blocked = [&](int signal) {
        return on_thread(thread, [signal] {
            sigset_t mask;
            pthread_sigmask(SIG_SETMASK, nullptr, &mask);
            return sigismember(&mask, signal) == 1;
        });
    };
    EXPECT_TRUE(is_blocked(SIGTERM));
    EXPECT_TRUE(is_blocked(SIGINT));
    EXPECT_FALSE(is_blocked(SIGSEGV));
    struct sigaction pipe {};
    sigaction(SIGPIPE, nullptr, &pipe);
    EXPECT_EQ(pipe.sa_handler, SIG_DFL);
}

}  // namespace
}  // namespace broker::net
