// Reconciliation after a logon by mass status: what it names, what it leaves out, what it does not
// answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Action;
using simulator::Listener;
using simulator::LoggedMessage;
using simulator::SimulatorOptions;
using testing::HasSubstr;

class MassStatus : public testing::Test {
protected:
    void make(const TradingRig::AdjustVenue& adjust = {}) {
        rig_ = std::make_unique<TradingRig>(std::vector<std::string>{"ACC-1"}, adjust);
    }
    void start() {
        if (!rig_) make();
        rig_->start();
        ASSERT_TRUE(rig_->wait_ready("ACC-1")) << rig_->log();
    }
    void submit_working(const std::string& id) {
        ASSERT_TRUE(rig_->submit({.id = id, .price = "0.5"}).is_ok());
        ASSERT_TRUE(wait_for(order_status(id, BROKER_ORD_STATUS_NEW))) << rig_->log();
    }
    // The connection breaks; events from here on.
    void reconnect() {
        rig_->events().clear();
        rig_->venue().clear_messages();
        rig_->venue().drop_connections(Listener::FixTrading);
        ASSERT_TRUE(wait_for(state_is("ACC-1", BROKER_ACCOUNT_STATE_OFFLINE)));
        ASSERT_TRUE(rig_->wait_ready("ACC-1")) << rig_->log();
    }
    [[nodiscard]] bool wait_for(const RecordingEvents::Match& match) {
        return rig_->events().wait_for(match);
    }
    [[nodiscard]] std::size_t received(std::string_view msg_type) {
        const auto messages = rig_->venue().messages().all();
        return static_cast<std::size_t>(
            std::count_if(messages.begin(), messages.end(), [&](const LoggedMessage& logged) {
                return logged.direction == LoggedMessage::Direction::FromClient &&
                       logged.message.msg_type == msg_type;
            }));
    }
    [[nodiscard]] std::vector<std::string> pictured() {
        std::vector<std::string> ids;
        for (const auto& event : rig_->events().find(
                 [](const RecordedEvent& candidate) { return candidate.is_snapshot; })) {
            ids.push_back(event.cl_ord_id);
        }
        return ids;
    }
    void expect_trades(const std::string& id) {
        ASSERT_TRUE(rig_->submit({.id = id}).is_ok());
        EXPECT_TRUE(wait_for(order_status(id, BROKER_ORD_STATUS_FILLED))) << rig_->log();
    }

    std::unique_ptr<TradingRig> rig_;
};

TEST_F(MassStatus, ReconnectIsReconciledByOneQuestionForAllOrders) {
    start();
    submit_working("A");
    submit_working("B");
    reconnect();
    EXPECT_EQ(received("AF"), 1U);
    EXPECT_EQ(received("H"), 0U);
    EXPECT_THAT(pictured(), testing::UnorderedElementsAre("A", "B"));
    expect_trades("C");
}

TEST_F(MassStatus, OrdersThatNoRecordNamesAreAdoptedToldAndCanBeCanceled) {
    make();
    rig_->account().session_extra = "        reset_on_logon: true\n";
    start();
    submit_working("OLD");
    rig_->stop();
    std::filesystem::remove_all(rig_->directory() / "journal");
    rig_->events().clear();
    start();
    const auto adopted = rig_->events().find([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT && !event.is_snapshot &&
               event.cl_ord_id == "OLD";
    });
    ASSERT_EQ(adopted.size(), 1U) << rig_->log();
    EXPECT_TRUE(adopted[0].is_unsolicited);
    EXPECT_EQ(adopted[0].leaves_qty, "1000");
    EXPECT_EQ(rig_->events().count(venue_fault(BROKER_REASON_ORDER_NOT_OURS)), 1U);
    EXPECT_THAT(pictured(), testing::ElementsAre("OLD"));
    ASSERT_TRUE(rig_->cancel("ACC-1", "C", "OLD").is_ok());
    EXPECT_TRUE(wait_for(order_status("C", BROKER_ORD_STATUS_CANCELED))) << rig_->log();
}

