#include "dxtrade/json/json_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "dxtrade/json/json_writer.hpp"
#include "dxtrade/json/object_reader.hpp"
#include "dxtrade/json/scalars.hpp"

namespace broker::dxtrade::json {
namespace {

using core::Decimal;

Decimal decimal(std::string_view text) { return *Decimal::parse(text); }

std::string error_of(std::string_view text, const ReadLimits& limits = {}) {
    const auto document = document_from_json(text, limits);
    if (document) return "no error";
    EXPECT_EQ(document.error().reason, core::Reason::HttpResponseMalformed);
    return document.error().detail;
}

TEST(JsonReader, KeepsEachNumberAsItsText) {
    const auto document = document_from_json(
        R"([0.1, 1.20, 9223372036854775807, 123456789012345678901234567890, -0, 2E+3])");
    ASSERT_TRUE(document);
    std::vector<std::string> numbers;
    for (const Value element : document->root()) numbers.emplace_back(element.text());
    EXPECT_EQ(numbers, (std::vector<std::string>{"0.1", "1.20", "9223372036854775807",
                                                 "123456789012345678901234567890", "-0", "2E+3"}));
}

TEST(JsonReader, TakesTheLastOfMembersWithOneName) {
    const auto document = document_from_json(R"({"a":1,"b":[{"a":5}],"a":2})");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().find("a")->text(), "2");
    EXPECT_FALSE(document->root().find("A"));
    EXPECT_EQ(document->root().find_any_case("A")->text(), "2");
    EXPECT_FALSE(document->root().find("ab"));
}

TEST(JsonReader, UnescapesText) {
    const auto document = document_from_json(R"(["\u20ac \"x\" \n\/", "plain"])");
    ASSERT_TRUE(document);
    EXPECT_EQ((*document->root().begin()).text(), "\u20ac \"x\" \n/");
}

TEST(JsonReader, NamesTheOffsetOfWhatIsWrong) {
    EXPECT_NE(error_of(R"({"a":tru})").find("at offset"), std::string::npos);
    EXPECT_EQ(error_of(R"({"a":1} x)"), "JSON: more than one value at offset 8");
    EXPECT_NE(error_of("").find("at offset 0"), std::string::npos);
    EXPECT_NE(error_of(R"({"a":[1,2)").find("at offset 9"), std::string::npos);
}

TEST(JsonReader, RefusesTextThatIsNotUtf8) { EXPECT_NE(error_of("[\"\xff\"]"), "no error"); }

TEST(JsonReader, BoundsDepthBytesAndValues) {
    const std::string deep = std::string(64, '[') + std::string(64, ']');
    EXPECT_EQ(error_of(deep), "no error");
    EXPECT_NE(error_of('[' + deep + ']'), "no error");
    ReadLimits limits;
    limits.max_values = 3;
    EXPECT_EQ(error_of("[1,2]", limits), "no error");
    EXPECT_EQ(error_of("[1,2,3]", limits).find("JSON: more than 3 values"), 0U);
    limits.max_bytes = 4;
    EXPECT_EQ(error_of("[1,2]", limits), "JSON: more than 4 bytes at offset 4");
}

TEST(JsonScalars, ExpandNumbersExactly) {
    EXPECT_EQ(parse_number("1E4"), decimal("10000"));
    EXPECT_EQ(parse_number("1.25"), decimal("1.25"));
    EXPECT_EQ(parse_number("-1.2345e2"), decimal("-123.45"));
    EXPECT_EQ(parse_number("6.7E-3"), decimal("0.0067"));
    EXPECT_EQ(parse_number("12345e-5"), decimal("0.12345"));
    EXPECT_EQ(parse_number("+5"), decimal("5"));
    EXPECT_EQ(parse_number("0.30000000000000004"), decimal("0.30000000000000004"));
    EXPECT_EQ(parse_number("0E300"), decimal("0"));
}

