#include "core/decimal.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace broker::core {
namespace {

constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
constexpr auto kMin = std::numeric_limits<std::int64_t>::min();

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

std::string read_and_write(std::string_view text) {
    const auto value = Decimal::parse(text);
    return value ? value->to_string() : "null";
}

TEST(Decimal, ReadsEveryFormOfAFixFloat) {
    EXPECT_EQ(read_and_write("0"), "0");
    EXPECT_EQ(read_and_write("23"), "23");
    EXPECT_EQ(read_and_write("23."), "23");
    EXPECT_EQ(read_and_write("00023.23"), "23.23");
    EXPECT_EQ(read_and_write("00.10"), "0.10");
    EXPECT_EQ(read_and_write(".5"), "0.5");
    EXPECT_EQ(read_and_write("-0.5"), "-0.5");
    EXPECT_EQ(read_and_write("-.5"), "-0.5");
    EXPECT_EQ(read_and_write("-0"), "0");
    EXPECT_EQ(read_and_write("1.50"), "1.50");
}

TEST(Decimal, RefusesWhatIsNotAFixFloat) {
    for (const char* text : {"", ".", "-", "-.", "+1", "1e5", " 1", "1 ", "1,5", "1.2.3", "--1",
                             "1-", "0x10", "nan", "inf", "1\n"}) {
        EXPECT_EQ(read_and_write(text), "null") << text;
    }
}

TEST(Decimal, DropsZerosThatDoNotFitAndRefusesDigitsThatDoNot) {
    EXPECT_EQ(read_and_write("0.1000000000000000000"), "0.100000000000000000");
    EXPECT_EQ(read_and_write(std::string{"1."}.append(5000, '0')), "1.000000000000000000");
    EXPECT_EQ(read_and_write("0.0000000000000000001"), "null");
    EXPECT_EQ(read_and_write("123456789012.1230000000000000000"), "123456789012.1230000");
    EXPECT_EQ(read_and_write("10000000000000000000"), "null");
    EXPECT_EQ(read_and_write(std::string(5000, '0') + "7"), "7");
    EXPECT_EQ(read_and_write(std::string(5000, '9')), "null");
}

TEST(Decimal, ReachesBothEndsOfItsRange) {
    EXPECT_EQ(read_and_write("9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(read_and_write("9223372036854775808"), "null");
    EXPECT_EQ(read_and_write("-9223372036854775808"), "-9223372036854775808");
    EXPECT_EQ(read_and_write("-9223372036854775809"), "null");
    EXPECT_EQ(read_and_write("-9.223372036854775808"), "-9.223372036854775808");
    EXPECT_EQ(Decimal::from(-1, 18)->to_string(), "-0.000000000000000001");
}

TEST(Decimal, RefusesAScaleOutOfRange) {
    EXPECT_FALSE(Decimal::from(1, -1));
    EXPECT_FALSE(Decimal::from(1, 19));
    EXPECT_TRUE(Decimal::from(1, 18));
}

TEST(Decimal, ComparesByValue) {
    EXPECT_EQ(dec("1.5"), dec("1.50"));
    EXPECT_EQ(dec("0"), dec("0.000"));
    EXPECT_LT(dec("-1"), dec("0.1"));
    EXPECT_LT(dec("1.49999"), dec("1.5"));
    EXPECT_GT(*Decimal::from(kMax, 0), *Decimal::from(kMax, 18));
    EXPECT_LT(*Decimal::from(kMin, 0), *Decimal::from(kMin, 18));
}

TEST(Decimal, AddsAndSubtractsExactly) {
    EXPECT_EQ(dec("0.1").plus(dec("0.2")), dec("0.3"));
    EXPECT_EQ(dec("1.0001").minus(dec("1")), dec("0.0001"));
    EXPECT_EQ(dec("1.5").plus(dec("0.05"))->to_string(), "1.55");
    EXPECT_EQ(Decimal::from(kMax, 0)->plus(dec("0.0")), Decimal::from(kMax, 0));
    EXPECT_EQ(Decimal::from(kMin, 0)->minus(*Decimal::from(kMin, 0)), dec("0"));
}

TEST(Decimal, MultipliesExactly) {
    EXPECT_EQ(dec("1.1").times(dec("1.1")), dec("1.21"));
    EXPECT_EQ(dec("-3").times(dec("0.5")), dec("-1.5"));
    EXPECT_EQ(dec("0.000000001").times(dec("0.000000001")), dec("0.000000000000000001"));
    EXPECT_EQ(dec("0.5000000000").times(dec("0.2000000000")), dec("0.1"));
}

TEST(Decimal, GivesNothingWhenTheExactResultIsOutOfRange) {
    EXPECT_FALSE(Decimal::from(kMax, 0)->plus(dec("1")));
    EXPECT_FALSE(Decimal::from(kMin, 0)->minus(dec("1")));
    EXPECT_FALSE(Decimal::from(kMax, 0)->plus(dec("0.1")));
    EXPECT_FALSE(Decimal::from(kMax, 0)->times(dec("2")));
    EXPECT_FALSE(dec("0.0000000001").times(dec("0.0000000001")));
}

TEST(Decimal, ReadsBackWhatItWrites) {
    for (const std::int64_t coefficient : {kMin, kMin + 1, std::int64_t{-10}, std::int64_t{-1},
                                           std::int64_t{0}, std::int64_t{7}, kMax}) {
        for (int scale = 0; scale <= Decimal::kMaxScale; ++scale) {
            const Decimal value = *Decimal::from(coefficient, scale);
            const auto again = Decimal::parse(value.to_string());
            ASSERT_TRUE(again) << value.to_string();
            EXPECT_EQ(again->coefficient(), coefficient);
            EXPECT_EQ(again->scale(), scale);
        }
    }
}

TEST(Decimal, WritesIntoTheBufferGiven) {
    Decimal::Text buffer;
    const std::string_view text = dec("-12.340").write(buffer);
    EXPECT_EQ(text, "-12.340");
    EXPECT_GE(text.data(), buffer.data());
    EXPECT_LE(text.data() + text.size(), buffer.data() + buffer.size());
}

}  // namespace
}  // namespace broker::core
