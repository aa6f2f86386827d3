// An account that keeps a schedule: its states, its orders, its logouts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "account/account_coordinator.hpp"
#include "schedule/schedule_text.hpp"
#include "support/manual_clock.hpp"
#include "unit/plugin/account_fakes.hpp"

namespace broker::account {
namespace {

using core::Channel;
using core::Reason;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The clock begins on Monday, 2026-01-05, at 12:00 UTC.
class AccountScheduleTest : public testing::Test {
protected:
    void make(const std::string& window, const char* reset = nullptr) {
        schedule::ScheduleRules rules;
        if (!window.empty()) rules.windows = schedule::windows_from_text(window).value();
        if (reset != nullptr) rules.sequence_reset = schedule::time_of_day_from_text(reset).value();
        CoordinatorSettings settings;
        settings.orders.id = "ACC-1";
        settings.channels.queries.add(core::QueryKind::OrderStatus);
        settings.schedule = ScheduleSettings{schedule::SessionSchedule{rules}, {}};
        coordinator_ = std::make_unique<AccountCoordinator>(
            settings, clock_, events_, log_,
            [this](dxtrade::TradingChannelListener& listener) {
                auto channel = std::make_unique<ScriptedChannel>(sent_);
                channel_ = channel.get();
                listener_ = &listener;
                return channel;
            },
            [this](dxtrade::TradingChannelListener&) {
                SideChannels side;
                auto rest = std::make_unique<ScriptedChannel>(rest_sent_);
                rest_ = rest.get();
                side.rest = std::move(rest);
                auto drop_copy = std::make_unique<ScriptedChannel>(drop_copy_sent_);
                drop_copy_ = drop_copy.get();
                side.drop_copy = drop_copy_;
                side.sessions.push_back(std::move(drop_copy));
                return side;
            });
        coordinator_->start();
    }
    void log_on() {
        listener_->on_connecting(Channel::FixTrading, "venue:1");
        listener_->on_logged_on(Channel::FixTrading, "venue:1");
        events_.lines.clear();
        sent_.clear();
    }
    void tick(core::Duration later) {
        clock_.advance(later);
        coordinator_->on_tick();
    }
    void finish_logout() {
        listener_->on_disconnected(Channel::FixTrading, Reason::StoppedByHost, "logged out",
                                   "venue:1", core::Duration{-1});
        drop_copy_->on_stopped();
        channel_->on_stopped();
    }
    void command(OperatorCommand::Kind kind, std::uint64_t request_id) {
        OperatorCommand made;
        made.kind = kind;
        made.request_id = request_id;
        made.why = core::FixedString<160>::from("ann: maintenance").value();
        coordinator_->execute(made);
    }
    core::NewOrder order(std::string_view name) { return limit_order(name, clock_.monotonic()); }
    [[nodiscard]] AccountState state() const { return coordinator_->status().state.load(); }

    test::ManualClock clock_;
    RecordingEvents events_;
    RecordingLog log_;
    std::vector<std::string> sent_;
    std::vector<std::string> rest_sent_;
    std::vector<std::string> drop_copy_sent_;
    ScriptedChannel* channel_ = nullptr;
    ScriptedChannel* rest_ = nullptr;
    ScriptedChannel* drop_copy_ = nullptr;
    dxtrade::TradingChannelListener* listener_ = nullptr;
    std::unique_ptr<AccountCoordinator> coordinator_;
};

TEST_F(AccountScheduleTest, OutsideItsScheduleItIsSuspendedAndConnectsNoSession) {
    make("14:00 - 17:00");
    EXPECT_THAT(events_.take(), ElementsAre("Offline>Suspended SCHEDULE_CLOSED"));
    tick(hours{1});
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_THAT(drop_copy_sent_, IsEmpty());
    EXPECT_THAT(rest_sent_, ElementsAre("start"));  // REST is up whenever the venue has it
}

TEST_F(AccountScheduleTest, AnOrderOutsideItsScheduleIsRefusedWithTheNextOpening) {
    make("14:00 - 17:00");
    events_.take();
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.take(), ElementsAre(HasSubstr("OUTSIDE_SCHEDULE")));
    EXPECT_THAT(events_.texts.back(), HasSubstr("opens at 2026-01-05T14:00:00Z"));
    tick(hours{2});
    log_on();
    EXPECT_THAT(sent_, IsEmpty());  // it is not sent later
    coordinator_->execute(order("B"));
    EXPECT_THAT(sent_, ElementsAre("D B"));
}

TEST_F(AccountScheduleTest, ItConnectsAtTheOpening) {
    make("14:00 - 17:00");
    tick(hours{2});
    EXPECT_THAT(sent_, ElementsAre("start"));
    EXPECT_THAT(drop_copy_sent_, ElementsAre("start"));
    log_on();
    EXPECT_EQ(state(), AccountState::Ready);
}

TEST_F(AccountScheduleTest, BeforeTheCloseItDrainsThenIsSuspended) {
    make("08:00 - 17:00");
    EXPECT_THAT(sent_, ElementsAre("start"));
    log_on();
    tick(hours{5});
    EXPECT_THAT(sent_, ElementsAre("stop"));
    EXPECT_EQ(state(), AccountState::Draining);
    coordinator_->execute(order("A"));
    finish_logout();
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Draining SCHEDULE_CLOSED", HasSubstr("order A"),
                                            "Draining>Draining SCHEDULE_CLOSED",
                                            "Draining>Suspended SCHEDULE_CLOSED"));
    EXPECT_THAT(rest_sent_, ElementsAre("start"));
    tick(hours{15});
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

