#include "fix/codec/message_view.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/fix_message.hpp"

namespace broker::fix {
namespace {

using test::fix_message;
using test::with_checksum;
using test::with_soh;

// The rule that `message` breaks; empty if it is sound.
std::string broken_rule(const std::string& message) {
    MessageView view;
    const auto result = view.parse(message);
    if (result) return {};
    EXPECT_EQ(result.error().reason, core::Reason::MalformedMessage);
    EXPECT_TRUE(view.fields().empty());
    EXPECT_TRUE(view.bytes().empty());
    return result.error().detail.substr(result.error().detail.rfind(": ") + 2);
}

TEST(MessageView, ReadsFieldsInPlace) {
    const std::string message = fix_message("35=8|34=7|55=EUR/USD|38=1.50|43=Y|58=a=b|");
    MessageView view;
    ASSERT_TRUE(view.parse(message));
    EXPECT_EQ(view.bytes(), message);
    EXPECT_EQ(view.msg_type(), "8");
    EXPECT_EQ(view.msg_seq_num(), 7u);
    EXPECT_EQ(view.get(58), "a=b");
    EXPECT_EQ(view.find_decimal(38), core::Decimal::parse("1.50"));
    EXPECT_TRUE(view.is_yes(43));
    EXPECT_EQ(view.find(999), std::nullopt);
    EXPECT_EQ(view.get(999), "");
    EXPECT_EQ(view.fields().front().value.data(), message.data() + 2);
}

TEST(MessageView, KeepsTheOrderOfRepeatedFieldsAndFindsTheFirst) {
    const std::string message = fix_message("35=W|34=1|268=2|269=0|270=1|269=1|270=2|");
    MessageView view;
    ASSERT_TRUE(view.parse(message));
    EXPECT_EQ(view.get(270), "1");
    EXPECT_EQ(view.fields()[8].value, "2");
}

TEST(MessageView, ReadsDataFieldsWithSohInThem) {
    const std::string message = fix_message("35=B|34=1|95=9|96=a|10=000||58=x|");
    MessageView view;
    ASSERT_TRUE(view.parse(message));
    EXPECT_EQ(view.get(96), with_soh("a|10=000|"));
    EXPECT_EQ(view.get(58), "x");
}

TEST(MessageView, RefusesADataFieldWhoseLengthLies) {
    const std::string rule = "a data field is as long as its length field says";
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|95=2|96=abc|")), rule);
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|95=4|96=abc|")), rule);
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|95=1000000|96=abc|")), rule);
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|95=4294967295|96=abc|")), rule);
}

TEST(MessageView, RefusesADataFieldWithoutAUsableLength) {
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|96=abc|")),
              "a data field follows its length field");
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|95=3|58=x|96=abc|")),
              "a data field follows its length field");
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|95=-3|96=abc|")),
              "the length of a data field is a number");
    EXPECT_EQ(broken_rule(fix_message("35=B|34=1|95=99999999999999999999|96=abc|")),
              "the length of a data field is a number");
}

TEST(MessageView, KnowsThatSignatureIsOutOfLine) {
    EXPECT_EQ(length_tag_of_data_field(89), 93);
    EXPECT_EQ(length_tag_of_data_field(355), 354);
    EXPECT_EQ(length_tag_of_data_field(58), 0);
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|93=3|89=a|b|")), "");
}

TEST(MessageView, RefusesFieldsThatAreNotTagAndValue) {
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|abc=1|")), "a field begins with its tag");
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|=1|")), "a field begins with its tag");
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1||")), "a field begins with its tag");
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|-5=1|")), "a field begins with its tag");
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|58|")), "= follows the tag");
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|058=x|")), "a tag begins with 1 to 9");
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|1234567890=x|")), "a tag has at most 9 digits");
    EXPECT_EQ(broken_rule(fix_message("35=0|34=1|123456789=x|")), "");
}

