#include "journal/journal_header.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using testing::HasSubstr;

constexpr std::size_t kAreaBytes = 4096;
constexpr std::size_t kFileHeaderBytes = 4096;

class JournalHeaderTest : public testing::Test {
protected:
    [[nodiscard]] core::Result<JournalHeader> open(const std::string& account = "A1") const {
        return JournalHeader::open(directory_.path(), account);
    }
    [[nodiscard]] std::string bytes() const {
        std::ifstream file{path(), std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    void write(const std::string& bytes) const { std::ofstream{path(), std::ios::binary} << bytes; }
    [[nodiscard]] std::filesystem::path path() const { return directory_.path() / "header"; }
    static StreamState state(std::uint64_t n) {
        return {n, n + 1, n + 2, n + 3, n + 4, core::UtcTime{core::Duration{n + 5}}};
    }
    // Where a slot of the first stream lies in the file.
    static std::size_t slot_offset(std::size_t slot) {
        return kFileHeaderBytes + 2 * kAreaBytes + 2048 + slot * 1024;
    }

    test::TemporaryDirectory directory_;
};

TEST_F(JournalHeaderTest, KeepsStreamsMarksAndTheDurablePositionOverReopening) {
    {
        auto header = open();
        ASSERT_TRUE(header) << header.error().detail;
        EXPECT_EQ(header->stream("one").value(), 1U);
        EXPECT_EQ(header->stream("two").value(), 2U);
        EXPECT_EQ(header->state(1), StreamState{});
        header->save(2, state(20));
        header->save(1, state(10));
        header->save(1, state(11));
        header->set_mark(JournalMark::Heard, 7);
        header->set_mark(JournalMark::LedgerFrom, 8);
        header->set_durable(4096);
        header->set_durable(100);
    }
    auto header = open();
    ASSERT_TRUE(header) << header.error().detail;
    EXPECT_EQ(header->streams(), 2U);
    EXPECT_EQ(header->stream("two").value(), 2U);
    EXPECT_EQ(header->stream("one").value(), 1U);
    EXPECT_EQ(header->name(2), "two");
    EXPECT_EQ(header->state(1), state(11));
    EXPECT_EQ(header->state(2), state(20));
    EXPECT_EQ(header->mark(JournalMark::Heard), 7U);
    EXPECT_EQ(header->mark(JournalMark::LedgerFrom), 8U);
    EXPECT_EQ(header->durable(), 4096U) << "it never goes back";
}

TEST_F(JournalHeaderTest, AReaderSeesItWhileTheOwnerHasIt) {
    auto header = open();
    ASSERT_TRUE(header->stream("one"));
    header->save(1, state(10));
    header->set_mark(JournalMark::Heard, 7);
    header->set_durable(64);
    const auto snapshot = JournalHeaderSnapshot::read(directory_.path());
    ASSERT_TRUE(snapshot) << snapshot.error().detail;
    EXPECT_EQ(snapshot->account, "A1");
    ASSERT_EQ(snapshot->streams.size(), 1U);
    EXPECT_EQ(snapshot->streams[0].name, "one");
    EXPECT_EQ(snapshot->streams[0].state, state(10));
    EXPECT_EQ(snapshot->marks[0], 7U);
    EXPECT_EQ(snapshot->durable, 64U);
    EXPECT_EQ(header->state(1), state(10));
}

TEST_F(JournalHeaderTest, ASlotTornAtAnyByteLeavesTheStateBeforeIt) {
    std::string before;
    {
        auto header = open();
        ASSERT_TRUE(header->stream("one"));  // generation 1 lies in slot 1
        header->save(1, state(10));          // 2 in slot 0
        before = bytes();
        header->save(1, state(11));  // 3 in slot 1
    }
    const std::string after = bytes();
    for (std::size_t torn = 0; torn <= 72; ++torn) {
        std::string half = before;
        std::copy_n(after.begin() + static_cast<std::ptrdiff_t>(slot_offset(1)), torn,
                    half.begin() + static_cast<std::ptrdiff_t>(slot_offset(1)));
        write(half);
        auto header = open();
        ASSERT_TRUE(header) << header.error().detail;
        const std::size_t from = slot_offset(1);
        const bool is_whole = half.compare(from, 1024, after, from, 1024) == 0;
        EXPECT_EQ(header->state(1), state(is_whole ? 11 : 10)) << torn;
    }
}

TEST_F(JournalHeaderTest, BothSlotsDamagedIsAnErrorThatNamesThem) {
    {
        auto header = open();
        ASSERT_TRUE(header->stream("one"));
        header->save(1, state(10));
    }
    std::string damaged = bytes();
    damaged[slot_offset(0) + 10] ^= 1;
    damaged[slot_offset(1) + 10] ^= 1;
    write(damaged);
    const auto header = open();
    ASSERT_FALSE(header);
    EXPECT_THAT(header.error().detail, HasSubstr(path().string()));
    EXPECT_THAT(header.error().detail, HasSubstr("the numbers of stream one"));
}

TEST_F(JournalHeaderTest, ADamagedNameIsAnErrorAndAnInterruptedCreationIsNone) {
    {
        auto header = open();
        ASSERT_TRUE(header->stream("one"));
    }
    std::string damaged = bytes();
    damaged[kFileHeaderBytes + 2 * kAreaBytes] ^= 1;
    write(damaged);
    EXPECT_THAT(open().error().detail, HasSubstr("the name of stream 1"));
    std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(slot_offset(0)), 2048, '\0');
    write(damaged);
    auto header = open();
    ASSERT_TRUE(header) << header.error().detail;
    EXPECT_EQ(header->streams(), 0U);
    EXPECT_EQ(header->stream("two").value(), 1U);
    EXPECT_EQ(header->state(1), StreamState{});
}

TEST_F(JournalHeaderTest, RefusesForeignFilesAndWhatDoesNotFit) {
    {
        auto header = open();
        EXPECT_THAT(header->stream("").error().detail, HasSubstr("1 to 1024 bytes, not 0"));
        EXPECT_THAT(header->stream(std::string(1025, 'x')).error().detail, HasSubstr("not 1025"));
        ASSERT_TRUE(header->stream(std::string(1024, 'x')));
        for (std::size_t n = 2; n <= JournalHeader::kMaxStreams; ++n) {
            ASSERT_TRUE(header->stream(std::to_string(n)));
        }
        EXPECT_THAT(header->stream("more").error().detail, HasSubstr("no place for stream"));
    }
    EXPECT_THAT(open("B2").error().detail, HasSubstr("belongs to"));
    write(bytes().substr(0, kFileHeaderBytes + kAreaBytes));
    EXPECT_THAT(open().error().detail, HasSubstr("expected"));
    EXPECT_FALSE(JournalHeaderSnapshot::read(directory_.path()));
}

}  // namespace
}  // namespace broker::journal
