// An account whose orders go by REST, and one whose orders go by FIX with REST and push beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "account/account_coordinator.hpp"
#include "support/manual_clock.hpp"
#include "unit/plugin/account_fakes.hpp"

namespace broker::account {
namespace {

using core::Channel;
using core::ExecType;
using core::OrdStatus;
using core::QueryKind;
using core::Reason;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

class AccountRest : public testing::Test {
protected:
    // FIX trades, REST is beside it.
    void make_fix(std::optional<core::Duration> cancel_after = {}) {
        CoordinatorSettings settings = common(Channel::FixTrading);
        settings.channels.queries = {QueryKind::OrderStatus};
        settings.channels.rest_queries = {QueryKind::OrderStatus, QueryKind::CashTransfers};
        settings.channels.cancels_by_rest = cancels_by_rest_;
        if (cancel_after) {
            settings.cancel_on_disconnect = {
                *cancel_after, 5s, [this] { return id("auto-" + std::to_string(++made_ids_)); }};
        }
        make(settings, true);
    }
    void make_rest() {
        CoordinatorSettings settings = common(Channel::Rest);
        settings.channels.queries = {QueryKind::MassStatus, QueryKind::OrderStatus};
        make(settings, false);
    }

    static CoordinatorSettings common(Channel trading) {
        CoordinatorSettings settings;
        settings.orders.id = "ACC-1";
        settings.orders.trading = trading;
        settings.channels.trading = trading;
        return settings;
    }
    void make(const CoordinatorSettings& settings, bool has_rest_beside) {
        coordinator_ = std::make_unique<AccountCoordinator>(
            settings, clock_, events_, log_,
            [this](dxtrade::TradingChannelListener& listener) {
                auto channel = std::make_unique<ScriptedChannel>(sent_);
                trading_ = channel.get();
                venue_ = &listener;
                return channel;
            },
            [&](dxtrade::TradingChannelListener&) {
                SideChannels side;
                if (has_rest_beside) {
                    auto channel = std::make_unique<ScriptedChannel>(sent_over_rest_);
                    rest_ = channel.get();
                    side.rest = std::move(channel);
                }
                return side;
            });
        coordinator_->start();
        sent_.clear();
        sent_over_rest_.clear();
    }

    void log_on(Channel channel) {
        venue_->on_connecting(channel, "venue:1");
        venue_->on_logged_on(channel, "venue:1");
    }
    void lose(Channel channel) {
        venue_->on_disconnected(channel, Reason::ConnectionLost, "reset", "venue:1", 1s);
    }
    void clear() {
        events_.lines.clear();
        sent_.clear();
        sent_over_rest_.clear();
    }
    // FIX and REST are up and the order A works.
    void work_beside_rest(std::optional<core::Duration> cancel_after = {}) {
        make_fix(cancel_after);
        log_on(Channel::FixTrading);
        log_on(Channel::Rest);
        submit("A");
        venue_->on_execution_report(report("A", ExecType::New, OrdStatus::New));
        clear();
    }

    void submit(std::string_view name) {
        coordinator_->execute(limit_order(name, clock_.monotonic()));
    }
    void cancel(std::string_view name, std::string_view orig) {
        core::CancelOrder request;
        request.cl_ord_id = id(name);
        request.orig_cl_ord_id = id(orig);
        request.stages.signal = request.stages.accepted = clock_.monotonic();
        coordinator_->execute(request);
    }
    void ask(QueryKind kind, std::string_view order = {}) {
        core::Query query;
        query.kind = kind;
        query.request_id = 7;
        query.cl_ord_id = id(order);
        coordinator_->execute(query);
    }
    core::ExecutionReport report(std::string_view name, ExecType type, OrdStatus status,
                                 Channel channel = Channel::FixTrading) {
        core::ExecutionReport result;
        result.channel = channel;
        result.cl_ord_id = name;
        result.order_id = channel == Channel::FixTrading ? "V-1" : "700411";
        if (type != ExecType::OrderStatus) {
            result.exec_id = exec_ids_.emplace_back("E-" + std::to_string(exec_ids_.size()));
        }
        result.exec_type = type;
        result.ord_status = status;
        result.symbol = "EURUSD";
        result.side = core::Side::Buy;
        result.received = clock_.monotonic();
        return result;
    }
    [[nodiscard]] const AccountStatus& status() const { return coordinator_->status(); }

