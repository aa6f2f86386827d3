#include "core/result.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace broker::core {
namespace {

TEST(Result, TakingAValueThatIsNotThereThrowsTheReasonAndTheDetail) {
    const Result<int> failed = fail(Reason::ConnectRefused, "connect 127.0.0.1:9880");
    try {
        static_cast<void>(failed.value());
        FAIL() << "no exception";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("CONNECT_REFUSED: connect 127.0.0.1:9880"));
    }
}

TEST(Result, HoldsTheValueOrTheError) {
    const Result<int> good = 7;
    const Result<void> bad = fail(Reason::InvalidField, "Price");
    EXPECT_EQ(good.value(), 7);
    EXPECT_EQ(bad.error().reason, Reason::InvalidField);
    EXPECT_EQ(bad.error().detail, "Price");
}

}  // namespace
}  // namespace broker::core
