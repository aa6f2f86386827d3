#include "journal/journal_sync.hpp"

#include <gmock/gmock.h>
#include <sys/mount.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "journal/journal.hpp"
#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::size_t kSegmentBytes = 16 * 1024;
constexpr std::size_t kReserveBytes = 1024;

// True once `holds` does; false after a bound that no working machine needs.
template <class Condition>
bool comes_true(Condition&& holds) {
    const auto bound = std::chrono::steady_clock::now() + 20s;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > bound) return false;
        std::this_thread::yield();
    }
    return true;
}

class JournalSyncTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path(const std::string& account = "A1") const {
        return directory_.path() / account;
    }
    [[nodiscard]] std::filesystem::path segment(int index) const {
        return path() / ("000000000" + std::to_string(index) + ".segment");
    }
    [[nodiscard]] std::unique_ptr<Journal> open(Durability durability = Durability::Batch,
                                                const std::string& account = "A1") const {
        return Journal::open({path(account), account, kSegmentBytes, kReserveBytes, durability})
            .value();
    }
    static core::Result<Position> add(Journal& journal,
                                      AppendClass append_class = AppendClass::Essential) {
        return journal.append({}, std::string(100, 'x'), append_class);
    }
    static bool is_durable(const Journal& journal) { return journal.durable() == journal.end(); }
    static std::size_t count(const Journal& journal) {
        std::size_t records = 0;
        EXPECT_TRUE(journal.read(0, [&](const Record&) {
            ++records;
            return true;
        }));
        return records;
    }

    test::TemporaryDirectory directory_;
};

TEST_F(JournalSyncTest, ARecordBecomesDurableWithoutTheAppenderWaiting) {
    for (const Durability durability :
         {Durability::Async, Durability::Batch, Durability::BeforeSend}) {
        auto journal = open(durability);
        std::atomic<int> told{0};
        journal->on_durable([&] { ++told; });
        JournalSync sync{{10ms, 10ms, 10ms}};
        sync.add(*journal);
        ASSERT_TRUE(add(*journal));
        EXPECT_TRUE(comes_true([&] { return is_durable(*journal) && told > 0; }));
        const int before = told;
        ASSERT_TRUE(add(*journal));
        EXPECT_TRUE(comes_true([&] { return is_durable(*journal) && told > before; }));
    }
}

// An interval that never comes: in batch mode the append itself is the signal.
TEST_F(JournalSyncTest, InBatchModeAFlushBeginsAtOnce) {
    auto journal = open(Durability::Batch);
    JournalSync sync{{1h, 1h, 1h}};
    sync.add(*journal);
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(add(*journal));
        ASSERT_TRUE(comes_true([&] { return is_durable(*journal); }));
    }
}

TEST_F(JournalSyncTest, TheNextSegmentIsThereBeforeItIsNeeded) {
    auto journal = open();
    JournalSync sync{{1h, 1h, 1h}};
    sync.add(*journal);
    for (int index = 1; index <= 5; ++index) {
        const Position half = static_cast<Position>(index - 1) * kSegmentBytes + kSegmentBytes / 2;
        while (journal->end() < half) ASSERT_TRUE(add(*journal, AppendClass::Order));
        ASSERT_TRUE(comes_true([&] { return std::filesystem::exists(segment(index)); })) << index;
        while (journal->end() < static_cast<Position>(index) * kSegmentBytes) {
            ASSERT_TRUE(add(*journal, AppendClass::Order));
        }
    }
    EXPECT_TRUE(comes_true([&] { return is_durable(*journal); }));
}

TEST_F(JournalSyncTest, LeavesAJournalDurable) {
    {
        auto journal = open(Durability::Async);
        JournalSync sync{{1h, 1h, 1h}};
        sync.add(*journal);
        for (int i = 0; i < 1000; ++i) ASSERT_TRUE(add(*journal));
        sync.remove(*journal);
        EXPECT_TRUE(is_durable(*journal));
        EXPECT_TRUE(add(*journal)) << "it goes on without";
    }
    const auto journal = open();
    EXPECT_GT(journal->durable(), 1000U * 100);
    EXPECT_EQ(count(*journal), 1001U);
}

