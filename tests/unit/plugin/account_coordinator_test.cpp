#include "account/account_coordinator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "support/manual_clock.hpp"
#include "unit/plugin/account_fakes.hpp"

namespace broker::account {
namespace {

using core::ExecType;
using core::OrdStatus;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AccountCoordinatorTest : public testing::Test {
protected:
    AccountCoordinatorTest() { make({}); }

    void make(CoordinatorSettings settings) {
        settings.orders.id = "ACC-1";
        settings.channels.queries.add(core::QueryKind::OrderStatus);
        coordinator_ = std::make_unique<AccountCoordinator>(
            settings, clock_, events_, log_, [this](dxtrade::TradingChannelListener& listener) {
                auto channel = std::make_unique<ScriptedChannel>(sent_);
                channel_ = channel.get();
                listener_ = &listener;
                return channel;
            });
    }

    dxtrade::TradingChannelListener& venue() { return *listener_; }

    void make_ready() {
        coordinator_->start();
        venue().on_connecting(core::Channel::FixTrading, "venue:1");
        venue().on_logged_on(core::Channel::FixTrading, "venue:1");
        events_.lines.clear();
        sent_.clear();
    }

    void lose_connection() {
        venue().on_disconnected(core::Channel::FixTrading, Reason::ConnectionLost, "reset",
                                "venue:1", std::chrono::seconds{1});
    }

    core::NewOrder order(std::string_view name) { return limit_order(name, clock_.monotonic()); }

    core::CancelOrder cancel(std::string_view name, std::string_view orig) {
        core::CancelOrder request;
        request.cl_ord_id = id(name);
        request.orig_cl_ord_id = id(orig);
        request.stages.signal = request.stages.accepted = clock_.monotonic();
        return request;
    }

    core::ReplaceOrder replace(std::string_view name, std::string_view orig) {
        core::ReplaceOrder request;
        request.cl_ord_id = id(name);
        request.orig_cl_ord_id = id(orig);
        request.price = number("1.2");
        request.stages.signal = request.stages.accepted = clock_.monotonic();
        return request;
    }

    core::ExecutionReport report(std::string_view name, ExecType type, OrdStatus status) {
        core::ExecutionReport result;
        result.cl_ord_id = name;
        result.order_id = "V-1";
        exec_ids_.push_back("E-" + std::to_string(exec_ids_.size() + 1));
        result.exec_id = exec_ids_.back();
        result.exec_type = type;
        result.ord_status = status;
        result.symbol = "EURUSD";
        result.received = clock_.monotonic();
        return result;
    }

    test::ManualClock clock_;
    RecordingEvents events_;
    RecordingLog log_;
    std::vector<std::string> sent_;
    std::deque<std::string> exec_ids_;  // a deque: reports borrow the texts
    ScriptedChannel* channel_ = nullptr;
    dxtrade::TradingChannelListener* listener_ = nullptr;
    std::unique_ptr<AccountCoordinator> coordinator_;
};

constexpr const char* kNew = " type=1";
constexpr const char* kRejected = " type=7";
constexpr const char* kChanged = " type=1000";
constexpr const char* kIsAcknowledged = " certainty=3";
constexpr const char* kIsRejected = " certainty=4";
constexpr const char* kIsUnknown = " certainty=5";

TEST_F(AccountCoordinatorTest, IsReadyAfterLogonWhenThereIsNothingToCheck) {
    coordinator_->start();
    venue().on_connecting(core::Channel::FixTrading, "venue:1");
    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    EXPECT_THAT(events_.take(),
                ElementsAre("Offline>Connecting STARTED", "Connecting>LoggedOn LOGON_ACCEPTED",
                            "LoggedOn>Reconciling LOGON_ACCEPTED", "snapshot-begin 0",
                            "snapshot-end", "Reconciling>Ready RECONCILED"));
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
}

TEST_F(AccountCoordinatorTest, RefusesOrdersInEveryStateButReadyAndKeepsNone) {
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.take(), ElementsAre(std::string{"order A"} + kRejected + kIsRejected +
                                            " ACCOUNT_NOT_READY"));
    coordinator_->start();
    venue().on_connecting(core::Channel::FixTrading, "venue:1");
    coordinator_->execute(order("B"));
    coordinator_->execute(cancel("C", "B"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("ACC-1 is Connecting"));
    events_.take();

    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    for (const std::string& sent : sent_) EXPECT_EQ(sent.find("D "), std::string::npos) << sent;
}

TEST_F(AccountCoordinatorTest, SendsAnOrderAndReportsTheVenuesAnswer) {
    make_ready();
    coordinator_->execute(order("A"));
    EXPECT_THAT(sent_, ElementsAre("D A"));
    EXPECT_THAT(events_.take(), IsEmpty());
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    EXPECT_THAT(events_.take(), ElementsAre(std::string{"order A"} + kNew + kIsAcknowledged));
    EXPECT_EQ(coordinator_->status().live_order_count.load(), 1U);
}

TEST_F(AccountCoordinatorTest, RefusesWhatTheChannelDidNotTake) {
    make_ready();
    channel_->is_broken = true;
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.take(), ElementsAre(std::string{"order A"} + kRejected + kIsRejected +
                                            " WRITE_QUEUE_FULL"));
    EXPECT_EQ(coordinator_->status().live_order_count.load(), 0U);
}

TEST_F(AccountCoordinatorTest, ExceptionWhileSendingLeavesTheOutcomeUnknownNotRejected) {
    make_ready();
    channel_->throws = true;
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(log_.lines.back(), HasSubstr("internal-error"));
    channel_->throws = false;
    clock_.advance(std::chrono::seconds{5});
    coordinator_->on_tick();
    EXPECT_THAT(events_.take(),
                ElementsAre(std::string{"order A"} + kChanged + kIsUnknown + " OUTCOME_TIMEOUT"));
}

TEST_F(AccountCoordinatorTest, RefusesUsedClOrdIDEvenAfterTheOrderIsDone) {
    make_ready();
    coordinator_->execute(order("A"));
    venue().on_execution_report(report("A", ExecType::Canceled, OrdStatus::Canceled));
    events_.take();
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.take(), ElementsAre(std::string{"order A"} + kRejected + kIsRejected +
                                            " DUPLICATE_CL_ORD_ID"));
}

