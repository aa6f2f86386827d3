#include "fix/codec/message_encoder.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "support/fix_message.hpp"

namespace broker::fix {
namespace {

using test::with_bars;

TEST(MessageEncoder, WritesEveryKindOfField) {
    MessageEncoder message;
    message.clear("D");
    message.add(11, "A-1");
    message.add(54, '1');
    message.add(38, *core::Decimal::parse("-1.50"));
    message.add(9945, std::numeric_limits<std::int64_t>::min());
    message.add_utc_timestamp(60, *parse_utc_timestamp("20260105-12:00:00.123456789"));
    EXPECT_TRUE(message.is_valid());
    EXPECT_EQ(message.msg_type(), "D");
    EXPECT_EQ(with_bars(message.body()),
              "11=A-1|54=1|38=-1.50|9945=-9223372036854775808|60=20260105-12:00:00.123|");
}

TEST(MessageEncoder, IsInvalidUntilItHasAMsgType) {
    MessageEncoder message;
    EXPECT_FALSE(message.is_valid());
    message.add(11, "x");
    EXPECT_EQ(message.body(), "");
    for (const char* type : {"", "ABCDE", "A\x01"}) {
        message.clear(type);
        EXPECT_FALSE(message.is_valid());
        EXPECT_EQ(message.msg_type(), "");
    }
}

TEST(MessageEncoder, StaysInvalidAfterABadFieldUntilClear) {
    const auto is_invalid_after = [](std::int32_t tag, std::string_view value) {
        MessageEncoder message;
        message.clear("D");
        message.add(tag, value);
        const bool is_invalid = !message.is_valid();
        message.add(58, "good");
        EXPECT_EQ(message.is_valid(), !is_invalid);
        message.clear("D");
        EXPECT_TRUE(message.is_valid());
        EXPECT_EQ(message.body(), "");
        return is_invalid;
    };
    EXPECT_TRUE(is_invalid_after(58,
                                 "a\x01"
                                 "10=000"));
    EXPECT_TRUE(is_invalid_after(58, ""));
    EXPECT_TRUE(is_invalid_after(0, "x"));
    EXPECT_TRUE(is_invalid_after(-1, "x"));
    EXPECT_FALSE(is_invalid_after(58, "x"));
}

TEST(MessageEncoder, TakesExactlyItsCapacity) {
    constexpr std::size_t kLargest = MessageEncoder::kCapacity - 4;  // 58= and SOH
    MessageEncoder message;
    message.clear("D");
    message.add(58, std::string(kLargest, 'x'));
    EXPECT_TRUE(message.is_valid());
    EXPECT_EQ(message.body().size(), MessageEncoder::kCapacity);
    message.add(1, "x");
    EXPECT_FALSE(message.is_valid());
    message.clear("D");
    message.add(58, std::string(kLargest + 1, 'x'));
    EXPECT_FALSE(message.is_valid());
    message.clear("D");
    message.add(58, std::string(MessageEncoder::kCapacity * 3, 'x'));
    EXPECT_FALSE(message.is_valid());
}

std::string rewritten(std::string_view text) {
    const auto time = parse_utc_timestamp(text);
    if (!time) return "null";
    std::array<char, kUtcTimestampSize> out;
    write_utc_timestamp(*time, out);
    return {out.data(), out.size()};
}

TEST(UtcTimestamp, ReadsSecondsAndAnyFraction) {
    EXPECT_EQ(rewritten("20260105-12:34:56"), "20260105-12:34:56.000");
    EXPECT_EQ(rewritten("20260105-12:34:56.7"), "20260105-12:34:56.700");
    EXPECT_EQ(rewritten("20260105-12:34:56.789"), "20260105-12:34:56.789");
    EXPECT_EQ(rewritten("20240229-23:59:59.999999999"), "20240229-23:59:59.999");
    EXPECT_EQ(rewritten("19700101-00:00:00"), "19700101-00:00:00.000");
    EXPECT_EQ(parse_utc_timestamp("20260105-12:34:56.000000001"),
              *parse_utc_timestamp("20260105-12:34:56") + std::chrono::nanoseconds{1});
}

TEST(UtcTimestamp, CountsALeapSecondAsTheNextMinute) {
    EXPECT_EQ(rewritten("20161231-23:59:60"), "20170101-00:00:00.000");
}

TEST(UtcTimestamp, RefusesWhatIsNoTime) {
    for (const char* text : {"",
                             "20260105",
                             "20260105-",
                             "20260105 12:34:56",
                             "20260105-12:34",
                             "20260105-12:34:61",
                             "20260105-24:00:00",
                             "20260105-12:60:00",
                             "20261301-12:34:56",
                             "20260230-12:34:56",
                             "20260100-12:34:56",
                             "20260105-12:34:56.",
                             "20260105-12:34:56.1234567890",
                             "20260105-12:34:56Z",
                             "20260105-12:34:56.12x",
                             "2026-105-12:34:56",
                             "20260105-1x:34:56",
                             "20260105-12-34:56",
                             "99991231-12:34:56",
                             "00000101-00:00:00"})
        EXPECT_EQ(rewritten(text), "null") << text;
}

TEST(MessageEncoder, TimestampsHaveAsManyDigitsAsAskedForAndDatesNoTime) {
    const core::UtcTime time =
        core::UtcTime{std::chrono::seconds{1'767'614'400}} + std::chrono::nanoseconds{7'008'999};
    MessageEncoder encoder;
    encoder.clear("D");
    encoder.add_utc_timestamp(60, time, 0);
    encoder.add_utc_timestamp(61, time, 3);
    encoder.add_utc_timestamp(62, time, 6);
    encoder.add_utc_date(432, time);
    EXPECT_EQ(test::with_bars(encoder.body()),
              "60=20260105-12:00:00|61=20260105-12:00:00.007|62=20260105-12:00:00.007008|"
              "432=20260105|");
}

TEST(UtcDate, IsEightDigitsOfADayThatExists) {
    EXPECT_EQ(parse_utc_date("20260105"), core::UtcTime{std::chrono::seconds{1'767'571'200}});
    for (const char* text : {"", "2026010", "202601050", "20260230", "20261301", "2026-1-5"}) {
        EXPECT_FALSE(parse_utc_date(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace broker::fix