TEST_F(AccountScheduleTest, ARequestWithoutAnAnswerAtTheCloseIsUnknown) {
    make("08:00 - 17:00");
    log_on();
    tick(hours{5} - std::chrono::seconds{6});
    coordinator_->execute(order("A"));
    tick(std::chrono::seconds{2});
    finish_logout();
    EXPECT_THAT(events_.take(), testing::Contains(HasSubstr("certainty=5")));
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 1U);
}

TEST_F(AccountScheduleTest, AConnectionLostNearTheCloseIsNotTriedBeyondIt) {
    make("08:00 - 17:00");
    log_on();
    tick(hours{5} - minutes{1});
    listener_->on_disconnected(Channel::FixTrading, Reason::ConnectionLost, "reset", "venue:1",
                               minutes{10});
    EXPECT_EQ(state(), AccountState::Offline);
    tick(minutes{1});
    EXPECT_THAT(sent_, ElementsAre("stop"));
    drop_copy_->on_stopped();
    channel_->on_stopped();
    EXPECT_EQ(state(), AccountState::Suspended);
}

TEST_F(AccountScheduleTest, AtTheResetItLogsOutAndOnAgain) {
    make("", "17:05");
    log_on();
    tick(hours{5} + minutes{5});
    EXPECT_THAT(sent_, ElementsAre("stop"));
    finish_logout();
    EXPECT_THAT(events_.take(),
                ElementsAre("Ready>Draining SCHEDULE_RESET", "Draining>Draining SCHEDULE_RESET",
                            "Draining>Suspended SCHEDULE_RESET"));
    tick(std::chrono::milliseconds{50});
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

TEST_F(AccountScheduleTest, TheHostsStopDuringALogoutOfTheScheduleEndsStopped) {
    make("08:00 - 17:00");
    log_on();
    tick(hours{5});
    const auto scheduled = channel_->on_stopped;
    bool is_done = false;
    coordinator_->stop([&] { is_done = true; });
    drop_copy_->on_stopped();
    scheduled();
    channel_->on_stopped();
    rest_->on_stopped();
    EXPECT_TRUE(is_done);
    EXPECT_EQ(state(), AccountState::Stopped);
    tick(hours{24});
    EXPECT_EQ(state(), AccountState::Stopped);
}

TEST_F(AccountScheduleTest, TheHostsStopOutsideTheScheduleEndsStopped) {
    make("14:00 - 17:00");
    bool is_done = false;
    coordinator_->stop([&] { is_done = true; });
    drop_copy_->on_stopped();
    channel_->on_stopped();
    rest_->on_stopped();
    EXPECT_TRUE(is_done);
    tick(hours{2});
    EXPECT_EQ(state(), AccountState::Stopped);
    EXPECT_THAT(sent_, ElementsAre("stop"));
}

// ---- with a person's holds

TEST_F(AccountScheduleTest, APausedAccountStaysOutAtTheOpening) {
    make("14:00 - 17:00");
    command(OperatorCommand::Kind::Pause, 1);
    channel_->on_stopped();
    EXPECT_THAT(events_.take(), testing::Contains("Draining>Suspended OPERATOR"));
    tick(hours{2});
    EXPECT_THAT(sent_, ElementsAre("stop"));
    EXPECT_THAT(drop_copy_sent_, ElementsAre("start"));
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("paused by the operator"));
    command(OperatorCommand::Kind::Resume, 2);
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

TEST_F(AccountScheduleTest, AResumeOutsideTheScheduleWaitsForTheOpening) {
    make("08:00 - 17:00");
    log_on();
    command(OperatorCommand::Kind::Pause, 1);
    channel_->on_stopped();
    tick(hours{5});  // the close changes nothing that the host has been told
    drop_copy_->on_stopped();
    channel_->on_stopped();
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Draining OPERATOR",
                                            "Draining>Suspended OPERATOR", "done 1 count=0 NONE"));
    sent_.clear();
    command(OperatorCommand::Kind::Resume, 2);
    EXPECT_THAT(events_.take(),
                ElementsAre("Suspended>Suspended SCHEDULE_CLOSED", "done 2 count=0 NONE"));
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.take(), ElementsAre(HasSubstr("OUTSIDE_SCHEDULE")));
    EXPECT_THAT(sent_, IsEmpty());
    tick(hours{15});
    EXPECT_THAT(sent_, ElementsAre("start"));
}