    test::ManualClock clock_;
    RecordingEvents events_;
    RecordingLog log_;
    std::vector<std::string> sent_;
    std::vector<std::string> sent_over_rest_;
    std::deque<std::string> exec_ids_;  // a deque: reports borrow the texts
    bool cancels_by_rest_ = true;
    int made_ids_ = 0;
    ScriptedChannel* trading_ = nullptr;
    ScriptedChannel* rest_ = nullptr;
    dxtrade::TradingChannelListener* venue_ = nullptr;
    std::unique_ptr<AccountCoordinator> coordinator_;
};

// ---- REST trades

TEST_F(AccountRest, IsReadyOnceRestHasLoggedOnAndAccountedForEveryOrder) {
    make_rest();
    log_on(Channel::Rest);
    EXPECT_EQ(status().state.load(), AccountState::Reconciling);
    EXPECT_EQ(status().rest_state.load(), AccountState::Ready);
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
    venue_->on_query_done({QueryKind::MassStatus, 0, 0, Reason::None, {}});
    EXPECT_EQ(status().state.load(), AccountState::Ready);
    submit("A");
    EXPECT_THAT(sent_, Contains("D A"));
}

TEST_F(AccountRest, PushThatComesAndGoesLeavesTheStateOfTheAccount) {
    make_rest();
    log_on(Channel::Rest);
    venue_->on_query_done({QueryKind::MassStatus, 0, 0, Reason::None, {}});
    log_on(Channel::Push);
    EXPECT_EQ(status().push_state.load(), AccountState::Ready);
    lose(Channel::Push);
    EXPECT_EQ(status().push_state.load(), AccountState::Offline);
    EXPECT_EQ(status().state.load(), AccountState::Ready);
    log_on(Channel::PushMarketData);
    EXPECT_EQ(status().push_market_data_state.load(), AccountState::Ready);
    EXPECT_EQ(status().market_data_state.load(), AccountState{});
}

TEST_F(AccountRest, LostRestSessionLeavesRequestsThatWaitForTheirOwnEndAlone) {
    make_rest();
    log_on(Channel::Rest);
    venue_->on_query_done({QueryKind::MassStatus, 0, 0, Reason::None, {}});
    submit("A");
    clear();
    lose(Channel::Rest);
    EXPECT_THAT(events_.lines, ElementsAre("Ready>Offline CONNECTION_LOST"));
    EXPECT_EQ(status().unknown_count.load(), 0U);
    venue_->on_request_in_doubt("A", {Reason::OutcomeDisconnected, "the connection was cut"});
    EXPECT_EQ(status().unknown_count.load(), 1U);
    submit("B");
    EXPECT_THAT(events_.lines, Contains(HasSubstr("order B type=7 certainty=4 ACCOUNT_NOT_READY")));
}

TEST_F(AccountRest, RequestThatWaitsForItsTurnIsNotInDoubtUntilItIsWrittenAndUnanswered) {
    make_rest();
    log_on(Channel::Rest);
    venue_->on_query_done({QueryKind::MassStatus, 0, 0, Reason::None, {}});
    trading_->queues = true;
    submit("A");
    clear();
    clock_.advance(6s);
    coordinator_->on_tick();
    EXPECT_THAT(events_.lines, IsEmpty());
    const core::MonotonicTime now = clock_.monotonic();
    venue_->on_request_written("A", {core::kFirstOwnMsgSeqNum + 1, now, now});
    clock_.advance(4s);
    coordinator_->on_tick();
    EXPECT_THAT(events_.lines, IsEmpty());
    clock_.advance(1s);
    coordinator_->on_tick();
    EXPECT_THAT(events_.lines, ElementsAre(HasSubstr("order A type=1000 certainty=5")));
}

TEST_F(AccountRest, RequestThatNeverLeftIsRejected) {
    make_rest();
    log_on(Channel::Rest);
    venue_->on_query_done({QueryKind::MassStatus, 0, 0, Reason::None, {}});
    trading_->queues = true;
    submit("A");
    clear();
    venue_->on_request_not_sent("A", {Reason::OrderTooOld, "its turn came too late"});
    EXPECT_THAT(events_.lines, ElementsAre("order A type=7 certainty=4 ORDER_TOO_OLD"));
    EXPECT_EQ(status().live_order_count.load(), 0U);
}

// ---- FIX trades, REST is beside it

TEST_F(AccountRest, QuestionsGoToTheFirstChannelThatHasThem) {
    work_beside_rest();
    ask(QueryKind::OrderStatus, "A");
    EXPECT_THAT(sent_, ElementsAre("H A"));
    EXPECT_THAT(sent_over_rest_, IsEmpty());
    ask(QueryKind::CashTransfers);
    EXPECT_THAT(sent_over_rest_, ElementsAre("ask 9"));
}

TEST_F(AccountRest, WhileFixIsDownQuestionsGoToRest) {
    work_beside_rest();
    lose(Channel::FixTrading);
    clear();
    ask(QueryKind::OrderStatus, "A");
    EXPECT_THAT(sent_over_rest_, ElementsAre("H A"));
    core::ExecutionReport unasked = report("A", ExecType::OrderStatus, OrdStatus::New);
    venue_->on_execution_report(unasked);  // of FIX, which was not asked
    EXPECT_THAT(events_.lines, Not(Contains(HasSubstr("done 7"))));
    venue_->on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New, Channel::Rest));
    EXPECT_THAT(events_.lines, Contains("done 7 count=1 NONE"));
}