TEST(JsonScalars, RefuseWhatIsNoNumberOrDoesNotFit) {
    for (const char* text : {"", "-", "E4", "1E", "1E4x", "1e+-2", "abc", "1,5", "1E99", "1E-30",
                             "+-1", "12345678901234567890.1", "1E999999999999", " 1"}) {
        EXPECT_FALSE(parse_number(text)) << text;
    }
}

TEST(JsonScalars, KnowWhatIsSaidToBeNoNumber) {
    for (const char* text : {"+INF", "-INF", "INF", "Infinity", "-infinity", "NaN"}) {
        EXPECT_TRUE(is_no_number(text)) << text;
    }
    for (const char* text : {"", "+", "INFO", "in", "0"}) EXPECT_FALSE(is_no_number(text)) << text;
}

TEST(JsonScalars, ReadEveryFormOfATimestamp) {
    using namespace std::chrono;
    const core::UtcTime day{sys_days{year{2031} / 4 / 5}};
    const core::UtcTime time = day + hours{6} + minutes{7} + seconds{8};
    EXPECT_EQ(parse_timestamp("2031-04-05T06:07:08.901Z"), time + milliseconds{901});
    EXPECT_EQ(parse_timestamp("2031-04-05T06:07:08.90Z"), time + milliseconds{900});
    EXPECT_EQ(parse_timestamp("2031-04-05T06:07:08.123456789Z"), time + nanoseconds{123'456'789});
    EXPECT_EQ(parse_timestamp("2031-04-05T06:07:08Z"), time);
    EXPECT_EQ(parse_timestamp("2031-04-05T06:07:08"), time);
    EXPECT_EQ(parse_timestamp("2031-04-05T08:07:08+02:00"), time);
    EXPECT_EQ(parse_timestamp("2031-04-05T05:37:08-0030"), time);
    EXPECT_EQ(parse_timestamp("2031-04-05Z"), day);
    EXPECT_EQ(parse_timestamp("2031-04-05"), day);
    EXPECT_EQ(parse_timestamp("1933135628901"), time + milliseconds{901});
}

TEST(JsonScalars, RefuseWhatIsNoTimestamp) {
    for (const char* text :
         {"", "yesterday", "2031-13-05", "2031-02-30", "2031-04-05T24:00:00Z",
          "2031-04-05T06:60:08Z", "2031-04-05T06:07:08.Z", "2031-04-05T06:07:08.1234567890Z",
          "2031-04-05T06:07:08Zz", "2031-04-05 06:07:08Z", "99999999999999999", "1600-01-01",
          "2031-04-05T06:07:08+25:00"}) {
        EXPECT_FALSE(parse_timestamp(text)) << text;
    }
}

TEST(JsonScalars, ClipWholeCharactersOnOneLine) {
    EXPECT_EQ(clipped("a\nb", 10), "a b");
    EXPECT_EQ(clipped("ab\u20ac", 4), "ab");
    EXPECT_EQ(clipped("ab\u20ac", 5), "ab\u20ac");
}

struct ObjectReaderTest : testing::Test {
    ObjectReader reader(std::string_view text) {
        document = *document_from_json(text);
        return ObjectReader{document.root(), place, faults};
    }
    std::string first_fault() const { return faults.empty() ? "" : faults.kept().front().text; }

    Document document;
    Place place;
    ReadFaults faults;
};

TEST_F(ObjectReaderTest, ReadsNumbersAndBooleansInEitherForm) {
    ObjectReader object =
        reader(R"({"a":1.5,"b":"1.5","c":true,"d":"false","e":"7","f":7.0,"g":7.00411E5})");
    EXPECT_EQ(object.decimal("a"), decimal("1.5"));
    EXPECT_EQ(object.decimal("b"), decimal("1.5"));
    EXPECT_EQ(object.boolean("c"), true);
    EXPECT_EQ(object.boolean("d"), false);
    EXPECT_EQ(object.count("e"), 7U);
    EXPECT_EQ(object.count("f"), 7U);
    EXPECT_EQ(object.id("g"), "700411");
    EXPECT_TRUE(faults.empty());
}