TEST_F(AccountCoordinatorTest, RefusesCancelAndReplaceOfUnknownOrder) {
    make_ready();
    coordinator_->execute(cancel("C", "nobody"));
    coordinator_->execute(replace("R", "nobody"));
    EXPECT_THAT(events_.take(),
                ElementsAre("cancel-reject C ORDER_UNKNOWN", "replace-reject R ORDER_UNKNOWN"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(AccountCoordinatorTest, RefusesOrderThatIsOlderThanItsTimeToLive) {
    make_ready();
    const core::NewOrder old = order("A");
    clock_.advance(std::chrono::seconds{6});
    coordinator_->execute(old);
    EXPECT_THAT(events_.take(),
                ElementsAre(std::string{"order A"} + kRejected + kIsRejected + " ORDER_TOO_OLD"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(AccountCoordinatorTest, LostConnectionMakesUnansweredRequestsUnknownNotRejected) {
    make_ready();
    coordinator_->execute(order("A"));
    coordinator_->execute(order("B"));
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    events_.take();
    lose_connection();
    EXPECT_THAT(events_.take(), ElementsAre(std::string{"order B"} + kChanged + kIsUnknown +
                                                " OUTCOME_DISCONNECTED",
                                            "Ready>Offline CONNECTION_LOST"));
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 1U);
}

TEST_F(AccountCoordinatorTest, AsksForEachLiveOrderAfterLogonAndIsReadyWhenAllHaveAnswered) {
    make_ready();
    coordinator_->execute(order("A"));
    coordinator_->execute(order("B"));
    lose_connection();
    events_.take();
    sent_.clear();

    venue().on_connecting(core::Channel::FixTrading, "venue:1");
    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    EXPECT_THAT(sent_, testing::UnorderedElementsAre("H A", "H B"));
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Reconciling);
    coordinator_->execute(order("C"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("Reconciling"));
    events_.take();

    venue().on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Reconciling);
    core::ExecutionReport unknown_order = report("B", ExecType::OrderStatus, OrdStatus::Rejected);
    unknown_order.order_id = "NONE";
    venue().on_execution_report(unknown_order);
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 0U);
    EXPECT_EQ(coordinator_->status().live_order_count.load(), 1U);
    const auto lines = events_.take();
    EXPECT_THAT(lines, testing::Contains("snapshot-begin 1"));
    EXPECT_EQ(lines.back(), "Reconciling>Ready RECONCILED");
}

TEST_F(AccountCoordinatorTest, BecomesReadyWithOrdersStillUnknownWhenTheVenueDoesNotAnswer) {
    make_ready();
    coordinator_->execute(order("A"));
    lose_connection();
    venue().on_connecting(core::Channel::FixTrading, "venue:1");
    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    clock_.advance(std::chrono::seconds{4});
    coordinator_->on_tick();
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Reconciling);
    clock_.advance(std::chrono::seconds{1});
    coordinator_->on_tick();
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 1U);
}

TEST_F(AccountCoordinatorTest, MissedDeadlineMakesTheOutcomeUnknownAndAsksTheVenue) {
    make_ready();
    coordinator_->execute(order("A"));
    clock_.advance(std::chrono::seconds{5});
    coordinator_->on_tick();
    EXPECT_THAT(events_.take(),
                ElementsAre(std::string{"order A"} + kChanged + kIsUnknown + " OUTCOME_TIMEOUT"));
    EXPECT_THAT(sent_, ElementsAre("D A", "H A"));
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    EXPECT_THAT(events_.take(), ElementsAre(std::string{"order A"} + kNew + kIsAcknowledged));
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 0U);
}

