// Load, log on, trade, stop, unload, many times: nothing may stay behind.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

std::size_t entries(const char* directory) {
    const std::filesystem::directory_iterator begin{directory};
    return static_cast<std::size_t>(std::distance(begin, std::filesystem::directory_iterator{}));
}

// Resident memory in KiB.
long resident() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
    }
    return 0;
}

bool is_mapped() {
    std::ifstream maps{"/proc/self/maps"};
    for (std::string line; std::getline(maps, line);) {
        if (line.find("dxtrade_adapter.so") != std::string::npos) return true;
    }
    return false;
}

class PluginCycles : public testing::Test {
protected:
    void cycle(int number) {
        rig_.events().clear();
        rig_.start();
        ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
        const std::string id = "M-" + std::to_string(number);
        ASSERT_TRUE(rig_.submit({.id = id}).is_ok());
        ASSERT_TRUE(rig_.events().wait_for(order_status(id, BROKER_ORD_STATUS_FILLED)));
        rig_.stop();
    }

    // What this process holds while neither adapter nor venue run. Why without the venue: it closes
    // its end of a connection some time after the adapter has closed its own.
    struct Held {
        std::size_t threads = 0;
        std::size_t descriptors = 0;
        long memory = 0;
    };
    Held held() {
        rig_.venue().stop();
        const Held held{entries("/proc/self/task"), entries("/proc/self/fd"), resident()};
        rig_.venue().start();
        return held;
    }

    TradingRig rig_{{"ACC-1"}};
};

TEST_F(PluginCycles, CyclesLeaveNoThreadDescriptorMappingOrGrowth) {
    // A cycle takes many times as long under a sanitizer.
    constexpr int kCycles = DXTRADE_SANITIZED == 0 ? 200 : 40;
    constexpr int kWarmUp = kCycles / 5;
    // The sanitizers keep freed memory for a while; there it is their leak check that counts.
    constexpr bool kMeasuresMemory = DXTRADE_SANITIZED == 0;
    Held before;
    for (int i = 1; i <= kCycles; ++i) {
        cycle(i);
        if (HasFatalFailure()) return;
        if (kMeasuresMemory) {
            ASSERT_FALSE(is_mapped()) << "the library is pinned in memory";
        }
        if (i == kWarmUp) before = held();
    }
    const Held after = held();
    EXPECT_EQ(after.threads, before.threads);
    EXPECT_EQ(after.descriptors, before.descriptors);
    if (kMeasuresMemory) {
        // 160 cycles: a leak of 32 KiB each would show.
        EXPECT_LT(after.memory - before.memory, 5 * 1024) << "KiB";
    }
}

TEST_F(PluginCycles, AdapterThatWasNeverStartedLeavesNothing) {
    rig_.create();
    rig_.stop();
    EXPECT_EQ(rig_.venue().messages().all().size(), 0U);
}

TEST_F(PluginCycles, LifecycleCallsAtTheWrongTimeAreRefused) {
    rig_.create();
    EXPECT_EQ(rig_.adapter().stop().code, BROKER_INVALID_STATE);
    ASSERT_TRUE(rig_.adapter().start().is_ok());
    EXPECT_EQ(rig_.adapter().start().code, BROKER_INVALID_STATE);
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    ASSERT_TRUE(rig_.adapter().stop().is_ok());
    EXPECT_EQ(rig_.adapter().stop().code, BROKER_INVALID_STATE);
    EXPECT_EQ(rig_.submit({.id = "X-1"}).code, BROKER_REFUSED);
}

// Whoever got BROKER_OK hears what became of the order, even if the adapter was being stopped.
TEST_F(PluginCycles, EveryOrderTakenWhileStoppingIsAnswered) {
    rig_.account().limits = "{order_ttl_ms: 60000}";
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    std::atomic<bool> is_under_way{false};
    std::vector<std::vector<std::string>> taken(3);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < taken.size(); ++t) {
        threads.emplace_back([this, t, &taken, &is_under_way] {
            for (int i = 0; i < 100'000; ++i) {
                const std::string id = "T" + std::to_string(t) + "-" + std::to_string(i);
                const sdk::Status status = rig_.submit({.id = id, .price = "0.5"});
                if (status.is_ok()) {
                    taken[t].push_back(id);
                    is_under_way = true;
                } else if (status.code != BROKER_WOULD_BLOCK) {
                    return;  // stopping
                }
                std::this_thread::yield();
            }
        });
    }
    while (!is_under_way) std::this_thread::yield();
    ASSERT_TRUE(rig_.adapter().stop().is_ok());
    for (std::thread& thread : threads) thread.join();

    std::set<std::string> answered;
    for (const RecordedEvent& event :
         rig_.events().find([](const RecordedEvent&) { return true; })) {
        answered.insert(event.cl_ord_id);
    }
    for (const auto& ids : taken) {
        for (const std::string& id : ids) EXPECT_TRUE(answered.contains(id)) << id;
    }
}

TEST_F(PluginCycles, SpinModeTradesToo) {
    rig_.set_event_loop("{mode: spin, threads: 1}");
    cycle(1);
}

}  // namespace
}  // namespace broker::test
