#include "host/decimal_sum.hpp"

#include <gtest/gtest.h>

#include "records.hpp"

namespace broker::sample_host {
namespace {

using test::decimal;

TEST(DecimalSum, OfNothingIsZero) {
    EXPECT_TRUE(DecimalSum{}.is_zero());
    EXPECT_EQ(DecimalSum{}.text(), "0");
}

TEST(DecimalSum, IsExactWhereBinaryFloatingPointIsNot) {
    DecimalSum sum;
    sum.add(decimal("0.1"));
    sum.add(decimal("0.2"));
    EXPECT_EQ(sum.text(), "0.3");
}

TEST(DecimalSum, AddsAcrossScalesAndDropsSuperfluousZeros) {
    DecimalSum sum;
    sum.add(decimal("1000.50"));
    sum.add(decimal("0.000000000000000001"));
    sum.subtract(decimal("0.5"));
    EXPECT_EQ(sum.text(), "1000.000000000000000001");
    sum.subtract(decimal("0.000000000000000001"));
    EXPECT_EQ(sum.text(), "1000");
}

TEST(DecimalSum, WritesNegativeFractions) {
    DecimalSum sum;
    sum.subtract(decimal("0.05"));
    EXPECT_EQ(sum.text(), "-0.05");
}

TEST(DecimalSum, DoesNotOverflowWhereTheAbisDecimalWould) {
    DecimalSum sum;
    for (int i = 0; i < 3; ++i) sum.add(decimal("9223372036854775807"));
    EXPECT_EQ(sum.text(), "27670116110564327421");
    DecimalSum negative;
    negative.add(decimal("-9223372036854775808"));
    EXPECT_EQ(negative.text(), "-9223372036854775808");
}

TEST(DecimalSum, TakesAnAbsentValueForNothing) {
    DecimalSum sum;
    sum.add(broker_decimal_t{});
    EXPECT_TRUE(sum.is_zero());
}

TEST(IsEqual, ComparesValuesAndNotScales) {
    EXPECT_TRUE(is_equal(decimal("1.5"), decimal("1.500")));
    EXPECT_TRUE(is_equal(decimal("0"), decimal("0.00")));
    EXPECT_FALSE(is_equal(decimal("1.5"), decimal("1.51")));
}

TEST(IsEqual, IsFalseWhenAValueIsAbsent) {
    EXPECT_FALSE(is_equal(broker_decimal_t{}, decimal("0")));
    EXPECT_FALSE(is_equal(broker_decimal_t{}, broker_decimal_t{}));
}

}  // namespace
}  // namespace broker::sample_host
