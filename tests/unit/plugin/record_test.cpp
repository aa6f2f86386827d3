#include "abi/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "broker/abi/account.h"
#include "broker/abi/order.h"

namespace broker::abi {
namespace {

using testing::HasSubstr;

// A record as a host of a later minor version would build it.
struct LongerCancel {
    broker_cancel_order_t known;
    std::uint64_t later_field;
};

TEST(Record, CommandFromTheSameVersionIsCopied) {
    broker_cancel_order_t cancel{};
    cancel.struct_size = sizeof(cancel);
    cancel.signal_time = 42;
    const auto read = read_command(&cancel, sizeof(cancel));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->signal_time, 42);
}

TEST(Record, CommandWithZeroTailFromALaterVersionIsTaken) {
    LongerCancel cancel{};
    cancel.known.struct_size = sizeof(cancel);
    EXPECT_TRUE(read_command(&cancel.known, sizeof(broker_cancel_order_t)).has_value());
}

TEST(Record, CommandWithAnUnknownInstructionIsRefused) {
    LongerCancel cancel{};
    cancel.known.struct_size = sizeof(cancel);
    cancel.later_field = 1;
    const auto read = read_command(&cancel.known, sizeof(broker_cancel_order_t));
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().reason, core::Reason::InvalidField);
    EXPECT_THAT(read.error().detail, HasSubstr("does not know"));
}

TEST(Record, CommandOfImpossibleSizeIsRefused) {
    broker_cancel_order_t cancel{};
    for (const std::uint32_t size : {0U, 4U, 0x7fffffffU}) {
        cancel.struct_size = size;
        const auto read = read_command(&cancel, sizeof(cancel));
        ASSERT_FALSE(read.has_value()) << size;
        EXPECT_THAT(read.error().detail, HasSubstr(std::to_string(size)));
    }
    EXPECT_FALSE(read_command<broker_cancel_order_t>(nullptr, sizeof(cancel)).has_value());
}

TEST(Record, AnswerFillsWhatTheCallerKnowsAndZeroesTheRest) {
    struct {
        broker_account_status_t known;
        std::uint64_t later_field;
    } longer{};
    longer.known.struct_size = sizeof(longer);
    longer.later_field = 99;
    broker_account_status_t answer{};
    answer.live_order_count = 7;
    ASSERT_TRUE(write_answer(answer, &longer.known, sizeof(answer)).has_value());
    EXPECT_EQ(longer.known.live_order_count, 7U);
    EXPECT_EQ(longer.known.struct_size, sizeof(longer));
    EXPECT_EQ(longer.later_field, 0U);
}

}  // namespace
}  // namespace broker::abi