TEST(MessageView, LetsAnEmptyValuePassSoThatItCanBeRejected) {
    MessageView view;
    const std::string message = fix_message("35=0|34=1|58=|");
    ASSERT_TRUE(view.parse(message));
    EXPECT_EQ(view.find(58), "");
}

TEST(MessageView, WantsTheFirstThreeFieldsInPlaceAndOnce) {
    EXPECT_EQ(broken_rule(fix_message("34=1|35=0|")), "8, 9 and 35 come first");
    EXPECT_EQ(broken_rule(fix_message("35=|34=1|")), "8, 9 and 35 have a value");
    EXPECT_EQ(broken_rule(with_checksum("9=10|8=FIX.4.4|35=0|34=1|")), "8, 9 and 35 come first");
    for (const char* again : {"8=FIX.4.4", "9=5", "35=D"})
        EXPECT_EQ(broken_rule(fix_message("35=0|34=1|" + std::string{again} + "|")),
                  "8, 9 and 35 come once");
}

TEST(MessageView, WantsCheckSumLastWithThreeDigits) {
    EXPECT_EQ(broken_rule(fix_message("35=0|10=123|34=1|")), "10 comes last");
    EXPECT_EQ(broken_rule(with_soh("8=FIX.4.4|9=10|35=0|34=1|")), "10 comes last");
    EXPECT_EQ(broken_rule(with_soh("8=FIX.4.4|9=10|35=0|34=1|10=12|")),
              "CheckSum has three digits");
    EXPECT_EQ(broken_rule(with_soh("8=FIX.4.4|9=10|35=0|34=1|10=1234|")),
              "CheckSum has three digits");
    EXPECT_EQ(broken_rule(with_soh("8=FIX.4.4|9=10|35=0|34=1|10=-12|")),
              "CheckSum has three digits");
    EXPECT_EQ(broken_rule(with_soh("8=FIX.4.4|9=10|35=0|34=1|10=000|")), "CheckSum is right");
}

TEST(MessageView, WantsTheRightBodyLength) {
    for (const char* length :
         {"9", "11", "-10", "+10", "10 ", "4294967306", "99999999999999999999"})
        EXPECT_EQ(broken_rule(with_checksum("8=FIX.4.4|9=" + std::string{length} + "|35=0|34=1|")),
                  "BodyLength is right");
    EXPECT_EQ(broken_rule(with_checksum("8=FIX.4.4|9=10|35=0|34=1|")), "");
}

TEST(MessageView, RefusesATruncatedMessageAtEveryLength) {
    const std::string message = fix_message("35=B|34=1|95=3|96=a|b|58=x|");
    for (std::size_t size = 0; size < message.size(); ++size)
        EXPECT_NE(broken_rule(message.substr(0, size)), "") << size;
}

TEST(MessageView, BoundsTheNumberOfFields) {
    std::string body = "35=0|";
    for (std::size_t i = 0; i < MessageView::kMaxFields - 4; ++i) body += "1=x|";
    EXPECT_EQ(broken_rule(fix_message(body)), "");
    EXPECT_EQ(broken_rule(fix_message(body + "1=x|")), "the number of fields is bounded");
}

TEST(MessageView, ReadsNoNumberFromWhatIsNone) {
    MessageView view;
    const std::string message =
        fix_message("35=0|34=18446744073709551616|7=-1|16=1.5|36=+1|45=|52=20260105|");
    ASSERT_TRUE(view.parse(message));
    EXPECT_EQ(view.msg_seq_num(), 0u);
    for (const int tag : {7, 16, 34, 36, 45, 999}) EXPECT_EQ(view.find_number(tag), std::nullopt);
    EXPECT_EQ(view.find_decimal(36), std::nullopt);
    EXPECT_EQ(view.find_utc_timestamp(52), std::nullopt);
}

TEST(MessageView, NamesTheOffset) {
    MessageView view;
    const auto result = view.parse(fix_message("35=0|34=1|58|"));
    EXPECT_EQ(result.error().detail, "broken rule at offset 25: = follows the tag");
}

}  // namespace
}  // namespace broker::fix
