#include "journal/journal.hpp"

#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "journal/journal_sync.hpp"
#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using testing::HasSubstr;

constexpr std::size_t kSegmentBytes = 4096;
constexpr std::size_t kReserveBytes = 1024;
constexpr std::size_t kFileHeaderBytes = 4096;

class JournalTest : public testing::Test {
protected:
    using Opened = core::Result<std::unique_ptr<Journal>>;
    [[nodiscard]] std::filesystem::path path() const { return directory_.path() / "A1"; }
    [[nodiscard]] std::filesystem::path segment(int index) const {
        return path() / ("000000000" + std::to_string(index) + ".segment");
    }
    [[nodiscard]] Opened open(const std::string& account = "A1") const {
        return Journal::open({path(), account, kSegmentBytes, kReserveBytes});
    }
    static std::string text(std::uint64_t number) {
        return "message " + std::to_string(number) + std::string(number % 50, 'x');
    }
    static core::Result<Position> add(Journal& journal, std::uint64_t number,
                                      AppendClass append_class = AppendClass::Essential) {
        return journal.append({RecordKind::FixOut, 3, 7, number, {}}, text(number), append_class);
    }
    // Expects the records 1, 2, 3 and so on, each whole; returns how many.
    static std::uint64_t count(const Journal& journal) {
        std::uint64_t number = 0;
        EXPECT_TRUE(journal.read(0, [&](const Record& record) {
            ++number;
            EXPECT_EQ(record.header.msg_seq_num, number);
            EXPECT_EQ(record.payload, text(number));
            EXPECT_EQ(record.header.stream, 3);
            EXPECT_EQ(record.header.epoch, 7U);
            return true;
        }));
        return number;
    }
    static void overwrite(const std::filesystem::path& file, std::size_t offset,
                          const std::string& bytes) {
        std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
        stream.seekp(static_cast<std::streamoff>(offset));
        stream << bytes;
    }
    // Keeps the segment of that index from being made, as a full disk does, while it exists.
    [[nodiscard]] std::filesystem::path obstacle(int index) const {
        return segment(index).string() + ".new";
    }

    test::TemporaryDirectory directory_;
};

TEST_F(JournalTest, KeepsRecordsInOrderOverSegmentsAndReopening) {
    for (std::uint64_t number = 1; number <= 300; ++number) {
        auto journal = open();
        ASSERT_TRUE(journal) << journal.error().detail;
        ASSERT_TRUE(add(**journal, number));
        ASSERT_TRUE((*journal)->sync());
        ASSERT_EQ((*journal)->durable(), (*journal)->end());
    }
    EXPECT_TRUE(std::filesystem::exists(segment(3)));
    EXPECT_EQ(count(**open()), 300U);
}

TEST_F(JournalTest, ReadsFromThePositionOfARecord) {
    auto journal = open();
    ASSERT_TRUE(add(**journal, 1));
    const auto second = add(**journal, 2);
    ASSERT_TRUE(add(**journal, 3));
    std::vector<std::uint64_t> seen;
    ASSERT_TRUE((*journal)->read(*second, [&](const Record& record) {
        seen.push_back(record.header.msg_seq_num);
        return true;
    }));
    EXPECT_THAT(seen, testing::ElementsAre(2, 3));
    EXPECT_FALSE((*journal)->read(*second + 8, [](const Record&) { return true; }));
}

TEST_F(JournalTest, CutsOffALastRecordThatIsTornAtAnyByte) {
    Position begin = 0;
    Position end = 0;
    {
        auto journal = open();
        ASSERT_TRUE(add(**journal, 1));
        begin = *add(**journal, 2);
        end = (*journal)->end();
    }
    std::ifstream file{segment(0), std::ios::binary};
    const std::string whole{std::istreambuf_iterator<char>{file}, {}};
    const std::size_t used = 48 + text(2).size();
    for (std::size_t kept = 0; kept < used; ++kept) {
        std::string torn = whole;
        torn.replace(kFileHeaderBytes + begin + kept, end - begin - kept, end - begin - kept, '\0');
        std::ofstream{segment(0), std::ios::binary} << torn;
        auto journal = open();
        ASSERT_TRUE(journal) << journal.error().detail;
        // Zeros that were zeros before tear nothing off.
        const bool is_torn = torn != whole;
        ASSERT_EQ(count(**journal), is_torn ? 1U : 2U) << kept;
        if (!is_torn) continue;
        ASSERT_TRUE(add(**journal, 2));
        ASSERT_EQ(count(**journal), 2U) << kept;
    }
}

