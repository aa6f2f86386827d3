#include "account/account_coordinator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <new>
#include <string>
#include <vector>

#include "support/manual_clock.hpp"

namespace broker::account {
namespace {

using core::Certainty;
using core::ClOrdID;
using core::Decimal;
using core::ExecType;
using core::OrdStatus;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }
ClOrdID id(std::string_view text) { return ClOrdID::from(text).value(); }

// Takes requests as a connected channel does, and writes down what it was asked.
class ScriptedChannel final : public dxtrade::TradingChannel {
public:
    ScriptedChannel(dxtrade::TradingChannelListener& events, std::vector<std::string>& sent)
        : listener{events}, sent_{sent} {}

    void start() override { sent_.emplace_back("start"); }
    void stop(std::string_view /*text*/, std::function<void()> done) override {
        sent_.emplace_back("stop");
        on_stopped = std::move(done);
    }
    core::Result<dxtrade::SentRequest> send(const core::NewOrder& order) override {
        return take("D " + std::string{order.cl_ord_id.view()});
    }
    core::Result<dxtrade::SentRequest> send(const core::ReplaceOrder& request,
                                            const core::Order& order) override {
        return take("G " + std::string{request.cl_ord_id.view()} + " of " +
                    std::string{order.cl_ord_id.view()});
    }
    core::Result<dxtrade::SentRequest> send(const core::CancelOrder& request,
                                            const core::Order& order) override {
        return take("F " + std::string{request.cl_ord_id.view()} + " of " +
                    std::string{order.cl_ord_id.view()});
    }
    core::Result<void> request_status(const core::Order& order) override {
        const auto taken = take("H " + std::string{order.cl_ord_id.view()});
        if (!taken) return taken.error();
        return {};
    }
    core::Result<dxtrade::SentRequest> send(const core::NewOrderList& list) override {
        return take("E " + std::string{list.list_id.view()});
    }
    core::Result<dxtrade::SentRequest> send(const core::CancelOrderList& request) override {
        return take("K " + std::string{request.list_id.view()});
    }
    core::Result<void> ask(const core::Query& query) override {
        const auto taken = take("ask " + std::to_string(static_cast<int>(query.kind)));
        if (!taken) return taken.error();
        return {};
    }
    void on_tick() override {}

    dxtrade::TradingChannelListener& listener;
    std::function<void()> on_stopped;
    bool is_broken = false;
    bool throws = false;

private:
    core::Result<dxtrade::SentRequest> take(std::string what) {
        if (throws) throw std::bad_alloc{};
        if (is_broken) return core::fail(Reason::WriteQueueFull, "the write queue is full");
        sent_.push_back(std::move(what));
        return dxtrade::SentRequest{++msg_seq_num_, core::MonotonicTime{}, core::MonotonicTime{}};
    }

    std::vector<std::string>& sent_;
    core::MsgSeqNum msg_seq_num_ = 1;
};

// Keeps each event as one line of text.
class RecordingEvents final : public AccountEvents {
public:
    void on_session(const SessionNews& news) override {
        std::string line{state_name(news.previous_state)};
        line.append(">").append(state_name(news.state)).append(" ");
        line.append(core::reason_name(news.reason));
        lines.push_back(line);
    }
    void on_order(const OrderNews& news) override {
        std::string line = news.is_snapshot ? "snapshot " : "order ";
        line.append(news.report.cl_ord_id);
        line += " type=" + std::to_string(static_cast<int>(news.report.exec_type));
        line += " certainty=" + std::to_string(static_cast<int>(news.certainty));
        if (news.reason != Reason::None) line.append(" ").append(core::reason_name(news.reason));
        lines.push_back(line);
        texts.emplace_back(news.report.text);
    }
    void on_cancel_reject(const CancelRejectNews& news) override {
        std::string line = news.reject.is_replace ? "replace-reject " : "cancel-reject ";
        line.append(news.reject.cl_ord_id).append(" ").append(core::reason_name(news.reason));
        lines.push_back(line);
        texts.emplace_back(news.reject.text);
    }
    void on_snapshot(const SnapshotNews& news) override {
        lines.push_back(news.phase == SnapshotPhase::Begin
                            ? "snapshot-begin " + std::to_string(news.order_count)
                            : "snapshot-end");
    }

    void on_order_list(const OrderListNews& news) override {
        lines.push_back("list " + std::string{news.list_id} +
                        " status=" + std::to_string(static_cast<int>(news.status)) + " " +
                        std::string{core::reason_name(news.reason)});
        texts.emplace_back(news.text);
    }
    void on_position(const PositionNews& news) override {
        const core::PositionReport& position = news.position;
        lines.push_back("position " + std::string{position.symbol} + " long=" +
                        (position.long_qty ? position.long_qty->to_string() : "-") + " fills=" +
                        (news.net_qty_from_fills ? news.net_qty_from_fills->to_string() : "-") +
                        (news.is_different ? " different" : ""));
    }
    void on_account_summary(const core::AccountSummary& summary) override {
        lines.push_back("summary " + std::to_string(summary.request_id));
    }
    void on_trade(const core::TradeReport& trade) override {
        lines.push_back("trade " + std::string{trade.exec_id});
    }
    void on_instrument(const core::Instrument& instrument) override {
        lines.push_back("instrument " + std::string{instrument.symbol});
    }
    void on_trading_session_status(const core::TradingSessionStatus& status) override {
        lines.push_back("trading-session " + std::to_string(static_cast<int>(status.status)));
    }
    void on_query_done(const core::QueryDone& done) override {
        lines.push_back("done " + std::to_string(done.request_id) +
                        " count=" + std::to_string(done.count) + " " +
                        std::string{core::reason_name(done.reason)});
        texts.emplace_back(done.text);
    }
    void on_venue_fault(const core::VenueFault& fault) override {
        lines.push_back("fault " + std::string{core::reason_name(fault.reason)});
        texts.emplace_back(fault.text);
    }

    std::vector<std::string> take() { return std::exchange(lines, {}); }

    std::vector<std::string> lines;
    std::vector<std::string> texts;
};

class RecordingLog final : public core::Log {
public:
    void write(core::LogLevel /*level*/, std::string_view line) override {
        lines.emplace_back(line);
    }
    std::vector<std::string> lines;
};

class AccountCoordinatorTest : public testing::Test {
protected:
    AccountCoordinatorTest() { make({}); }

    void make(CoordinatorSettings settings) {
        settings.orders.id = "ACC-1";
        settings.queries.add(core::QueryKind::OrderStatus);
        coordinator_ = std::make_unique<AccountCoordinator>(
            settings, clock_, events_, log_, [this](dxtrade::TradingChannelListener& listener) {
                auto channel = std::make_unique<ScriptedChannel>(listener, sent_);
                channel_ = channel.get();
                return channel;
            });
    }

    dxtrade::TradingChannelListener& venue() { return channel_->listener; }

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

    core::NewOrder order(std::string_view name) {
        core::NewOrder result;
        result.cl_ord_id = id(name);
        result.symbol = core::Symbol::from("EURUSD").value();
        result.side = core::Side::Buy;
        result.ord_type = core::OrdType::Limit;
        result.time_in_force = core::TimeInForce::Day;
        result.order_qty = number("100");
        result.price = number("1.1");
        result.stages.signal = result.stages.accepted = clock_.monotonic();
        return result;
    }

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

}  // namespace
}  // namespace broker::account
