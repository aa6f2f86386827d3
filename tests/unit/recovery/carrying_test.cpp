// What is still needed is repeated at the log's end; the process or the power may end at any
// moment of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "journal/mapped_file.hpp"
#include "record_log_fixture.hpp"

namespace broker::recovery {
namespace {

using test::RecordLogTest;

class Carrying : public RecordLogTest {
protected:
    Carrying() {
        options_.carry_after_bytes = 64 * 1024;
        start_anew();
    }

    void add_some(int count, int kept_every) {
        for (int i = 0; i < count; ++i) {
            add(i % kept_every == 0);
            if (i % 3 == 0) add_fix_message();
        }
    }
    // One record at a time: each tick appends at most one, but the last one also sets the marks.
    void use_smallest_steps() {
        segment_bytes_ = 8 * 1024;  // so that it goes over several
        options_.step = {1, 1};
        options_.carry_after_bytes = 600;
    }
    // More of them than the log may have before the next carrying.
    void add_until_due() {
        while (!log_->is_carrying()) {
            add_some(3, 3);
            tick();
        }
    }

    static std::string content(const std::filesystem::path& file) {
        std::ifstream stream{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
    [[nodiscard]] std::string header() const { return content(path() / "header"); }
    void write(const char* name, const std::string& bytes) const {
        std::ofstream{path() / name, std::ios::binary} << bytes;
    }
};

TEST_F(Carrying, KeepsWhatIsNeededAndLeavesTheRestBehind) {
    add_some(5'000, 1'000);
    tick();
    ASSERT_TRUE(log_->is_carrying());
    // What comes while it goes on is there at its end.
    add(true);
    add(false);
    for (int i = 0; log_->is_carrying() && i < 1'000; ++i) tick();
    ASSERT_FALSE(log_->is_carrying());
    const std::size_t bytes = log_->bytes();
    EXPECT_LT(bytes, 1'000U);
    EXPECT_EQ(records().size(), 7U);
    EXPECT_EQ(log_->bytes(), bytes);
    restart();
    EXPECT_EQ(records().size(), 7U);
    EXPECT_EQ(log_->bytes(), bytes);
    expect_complete();
    // The journal itself has lost nothing.
    std::size_t originals = 0;
    ASSERT_TRUE(journal_->read(0, [&](const journal::Record& record) {
        originals += record.header.kind == journal::RecordKind::OrderEvidence ? 1U : 0U;
        return true;
    }));
    EXPECT_EQ(originals, numbered_.size());
}

TEST_F(Carrying, NextOneIsDueWhenTheRecordsAreTwiceWhatItTookAlong) {
    add_some(2'000, 1);
    carry();
    const std::size_t carried = log_->bytes();
    ASSERT_GT(carried, options_.carry_after_bytes / 2);
    while (log_->bytes() < 2 * carried) {
        tick();
        ASSERT_FALSE(log_->is_carrying()) << log_->bytes();
        add(true);
    }
    tick();
    EXPECT_TRUE(log_->is_carrying());
}

// Else an account that trades little and hears much would take ever longer to start.
TEST_F(Carrying, IsDueWhenTheJournalHasGrownByWhateverWasAppended) {
    options_.carry_after_journal_bytes = 100'000;
    restart();
    add(true);
    add(false);
    tick();
    ASSERT_FALSE(log_->is_carrying());
    while (journal_->end() < 100'000) add_fix_message();
    carry();
    expect_complete();
    EXPECT_EQ(records().size(), 1U);
    const journal::Position carried_at = journal_->end();
    while (journal_->end() < carried_at + 90'000) add_fix_message();
    tick();
    EXPECT_FALSE(log_->is_carrying());
    restart();
    tick();
    EXPECT_FALSE(log_->is_carrying());
    while (journal_->end() < carried_at + 100'000) add_fix_message();
    carry();
    expect_complete();
}

// The process dies after each append of the first, the second and the third carrying, with other
// records between all of them; the next process begins anew.
TEST_F(Carrying, ProcessMayDieAfterEachAppendOfIt) {
    use_smallest_steps();
    for (int before = 0; before < 3; ++before) {
        bool has_ended = false;
        for (int ticks = 0; !has_ended; ++ticks) {
            SCOPED_TRACE(std::to_string(before) + " carryings before, dies after tick " +
                         std::to_string(ticks));
            ASSERT_LT(ticks, 1'000);
            start_anew();
            for (int i = 0; i < before; ++i) {
                add_until_due();
                for (int t = 0; log_->is_carrying() && t < 1'000; ++t) tick();
            }
            add_until_due();
            for (int i = 0; i < ticks && log_->is_carrying(); ++i) {
                tick();
                if (i % 4 == 1) add(i % 8 == 1);
                if (i % 4 == 3) add_fix_message();
            }
            has_ended = !log_->is_carrying();
            restart();
            expect_complete();
            add(true);
            for (int t = 0; t < 300; ++t) tick();
            EXPECT_FALSE(log_->is_carrying());
            expect_complete();
            restart();
            expect_complete();
            if (HasFailure()) return;
        }
    }
}

// A loss of power keeps any beginning of the log, and the marks of any moment: what the log still
// has is found, whatever the marks say.
TEST_F(Carrying, PowerMayFailAtAnyRecordWithMarksOfAnyMoment) {
    use_smallest_steps();
    segment_bytes_ = 64 * 1024;  // all of it in one
    start_anew();
    std::vector<std::string> headers{header()};
    std::vector<journal::Position> ends{0};  // of the log, when it had so many carryings
    for (int i = 0; i < 3; ++i) {
        add_until_due();
        for (int t = 0; log_->is_carrying() && t < 1'000; ++t) {
            tick();
            if (t % 5 == 0) add(t % 2 == 0);
        }
        headers.push_back(header());
        ends.push_back(journal_->end());
    }
    add_some(4, 2);
    std::vector<journal::Position> cuts;
    ASSERT_TRUE(journal_->read(0, [&](const journal::Record& record) {
        cuts.push_back(record.position);
        return true;
    }));
    ASSERT_LT(journal_->end(), segment_bytes_);
    cuts.push_back(journal_->end());
    close();
    const std::string log = content(path() / "0000000000.segment");
    for (const journal::Position cut : cuts) {
        std::string rest = log;
        const std::size_t at = journal::MappedFile::kHeaderBytes + cut;
        rest.replace(at, rest.size() - at, rest.size() - at, '\0');
        for (std::size_t marks = 0; marks < headers.size(); ++marks) {
            SCOPED_TRACE("cut at " + std::to_string(cut) + ", marks after carrying " +
                         std::to_string(marks));
            close();
            write("0000000000.segment", rest);
            write("header", headers[marks]);
            restart();
            expect_complete(cut);
            // And no more than is needed: one carrying back is far enough.
            if (marks >= 2 && cut >= ends[marks - 1]) {
                EXPECT_THAT(records(), testing::Not(testing::Contains("old-2")));
            }
            // What is appended then is not taken for what a mark may have named.
            const auto before = records();
            add_fix_message();
            ASSERT_TRUE(log_->append("kept-0", RecordLog::Use::Evidence).has_value());
            restart();
            ASSERT_EQ(records().size(), before.size() + 1);
            if (HasFailure()) return;
        }
    }
}

TEST_F(Carrying, IsGivenUpOnAFullDiskAndDoneLater) {
    options_.carry_after_bytes = 20 * 1024;
    start_anew();
    const auto obstacle = path() / "0000000001.segment.new";
    std::filesystem::create_directory(obstacle);
    while (log_->bytes() < 40 * 1024) add(true);
    tick();
    ASSERT_TRUE(log_->is_carrying());
    for (int t = 0; log_->is_carrying() && t < 1'000; ++t) tick();
    // It leaves the reserve to evidence.
    ASSERT_TRUE(journal_->health().is_full);
    EXPECT_FALSE(log_->append("an order", RecordLog::Use::Order).has_value());
    add(true);
    restart();
    expect_complete();
    std::filesystem::remove(obstacle);
    carry();
    add(true);
    restart();
    expect_complete();
}

}  // namespace
}  // namespace broker::recovery
