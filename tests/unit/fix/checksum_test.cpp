#include "fix/codec/checksum.hpp"

#include <gtest/gtest.h>

#include <string>

namespace broker::fix {
namespace {

TEST(Checksum, IsTheSumOfAllBytesModulo256) {
    EXPECT_EQ(checksum(""), 0);
    EXPECT_EQ(checksum("A"), 65);
    EXPECT_EQ(checksum(std::string(256, 'A')), 0);
    EXPECT_EQ(checksum(std::string(257, 'A')), 65);
}

TEST(Checksum, CountsBytesAbove127AsUnsigned) { EXPECT_EQ(checksum("\xFF\x02"), 1); }

}  // namespace
}  // namespace broker::fix
