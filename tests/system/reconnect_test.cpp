// Lost connections and restarts: nothing queued, nothing twice, nothing lost, nothing guessed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Action;
using simulator::Fault;
using simulator::Listener;
using testing::HasSubstr;

class Reconnect : public testing::Test {
protected:
    void start() {
        rig_.start();
        ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    }
    // Ready for the n-th time.
    [[nodiscard]] bool wait_ready_again(std::size_t n = 2) {
        return rig_.events().wait_for_count(state_is("ACC-1", BROKER_ACCOUNT_STATE_READY), n);
    }

    TradingRig rig_{{"ACC-1"}};
};

TEST_F(Reconnect, ComesBackByItselfAndTrades) {
    start();
    rig_.venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(wait_ready_again()) << rig_.log();
    ASSERT_TRUE(rig_.submit({.id = "M-1"}).is_ok());
    EXPECT_TRUE(rig_.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)));
}

TEST_F(Reconnect, OrderSubmittedWhileOfflineIsRefusedAndNeverSentLater) {
    start();
    rig_.venue().set_fault(Listener::FixTrading, Fault::RefuseConnections, true);
    rig_.venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(rig_.events().wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_SESSION &&
               event.previous_state == BROKER_ACCOUNT_STATE_READY;
    }));
    const sdk::Status status = rig_.submit({.id = "LATE-1"});
    EXPECT_EQ(status.code, BROKER_REFUSED);
    EXPECT_EQ(status.reason, BROKER_REASON_ACCOUNT_NOT_READY);
    EXPECT_THAT(status.text, HasSubstr("ACC-1 is "));
    rig_.venue().set_fault(Listener::FixTrading, Fault::RefuseConnections, false);
    ASSERT_TRUE(wait_ready_again());
    ASSERT_TRUE(rig_.submit({.id = "M-1"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)));
    EXPECT_EQ(rig_.received(0, "D", "LATE-1"), 0U);
}

TEST_F(Reconnect, FillWhileAwayArrivesExactlyOnce) {
    start();
    ASSERT_TRUE(rig_.submit({.id = "L-1", .qty = "1000", .price = "0.5"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("L-1", BROKER_ORD_STATUS_NEW)));
    rig_.venue().set_fault(Listener::FixTrading, Fault::RefuseConnections, true);
    rig_.venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(rig_.events().wait_for([](const RecordedEvent& event) {
        return event.previous_state == BROKER_ACCOUNT_STATE_READY;
    }));
    ASSERT_TRUE(rig_.venue().fill("ACC1", "L-1", *core::Decimal::parse("1000"),
                                  *core::Decimal::parse("0.5")));
    rig_.venue().set_fault(Listener::FixTrading, Fault::RefuseConnections, false);
    ASSERT_TRUE(wait_ready_again()) << rig_.log();
    ASSERT_TRUE(rig_.events().wait_for(order_status("L-1", BROKER_ORD_STATUS_FILLED)));
    rig_.venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(wait_ready_again(3));
    EXPECT_EQ(rig_.events().count(fill_of("L-1")), 1U);
}

TEST_F(Reconnect, LostAcknowledgementIsUnknownUntilTheVenueIsAsked) {
    rig_.account().limits = "{answer_timeout_ms: 300}";
    rig_.venue().add_rule({.action = Action::LoseReports, .cl_ord_id_prefix = "U-"});
    start();
    ASSERT_TRUE(rig_.submit({.id = "U-1", .price = "0.5"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_certainty("U-1", BROKER_CERTAINTY_UNKNOWN)))
        << rig_.log();
    EXPECT_EQ(rig_.events().find(order_certainty("U-1", BROKER_CERTAINTY_UNKNOWN)).front().reason,
              BROKER_REASON_OUTCOME_TIMEOUT);
    // The status request of the adapter's own finds it.
    ASSERT_TRUE(rig_.events().wait_for(order_certainty("U-1", BROKER_CERTAINTY_ACKNOWLEDGED)))
        << rig_.log();
    EXPECT_EQ(rig_.received(0, "D", "U-1"), 1U);
}

TEST_F(Reconnect, OrderThatNeverArrivedIsRejectedOnTheVenuesWordAlone) {
    rig_.account().limits = "{order_ttl_ms: 1}";  // nothing is young enough to be sent again
    start();
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToServer, true);
    ASSERT_TRUE(rig_.submit({.id = "GONE-1", .price = "0.5"}).is_ok() ||
                rig_.submit({.id = "GONE-1", .price = "0.5"}).is_ok());
    rig_.venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(rig_.events().wait_for([](const RecordedEvent& event) {
        return event.previous_state == BROKER_ACCOUNT_STATE_READY;
    }));
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToServer, false);
    ASSERT_TRUE(wait_ready_again()) << rig_.log();
    const auto rejected = rig_.events().find(order_certainty("GONE-1", BROKER_CERTAINTY_REJECTED));
    ASSERT_FALSE(rejected.empty()) << rig_.log();
    EXPECT_EQ(rig_.received(0, "D", "GONE-1"), 0U);
}

