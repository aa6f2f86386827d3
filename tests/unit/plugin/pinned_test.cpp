#include "runtime/pinned.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace broker::runtime {
namespace {

// Both halves are equal for as long as nobody has destroyed it.
struct Canary {
    explicit Canary(int made) : number{made}, twin{made} {}
    ~Canary() { twin = -1; }
    Canary(const Canary&) = delete;
    Canary& operator=(const Canary&) = delete;

    [[nodiscard]] bool is_whole() const { return number == twin; }

    int number;
    int twin;
};

using PinnedCanary = Pinned<Canary>;

TEST(Pinned, GivesTheNewestValue) {
    PinnedCanary pinned{std::make_unique<const Canary>(1)};
    EXPECT_EQ(pinned.pin()->number, 1);
    const auto old = pinned.replace(std::make_unique<const Canary>(2));
    EXPECT_EQ(old->number, 1);
    EXPECT_EQ(pinned.pin()->number, 2);
}

TEST(Pinned, OldValueIsGivenBackOnlyWhenItsLastReaderHasGone) {
    PinnedCanary pinned{std::make_unique<const Canary>(1)};
    std::optional<PinnedCanary::Pin> reader{std::in_place, pinned};
    std::atomic<bool> is_given_back{false};
    std::thread writer{[&] {
        auto old = pinned.replace(std::make_unique<const Canary>(2));
        is_given_back = true;
    }};
    while (pinned.pin()->number != 2) std::this_thread::yield();  // new readers need not wait
    EXPECT_FALSE(is_given_back);
    EXPECT_EQ((*reader)->number, 1);
    EXPECT_TRUE((*reader)->is_whole());
    reader.reset();
    writer.join();
    EXPECT_TRUE(is_given_back);
}

TEST(Pinned, WaitEndsThoughReadersKeepComing) {
    PinnedCanary pinned{std::make_unique<const Canary>(1)};
    std::atomic<bool> is_over{false};
    std::array<std::thread, 2> readers;
    for (std::thread& reader : readers) {
        reader = std::thread{[&] {
            // Hand over hand: at every moment one of the two pins is there.
            std::optional<PinnedCanary::Pin> first{std::in_place, pinned};
            std::optional<PinnedCanary::Pin> second;
            while (!is_over) {
                second.emplace(pinned);
                first.reset();
                first.emplace(pinned);
                second.reset();
            }
        }};
    }
    for (int i = 0; i < 20; ++i) pinned.wait_for_readers();
    is_over = true;
    for (std::thread& reader : readers) reader.join();
}

TEST(Pinned, NobodySeesADestroyedValueUnderMuchTraffic) {
    constexpr int kValues = 500;
    PinnedCanary pinned{std::make_unique<const Canary>(0)};
    std::atomic<int> broken{0};
    std::atomic<int> backwards{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            int newest = 0;
            while (newest < kValues) {
                const auto pin = pinned.pin();
                if (!pin->is_whole()) ++broken;
                if (pin->number < newest) ++backwards;
                newest = pin->number;
            }
        });
    }
    for (int i = 1; i <= kValues; ++i) {
        (void)pinned.replace(std::make_unique<const Canary>(i));  // which destroys the old one
    }
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(broken, 0);
    EXPECT_EQ(backwards, 0);
}

}  // namespace
}  // namespace broker::runtime
