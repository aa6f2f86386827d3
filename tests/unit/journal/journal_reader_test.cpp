#include "journal/journal_reader.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <vector>

#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kSegmentBytes = 4096;
constexpr std::size_t kFileHeaderBytes = 4096;
constexpr std::size_t kFrameBytes = 48;

class JournalReaderTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path() const { return directory_.path() / "A1"; }
    [[nodiscard]] std::filesystem::path segment(int index) const {
        return path() / ("000000000" + std::to_string(index) + ".segment");
    }
    [[nodiscard]] std::unique_ptr<Journal> open_journal(const std::string& account = "A1") const {
        auto journal = Journal::open({path(), account, kSegmentBytes, 1024});
        EXPECT_TRUE(journal) << journal.error().detail;
        return journal ? std::move(*journal) : nullptr;
    }
    [[nodiscard]] JournalReader open_reader() const {
        auto reader = JournalReader::open(path());
        if (!reader) throw std::runtime_error(reader.error().detail);
        return std::move(*reader);
    }
    static std::string text(std::uint64_t number) {
        return "message " + std::to_string(number) + std::string(number % 50, 'x');
    }
    static Position add(Journal& journal, std::uint64_t number) {
        const auto at = journal.append({RecordKind::FixIn, 3, 7, number, {}}, text(number));
        EXPECT_TRUE(at) << at.error().detail;
        return at ? *at : 0;
    }
    std::vector<Position> write(std::uint64_t count) {
        const auto journal = open_journal();
        std::vector<Position> positions;
        for (std::uint64_t number = 1; number <= count; ++number) {
            positions.push_back(add(*journal, number));
        }
        return positions;
    }
    struct Seen {
        std::vector<std::uint64_t> numbers;
        std::vector<Damage> damages;
        Position end = 0;
    };
    // Everything there is, over damage.
    static Seen read_all(JournalReader& reader, Position from = 0) {
        Seen seen;
        for (Position position = from;;) {
            const ReadEnd end = reader.read(position, [&](const Record& record) {
                EXPECT_EQ(record.payload, text(record.header.msg_seq_num));
                EXPECT_EQ(record.header.kind, RecordKind::FixIn);
                EXPECT_EQ(record.header.stream, 3);
                EXPECT_EQ(record.header.epoch, 7U);
                seen.numbers.push_back(record.header.msg_seq_num);
                return true;
            });
            seen.end = end.position;
            if (!end.damage) {
                EXPECT_TRUE(end.is_end);
                return seen;
            }
            seen.damages.push_back(*end.damage);
            EXPECT_GE(end.damage->resume, position);
            position = end.damage->resume;
        }
    }
    static std::vector<std::uint64_t> numbers(std::uint64_t from, std::uint64_t to) {
        std::vector<std::uint64_t> result;
        for (std::uint64_t number = from; number <= to; ++number) result.push_back(number);
        return result;
    }
    static std::string content(const std::filesystem::path& file) {
        std::ifstream stream{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
    static void overwrite(const std::filesystem::path& file, std::size_t offset,
                          const std::string& bytes) {
        std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
        stream.seekp(static_cast<std::streamoff>(offset));
        stream << bytes;
    }

    test::TemporaryDirectory directory_;
};

TEST_F(JournalReaderTest, SeesAllRecordsOverSegmentsAndChangesNothing) {
    write(300);
    ASSERT_TRUE(std::filesystem::exists(segment(3)));
    const std::string before = content(segment(0)) + content(segment(3));
    auto reader = open_reader();
    EXPECT_EQ(reader.account(), "A1");
    EXPECT_EQ(reader.segment_bytes(), kSegmentBytes);
    const Seen seen = read_all(reader);
    EXPECT_EQ(seen.numbers, numbers(1, 300));
    EXPECT_TRUE(seen.damages.empty());
    EXPECT_FALSE(reader.has_torn_record(seen.end));
    EXPECT_EQ(content(segment(0)) + content(segment(3)), before);
}

TEST_F(JournalReaderTest, StopsWhereTheVisitEndsItAndGoesOnFromThere) {
    write(100);
    auto reader = open_reader();
    Position position = 0;
    std::vector<std::uint64_t> seen;
    for (int step = 0; step < 100; ++step) {
        const ReadEnd end = reader.read(position, [&](const Record& record) {
            seen.push_back(record.header.msg_seq_num);
            return false;
        });
        EXPECT_FALSE(end.is_end);
        position = end.position;
    }
    EXPECT_EQ(seen, numbers(1, 100));
    EXPECT_TRUE(read_all(reader, position).numbers.empty());
}

TEST_F(JournalReaderTest, ReadsWhileTheJournalIsOpenAndGoesOnAsItGrows) {
    const auto journal = open_journal();
    auto reader = open_reader();
    Position end = 0;
    for (std::uint64_t number = 1; number <= 300; ++number) {
        add(*journal, number);
        const Seen seen = read_all(reader, end);
        ASSERT_THAT(seen.numbers, ElementsAre(number));
        ASSERT_TRUE(seen.damages.empty());
        end = seen.end;
    }
}

TEST_F(JournalReaderTest, ReadsWhatAnotherProcessIsWriting) {
    constexpr std::uint64_t kRecords = 5'000;
    (void)open_journal();  // makes the first segment
    const pid_t writer = ::fork();
    if (writer == 0) {
        auto journal = Journal::open({path(), "A1", kSegmentBytes, 1024});
        for (std::uint64_t number = 1; journal && number <= kRecords; ++number) {
            if (!(*journal)->append({RecordKind::FixIn, 3, 7, number, {}}, text(number))) break;
        }
        ::_exit(0);
    }
    auto reader = open_reader();
    std::vector<std::uint64_t> seen;
    Position end = 0;
    // The record that ends the loop is there when the writer has ended, if not before.
    for (bool has_ended = false; !has_ended && seen.size() < kRecords;) {
        has_ended = ::waitpid(writer, nullptr, WNOHANG) == writer;
        const Seen part = read_all(reader, end);
        ASSERT_TRUE(part.damages.empty()) << part.damages[0].file << part.damages[0].offset;
        seen.insert(seen.end(), part.numbers.begin(), part.numbers.end());
        end = part.end;
    }
    EXPECT_EQ(seen, numbers(1, kRecords));
    (void)::waitpid(writer, nullptr, 0);
}

TEST_F(JournalReaderTest, ARecordTornAtTheEndIsNoDamageWhateverIsMissing) {
    const auto positions = write(2);
    const std::string whole = content(segment(0));
    const std::size_t begin = kFileHeaderBytes + positions[1];
    const std::size_t used = kFrameBytes + text(2).size();
    for (std::size_t kept = 1; kept < used; ++kept) {
        std::string torn = whole;
        torn.replace(begin + kept, used - kept, used - kept, '\0');
        std::ofstream{segment(0), std::ios::binary} << torn;
        auto reader = open_reader();
        const Seen seen = read_all(reader);
        ASSERT_TRUE(seen.damages.empty()) << kept;
        ASSERT_EQ(seen.numbers, numbers(1, torn == whole ? 2 : 1)) << kept;
        ASSERT_EQ(reader.has_torn_record(seen.end), torn != whole) << kept;
    }
}

TEST_F(JournalReaderTest, DamageBeforeWholeRecordsIsToldWithFileAndOffsetAndReadOver) {
    const auto positions = write(5);
    const std::string whole = content(segment(0));
    for (std::size_t byte = 0; byte < kFrameBytes + text(3).size(); ++byte) {
        std::string damaged = whole;
        damaged[kFileHeaderBytes + positions[2] + byte] ^= 0x55;
        std::ofstream{segment(0), std::ios::binary} << damaged;
        auto reader = open_reader();
        const Seen seen = read_all(reader);
        ASSERT_THAT(seen.numbers, ElementsAre(1, 2, 4, 5)) << byte;
        ASSERT_EQ(seen.damages.size(), 1U) << byte;
        EXPECT_EQ(seen.damages[0].file, segment(0));
        EXPECT_EQ(seen.damages[0].offset, kFileHeaderBytes + positions[2]);
        EXPECT_EQ(seen.damages[0].resume, positions[3]);
        EXPECT_THAT(seen.damages[0].text, HasSubstr("damaged"));
    }
}

TEST_F(JournalReaderTest, DamageAtASegmentsEndIsToldWhenTheNextOneHasRecords) {
    const auto positions = write(100);
    std::size_t first_of_next = 0;
    while (positions[first_of_next] < kSegmentBytes) ++first_of_next;
    const Position last = positions[first_of_next - 1];
    overwrite(segment(0), kFileHeaderBytes + last, std::string(kSegmentBytes - last, '\0'));
    auto reader = open_reader();
    const Seen seen = read_all(reader);
    ASSERT_EQ(seen.damages.size(), 1U);
    EXPECT_EQ(seen.damages[0].file, segment(0));
    EXPECT_EQ(seen.damages[0].offset, kFileHeaderBytes + last);
    EXPECT_EQ(seen.numbers.size(), 99U);
}

TEST_F(JournalReaderTest, AMissingSegmentIsToldAndReadOver) {
    write(300);
    std::filesystem::remove(segment(1));
    auto reader = open_reader();
    const Seen seen = read_all(reader);
    ASSERT_EQ(seen.damages.size(), 1U);
    EXPECT_EQ(seen.damages[0].file, segment(1));
    EXPECT_THAT(seen.damages[0].text, HasSubstr("missing"));
    EXPECT_EQ(seen.damages[0].resume, 2 * kSegmentBytes);
    EXPECT_EQ(seen.numbers.front(), 1U);
    EXPECT_EQ(seen.numbers.back(), 300U);
}

TEST_F(JournalReaderTest, RecordsBehindADamagedFirstPageAreReadAllTheSame) {
    write(300);
    overwrite(segment(0), 20, "###");
    auto reader = open_reader();
    EXPECT_EQ(reader.account(), "A1");  // the other segments say so
    const Seen seen = read_all(reader);
    ASSERT_EQ(seen.damages.size(), 1U);
    EXPECT_EQ(seen.damages[0].file, segment(0));
    EXPECT_EQ(seen.damages[0].offset, 0U);
    EXPECT_THAT(seen.damages[0].text, HasSubstr("first page is damaged"));
    EXPECT_EQ(seen.numbers, numbers(1, 300));
}

TEST_F(JournalReaderTest, ASegmentOfAnotherAccountOrPlaceIsTold) {
    write(300);
    std::filesystem::copy_file(segment(0), segment(2),
                               std::filesystem::copy_options::overwrite_existing);
    auto reader = open_reader();
    const Seen seen = read_all(reader);
    ASSERT_EQ(seen.damages.size(), 1U);
    EXPECT_EQ(seen.damages[0].file, segment(2));
    EXPECT_THAT(seen.damages[0].text, HasSubstr("\"A1 segment 0\", expected \"A1 segment 2\""));
}

TEST_F(JournalReaderTest, ASegmentThatIsShorterIsTold) {
    write(300);
    std::filesystem::resize_file(segment(1), kFileHeaderBytes + 512);
    auto reader = open_reader();
    const Seen seen = read_all(reader);
    ASSERT_EQ(seen.damages.size(), 1U);
    EXPECT_EQ(seen.damages[0].file, segment(1));
    EXPECT_THAT(seen.damages[0].text, HasSubstr("512 bytes of records, the other segments have"));
    EXPECT_EQ(seen.numbers.back(), 300U);
}

TEST_F(JournalReaderTest, APipeUnderASegmentsNameDoesNotHoldItUp) {
    write(300);
    std::filesystem::remove(segment(1));
    ASSERT_EQ(::mkfifo(segment(1).c_str(), 0600), 0);
    auto reader = open_reader();
    const Seen seen = read_all(reader);
    ASSERT_EQ(seen.damages.size(), 1U);
    EXPECT_THAT(seen.damages[0].text, HasSubstr("not a file"));
    EXPECT_EQ(seen.numbers.back(), 300U);
}

TEST_F(JournalReaderTest, AFolderWithoutASegmentIsAnErrorThatNamesIt) {
    std::filesystem::create_directory(path());
    std::ofstream{path() / "notes.segment"} << "x";
    const auto reader = JournalReader::open(path());
    ASSERT_FALSE(reader);
    EXPECT_THAT(reader.error().detail, HasSubstr(path().string() + ": no journal"));
    const auto missing = JournalReader::open(path() / "nothing");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().detail, HasSubstr("No such file"));
    std::ofstream{segment(0)} << std::string(9000, 'x');
    EXPECT_FALSE(JournalReader::open(path()));
}

}  // namespace
}  // namespace broker::journal
