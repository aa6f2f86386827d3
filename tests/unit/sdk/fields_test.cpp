#include "broker/sdk/fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace broker::sdk {
namespace {

using ::testing::ElementsAre;

std::string text_of(const Fields& fields) { return std::string{view(fields.text())}; }

TEST(Fields, AreWrittenAsPairsThatEachEndWithSoh) {
    EXPECT_EQ(text_of(Fields{{"algo_id", "TWAP-7"}, {"order_capacity", "A"}}),
              "algo_id=TWAP-7\x01order_capacity=A\x01");
    EXPECT_EQ(text_of(Fields{}), "");
}

TEST(Fields, GetAnotherValueWhenTheNameIsThereAlready) {
    Fields fields{{"a", "1"}, {"b", "2"}};
    EXPECT_TRUE(fields.set("a", "3"));
    EXPECT_EQ(text_of(fields),
              "b=2\x01"
              "a=3\x01");
}

TEST(Fields, MayHaveAnEqualsSignInAValue) {
    const Fields fields{{"note", "a=b"}};
    EXPECT_EQ(FieldsView{fields.text()}.find("note"), "a=b");
}

TEST(Fields, RefuseWhatIsNoPairAndStayAsTheyAre) {
    Fields fields{{"a", "1"}};
    EXPECT_FALSE(fields.set("", "1"));
    EXPECT_FALSE(fields.set("b", ""));
    EXPECT_FALSE(fields.set("b=c", "1"));
    EXPECT_FALSE(fields.set("b\x01", "1"));
    EXPECT_FALSE(fields.set("b",
                            "1\x01"
                            "c=2"));
    EXPECT_EQ(text_of(fields), "a=1\x01");
    EXPECT_THROW((Fields{{"a", "1"}, {"b", ""}}), std::invalid_argument);
}

TEST(Fields, TakeExactlyAsManyBytesAsACommandMayCarry) {
    Fields fields;
    EXPECT_TRUE(fields.set("n", std::string(BROKER_MAX_FIELDS - 3, 'x')));
    EXPECT_EQ(text_of(fields).size(), BROKER_MAX_FIELDS);
    EXPECT_FALSE(fields.set("n", std::string(BROKER_MAX_FIELDS - 2, 'x')));
    EXPECT_FALSE(fields.set("m", "1"));
    EXPECT_EQ(text_of(fields).size(), BROKER_MAX_FIELDS);
}

TEST(FieldsView, ReadsEveryPairInOrder) {
    const FieldsView fields{
        std::string_view{"a=1\x01"
                         "b=\x01"
                         "5001=x=y\x01"}};
    std::vector<std::string> read;
    for (const Field& field : fields) {
        read.push_back(std::string{field.name}.append("|").append(field.value));
    }
    EXPECT_THAT(read, ElementsAre("a|1", "b|", "5001|x=y"));
    EXPECT_EQ(fields.find("b"), "");
    EXPECT_EQ(fields.find("c"), std::nullopt);
}

TEST(FieldsView, EndsWhereThePairsEnd) {
    for (const std::string_view text : {"", "a", "a=1", "=", "\x01"}) {
        const FieldsView fields{text};
        EXPECT_EQ(fields.begin(), fields.end()) << text;
    }
    EXPECT_EQ(FieldsView{std::string_view{"a=1\x01junk"}}.find("a"), "1");
    const FieldsView absent{broker_str_t{}};
    EXPECT_EQ(absent.begin(), absent.end());
}

}  // namespace
}  // namespace broker::sdk
