#include "recovery/record_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "journal/mapped_file.hpp"
#include "recovery_fixture.hpp"
#include "support/temporary_directory.hpp"

namespace broker::recovery {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RecordLogTest : public testing::Test {
protected:
    static constexpr std::size_t kSegmentBytes = 512 * 1024;

    [[nodiscard]] RecordLogOptions options() const {
        RecordLogOptions options;
        options.files.directory = directory_.path() / "orders";
        options.files.owner = "ACC-1";
        options.files.segment_bytes = kSegmentBytes;
        options.compact_after_bytes = compact_after_bytes_;
        return options;
    }
    [[nodiscard]] static std::vector<std::string> records(const RecordLog& log) {
        std::vector<std::string> found;
        log.read([&](std::string_view record) { found.emplace_back(record); });
        return found;
    }
    [[nodiscard]] std::filesystem::path file(std::string_view name) const {
        return directory_.path() / "orders" / name;
    }
    void poke(std::string_view name, std::size_t at, char byte) const {
        std::fstream stream{file(name), std::ios::in | std::ios::out | std::ios::binary};
        stream.seekp(static_cast<std::streamoff>(journal::MappedFile::kHeaderBytes + at));
        stream.put(byte);
    }

    broker::test::TemporaryDirectory directory_;
    std::size_t compact_after_bytes_ = 16 * 1024 * 1024;
};

TEST_F(RecordLogTest, KeepsRecordsAndTheMarkOverARestart) {
    {
        auto log = RecordLog::open(options()).value();
        ASSERT_TRUE(log->append("first", RecordLog::Use::Order).has_value());
        ASSERT_TRUE(log->append("second, longer", RecordLog::Use::Evidence).has_value());
        log->set_heard(17);
    }
    auto log = RecordLog::open(options()).value();
    EXPECT_THAT(records(*log), ElementsAre("first", "second, longer"));
    EXPECT_EQ(log->heard(), 17U);
    ASSERT_TRUE(log->append("third", RecordLog::Use::Order).has_value());
    EXPECT_THAT(records(*log), ElementsAre("first", "second, longer", "third"));
}

TEST_F(RecordLogTest, SecondProcessIsRefusedWhileTheFirstLives) {
    const auto log = RecordLog::open(options()).value();
    const auto second = RecordLog::open(options());
    ASSERT_FALSE(second.has_value());
    EXPECT_THAT(second.error().detail, HasSubstr("in use by another process"));
}

TEST_F(RecordLogTest, LogOfAnotherAccountIsRefused) {
    (void)RecordLog::open(options()).value();
    RecordLogOptions other = options();
    other.files.owner = "ACC-2";
    EXPECT_THAT(RecordLog::open(other).error().detail, HasSubstr("expected \"ACC-2\""));
}

// The last record torn at each of its bytes, as by a loss of power: those before it are there.
TEST_F(RecordLogTest, TornEndIsCutOffWhereverItIsTorn) {
    const std::string last(24, 'x');
    for (std::size_t torn = 0; torn < 8 + last.size(); ++torn) {
        std::filesystem::remove_all(directory_.path() / "orders");
        {
            auto log = RecordLog::open(options()).value();
            ASSERT_TRUE(log->append("whole", RecordLog::Use::Order).has_value());
            ASSERT_TRUE(log->append(last, RecordLog::Use::Order).has_value());
        }
        poke("records-0-1", 16 + torn, '\x7f');
        auto log = RecordLog::open(options()).value();
        ASSERT_THAT(records(*log), ElementsAre("whole")) << "torn at " << torn;
        ASSERT_TRUE(log->append("next", RecordLog::Use::Order).has_value());
        ASSERT_THAT(records(*log), ElementsAre("whole", "next"));
    }
}

TEST_F(RecordLogTest, DamageBeforeTheLastFileIsAnErrorThatNamesIt) {
    const std::string record(30 * 1024, 'r');
    {
        auto log = RecordLog::open(options()).value();
        for (int i = 0; i < 30; ++i) {
            ASSERT_TRUE(log->append(record, RecordLog::Use::Evidence).has_value());
        }
    }
    poke("records-0-1", 100, 'X');
    const auto damaged = RecordLog::open(options());
    ASSERT_FALSE(damaged.has_value());
    EXPECT_THAT(damaged.error().detail, HasSubstr("records-0-1: damaged at byte 0"));
}

TEST_F(RecordLogTest, SortingOutKeepsWhatIsNeededAndRemovesTheRest) {
    compact_after_bytes_ = 64 * 1024;
    auto log = RecordLog::open(options()).value();
    for (int i = 0; i < 20'000; ++i) {
        const std::string kept = i % 1000 == 0 ? "kept" : "old";
        ASSERT_TRUE(log->append(kept + std::to_string(i), RecordLog::Use::Order).has_value());
    }
    const auto is_kept = [](std::string_view record) { return record.starts_with("kept"); };
    log->on_tick(is_kept);
    ASSERT_TRUE(log->is_compacting());
    // What comes while it goes on is there at its end.
    ASSERT_TRUE(log->append("kept-last", RecordLog::Use::Order).has_value());
    for (int i = 0; log->is_compacting(); ++i) {
        ASSERT_LT(i, 10'000'000);
        log->on_tick(is_kept);
    }
    EXPECT_EQ(records(*log).size(), 21U);
    EXPECT_EQ(records(*log).back(), "kept-last");
    EXPECT_FALSE(std::filesystem::exists(file("records-0-1")));
    log.reset();
    EXPECT_EQ(records(*RecordLog::open(options()).value()).size(), 21U);
}

TEST_F(RecordLogTest, UnfinishedSortingOutIsForgotten) {
    {
        auto log = RecordLog::open(options()).value();
        ASSERT_TRUE(log->append("record", RecordLog::Use::Order).has_value());
        std::ofstream{file("records-1-1")} << "half";
    }
    const auto log = RecordLog::open(options()).value();
    EXPECT_THAT(records(*log), ElementsAre("record"));
    EXPECT_FALSE(std::filesystem::exists(file("records-1-1")));
}

// A directory that takes no further file: what a full disk is like.
TEST_F(RecordLogTest, OrdersAreRefusedBeforeEvidenceIsWhenNoFurtherFileCanBeMade) {
    auto log = RecordLog::open(options()).value();
    std::filesystem::create_directory(file("records-0-2.new"));
    const std::string record(8 * 1024, 'r');
    int orders = 0;
    while (log->append(record, RecordLog::Use::Order)) ++orders;
    EXPECT_GT(orders, 20);
    EXPECT_THAT(log->append(record, RecordLog::Use::Order).error().detail,
                HasSubstr("records-0-2"));
    int evidence = 0;
    while (log->append(record, RecordLog::Use::Evidence)) ++evidence;
    EXPECT_GT(evidence, 20);
    std::filesystem::remove(file("records-0-2.new"));
    EXPECT_TRUE(log->append(record, RecordLog::Use::Order).has_value());
}

}  // namespace
}  // namespace broker::recovery