TEST_F(AccountRest, QuestionThatNobodyCanBeAskedEndsAtOnce) {
    work_beside_rest();
    lose(Channel::Rest);
    clear();
    ask(QueryKind::CashTransfers);
    EXPECT_THAT(events_.lines, ElementsAre("done 7 count=0 ACCOUNT_NOT_READY"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("REST"));
    lose(Channel::FixTrading);
    clear();
    ask(QueryKind::OrderStatus, "A");
    EXPECT_THAT(events_.lines, ElementsAre("done 7 count=0 ACCOUNT_NOT_READY"));
}

TEST_F(AccountRest, WhileFixIsDownCancelsGoOverRestAndNewOrdersAreRefused) {
    work_beside_rest();
    lose(Channel::FixTrading);
    clear();
    cancel("C", "A");
    EXPECT_THAT(sent_over_rest_, ElementsAre("F C of A"));
    EXPECT_THAT(sent_, IsEmpty());
    submit("B");
    EXPECT_THAT(events_.lines, Contains(HasSubstr("order B type=7 certainty=4 ACCOUNT_NOT_READY")));
    EXPECT_THAT(sent_over_rest_, ElementsAre("F C of A"));
    venue_->on_execution_report(
        report("C", ExecType::Canceled, OrdStatus::Canceled, Channel::Rest));
    EXPECT_EQ(status().live_order_count.load(), 0U);
}

TEST_F(AccountRest, WhileFixIsDownCancelAllGoesOverRest) {
    work_beside_rest();
    lose(Channel::FixTrading);
    clear();
    CancelAll all;
    all.cl_ord_id_prefix = core::FixedString<48>::from("all-").value();
    all.stages.signal = all.stages.accepted = clock_.monotonic();
    coordinator_->execute(all);
    EXPECT_THAT(sent_over_rest_, ElementsAre("F all-1 of A"));
}

TEST_F(AccountRest, CancelsAreRefusedIfTheProfileDoesNotHaveThemOverRestOrRestIsDownToo) {
    cancels_by_rest_ = false;
    work_beside_rest();
    lose(Channel::FixTrading);
    cancel("C", "A");
    EXPECT_THAT(sent_over_rest_, IsEmpty());
    EXPECT_THAT(events_.lines, Contains("cancel-reject C ACCOUNT_NOT_READY"));

    cancels_by_rest_ = true;
    work_beside_rest();
    lose(Channel::FixTrading);
    lose(Channel::Rest);
    clear();
    cancel("C", "A");
    EXPECT_THAT(sent_over_rest_, IsEmpty());
    EXPECT_THAT(events_.lines, Contains("cancel-reject C ACCOUNT_NOT_READY"));
}

TEST_F(AccountRest, EndOfTheFixSessionSaysNothingOfACancelOverRest) {
    work_beside_rest();
    lose(Channel::FixTrading);
    rest_->queues = true;
    cancel("C", "A");
    const core::MonotonicTime now = clock_.monotonic();
    venue_->on_request_written("C", {core::kFirstOwnMsgSeqNum + 1, now, now});
    clear();
    lose(Channel::FixTrading);  // a further attempt has failed
    EXPECT_THAT(events_.lines, Not(Contains(HasSubstr("order C"))));
    EXPECT_EQ(status().unknown_count.load(), 0U);
}

TEST_F(AccountRest, StatusOfAnotherChannelIsNoAnswerToTheReconciliation) {
    make_fix();
    log_on(Channel::FixTrading);
    log_on(Channel::Rest);
    submit("A");
    lose(Channel::FixTrading);
    log_on(Channel::FixTrading);
    ASSERT_EQ(status().state.load(), AccountState::Reconciling);
    venue_->on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New, Channel::Rest));
    EXPECT_EQ(status().state.load(), AccountState::Reconciling);
    venue_->on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    EXPECT_EQ(status().state.load(), AccountState::Ready);
}

