#include "abi/exception_barrier.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <stdexcept>
#include <string>

namespace broker::abi {
namespace {

broker_error_t error_record() {
    broker_error_t error{};
    error.struct_size = sizeof(error);
    return error;
}

TEST(ExceptionBarrier, ExceptionBecomesAnInternalErrorWithItsText) {
    broker_error_t error = error_record();
    EXPECT_EQ(guard(&error, []() -> broker_status_t { throw std::runtime_error{"boom"}; }),
              BROKER_INTERNAL_ERROR);
    EXPECT_EQ(error.reason, BROKER_REASON_INTERNAL_ERROR);
    EXPECT_STREQ(error.text, "boom");
    EXPECT_EQ(error.text_size, 4U);
}

TEST(ExceptionBarrier, WhatIsNoExceptionIsCaughtToo) {
    EXPECT_EQ(guard(nullptr, []() -> broker_status_t { throw 1; }), BROKER_INTERNAL_ERROR);
}

TEST(ExceptionBarrier, LongTextIsCutBetweenCharacters) {
    broker_error_t error = error_record();
    const std::string text = std::string(BROKER_ERROR_TEXT_SIZE - 2, 'a') + "\xc3\xa4";  // a-umlaut
    write_error(&error, BROKER_REFUSED, core::Reason::InvalidField, text);
    EXPECT_EQ(error.text_size, BROKER_ERROR_TEXT_SIZE - 2U);
    EXPECT_EQ(error.text[error.text_size], '\0');
}

TEST(ExceptionBarrier, ShorterErrorRecordIsNotWrittenPastItsEnd) {
    broker_error_t error = error_record();
    error.struct_size = offsetof(broker_error_t, text) + 4;
    error.text[4] = '#';
    write_error(&error, BROKER_REFUSED, core::Reason::InvalidField, "long text");
    EXPECT_STREQ(error.text, "lon");
    EXPECT_EQ(error.text[4], '#');
    error.struct_size = 8;
    error.status = 77;
    write_error(&error, BROKER_REFUSED, core::Reason::InvalidField, "x");
    EXPECT_EQ(error.status, 77);
}

}  // namespace
}  // namespace broker::abi
