// What the operator may do with an account, through its coordinator.
#include "account/operator_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "account/account_coordinator.hpp"
#include "support/manual_clock.hpp"
#include "unit/plugin/account_fakes.hpp"

namespace broker::account {
namespace {

using core::Channel;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using Kind = OperatorCommand::Kind;

class OperatorDeskTest : public testing::Test {
protected:
    OperatorDeskTest() {
        make();
        coordinator_->start();
        log_on();
        forget();
    }

    void make() {
        CoordinatorSettings settings;
        settings.orders.id = "ACC-1";
        coordinator_ = std::make_unique<AccountCoordinator>(
            settings, clock_, events_, log_, [this](dxtrade::TradingChannelListener& listener) {
                auto channel = std::make_unique<ScriptedChannel>(sent_);
                channel_ = channel.get();
                listener_ = &listener;
                return channel;
            });
    }

    void log_on() {
        listener_->on_connecting(Channel::FixTrading, "venue:1");
        listener_->on_logged_on(Channel::FixTrading, "venue:1");
    }
    // The session's answer to the logout that was asked for.
    void finish_logout() {
        listener_->on_disconnected(Channel::FixTrading, Reason::StoppedByHost, "logged out",
                                   "venue:1", core::Duration{-1});
        std::exchange(channel_->on_stopped, {})();
    }
    void forget() {
        events_.lines.clear();
        events_.texts.clear();
        sent_.clear();
    }
    void command(Kind kind, std::uint64_t request_id) {
        OperatorCommand made;
        made.kind = kind;
        made.request_id = request_id;
        made.why = core::FixedString<160>::from("ann: maintenance").value();
        coordinator_->execute(made);
    }
    void set_numbers(std::uint64_t request_id, core::MsgSeqNum next_sender,
                     core::MsgSeqNum next_target) {
        OperatorCommand made;
        made.kind = Kind::SetSequenceNumbers;
        made.request_id = request_id;
        made.why = core::FixedString<160>::from("ann: agreed with the venue").value();
        made.next_sender = next_sender;
        made.next_target = next_target;
        coordinator_->execute(made);
    }
    void submit(std::string_view name) {
        coordinator_->execute(limit_order(name, clock_.monotonic()));
    }
    [[nodiscard]] AccountState state() const { return coordinator_->status().state.load(); }