TEST_F(AccountRest, OrderOfAnotherTerminalThatRestTellsOfIsNoFault) {
    work_beside_rest();
    venue_->on_execution_report(report("other", ExecType::New, OrdStatus::New, Channel::Rest));
    EXPECT_THAT(events_.lines, ElementsAre(HasSubstr("order other type=1")));
}

// ---- the account's own cancel on disconnect

TEST_F(AccountRest, CancelOnDisconnectCancelsOverRestWhenItsTimeHasCome) {
    work_beside_rest(2s);
    lose(Channel::FixTrading);
    EXPECT_THAT(log_.lines.back(), HasSubstr("1 live orders are canceled over REST in 2000 ms"));
    clock_.advance(1900ms);
    coordinator_->on_tick();
    EXPECT_THAT(sent_over_rest_, IsEmpty());
    clock_.advance(100ms);
    coordinator_->on_tick();
    EXPECT_THAT(sent_over_rest_, ElementsAre("F auto-1 of A"));
    clock_.advance(6s);
    coordinator_->on_tick();  // the first one may yet take effect
    EXPECT_THAT(sent_over_rest_, ElementsAre("F auto-1 of A"));
}

TEST_F(AccountRest, CancelOnDisconnectIsOffIfTheSessionIsBackInTime) {
    work_beside_rest(2s);
    lose(Channel::FixTrading);
    log_on(Channel::FixTrading);
    clock_.advance(10s);
    coordinator_->on_tick();
    EXPECT_THAT(sent_over_rest_, IsEmpty());
}

TEST_F(AccountRest, CancelOnDisconnectTriesAgainWhatCouldNotBeSentAndWaitsForRest) {
    work_beside_rest(0s);
    lose(Channel::Rest);
    lose(Channel::FixTrading);
    clock_.advance(1s);
    coordinator_->on_tick();
    EXPECT_THAT(sent_over_rest_, IsEmpty());
    EXPECT_THAT(log_.lines, Contains(HasSubstr("REST is not logged on; orders stay until it is")));
    log_on(Channel::Rest);
    rest_->is_broken = true;
    coordinator_->on_tick();
    EXPECT_THAT(events_.lines, Contains(HasSubstr("cancel-reject auto-1")));
    rest_->is_broken = false;
    clock_.advance(5s);
    coordinator_->on_tick();
    EXPECT_THAT(sent_over_rest_, ElementsAre("F auto-2 of A"));
}

TEST_F(AccountRest, CancelOnDisconnectHasNothingToDoWithoutLiveOrders) {
    make_fix(0s);
    log_on(Channel::FixTrading);
    log_on(Channel::Rest);
    lose(Channel::FixTrading);
    clock_.advance(1s);
    coordinator_->on_tick();
    EXPECT_THAT(sent_over_rest_, IsEmpty());
    EXPECT_THAT(log_.lines, Not(Contains(HasSubstr("cancel on disconnect"))));
}

// ---- stop

TEST_F(AccountRest, RestLogsOutLast) {
    work_beside_rest();
    bool is_done = false;
    coordinator_->stop([&] { is_done = true; });
    EXPECT_THAT(sent_, ElementsAre("stop"));
    EXPECT_THAT(sent_over_rest_, IsEmpty());
    trading_->on_stopped();
    EXPECT_THAT(sent_over_rest_, ElementsAre("stop"));
    EXPECT_FALSE(is_done);
    rest_->on_stopped();
    EXPECT_TRUE(is_done);
    EXPECT_EQ(status().state.load(), AccountState::Stopped);
}

}  // namespace
}  // namespace broker::account