TEST_F(JournalTest, RefusesDamageToWhatWasOnTheDiskAndNamesThePlace) {
    std::vector<Position> positions;
    {
        auto journal = open();
        for (std::uint64_t number = 1; number <= 100; ++number)
            positions.push_back(*add(**journal, number));
        ASSERT_TRUE((*journal)->sync());
    }
    const auto place = [](Position position) {
        return "offset " + std::to_string(kFileHeaderBytes + position % kSegmentBytes);
    };
    // In the segment that opening goes through.
    const Position late = positions[98];
    const auto late_segment = segment(static_cast<int>(late / kSegmentBytes));
    std::filesystem::copy_file(late_segment, path() / "kept");
    overwrite(late_segment, kFileHeaderBytes + late % kSegmentBytes + 50, "?");
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, core::Reason::StorageFailed);
    EXPECT_THAT(refused.error().detail, HasSubstr(late_segment.string()));
    EXPECT_THAT(refused.error().detail, HasSubstr(place(late)));
    std::filesystem::rename(path() / "kept", late_segment);

    // In an earlier one: whoever reads there hears of it.
    overwrite(segment(0), kFileHeaderBytes + positions[1] + 50, "?");
    const auto journal = open();
    ASSERT_TRUE(journal) << journal.error().detail;
    const auto read = (*journal)->read(0, [](const Record&) { return true; });
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().detail, HasSubstr(segment(0).string()));
    EXPECT_THAT(read.error().detail, HasSubstr(place(positions[1])));
}

TEST_F(JournalTest, RefusesALogThatEndsBeforeWhatWasOnTheDisk) {
    {
        auto journal = open();
        for (std::uint64_t number = 1; number <= 10; ++number) ASSERT_TRUE(add(**journal, number));
        ASSERT_TRUE((*journal)->sync());
    }
    std::filesystem::copy_file(segment(0), path() / "kept");
    overwrite(segment(0), kFileHeaderBytes, std::string(kSegmentBytes, '\0'));
    EXPECT_THAT(open().error().detail, HasSubstr("is damaged: it was on the disk"));
    std::filesystem::remove(segment(0));
    EXPECT_THAT(open().error().detail, HasSubstr(segment(0).string() + ": missing"));
    std::filesystem::rename(path() / "kept", segment(0));
    EXPECT_EQ(count(**open()), 10U);
}

// After a loss of power each page of what was not durable may be there or not, whichever were
// written first: what is found is what was durable and as much of the rest as has no hole.
TEST_F(JournalTest, FindsAPrefixWithAllThatWasDurableWhateverPagesALossOfPowerTook) {
    constexpr std::size_t kPage = 512;
    struct Files {
        std::vector<std::string> segments;
        std::string header;
    };
    const auto bytes_of = [](const std::filesystem::path& file) {
        std::ifstream stream{file, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{stream}, {}};
    };
    const auto snapshot = [&] {
        Files files;
        for (int index = 0; std::filesystem::exists(segment(index)); ++index)
            files.segments.push_back(bytes_of(segment(index)));
        files.header = bytes_of(path() / "header");
        return files;
    };
    Files durable;
    Files last;
    {
        auto journal = open();
        for (std::uint64_t number = 1; number <= 60; ++number) ASSERT_TRUE(add(**journal, number));
        ASSERT_TRUE((*journal)->sync());
        durable = snapshot();
        for (std::uint64_t number = 61; number <= 200; ++number)
            ASSERT_TRUE(add(**journal, number));
        last = snapshot();
    }
    std::mt19937 random{7};
    int cut_off = 0;
    for (int round = 0; round < 60; ++round) {
        for (std::size_t index = 0; index < last.segments.size(); ++index) {
            std::string mixed = index < durable.segments.size()
                                    ? durable.segments[index]
                                    : last.segments[index].substr(0, kFileHeaderBytes) +
                                          std::string(kSegmentBytes, '\0');
            for (std::size_t page = 0; page < mixed.size(); page += kPage)
                if (random() % 4 != 0)
                    mixed.replace(page, kPage, last.segments[index], page, kPage);
            std::ofstream{segment(static_cast<int>(index)), std::ios::binary} << mixed;
        }
        std::ofstream{path() / "header", std::ios::binary} << durable.header;
        {
            auto journal = open();
            ASSERT_TRUE(journal) << journal.error().detail;
            const std::uint64_t found = count(**journal);
            ASSERT_GE(found, 60U);
            if (!(*journal)->cut_off().empty()) ++cut_off;
            for (std::uint64_t number = found + 1; number <= 120; ++number)
                ASSERT_TRUE(add(**journal, number));
        }
        auto journal = open();
        ASSERT_TRUE(journal) << journal.error().detail;
        ASSERT_GE(count(**journal), 120U);
        journal->reset();
        for (int index = 0; std::filesystem::exists(segment(index)); ++index)
            std::filesystem::remove(segment(index));
    }
    EXPECT_GT(cut_off, 20);
}