TEST_F(AccountCoordinatorTest, RepeatedReportReachesTheHostOnce) {
    make_ready();
    coordinator_->execute(order("A"));
    core::ExecutionReport fill = report("A", ExecType::Trade, OrdStatus::PartiallyFilled);
    fill.last_qty = number("10");
    fill.cum_qty = number("10");
    venue().on_execution_report(fill);
    fill.is_poss_dup = true;
    venue().on_execution_report(fill);
    EXPECT_EQ(events_.take().size(), 1U);
}

TEST_F(AccountCoordinatorTest, RejectsOfTheVenueStandInTheLogWithItsWords) {
    make_ready();
    coordinator_->execute(order("A"));
    core::ExecutionReport rejected = report("A", ExecType::Rejected, OrdStatus::Rejected);
    rejected.text = "no\nmargin";
    venue().on_execution_report(rejected);
    EXPECT_EQ(log_.lines.back(),
              "reject account=ACC-1 ClOrdID=A reason=REJECTED_BY_VENUE text=\"no margin\"");

    coordinator_->execute(order("B"));
    venue().on_execution_report(report("B", ExecType::New, OrdStatus::New));
    coordinator_->execute(cancel("C", "B"));
    core::OrderCancelReject refused;
    refused.cl_ord_id = "C";
    refused.orig_cl_ord_id = "B";
    refused.text = "too late";
    venue().on_order_cancel_reject(refused);
    EXPECT_EQ(log_.lines.back(),
              "reject account=ACC-1 ClOrdID=C reason=CANCEL_REJECTED text=\"too late\"");
}

TEST_F(AccountCoordinatorTest, SessionRejectOfAnOrderIsARejectOfThatOrder) {
    make_ready();
    coordinator_->execute(order("A"));  // MsgSeqNum 2
    coordinator_->execute(order("B"));
    venue().on_message_reject({Reason::RejectedBySession, 3, "D", "bad tag", clock_.monotonic()});
    EXPECT_THAT(events_.take(), ElementsAre(std::string{"order B"} + kRejected + kIsRejected +
                                            " REJECTED_BY_SESSION"));
    EXPECT_EQ(events_.texts.back(), "bad tag");
}

TEST_F(AccountCoordinatorTest, BusinessRejectOfACancelLeavesTheOrderAlone) {
    make_ready();
    coordinator_->execute(order("A"));
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    coordinator_->execute(cancel("C", "A"));
    events_.take();
    venue().on_message_reject(
        {Reason::RejectedByApplication, 3, "F", "not supported", clock_.monotonic()});
    EXPECT_THAT(events_.take(), ElementsAre("cancel-reject C REJECTED_BY_APPLICATION"));
    EXPECT_EQ(coordinator_->status().live_order_count.load(), 1U);
}

