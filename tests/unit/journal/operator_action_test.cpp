#include "journal/operator_action.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using testing::HasSubstr;

class OperatorActionTest : public testing::Test {
protected:
    [[nodiscard]] auto append(const OperatorAction& action) {
        return append_operator_action(*journal_, core::UtcTime{std::chrono::seconds{9}}, action);
    }

    broker::test::TemporaryDirectory directory_;
    std::unique_ptr<Journal> journal_ =
        Journal::open({directory_.path() / "A1", "A1", 4096, 1024}).value();
};

TEST_F(OperatorActionTest, IsOneLineOfQuotedFieldsWithItsTime) {
    ASSERT_TRUE(append({"ann", "pause", "a \"hard\" C:\\ day\n, 50 %"}).has_value());
    std::vector<std::string> found;
    ASSERT_TRUE(journal_->read(0, [&](const Record& record) {
        EXPECT_EQ(record.header.kind, RecordKind::OperatorAction);
        EXPECT_EQ(record.header.time, core::UtcTime{std::chrono::seconds{9}});
        found.emplace_back(record.payload);
        return true;
    }));
    EXPECT_THAT(found, testing::ElementsAre("who=\"ann\" what=\"pause\" text=\"a \\\"hard\\\" "
                                            "C:\\\\ day\\x0A, 50 %\""));
}

TEST_F(OperatorActionTest, EmptyAndOverlongFieldsAreRefusedByName) {
    EXPECT_EQ(append({"", "pause", ""}).error().reason, core::Reason::InvalidField);
    EXPECT_THAT(append({"", "pause", ""}).error().detail, HasSubstr("who is empty"));
    EXPECT_THAT(append({"ann", "", ""}).error().detail, HasSubstr("what is empty"));
    const std::string longest(OperatorAction::kMaxBytes, 'x');
    EXPECT_THAT(append({"ann", "pause", longest + "x"}).error().detail,
                HasSubstr("text has 1025 bytes"));
    EXPECT_EQ(journal_->end(), 0U);
    EXPECT_TRUE(append({"ann", "pause", longest}).has_value());
}

}  // namespace
}  // namespace broker::journal