    test::ManualClock clock_;
    RecordingEvents events_;
    RecordingLog log_;
    std::vector<std::string> sent_;
    ScriptedChannel* channel_ = nullptr;
    dxtrade::TradingChannelListener* listener_ = nullptr;
    std::unique_ptr<AccountCoordinator> coordinator_;
};

TEST_F(OperatorDeskTest, PauseLogsOutThenSuspendsAndIsAnsweredOnce) {
    command(Kind::Pause, 7);
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Draining OPERATOR"));
    EXPECT_THAT(sent_, ElementsAre("stop"));
    EXPECT_TRUE(coordinator_->operator_status().is_paused);
    finish_logout();
    EXPECT_THAT(events_.take(), ElementsAre("Draining>Draining OPERATOR",
                                            "Draining>Suspended OPERATOR", "done 7 count=0 NONE"));
    submit("A");
    EXPECT_THAT(events_.texts.back(), HasSubstr("paused by the operator: ann: maintenance"));
    EXPECT_THAT(sent_, ElementsAre("stop"));
}

TEST_F(OperatorDeskTest, PauseIsLoggedWithWhoAndWhy) {
    command(Kind::Pause, 7);
    EXPECT_THAT(log_.lines, testing::Contains(HasSubstr("action=pause request_id=7 "
                                                        "why=\"ann: maintenance\"")));
}

TEST_F(OperatorDeskTest, SecondPauseChangesNothing) {
    command(Kind::Pause, 7);
    finish_logout();
    forget();
    command(Kind::Pause, 8);
    EXPECT_THAT(events_.take(), ElementsAre("done 8 count=0 NONE"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(OperatorDeskTest, ResumeAfterPauseConnectsAndTheAccountTradesAgain) {
    command(Kind::Pause, 7);
    finish_logout();
    forget();
    command(Kind::Resume, 8);
    EXPECT_THAT(events_.take(), ElementsAre("Suspended>Offline OPERATOR", "done 8 count=0 NONE"));
    EXPECT_THAT(sent_, ElementsAre("start"));
    EXPECT_FALSE(coordinator_->operator_status().is_paused);
    log_on();
    EXPECT_EQ(state(), AccountState::Ready);
    submit("A");
    EXPECT_EQ(sent_.back(), "D A");
}

TEST_F(OperatorDeskTest, ResumeDuringTheLogoutLogsOnOnceItHasEnded) {
    command(Kind::Pause, 7);
    command(Kind::Resume, 8);
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Draining OPERATOR", "done 7 count=0 NONE",
                                            "done 8 count=0 NONE"));
    EXPECT_THAT(sent_, ElementsAre("stop"));
    finish_logout();
    EXPECT_EQ(state(), AccountState::Offline);
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

TEST_F(OperatorDeskTest, LogonThatCrossesThePauseDoesNotOpenTheAccount) {
    listener_->on_disconnected(Channel::FixTrading, Reason::ConnectionLost, "reset", "venue:1",
                               std::chrono::seconds{1});
    listener_->on_connecting(Channel::FixTrading, "venue:1");
    command(Kind::Pause, 7);
    listener_->on_logged_on(Channel::FixTrading, "venue:1");
    EXPECT_EQ(state(), AccountState::Draining);
    submit("A");
    EXPECT_THAT(sent_, testing::Not(testing::Contains("D A")));
    finish_logout();
    EXPECT_EQ(state(), AccountState::Suspended);
}

TEST_F(OperatorDeskTest, DrainRefusesOrdersAndReplacesAndLetsCancelsGo) {
    submit("A");
    command(Kind::Drain, 7);
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Ready OPERATOR", "done 7 count=0 NONE"));
    EXPECT_TRUE(coordinator_->operator_status().is_draining);
    sent_.clear();
    submit("B");
    EXPECT_THAT(events_.texts.back(), HasSubstr("draining by the operator: ann: maintenance"));
    core::ReplaceOrder replace;
    replace.cl_ord_id = id("R");
    replace.orig_cl_ord_id = id("A");
    replace.price = number("1.2");
    replace.stages.signal = replace.stages.accepted = clock_.monotonic();
    coordinator_->execute(replace);
    core::CancelOrder cancel;
    cancel.cl_ord_id = id("C");
    cancel.orig_cl_ord_id = id("A");
    cancel.stages.signal = cancel.stages.accepted = clock_.monotonic();
    coordinator_->execute(cancel);
    EXPECT_THAT(sent_, ElementsAre("F C of A"));
    EXPECT_EQ(state(), AccountState::Ready);

    command(Kind::Resume, 8);
    submit("D");
    EXPECT_EQ(sent_.back(), "D D");
}

TEST_F(OperatorDeskTest, DrainHoldsOverAReconnection) {
    command(Kind::Drain, 7);
    listener_->on_disconnected(Channel::FixTrading, Reason::ConnectionLost, "reset", "venue:1",
                               std::chrono::seconds{1});
    log_on();
    EXPECT_EQ(state(), AccountState::Ready);
    sent_.clear();
    submit("A");
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(OperatorDeskTest, ResumeEndsBothHolds) {
    command(Kind::Drain, 7);
    command(Kind::Pause, 8);
    finish_logout();
    command(Kind::Resume, 9);
    EXPECT_FALSE(coordinator_->operator_status().is_paused);
    EXPECT_FALSE(coordinator_->operator_status().is_draining);
    log_on();
    submit("A");
    EXPECT_EQ(sent_.back(), "D A");
}

TEST_F(OperatorDeskTest, ReconnectLogsOutAndConnectsAtOnce) {
    command(Kind::Reconnect, 7);
    EXPECT_THAT(sent_, ElementsAre("stop"));
    EXPECT_THAT(events_.take(), IsEmpty());
    finish_logout();
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Offline OPERATOR", "done 7 count=0 NONE"));
}

TEST_F(OperatorDeskTest, ReconnectIsRefusedWhilePaused) {
    command(Kind::Pause, 7);
    finish_logout();
    forget();
    command(Kind::Reconnect, 8);
    EXPECT_THAT(events_.take(), ElementsAre("done 8 count=0 ACCOUNT_NOT_READY"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(OperatorDeskTest, StopByTheHostGoesBeforeAPauseUnderWay) {
    command(Kind::Pause, 7);
    const auto end_of_pause = channel_->on_stopped;
    coordinator_->stop([] {});
    const auto end_of_stop = channel_->on_stopped;
    forget();
    end_of_pause();
    end_of_stop();
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 ACCOUNT_NOT_READY",
                                            "Draining>Stopped STOPPED_BY_HOST"));
    command(Kind::Resume, 8);
    EXPECT_EQ(state(), AccountState::Stopped);
    EXPECT_THAT(events_.take(), ElementsAre("done 8 count=0 ACCOUNT_NOT_READY"));
    EXPECT_THAT(sent_, IsEmpty());
}

// ---- sequence numbers and hosts

TEST_F(OperatorDeskTest, NumbersAreSetBetweenALogoutAndALogon) {
    set_numbers(7, 100, 0);
    EXPECT_EQ(channel_->control.numbers.next_sender, 12U) << "not while it is logged on";
    finish_logout();
    EXPECT_EQ(channel_->control.numbers.next_sender, 100U);
    EXPECT_EQ(channel_->control.numbers.next_target, 34U) << "0 leaves it";
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Offline OPERATOR", "done 7 count=0 NONE"));
    EXPECT_THAT(log_.lines, testing::Contains(HasSubstr("next_sender_msg_seq_num=12->100")));
}

TEST_F(OperatorDeskTest, NumbersOfAPausedSessionAreSetAtOnce) {
    command(Kind::Pause, 1);
    finish_logout();
    forget();
    set_numbers(7, 100, 200);
    EXPECT_EQ(channel_->control.numbers.next_target, 200U);
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 NONE"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(OperatorDeskTest, ThePausesWordHoldsAfterNumbersAreSetOnTheWay) {
    set_numbers(7, 100, 0);
    command(Kind::Pause, 8);
    finish_logout();
    EXPECT_EQ(channel_->control.numbers.next_sender, 100U);
    EXPECT_EQ(state(), AccountState::Suspended);
    EXPECT_THAT(sent_, ElementsAre("stop"));
    EXPECT_THAT(events_.take(), IsSupersetOf({"done 7 count=0 NONE", "done 8 count=0 NONE"}));
}

TEST_F(OperatorDeskTest, OneChangeOfNumbersAtATime) {
    set_numbers(7, 100, 0);
    set_numbers(8, 200, 0);
    EXPECT_THAT(events_.take(), ElementsAre("done 8 count=0 ACCOUNT_NOT_READY"));
    finish_logout();
    EXPECT_EQ(channel_->control.numbers.next_sender, 100U);
}

TEST_F(OperatorDeskTest, AStoreThatDoesNotTakeTheNumbersIsTheAnswerAndTheSessionComesBack) {
    channel_->control.is_full = true;
    set_numbers(7, 100, 0);
    finish_logout();
    EXPECT_THAT(events_.take(),
                ElementsAre("Ready>Offline OPERATOR", "done 7 count=0 STORAGE_FAILED"));
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

TEST_F(OperatorDeskTest, AResetIsMadeByTheNextLogon) {
    command(Kind::ResetSequenceNumbers, 7);
    EXPECT_EQ(channel_->control.resets, 0);
    finish_logout();
    EXPECT_EQ(channel_->control.resets, 1);
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

TEST_F(OperatorDeskTest, StopByTheHostGoesBeforeAChangeOfNumbers) {
    set_numbers(7, 100, 0);
    const auto end_of_logout = channel_->on_stopped;
    coordinator_->stop([] {});
    end_of_logout();
    EXPECT_EQ(channel_->control.numbers.next_sender, 12U);
    EXPECT_THAT(events_.take(), testing::Contains("done 7 count=0 ACCOUNT_NOT_READY"));
    EXPECT_THAT(sent_, testing::Not(testing::Contains("start")));
}

TEST_F(OperatorDeskTest, FailOverGoesToAHostThatTheSessionHas) {
    OperatorCommand move;
    move.kind = Kind::FailOver;
    move.request_id = 7;
    move.why = core::FixedString<160>::from("ann: the venue asks for it").value();
    move.host = decltype(move.host)::from("elsewhere:1").value();
    coordinator_->execute(move);
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 INVALID_FIELD"));
    move.host = decltype(move.host)::from("backup:1").value();
    coordinator_->execute(move);
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 NONE"));
    EXPECT_THAT(channel_->control.hosts, ElementsAre("backup:1"));
    // The session's own word for it.
    listener_->on_disconnected(Channel::FixTrading, Reason::StoppedByHost, "moved", "venue:1",
                               core::Duration{0});
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Offline OPERATOR"));
}

TEST_F(OperatorDeskTest, StopForAnotherReasonIsToldWithIt) {
    coordinator_->stop(Reason::Configuration, "removed from the configuration", [] {});
    finish_logout();
    EXPECT_THAT(events_.take(),
                ElementsAre("Ready>Draining CONFIGURATION", "Draining>Draining CONFIGURATION",
                            "Draining>Stopped CONFIGURATION"));
}

TEST_F(OperatorDeskTest, PauseOutlivesTheAccountWhosePlaceAnotherTakes) {
    make();
    forget();
    coordinator_->start({.is_paused = true, .is_draining = false});
    EXPECT_THAT(events_.take(), ElementsAre("Offline>Suspended OPERATOR"));
    EXPECT_THAT(sent_, IsEmpty()) << "it does not connect";
    EXPECT_TRUE(coordinator_->operator_status().is_paused);
    submit("A");
    EXPECT_THAT(events_.texts.back(), HasSubstr("paused by the operator since before"));
    command(Kind::Resume, 7);
    EXPECT_THAT(sent_, ElementsAre("start"));
}

TEST_F(OperatorDeskTest, DrainOutlivesTheAccountWhosePlaceAnotherTakes) {
    make();
    coordinator_->start({.is_paused = false, .is_draining = true});
    log_on();
    forget();
    EXPECT_EQ(state(), AccountState::Ready);
    submit("A");
    EXPECT_THAT(events_.texts.back(), HasSubstr("draining by the operator since before"));
    EXPECT_THAT(sent_, IsEmpty());
    command(Kind::Resume, 7);
    submit("B");
    EXPECT_THAT(sent_, testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace broker::account