TEST_F(JournalSyncTest, AfterAFullDiskItTriesAgainByItself) {
    auto journal = open();
    const std::filesystem::path obstacle = segment(1).string() + ".new";
    std::filesystem::create_directory(obstacle);
    JournalSync sync{{5ms, 20ms, 1s}};
    sync.add(*journal);
    while (journal->end() < kSegmentBytes / 2) ASSERT_TRUE(add(*journal, AppendClass::Order));
    ASSERT_TRUE(comes_true([&] { return journal->health().is_full; }));
    EXPECT_THAT(journal->health().text, HasSubstr(segment(1).string()));

    while (add(*journal, AppendClass::Order)) {
    }
    EXPECT_THAT(add(*journal, AppendClass::Order).error().detail,
                HasSubstr("new orders are refused"));
    EXPECT_TRUE(add(*journal)) << "cancels go on";
    std::filesystem::remove(obstacle);
    EXPECT_TRUE(comes_true([&] { return !journal->health().is_full; }));
    EXPECT_TRUE(add(*journal, AppendClass::Order));
    EXPECT_EQ(journal->health().text, "");
}

// A file system that is really full.
TEST_F(JournalSyncTest, OnAFullFileSystemOrdersAreRefusedCancelsGoOnAndItRecovers) {
    const auto mounted = directory_.path() / "small";
    std::filesystem::create_directory(mounted);
    if (::mount("tmpfs", mounted.c_str(), "tmpfs", 0, "size=1m") != 0) {
        GTEST_SKIP() << "mounting a tmpfs is not permitted: " << std::strerror(errno);
    }
    {
        auto journal =
            Journal::open({mounted / "A1", "A1", 128 * 1024, 16 * 1024, Durability::Batch}).value();
        JournalSync sync{{5ms, 20ms, 1s}};
        sync.add(*journal);
        std::size_t orders = 0;
        const auto bound = std::chrono::steady_clock::now() + 60s;
        while (std::chrono::steady_clock::now() < bound) {
            if (!add(*journal, AppendClass::Order)) break;
            ++orders;
        }
        EXPECT_GT(orders, 128U * 1024 / 150) << "more than a segment";
        EXPECT_THAT(add(*journal, AppendClass::Order).error().detail,
                    HasSubstr("No space left on device"));
        std::size_t cancels = 0;
        while (add(*journal)) ++cancels;
        EXPECT_GT(cancels, 16U * 1024 / 200);
        EXPECT_TRUE(comes_true([&] { return is_durable(*journal); }));

        // The operator makes room.
        ASSERT_EQ(::mount("tmpfs", mounted.c_str(), "tmpfs", MS_REMOUNT, "size=4m"), 0);
        EXPECT_TRUE(comes_true([&] { return !journal->health().is_full; }));
        EXPECT_TRUE(add(*journal, AppendClass::Order));
        EXPECT_EQ(count(*journal), orders + cancels + 1);
    }
    ::umount(mounted.c_str());
}

// For the thread sanitizer above all: accounts on several event threads and one journal thread.
TEST_F(JournalSyncTest, ServesJournalsOfSeveralThreads) {
    std::vector<std::unique_ptr<Journal>> journals;
    JournalSync sync{{1ms, 1ms, 1ms}};
    for (const char* account : {"A1", "B2", "C3"}) {
        journals.push_back(open(Durability::Batch, account));
        sync.add(*journals.back());
    }
    std::vector<std::thread> writers;
    writers.reserve(journals.size());
    for (const auto& journal : journals) {
        writers.emplace_back([&journal] {
            for (int i = 0; i < 2000; ++i) {
                EXPECT_TRUE(add(*journal));
                EXPECT_FALSE(journal->health().is_full);
                EXPECT_LE(journal->durable(), journal->end());
                journal->header().set_mark(JournalMark::Heard, static_cast<std::uint64_t>(i));
            }
        });
    }
    for (std::thread& writer : writers) writer.join();
    for (const auto& journal : journals) {
        EXPECT_TRUE(comes_true([&] { return is_durable(*journal); }));
        sync.remove(*journal);
        EXPECT_EQ(count(*journal), 2000U);
    }
}

}  // namespace
}  // namespace broker::journal