TEST_F(Reconnect, SequenceNumbersSurviveARestartOfTheAdapter) {
    start();
    ASSERT_TRUE(rig_.submit({.id = "M-1"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)));
    rig_.stop();
    rig_.venue().clear_messages();
    rig_.events().clear();
    start();
    const auto messages = rig_.venue().messages().all();
    const auto logon = std::find_if(messages.begin(), messages.end(), [](const auto& message) {
        return message.message.msg_type == "A" &&
               message.direction == simulator::LoggedMessage::Direction::FromClient;
    });
    ASSERT_NE(logon, messages.end());
    EXPECT_GT(std::stoi(logon->message.value(34)), 2);  // Logon, order and Logout came before
    EXPECT_NE(logon->message.value(141), "Y");
    for (const auto& message : messages) {
        EXPECT_NE(message.message.msg_type, "2") << "a ResendRequest: numbers were lost";
    }
    ASSERT_TRUE(rig_.submit({.id = "M-2"}).is_ok());
    EXPECT_TRUE(rig_.events().wait_for(order_status("M-2", BROKER_ORD_STATUS_FILLED)));
}

TEST_F(Reconnect, SecondAdapterOnTheSameJournalIsRefused) {
    start();
    RecordingEvents events;
    sdk::AdapterOptions options;
    options.config = rig_.directory() / "adapter.yaml";
    try {
        sdk::AdapterHandle second{sdk::PluginLibrary::load(rig_.adapter().library().path()), events,
                                  options};
        FAIL() << "two adapters would use the same sequence numbers";
    } catch (const sdk::PluginError& e) {
        EXPECT_THAT(e.what(), HasSubstr("ACC-1"));
    }
}

TEST_F(Reconnect, SnapshotShowsWhatIsLive) {
    start();
    ASSERT_TRUE(rig_.submit({.id = "L-1", .price = "0.5"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("L-1", BROKER_ORD_STATUS_NEW)));
    ASSERT_TRUE(rig_.adapter().accounts()->request_snapshot("ACC-1", 5).is_ok());
    ASSERT_TRUE(rig_.events().wait_for([](const RecordedEvent& event) {
        return event.is_snapshot && event.cl_ord_id == "L-1" &&
               event.ord_status == BROKER_ORD_STATUS_NEW;
    }));
}

TEST_F(Reconnect, StopLogsOutInOrder) {
    start();
    rig_.stop();
    EXPECT_TRUE(rig_.events().wait_for(state_is("ACC-1", BROKER_ACCOUNT_STATE_STOPPED)));
    EXPECT_EQ(rig_.received(0, "5", ""), 1U);
}

TEST_F(Reconnect, StopDoesNotWaitLongForAVenueThatIsSilent) {
    rig_.account().session_extra = "        logout_timeout_ms: 1000\n";
    start();
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToServer, true);
    const auto before = std::chrono::steady_clock::now();
    rig_.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{10});
    EXPECT_TRUE(rig_.events().wait_for(state_is("ACC-1", BROKER_ACCOUNT_STATE_STOPPED)));
}

}  // namespace
}  // namespace broker::test
