// Pause, drain, resume and reconnect through the built plugin and against the simulator over FIX.
#include <gtest/gtest.h>

#include <algorithm>

#include "broker/sdk/text.hpp"
#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

constexpr std::string_view kWhy = "ann: maintenance of the venue";

class Operator : public testing::Test {
protected:
    void SetUp() override {
        rig_.start();
        ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
        ASSERT_TRUE(rig_.wait_ready("ACC-2")) << rig_.log();
    }
    [[nodiscard]] const sdk::Operator& desk() { return *rig_.adapter().operator_desk(); }
    [[nodiscard]] bool wait_done(std::uint64_t request_id) {
        return rig_.events().wait_for([request_id](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_REQUEST_DONE && event.request_id == request_id &&
                   event.reason == BROKER_REASON_NONE;
        });
    }
    [[nodiscard]] broker_account_state_t state(std::string_view account) {
        broker_account_status_t status{};
        EXPECT_TRUE(rig_.adapter().accounts()->get_status(account, status).is_ok());
        return status.state;
    }
    [[nodiscard]] std::size_t received_of(std::size_t venue, std::string_view msg_type) {
        const auto messages = rig_.venue(venue).messages().all();
        return static_cast<std::size_t>(
            std::count_if(messages.begin(), messages.end(), [&](const auto& m) {
                return m.direction == simulator::LoggedMessage::Direction::FromClient &&
                       m.message.msg_type == msg_type;
            }));
    }
    void expect_taken(const std::string& account, const std::string& id) {
        EXPECT_TRUE(rig_.submit({.account = account, .id = id, .price = "0.5"}).is_ok());
        EXPECT_TRUE(rig_.events().wait_for(order_status(id, BROKER_ORD_STATUS_NEW))) << rig_.log();
    }

    TradingRig rig_{{"ACC-1", "ACC-2"}};
};

TEST_F(Operator, PauseLogsOutOneAccountAndResumeBringsItsOrdersBack) {
    expect_taken("ACC-1", "A");
    ASSERT_TRUE(desk().pause("ACC-1", 1, kWhy).is_ok());
    ASSERT_TRUE(wait_done(1)) << rig_.log();
    EXPECT_EQ(state("ACC-1"), BROKER_ACCOUNT_STATE_SUSPENDED);
    EXPECT_GE(received_of(0, "5"), 1U);
    EXPECT_FALSE(rig_.submit({.id = "B", .price = "0.5"}).is_ok());
    EXPECT_EQ(received_of(0, "F"), 0U);
    expect_taken("ACC-2", "X");

    rig_.events().clear();
    ASSERT_TRUE(desk().resume("ACC-1", 2, kWhy).is_ok());
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    expect_taken("ACC-1", "C");
    ASSERT_TRUE(rig_.cancel("ACC-1", "D", "A").is_ok());
    EXPECT_TRUE(rig_.events().wait_for(order_status("D", BROKER_ORD_STATUS_CANCELED)) ||
                rig_.events().wait_for(order_status("A", BROKER_ORD_STATUS_CANCELED)));
    EXPECT_EQ(rig_.received(0, "D", "B"), 0U);
    EXPECT_EQ(received_of(1, "A"), 1U) << "the other session was not touched";
    EXPECT_TRUE(rig_.wait_for_log("action=pause request_id=1 why=\"" + std::string{kWhy}));
}

TEST_F(Operator, DrainRefusesOrdersAndStaysConnected) {
    expect_taken("ACC-1", "A");
    ASSERT_TRUE(desk().drain("ACC-1", 1, kWhy).is_ok());
    ASSERT_TRUE(wait_done(1)) << rig_.log();
    broker_operator_status_t status{};
    ASSERT_TRUE(desk().read("ACC-1", status).is_ok());
    EXPECT_EQ(status.is_draining, 1);
    EXPECT_EQ(status.is_paused, 0);
    ASSERT_TRUE(rig_.submit({.id = "B", .price = "0.5"}).is_ok());
    EXPECT_TRUE(rig_.events().wait_for(order_status("B", BROKER_ORD_STATUS_REJECTED)));
    ASSERT_TRUE(rig_.cancel("ACC-1", "C", "A").is_ok());
    EXPECT_TRUE(rig_.events().wait_for(order_status("C", BROKER_ORD_STATUS_CANCELED)) ||
                rig_.events().wait_for(order_status("A", BROKER_ORD_STATUS_CANCELED)));
    EXPECT_EQ(rig_.received(0, "D", "B"), 0U);
    ASSERT_TRUE(desk().resume("ACC-1", 2, kWhy).is_ok());
    ASSERT_TRUE(wait_done(2)) << rig_.log();
    expect_taken("ACC-1", "E");
    EXPECT_EQ(received_of(0, "A"), 1U) << "one session all the time";
}

