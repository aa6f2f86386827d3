#include "core/cl_ord_id_generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "support/allocation_count.hpp"

namespace broker::core {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr ClOrdIDGenerator::Seed kSeed{1, 2, 3, 4};

std::unique_ptr<ClOrdIDGenerator> make(std::string_view alphabet = kLetters, std::size_t size = 20,
                                       const ClOrdIDGenerator::Seed& seed = kSeed) {
    return std::move(ClOrdIDGenerator::make(alphabet, size, seed)).value();
}

Reason refusal(std::string_view alphabet, std::size_t size) {
    const auto made = ClOrdIDGenerator::make(alphabet, size, kSeed);
    return made ? Reason::None : made.error().reason;
}

TEST(ClOrdIDGenerator, MakesIdsOfItsSizeFromItsAlphabetAlone) {
    for (const std::size_t size : {16U, 32U, 64U}) {
        for (const std::string_view alphabet : {kDigits, kLetters}) {
            const auto generator = make(alphabet, size);
            for (int i = 0; i < 1000; ++i) {
                const ClOrdID id = generator->next();
                ASSERT_EQ(id.size(), size);
                ASSERT_EQ(id.view().find_first_not_of(alphabet), std::string_view::npos);
            }
        }
    }
}

TEST(ClOrdIDGenerator, CountsWithoutAGapThroughEveryCarry) {
    const auto generator = make(kDigits, 16);
    std::uint64_t before = std::stoull(std::string{generator->next().view()});
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t next = std::stoull(std::string{generator->next().view()});
        ASSERT_EQ(next, (before + 1) % 10'000'000'000'000'000U);
        before = next;
    }
}

TEST(ClOrdIDGenerator, NeverRepeatsAnIdAmongRestarts) {
    std::unordered_set<ClOrdID> ids;
    for (std::uint64_t restart = 0; restart < 200; ++restart) {
        const auto generator = make(kDigits, 16, {restart, 7, 7, 7});
        for (int i = 0; i < 500; ++i) ASSERT_TRUE(ids.insert(generator->next()).second);
    }
}

TEST(ClOrdIDGenerator, StartsAnywhereInItsRange) {
    std::set<char> first;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        first.insert(make(kDigits, 16, {seed, 0, 0, 0})->next().view().front());
    }
    EXPECT_EQ(first.size(), kDigits.size());
}

TEST(ClOrdIDGenerator, GivesEachOfManyThreadsIdsOfItsOwn) {
    const auto generator = make();
    constexpr std::size_t kThreads = 8;
    constexpr std::size_t kIds = 20'000;
    std::vector<std::vector<ClOrdID>> made(kThreads);
    std::vector<std::thread> threads;
    for (auto& ids : made) {
        threads.emplace_back([&] {
            ids.reserve(kIds);
            for (std::size_t i = 0; i < kIds; ++i) ids.push_back(generator->next());
        });
    }
    for (std::thread& thread : threads) thread.join();
    std::unordered_set<ClOrdID> all;
    for (const auto& ids : made) all.insert(ids.begin(), ids.end());
    EXPECT_EQ(all.size(), kThreads * kIds);
}

TEST(ClOrdIDGenerator, DoesNotAllocate) {
    const auto generator = make();
    const std::size_t before = test::allocation_count();
    for (int i = 0; i < 1000; ++i) static_cast<void>(generator->next());
    EXPECT_EQ(test::allocation_count(), before);
}

TEST(ClOrdIDGenerator, IsNotMadeOfAnAlphabetOrSizeThatIsNotSafe) {
    EXPECT_EQ(refusal(kDigits, 16), Reason::None);
    EXPECT_EQ(refusal(kDigits, 15), Reason::InvalidField);
    EXPECT_EQ(refusal(kDigits, 65), Reason::InvalidField);
    EXPECT_EQ(refusal("012345678", 16), Reason::InvalidField);
    EXPECT_EQ(refusal("0123456780", 16), Reason::InvalidField);
    EXPECT_EQ(refusal("012345678\x01", 16), Reason::InvalidField);
    EXPECT_EQ(refusal("012345678 ", 16), Reason::InvalidField);
}

}  // namespace
}  // namespace broker::core