TEST_F(AccountCoordinatorTest, RejectOfNothingKnownIsLoggedAndTellsTheHostNothing) {
    make_ready();
    venue().on_message_reject({Reason::RejectedBySession, 99, "D", "what", clock_.monotonic()});
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(log_.lines.back(), HasSubstr("RefSeqNum=99"));
}

TEST_F(AccountCoordinatorTest, CancelAllCancelsEachLiveOrderOfTheSymbol) {
    make_ready();
    coordinator_->execute(order("A"));
    coordinator_->execute(order("B"));
    core::NewOrder other = order("X");
    other.symbol = core::Symbol::from("GBPUSD").value();
    coordinator_->execute(other);
    sent_.clear();
    CancelAll request;
    request.symbol = core::Symbol::from("EURUSD").value();
    request.cl_ord_id_prefix = core::FixedString<48>::from("ALL-").value();
    request.stages.signal = request.stages.accepted = clock_.monotonic();
    coordinator_->execute(request);
    EXPECT_EQ(sent_.size(), 2U);
    for (const std::string& sent : sent_) {
        EXPECT_THAT(sent, testing::MatchesRegex("F ALL-[12] of [AB]"));
    }
}

TEST_F(AccountCoordinatorTest, StopsInOrderAndTakesNoMoreOrders) {
    make_ready();
    bool is_done = false;
    coordinator_->stop([&is_done] { is_done = true; });
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Draining STOPPED_BY_HOST"));
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("Draining"));
    EXPECT_FALSE(is_done);
    events_.take();
    channel_->on_stopped();
    EXPECT_TRUE(is_done);
    EXPECT_THAT(events_.take(), ElementsAre("Draining>Stopped STOPPED_BY_HOST"));
}

TEST_F(AccountCoordinatorTest, SnapshotRepeatsEveryLiveOrderBetweenItsBrackets) {
    make_ready();
    coordinator_->execute(order("A"));
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    coordinator_->execute(order("B"));
    events_.take();
    coordinator_->report_snapshot(7);
    const auto lines = events_.take();
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines.front(), "snapshot-begin 2");
    EXPECT_THAT(lines[1], HasSubstr("snapshot "));
    EXPECT_EQ(lines.back(), "snapshot-end");
}

TEST_F(AccountCoordinatorTest, StaleRequestThatWasNotResentIsLogged) {
    make_ready();
    venue().on_stale_request("A", std::chrono::seconds{9});
    EXPECT_THAT(log_.lines.back(), HasSubstr("ClOrdID=A age_ms=9000 action=gap-filled"));
}

// ---- questions, and the channels beside the trading one

TEST_F(AccountCoordinatorTest, StatusOfADropCopyDoesNotEndTheCheckAfterALogon) {
    make_ready();
    coordinator_->execute(order("A"));
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    lose_connection();
    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    core::ExecutionReport copy = report("A", ExecType::OrderStatus, OrdStatus::New);
    copy.channel = core::Channel::FixDropCopy;
    venue().on_execution_report(copy);
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Reconciling);
    venue().on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
}

TEST_F(AccountCoordinatorTest, StatusOfADropCopyAnswersNoQuestionOfTheHost) {
    make_ready();
    coordinator_->execute(order("A"));
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    events_.lines.clear();
    core::Query query;
    query.kind = core::QueryKind::OrderStatus;
    query.request_id = 7;
    query.cl_ord_id = id("A");
    coordinator_->execute(query);
    core::ExecutionReport copy = report("A", ExecType::OrderStatus, OrdStatus::New);
    copy.channel = core::Channel::FixDropCopy;
    venue().on_execution_report(copy);
    EXPECT_THAT(events_.take(), IsEmpty());
    venue().on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    EXPECT_THAT(events_.take(),
                ElementsAre("order A type=17 certainty=3 request=7", "done 7 count=1 NONE"));
}

TEST_F(AccountCoordinatorTest, RefusedStatusRequestIsNotWaitedForAfterALogon) {
    make_ready();
    coordinator_->execute(order("A"));  // MsgSeqNum 2
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    lose_connection();
    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Reconciling);
    venue().on_message_reject(
        {Reason::RejectedByApplication, 3, "H", "not offered", clock_.monotonic()});
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
    EXPECT_EQ(coordinator_->status().live_order_count.load(), 1U);
}

