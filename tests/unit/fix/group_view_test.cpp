#include "fix/codec/group_view.hpp"

#include <gtest/gtest.h>

#include "support/fix_message.hpp"

namespace broker::fix {
namespace {

class GroupViewTest : public testing::Test {
protected:
    // The entries of NoOrders (73), which begin with ClOrdID (11), as text.
    std::vector<std::string> entries(std::string_view body) {
        bytes_ = test::fix_message(body);
        EXPECT_TRUE(view_.parse(bytes_).has_value());
        GroupView group{view_.fields(), 73, 11};
        size_ = group.size();
        is_count_right_ = group.is_count_right();
        before_ = group.before().size();
        std::vector<std::string> result;
        while (const auto entry = group.next()) {
            std::string text;
            for (const Field& field : *entry) {
                if (field.tag != 10)
                    text += std::to_string(field.tag) + "=" + std::string{field.value} + "|";
            }
            result.push_back(text);
        }
        return result;
    }

    std::string bytes_;
    MessageView view_;
    std::size_t size_ = 0;
    std::size_t before_ = 0;
    bool is_count_right_ = false;
};

TEST_F(GroupViewTest, EntriesBeginWithTheirFirstTag) {
    EXPECT_EQ(entries("35=E|66=L|73=2|11=A|67=1|11=B|67=2|44=1|"),
              (std::vector<std::string>{"11=A|67=1|", "11=B|67=2|44=1|"}));
    EXPECT_EQ(size_, 2U);
    EXPECT_EQ(before_, 5U);  // 8, 9, 35, 66, 73
    EXPECT_TRUE(is_count_right_);
}

TEST_F(GroupViewTest, FirstTagInFrontOfTheCountIsNoEntry) {
    EXPECT_EQ(entries("35=E|11=X|73=1|11=A|"), std::vector<std::string>{"11=A|"});
    EXPECT_TRUE(is_count_right_);
}

TEST_F(GroupViewTest, CountThatLiesOrCannotBeReadIsToldAndTheEntriesAreReadAllTheSame) {
    for (const char* count : {"0", "1", "3", "-2", "x", "99999999999999999999"}) {
        EXPECT_EQ(entries("35=E|73=" + std::string{count} + "|11=A|11=B|").size(), 2U) << count;
        EXPECT_FALSE(is_count_right_) << count;
    }
}

TEST_F(GroupViewTest, MessageWithoutTheGroupHasNoEntries) {
    EXPECT_TRUE(entries("35=E|66=L|11=A|").empty());
    EXPECT_TRUE(is_count_right_);
    EXPECT_TRUE(entries("35=E|66=L|73=0|").empty());
    EXPECT_TRUE(is_count_right_);
}

}  // namespace
}  // namespace broker::fix