TEST_F(MassStatus, OrderThatTheVenueDoesNotMentionIsAskedAboutByItself) {
    start();
    submit_working("A");
    rig_->venue().add_rule({.action = Action::LoseReports, .cl_ord_id_prefix = "LOST"});
    ASSERT_TRUE(rig_->submit({.id = "LOST"}).is_ok());
    const auto has_come = [](const auto& messages) {
        return std::any_of(messages.begin(), messages.end(), [](const LoggedMessage& logged) {
            return logged.message.msg_type == "D" && logged.message.value(11) == "LOST";
        });
    };
    ASSERT_TRUE(rig_->venue().messages().wait_until(has_come, RecordingEvents::kPatience));
    reconnect();
    EXPECT_TRUE(wait_for(order_certainty("LOST", BROKER_CERTAINTY_UNKNOWN)));
    EXPECT_EQ(received("AF"), 1U);
    EXPECT_EQ(received("H"), 1U);
    EXPECT_EQ(rig_->received(0, "H", "LOST"), 1U);
    const auto settled = rig_->events().find(order_status("LOST", BROKER_ORD_STATUS_FILLED));
    ASSERT_EQ(settled.size(), 1U) << rig_->log();
    EXPECT_EQ(settled[0].certainty, BROKER_CERTAINTY_ACKNOWLEDGED);
    EXPECT_EQ(settled[0].cum_qty, "1000");
    EXPECT_THAT(pictured(), testing::ElementsAre("A"));
}

TEST_F(MassStatus, VenueThatRefusesItIsAskedOrderByOrder) {
    make([](SimulatorOptions& options) { options.trading.answers.mass_status = false; });
    start();
    submit_working("A");
    submit_working("B");
    reconnect();
    EXPECT_EQ(received("AF"), 1U);
    EXPECT_EQ(received("H"), 2U);
    EXPECT_THAT(pictured(), testing::UnorderedElementsAre("A", "B"));
    expect_trades("C");
}

TEST_F(MassStatus, VenueThatRefusesEveryQuestionIsNotWaitedFor) {
    make([](SimulatorOptions& options) {
        options.trading.answers.mass_status = false;
        options.trading.answers.order_status = false;
    });
    rig_->account().limits = "{orders_per_s: 1000, answer_timeout_ms: 600000}";
    start();
    submit_working("A");
    reconnect();
    const auto ready = rig_->events().find(state_is("ACC-1", BROKER_ACCOUNT_STATE_READY)).front();
    EXPECT_THAT(ready.text, HasSubstr("1 orders the venue has said nothing about"));
    EXPECT_THAT(pictured(), testing::ElementsAre("A"));
    expect_trades("C");
}

TEST_F(MassStatus, VenueThatAnswersNoQuestionIsGivenUpAfterItsTime) {
    make();
    rig_->account().limits = "{orders_per_s: 1000, answer_timeout_ms: 200}";
    start();
    submit_working("A");
    rig_->venue().set_manual(true);
    reconnect();
    EXPECT_EQ(received("AF"), 1U);
    EXPECT_EQ(rig_->received(0, "H", "A"), 1U);
    EXPECT_THAT(pictured(), testing::ElementsAre("A"));
    rig_->venue().set_manual(false);
    expect_trades("C");
}

TEST_F(MassStatus, VenueWithoutOrdersSaysSoByAReportOrByAReject) {
    for (const bool rejects : {false, true}) {
        make([rejects](SimulatorOptions& options) {
            options.trading.rejects_empty_mass_status = rejects;
        });
        start();
        EXPECT_EQ(received("AF"), 1U);
        EXPECT_THAT(pictured(), testing::IsEmpty());
        EXPECT_EQ(rig_->events().count(venue_fault(BROKER_REASON_ORDER_NOT_OURS)), 0U);
        expect_trades("C");
        rig_->stop();
        rig_.reset();
    }
}

TEST_F(MassStatus, SessionThatEndsDuringTheCheckIsCheckedAnewAfterTheNextLogon) {
    start();
    submit_working("A");
    rig_->venue().set_manual(true);
    rig_->events().clear();
    rig_->venue().clear_messages();
    rig_->venue().drop_connections(Listener::FixTrading);
    const auto asked = [](const auto& messages) {
        return std::any_of(messages.begin(), messages.end(), [](const LoggedMessage& logged) {
            return logged.message.msg_type == "AF";
        });
    };
    ASSERT_TRUE(rig_->venue().messages().wait_until(asked, RecordingEvents::kPatience));
    EXPECT_EQ(rig_->events().count(state_is("ACC-1", BROKER_ACCOUNT_STATE_READY)), 0U);
    rig_->venue().set_manual(false);
    rig_->venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(rig_->wait_ready("ACC-1")) << rig_->log();
    EXPECT_EQ(received("AF"), 2U);
    EXPECT_THAT(pictured(), testing::ElementsAre("A"));
}

}  // namespace
}  // namespace broker::test