// Whether a record that is missing may have been there: not after the death of the process alone.
TEST_F(JournalTest, KnowsThatTheMachineWentDownBeforeItWasClosed) {
    const auto open_at = [&](std::uint64_t boot) {
        return Journal::open({path(), "A1", kSegmentBytes, kReserveBytes, Durability::Batch, boot})
            .value();
    };
    {
        auto journal = open_at(1);
        ASSERT_TRUE(add(*journal, 1));
    }
    EXPECT_EQ(open_at(1)->lost_before(), 0U) << "the process died, the machine did not";
    {
        auto journal = open_at(1);
        JournalSync sync;
        sync.add(*journal);
        ASSERT_TRUE(add(*journal, 2));
    }
    EXPECT_EQ(open_at(2)->lost_before(), 0U) << "it was closed";
    Position end = 0;
    {
        auto journal = open_at(2);
        ASSERT_TRUE(add(*journal, 3));
        end = journal->end();
    }
    EXPECT_EQ(open_at(3)->lost_before(), end);
    EXPECT_EQ(open_at(3)->lost_before(), end) << "for whoever opens it later too";
}

TEST_F(JournalTest, RefusesAnotherAccountAndASecondOwner) {
    auto journal = open();
    EXPECT_THAT(open().error().detail, HasSubstr("in use by another process"));
    journal->reset();
    EXPECT_THAT(open("B2").error().detail, HasSubstr("belongs to"));
}

TEST_F(JournalTest, RefusesARecordThatNeverFitsAndStaysAsItWas) {
    auto journal = open();
    ASSERT_TRUE(add(**journal, 1));
    const std::string longest((*journal)->max_payload(), 'y');
    EXPECT_FALSE((*journal)->append({}, longest + "y"));
    EXPECT_EQ(count(**journal), 1U);
    for (int i = 0; i < 10; ++i) ASSERT_TRUE((*journal)->append({}, longest));
}

TEST_F(JournalTest, RefusesOrdersButTakesOthersWhileNoSegmentCanBeMadeAndRecoversByItself) {
    auto journal = open();
    std::filesystem::create_directory(obstacle(1));
    std::uint64_t number = 1;
    while (add(**journal, number, AppendClass::Order)) ++number;
    EXPECT_TRUE((*journal)->health().is_full);
    EXPECT_THAT((*journal)->health().text, HasSubstr(segment(1).string()));
    EXPECT_THAT(add(**journal, number, AppendClass::Order).error().detail,
                HasSubstr("new orders are refused"));

    const std::uint64_t first_of_reserve = number;
    while (add(**journal, number)) ++number;
    EXPECT_GT(number - first_of_reserve, 5U);
    EXPECT_THAT(add(**journal, number).error().detail, HasSubstr("reserve is used up"));
    EXPECT_EQ(count(**journal), number - 1);

    std::filesystem::remove(obstacle(1));
    EXPECT_TRUE(add(**journal, number, AppendClass::Order));
    EXPECT_FALSE((*journal)->health().is_full);
    EXPECT_EQ(count(**journal), number);
}

// What was appended before the kill is there, and nothing but it and its like.
TEST_F(JournalTest, KeepsAllThatWasAppendedWhenTheProcessIsKilled) {
    void* shared = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    auto* const appended = new (shared) std::atomic<std::uint64_t>{0};
    for (std::uint64_t round = 1; round <= 20; ++round) {
        const pid_t writer = ::fork();
        if (writer == 0) {
            auto journal = open();
            while (journal && add(**journal, *appended + 1)) ++*appended;
            ::_exit(1);
        }
        while (*appended < round * 97) {
            if (::waitpid(writer, nullptr, WNOHANG) == writer) FAIL() << "the writer has ended";
        }
        ::kill(writer, SIGKILL);
        ::waitpid(writer, nullptr, 0);
        const auto journal = open();
        ASSERT_TRUE(journal) << journal.error().detail;
        const std::uint64_t found = count(**journal);
        EXPECT_GE(found, *appended);
        EXPECT_LE(found, *appended + 1);
        *appended = found;
    }
    ::munmap(shared, 4096);
}

}  // namespace
}  // namespace broker::journal
