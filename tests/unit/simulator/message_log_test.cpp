#include "simulator/message_log.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "support/fix_message.hpp"

namespace broker::simulator {
namespace {

LoggedMessage message(std::string type) {
    return {LoggedMessage::Direction::FromClient, "ACC1", {std::move(type), {}}};
}

TEST(FixMessageFromWire, LeavesOutFramingAndMasksSecrets) {
    const auto fix = fix_message_from_wire(
        "8=FIX.4.4\x01"
        "9=99\x01"
        "35=A\x01"
        "34=1\x01"
        "553=me\x01"
        "554=hush\x01"
        "925=new\x01"
        "96=raw\x01"
        "10=000\x01");
    EXPECT_EQ(fix.msg_type, "A");
    EXPECT_EQ(fix.find(9), nullptr);
    EXPECT_EQ(fix.value(553), "me");
    EXPECT_EQ(fix.value(554), "***");
    EXPECT_EQ(fix.value(925), "***");
    EXPECT_EQ(fix.value(96), "***");
}

TEST(FixMessageFromWire, PassesOverWhatIsNoField) {
    const auto fix = fix_message_from_wire(
        "\x01"
        "x=1\x01"
        "58\x01"
        "=5\x01"
        "11=C1");
    ASSERT_EQ(fix.fields.size(), 1U);
    EXPECT_EQ(fix.value(11), "C1");
}

TEST(HasRightChecksum, SaysWhetherAMessageCameAsItWasSent) {
    const std::string whole = test::fix_message("35=0|34=2|");
    EXPECT_TRUE(has_right_checksum(whole));
    std::string changed = whole;
    changed[14] ^= 1;
    EXPECT_FALSE(has_right_checksum(changed));
    EXPECT_FALSE(has_right_checksum(whole.substr(0, whole.size() - 1)));
    EXPECT_FALSE(has_right_checksum(""));
}

TEST(MessageLog, WakesWhoWaitsForAMessage) {
    MessageLog log;
    std::thread writer{[&] {
        log.add(message("A"));
        log.add(message("D"));
    }};
    EXPECT_TRUE(
        log.wait_until([](const auto& all) { return all.size() == 2; }, std::chrono::seconds{10}));
    writer.join();
    EXPECT_EQ(log.all().back().message.msg_type, "D");
    EXPECT_FALSE(log.wait_until([](const auto& all) { return all.size() == 3; },
                                std::chrono::milliseconds{1}));
}

TEST(MessageLog, DropsTheOldestWhenFullAndCountsThem) {
    MessageLog log;
    log.add(message("A"));
    for (std::size_t i = 0; i < MessageLog::kMaxMessages; ++i) log.add(message("0"));
    EXPECT_EQ(log.dropped(), 1U);
    EXPECT_EQ(log.all().size(), MessageLog::kMaxMessages);
    EXPECT_EQ(log.all().front().message.msg_type, "0");
}

}  // namespace
}  // namespace broker::simulator