TEST_F(AccountScheduleTest, APauseDuringALogoutOfTheScheduleHoldsBeyondIt) {
    make("08:00 - 17:00");
    log_on();
    tick(hours{5});
    command(OperatorCommand::Kind::Pause, 1);
    EXPECT_THAT(sent_, ElementsAre("stop"));
    finish_logout();
    EXPECT_THAT(events_.take(), testing::Contains("done 1 count=0 NONE"));
    tick(hours{15});
    EXPECT_THAT(sent_, ElementsAre("stop"));
    command(OperatorCommand::Kind::Resume, 2);
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

TEST_F(AccountScheduleTest, NumbersOfTheDropCopySessionAreSetWithoutTouchingTheOther) {
    make("08:00 - 17:00");
    log_on();
    OperatorCommand set;
    set.kind = OperatorCommand::Kind::SetSequenceNumbers;
    set.channel = Channel::FixDropCopy;
    set.request_id = 1;
    set.why = core::FixedString<160>::from("ann: agreed with the venue").value();
    set.next_target = 9;
    coordinator_->execute(set);
    EXPECT_THAT(drop_copy_sent_, ElementsAre("start", "stop"));
    drop_copy_->on_stopped();
    EXPECT_EQ(drop_copy_->control.numbers.next_target, 9U);
    EXPECT_THAT(drop_copy_sent_, ElementsAre("start", "stop", "start"));
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_EQ(state(), AccountState::Ready);
    tick(std::chrono::milliseconds{50});
    EXPECT_EQ(coordinator_->status().drop_copy_numbers.next_target.load(), 9U);
}

TEST_F(AccountScheduleTest, NumbersThatAreSetWhileItClosesLogNothingOn) {
    make("08:00 - 17:00");
    log_on();
    OperatorCommand reset;
    reset.kind = OperatorCommand::Kind::ResetSequenceNumbers;
    reset.channel = Channel::FixDropCopy;
    reset.request_id = 1;
    reset.why = core::FixedString<160>::from("ann: agreed with the venue").value();
    coordinator_->execute(reset);
    const auto changed = drop_copy_->on_stopped;
    tick(hours{5});
    changed();
    finish_logout();
    EXPECT_THAT(drop_copy_sent_, ElementsAre("start", "stop", "stop"));
    EXPECT_EQ(drop_copy_->control.resets, 1);
}

TEST_F(AccountScheduleTest, AReconnectOutsideTheScheduleConnectsAtTheOpening) {
    make("14:00 - 17:00");
    command(OperatorCommand::Kind::Reconnect, 1);
    channel_->on_stopped();
    EXPECT_THAT(events_.take(), testing::Contains("done 1 count=0 NONE"));
    EXPECT_EQ(state(), AccountState::Suspended);
    EXPECT_THAT(sent_, ElementsAre("stop"));
    tick(hours{2});
    EXPECT_THAT(sent_, ElementsAre("stop", "start"));
}

}  // namespace
}  // namespace broker::account
