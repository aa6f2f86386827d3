#include "core/rounding.hpp"

#include <gtest/gtest.h>

namespace broker::core {
namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

TEST(TimesRoundedUp, IsExactWhileTheProductFits) {
    EXPECT_EQ(times_rounded_up(dec("100000"), dec("1.08505")), dec("108505"));
    EXPECT_EQ(times_rounded_up(dec("-1.5"), dec("0.5")), dec("-0.75"));
}

TEST(TimesRoundedUp, RoundsAwayFromZeroWhenThePlacesDoNotFit) {
    // 0.3333333333^2 = 0.11111111108888888889
    EXPECT_EQ(times_rounded_up(dec("0.3333333333"), dec("0.3333333333")),
              dec("0.111111111088888889"));
    EXPECT_EQ(times_rounded_up(dec("-0.3333333333"), dec("0.3333333333")),
              dec("-0.111111111088888889"));
}

TEST(TimesRoundedUp, IsNullWhenTheWholeNumberDoesNotFit) {
    EXPECT_FALSE(times_rounded_up(dec("9000000000000000000"), dec("2")));
    EXPECT_EQ(times_rounded_up(dec("9000000000000000000"), dec("0.5")), dec("4500000000000000000"));
}

}  // namespace
}  // namespace broker::core