TEST_F(ObjectReaderTest, LeavesAbsentWhatIsNotThereOrNullOrSaidToBeNoNumber) {
    ObjectReader object = reader(R"({"a":null,"b":"+INF","c":"NaN"})");
    for (const char* name : {"a", "b", "c", "d"}) EXPECT_FALSE(object.decimal(name)) << name;
    EXPECT_FALSE(object.boolean("d"));
    EXPECT_FALSE(object.timestamp("d"));
    EXPECT_EQ(object.id("d"), "");
    EXPECT_TRUE(faults.empty());
}

TEST_F(ObjectReaderTest, NamesThePathOfWhatDoesNotFit) {
    ObjectReader object = reader(R"({"orders":[{},{"legs":[{"quantity":"abc"}]}]})");
    object.each("orders", [](ObjectReader& order) {
        order.each("legs", [](ObjectReader& leg) {
            EXPECT_FALSE(leg.decimal("quantity"));
            EXPECT_TRUE(leg.faults().contains(core::ReportFault::UnreadableField));
        });
    });
    EXPECT_EQ(first_fault(), R"(orders[1].legs[0].quantity: expected a number, found "abc")");
}

TEST_F(ObjectReaderTest, GoesOnAfterAnElementThatIsNoObject) {
    ObjectReader object = reader(R"({"orders":[1,{},"x"]})");
    int count = 0;
    EXPECT_FALSE(object.each("orders", [&](ObjectReader&) { ++count; }));
    EXPECT_EQ(count, 1);
    EXPECT_EQ(faults.count(), 2U);
    EXPECT_EQ(first_fault(), "orders[0]: expected an object, found 1");
}

TEST_F(ObjectReaderTest, ReadsAnAccountAsTextAndAsObject) {
    ObjectReader object = reader(
        R"({"a":"default:AB-1","b":{"clearing":"default","account":"AB-1"},"c":{"account":"AB-1"},"d":{"x":1}})");
    EXPECT_EQ(object.account("a"), "default:AB-1");
    EXPECT_EQ(object.account("b"), "default:AB-1");
    EXPECT_EQ(object.account("c"), "AB-1");
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(object.account("d"), "");
    EXPECT_EQ(first_fault(), "d: expected an account, found an object");
}

TEST_F(ObjectReaderTest, KeepsTheFirstFaultsAndCountsAll) {
    ObjectReader object = reader(R"({"a":"x"})");
    for (std::size_t i = 0; i < ReadFaults::kMaxKept + 5; ++i) (void)object.decimal("a");
    EXPECT_EQ(faults.kept().size(), ReadFaults::kMaxKept);
    EXPECT_EQ(faults.count(), ReadFaults::kMaxKept + 5);
}

TEST(JsonWriter, WritesCompactTextWithExactNumbers) {
    Writer writer;
    writer.begin_object().member("a", decimal("1.50")).key("b").begin_array();
    writer.text("x").number(std::uint64_t{7}).boolean(true).begin_object().end_object();
    writer.end_array().member("c", "d").end_object();
    EXPECT_EQ(writer.take(), R"({"a":1.50,"b":["x",7,true,{}],"c":"d"})");
}

TEST(JsonWriter, WritesDecimalsAsTextsWhereToldSo) {
    Writer writer{DecimalStyle::String};
    writer.begin_object().member("a", decimal("1.50")).end_object();
    EXPECT_EQ(writer.take(), R"({"a":"1.50"})");
}

TEST(JsonWriter, EscapesWhatWouldEndTheText) {
    const std::string text = "\"\\\n\t\r\x01/\u20ac";
    Writer writer;
    writer.text(text);
    const std::string written = writer.take();
    EXPECT_EQ(written, "\"\\\"\\\\\\n\\t\\r\\u0001/\u20ac\"");
    EXPECT_EQ(quoted_size(text), written.size());
    const auto document = document_from_json(written);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().text(), text);
}

}  // namespace
}  // namespace broker::dxtrade::json