TEST_F(Operator, ReconnectMakesANewSessionWithTheSameNumbers) {
    rig_.events().clear();
    ASSERT_TRUE(desk().reconnect("ACC-1", 1, kWhy).is_ok());
    ASSERT_TRUE(wait_done(1)) << rig_.log();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    EXPECT_EQ(received_of(0, "A"), 2U);
    EXPECT_EQ(received_of(0, "2"), 0U) << "no gap";
    expect_taken("ACC-1", "A");
}

TEST_F(Operator, ResetBeginsBothNumbersAtOne) {
    expect_taken("ACC-1", "A");
    rig_.events().clear();
    ASSERT_TRUE(
        desk().reset_sequence_numbers("ACC-1", BROKER_CHANNEL_FIX_TRADING, 1, kWhy).is_ok());
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    const auto messages = rig_.venue().messages().all();
    const auto logon = std::find_if(messages.rbegin(), messages.rend(), [](const auto& m) {
        return m.direction == simulator::LoggedMessage::Direction::FromClient &&
               m.message.msg_type == "A";
    });
    ASSERT_NE(logon, messages.rend());
    EXPECT_EQ(logon->message.value(141), "Y");
    EXPECT_EQ(logon->message.value(34), "1");
    expect_taken("ACC-1", "B");
}

// Too low a number of the venue's ends all attempts; setting ours right is the way back. What comes
// again then is known.
TEST_F(Operator, SetNumbersIsTheWayBackFromTooLowANumber) {
    expect_taken("ACC-1", "A");
    const sdk::Operator& operators = desk();
    constexpr std::uint64_t kTooHigh = 200;
    ASSERT_TRUE(
        operators.set_sequence_numbers("ACC-1", BROKER_CHANNEL_FIX_TRADING, 0, kTooHigh, 1, kWhy)
            .is_ok());
    ASSERT_TRUE(rig_.events().wait_for([](const RecordedEvent& event) {
        return event.reason == BROKER_REASON_MSG_SEQ_NUM_TOO_LOW;
    })) << rig_.log();
    rig_.events().clear();
    ASSERT_TRUE(
        operators.set_sequence_numbers("ACC-1", BROKER_CHANNEL_FIX_TRADING, 0, 1, 2, kWhy).is_ok());
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    expect_taken("ACC-1", "B");
    EXPECT_TRUE(rig_.wait_for_log("next_target_msg_seq_num=200->1"));
    broker_sequence_numbers_t numbers{};
    ASSERT_TRUE(
        operators.read_sequence_numbers("ACC-1", BROKER_CHANNEL_FIX_TRADING, numbers).is_ok());
    EXPECT_GE(numbers.next_target_msg_seq_num, 1U);
    EXPECT_LT(numbers.next_target_msg_seq_num, kTooHigh);
    expect_taken("ACC-2", "X");
}

TEST_F(Operator, CommandsAboutASessionThatIsNotThereAreRefused) {
    EXPECT_EQ(desk().reset_sequence_numbers("ACC-1", BROKER_CHANNEL_FIX_DROP_COPY, 1, kWhy).reason,
              BROKER_REASON_CHANNEL_NOT_CONFIGURED);
    EXPECT_EQ(
        desk().set_sequence_numbers("ACC-1", BROKER_CHANNEL_FIX_TRADING, 0, 0, 1, kWhy).reason,
        BROKER_REASON_INVALID_FIELD);
    ASSERT_TRUE(
        desk().fail_over("ACC-1", BROKER_CHANNEL_FIX_TRADING, "nowhere:1", 9, kWhy).is_ok());
    EXPECT_TRUE(rig_.events().wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_REQUEST_DONE && event.request_id == 9 &&
               event.reason == BROKER_REASON_INVALID_FIELD;
    }));
    EXPECT_EQ(state("ACC-1"), BROKER_ACCOUNT_STATE_READY);
}

TEST_F(Operator, WrongCommandsAreRefusedWithWhatWasExpected) {
    EXPECT_EQ(desk().pause("ACC-9", 1, kWhy).reason, BROKER_REASON_ACCOUNT_UNKNOWN);
    EXPECT_EQ(desk().pause("ACC-1", 0, kWhy).reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_EQ(desk().pause("ACC-1", 1, "").reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_EQ(desk().drain("ACC-1", 1, "a \"b\"").reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_EQ(desk().drain("ACC-1", 1, "a\nb").reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_EQ(desk().resume("ACC-1", 1, std::string(161, 'a')).reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_EQ(state("ACC-1"), BROKER_ACCOUNT_STATE_READY);
    rig_.stop();
}

}  // namespace
}  // namespace broker::test