TEST_F(AccountCoordinatorTest, QuestionInEveryStateButReadyEndsAtOnceAndNothingIsSent) {
    core::Query query;
    query.kind = core::QueryKind::Positions;
    query.request_id = 7;
    coordinator_->execute(query);
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 ACCOUNT_NOT_READY"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("ACC-1 is Offline"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(AccountCoordinatorTest, QuestionThatThePeerDidNotTakeEndsAtOnce) {
    CoordinatorSettings settings;
    settings.channels.queries.add(core::QueryKind::Trades);
    make(settings);
    make_ready();
    channel_->is_broken = true;
    core::Query query;
    query.kind = core::QueryKind::Trades;
    query.request_id = 7;
    coordinator_->execute(query);
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 WRITE_QUEUE_FULL"));
}

TEST_F(AccountCoordinatorTest, QuestionThatNoChannelHasIsRefused) {
    make_ready();
    core::Query query;
    query.kind = core::QueryKind::Trades;
    query.request_id = 7;
    coordinator_->execute(query);
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 CHANNEL_NOT_CONFIGURED"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(AccountCoordinatorTest, PositionsAreAskedForOnceReadyWhereTheVenueHasThem) {
    CoordinatorSettings settings;
    settings.channels.queries.add(core::QueryKind::Positions);
    make(settings);
    coordinator_->start();
    sent_.clear();
    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
    EXPECT_THAT(sent_, ElementsAre("ask 3"));
}

TEST_F(AccountCoordinatorTest, LifeOfADropCopySessionLeavesTheStateOfTheAccount) {
    make_ready();
    venue().on_connecting(core::Channel::FixDropCopy, "venue:2");
    EXPECT_THAT(log_.lines.back(), HasSubstr("Offline->Connecting channel=fix.drop_copy"));
    EXPECT_EQ(coordinator_->status().drop_copy_state.load(), AccountState::Connecting);
    venue().on_logged_on(core::Channel::FixDropCopy, "venue:2");
    EXPECT_EQ(coordinator_->status().drop_copy_state.load(), AccountState::Ready);
    venue().on_disconnected(core::Channel::FixDropCopy, Reason::ConnectionLost, "reset", "venue:2",
                            std::chrono::seconds{1});
    EXPECT_EQ(coordinator_->status().drop_copy_state.load(), AccountState::Offline);
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
    EXPECT_THAT(events_.take(), ElementsAre("Ready>Ready STARTED", "Ready>Ready LOGON_ACCEPTED",
                                            "Ready>Ready CONNECTION_LOST"));
    coordinator_->execute(order("A"));
    EXPECT_THAT(sent_, ElementsAre("D A"));
}

TEST_F(AccountCoordinatorTest, CancelInDoubtOfAnOrderThatWorksOnIsRejectedAfterTwoAnswers) {
    make_ready();
    coordinator_->execute(order("A"));
    venue().on_execution_report(report("A", ExecType::New, OrdStatus::New));
    coordinator_->execute(cancel("C", "A"));
    lose_connection();
    venue().on_logged_on(core::Channel::FixTrading, "venue:1");
    venue().on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 1U);
    coordinator_->on_tick();
    for (int i = 0; i < 2; ++i) {
        events_.lines.clear();
        sent_.clear();
        clock_.advance(std::chrono::seconds{10});
        coordinator_->on_tick();
        EXPECT_THAT(sent_, ElementsAre("H A"));
        EXPECT_THAT(events_.take(), IsEmpty());
        venue().on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    }
    EXPECT_THAT(events_.take(), ElementsAre("cancel-reject C NO_EFFECT_SEEN"));
    EXPECT_THAT(log_.lines.back(), HasSubstr("ClOrdID=C reason=NO_EFFECT_SEEN"));
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 0U);
    EXPECT_EQ(coordinator_->status().live_order_count.load(), 1U);
    sent_.clear();
    clock_.advance(std::chrono::seconds{10});
    coordinator_->on_tick();
    EXPECT_THAT(sent_, IsEmpty());

    venue().on_execution_report(report("C", ExecType::Canceled, OrdStatus::Canceled));
    EXPECT_THAT(events_.take(), ElementsAre(HasSubstr("order C type=3 certainty=3")));
    EXPECT_EQ(coordinator_->status().live_order_count.load(), 0U);
}

}  // namespace
}  // namespace broker::account
