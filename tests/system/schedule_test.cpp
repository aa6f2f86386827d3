// Sessions that keep a schedule, by the wall clock: windows that open and close within seconds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

// HH:MM:SS in UTC.
std::string time_text(std::chrono::system_clock::time_point at) {
    const auto second = std::chrono::floor<seconds>(at);
    const std::chrono::hh_mm_ss time{second - std::chrono::floor<std::chrono::days>(second)};
    char text[16];
    (void)std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(time.hours().count()),
                        static_cast<int>(time.minutes().count()),
                        static_cast<int>(time.seconds().count()));
    return text;
}

class Schedule : public testing::Test {
protected:
    void set_schedule(const std::string& keys) {
        rig_.account().account_extra =
            "    schedule: {time_zone: Etc/UTC, logon_jitter_ms: 0, logout_before_close_ms: 0, " +
            keys + "}\n";
    }
    // MsgSeqNum and ResetSeqNumFlag of each Logon that the venue has received.
    [[nodiscard]] std::vector<std::string> logons() {
        std::vector<std::string> found;
        for (const auto& message : rig_.venue().messages().all()) {
            if (message.message.msg_type != "A" ||
                message.direction != simulator::LoggedMessage::Direction::FromClient) {
                continue;
            }
            found.push_back(std::string{message.message.value(34)} +
                            (message.message.value(141) == "Y" ? " reset" : ""));
        }
        return found;
    }
    TradingRig rig_{{"ACC-1"}};
    // Taken when the simulator stands, so that only the adapter's own start counts.
    const std::chrono::system_clock::time_point now_ = std::chrono::system_clock::now();
};

TEST_F(Schedule, LogsOutAtTheCloseStaysAwayAndComesBackUnderNumberOne) {
    // Up for eight seconds, away for four, up again from a reset on.
    const std::string close = time_text(now_ + seconds{8});
    const std::string open = time_text(now_ + seconds{12});
    set_schedule("windows: [\"" + open + " - " + close + "\"], sequence_reset: \"" + open + "\"");
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    ASSERT_TRUE(rig_.submit({.id = "M-1"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)));
    ASSERT_TRUE(rig_.events().wait_for(state_is("ACC-1", BROKER_ACCOUNT_STATE_SUSPENDED)))
        << rig_.log();
    EXPECT_EQ(rig_.received(0, "5", ""), 1U);

    const sdk::Status status = rig_.submit({.id = "LATE-1"});
    EXPECT_EQ(status.reason, BROKER_REASON_OUTSIDE_SCHEDULE);
    EXPECT_THAT(status.text, HasSubstr("T" + open + "Z"));
    EXPECT_THAT(logons(), testing::SizeIs(1));

    ASSERT_TRUE(rig_.events().wait_for_count(state_is("ACC-1", BROKER_ACCOUNT_STATE_READY), 2))
        << rig_.log();
    EXPECT_GE(std::chrono::system_clock::now(), now_ + seconds{11});
    ASSERT_TRUE(rig_.submit({.id = "M-2"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("M-2", BROKER_ORD_STATUS_FILLED)));
    EXPECT_THAT(logons(), testing::ElementsAre("1", "1 reset"));
    EXPECT_EQ(rig_.received(0, "D", "LATE-1"), 0U);
}

TEST_F(Schedule, AResetIsMadeOnceThoughTheProcessWasAway) {
    set_schedule("sequence_reset: \"" + time_text(now_ + seconds{6}) + "\"");
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    rig_.stop();
    rig_.events().clear();
    // Not a wait for something: the time of the reset passes while nothing of ours runs.
    std::this_thread::sleep_until(now_ + seconds{7});
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    rig_.stop();
    rig_.events().clear();
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    ASSERT_EQ(logons().size(), 3U);
    EXPECT_EQ(logons()[1], "1 reset");
    EXPECT_NE(logons()[2], "1");
    EXPECT_THAT(logons()[2], testing::Not(HasSubstr("reset")));
}

}  // namespace
}  // namespace broker::test
