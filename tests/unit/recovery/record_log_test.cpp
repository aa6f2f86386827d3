#include "recovery/record_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "journal/mapped_file.hpp"
#include "record_log_fixture.hpp"

namespace broker::recovery {
namespace {

using journal::RecordKind;
using test::RecordLogTest;
using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(RecordLogTest, KeepsRecordsAndTheMarkOverARestart) {
    ASSERT_TRUE(log_->append("first", RecordLog::Use::Order).has_value());
    ASSERT_TRUE(log_->append("second, longer", RecordLog::Use::Evidence).has_value());
    log_->set_heard(17);
    restart();
    EXPECT_THAT(records(), ElementsAre("first", "second, longer"));
    EXPECT_EQ(log_->heard(), 17U);
    ASSERT_TRUE(log_->append("third", RecordLog::Use::Cancel).has_value());
    EXPECT_THAT(records(), ElementsAre("first", "second, longer", "third"));
}

TEST_F(RecordLogTest, RecordsStandInTheJournalByKindAndTimeBesideThoseOfOthers) {
    add_fix_message();
    ASSERT_TRUE(log_->append("order", RecordLog::Use::Order).has_value());
    add_fix_message();
    clock_.advance(std::chrono::seconds{3});
    ASSERT_TRUE(log_->append("cancel", RecordLog::Use::Cancel).has_value());
    ASSERT_TRUE(log_->append("fill", RecordLog::Use::Evidence).has_value());
    add_fix_message();
    restart();
    EXPECT_THAT(records(), ElementsAre("order", "cancel", "fill"));
    std::vector<RecordKind> kinds;
    core::UtcTime time;
    ASSERT_TRUE(journal_->read(0, [&](const journal::Record& record) {
        kinds.push_back(record.header.kind);
        if (record.payload == "cancel") time = record.header.time;
        return true;
    }));
    EXPECT_THAT(kinds,
                ElementsAre(RecordKind::FixIn, RecordKind::OrderIntent, RecordKind::FixIn,
                            RecordKind::OrderIntent, RecordKind::OrderEvidence, RecordKind::FixIn));
    EXPECT_EQ(time, clock_.utc());
}

// The last record torn at each of its bytes, as by a loss of power: those before it are there.
TEST_F(RecordLogTest, TornEndIsCutOffWhereverItIsTorn) {
    constexpr std::size_t kFrameBytes = 48;
    const std::string last(24, 'x');
    for (std::size_t torn = 0; torn < kFrameBytes + last.size(); ++torn) {
        start_anew();
        ASSERT_TRUE(log_->append("whole", RecordLog::Use::Order).has_value());
        const auto place =
            static_cast<std::streamoff>(journal::MappedFile::kHeaderBytes + journal_->end() + torn);
        ASSERT_TRUE(log_->append(last, RecordLog::Use::Order).has_value());
        {
            std::fstream file{path() / "0000000000.segment",
                              std::ios::in | std::ios::out | std::ios::binary};
            file.seekg(place);
            const char byte = static_cast<char>(file.get());
            file.seekp(place);
            file.put(static_cast<char>(~byte));
        }
        restart();
        ASSERT_THAT(records(), ElementsAre("whole")) << "torn at " << torn;
        ASSERT_TRUE(log_->append("next", RecordLog::Use::Order).has_value());
        ASSERT_THAT(records(), ElementsAre("whole", "next"));
    }
}

// A directory that takes no further file: what a full disk is like.
TEST_F(RecordLogTest, OrdersAreRefusedBeforeCancelsAndEvidenceAreWhenNoFurtherFileCanBeMade) {
    const auto obstacle = path() / "0000000001.segment.new";
    std::filesystem::create_directory(obstacle);
    const std::string record(1024, 'r');
    int orders = 0;
    while (log_->append(record, RecordLog::Use::Order)) ++orders;
    EXPECT_GT(orders, 20);
    const auto refused = log_->append(record, RecordLog::Use::Order);
    EXPECT_EQ(refused.error().reason, core::Reason::StorageFailed);
    EXPECT_THAT(refused.error().detail, HasSubstr("0000000001.segment"));
    EXPECT_TRUE(log_->append(record, RecordLog::Use::Cancel).has_value());
    int evidence = 0;
    while (log_->append(record, RecordLog::Use::Evidence)) ++evidence;
    EXPECT_GT(evidence, 10);
    EXPECT_FALSE(log_->append(record, RecordLog::Use::Cancel).has_value());
    std::filesystem::remove(obstacle);
    EXPECT_TRUE(log_->append(record, RecordLog::Use::Order).has_value());
    EXPECT_EQ(records().size(), static_cast<std::size_t>(orders + evidence + 2));
}

}  // namespace
}  // namespace broker::recovery
