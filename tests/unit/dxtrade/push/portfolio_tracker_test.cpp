#include "dxtrade/push/portfolio_tracker.hpp"

#include <algorithm>

#include "core/order_ledger.hpp"
#include "unit/dxtrade/push/portfolio_fixture.hpp"

namespace broker::dxtrade::push {
namespace {

using core::Channel;
using core::ExecType;
using core::OrdStatus;
using core::Reason;
using rest::RestOrderStatus;
using namespace std::chrono_literals;

class PortfolioTrackerTest : public testing::Test {
protected:
    PortfolioTrackerTest() { make({}); }

    void make(PortfolioTrackerSettings settings) {
        settings.account = kAccount;
        PortfolioTrackerHooks hooks;
        hooks.look_up = [this](const OrderLookUp& names) { asked.push_back(names); };
        hooks.name_request = [this](core::ExecutionReport& report, std::string_view) {
            if (!new_name.empty()) report.cl_ord_id = new_name;
        };
        tracker.emplace(settings, clock, symbols, account, std::move(hooks));
    }
    PortfolioNews take(const rest::Portfolio& shown, Channel channel = Channel::Push) {
        return tracker->on_portfolio(shown, channel, clock.monotonic());
    }
    void answer(const std::vector<rest::RestOrder>& found) {
        const OrderLookUp names = asked.back();
        tracker->on_looked_up(names, found, clock.monotonic());
    }
    // Longer than any backoff: whatever is to be asked is due.
    void pass_backoff() {
        clock.advance(31s);
        tracker->on_tick();
    }

    test::ManualClock clock;
    Symbols symbols{SymbolRules{}};
    RecordingAccount account;
    std::vector<OrderLookUp> asked;
    std::string new_name;
    std::optional<PortfolioTracker> tracker;
};

rest::RestOrder working(std::uint64_t version) {
    return order("A-1", version, RestOrderStatus::Working, "0");
}

rest::RestOrder filled_with_executions(std::uint64_t version) {
    rest::RestOrder done = order("A-1", version, RestOrderStatus::Completed, "10");
    done.executions.push_back(execution("e1", RestOrderStatus::Accepted, "0", "0", "10"));
    done.executions.push_back(execution("e2", RestOrderStatus::Working, "4", "4", "6"));
    done.executions.push_back(execution("e3", RestOrderStatus::Completed, "6", "10", "0"));
    return done;
}

TEST_F(PortfolioTrackerTest, FirstPortfolioTellsOrdersPositionsAndTheBalance) {
    rest::Portfolio first = portfolio(7, {working(7)}, {position("p1", "EURUSD", "5")});
    first.balances.push_back({std::string{kAccount}, 7, dec("1000"), "USD"});
    EXPECT_EQ(take(first), PortfolioNews::Applied);
    ASSERT_EQ(account.reports.size(), 1U);
    EXPECT_EQ(account.reports[0].exec_type, ExecType::OrderStatus);
    EXPECT_EQ(account.reports[0].cl_ord_id, "A-1");
    EXPECT_EQ(account.reports[0].channel, Channel::Push);
    ASSERT_EQ(account.positions.size(), 1U);
    EXPECT_EQ(account.positions[0].long_qty, "5");
    EXPECT_TRUE(account.positions[0].is_unsolicited);
    ASSERT_EQ(account.summaries.size(), 1U);
    EXPECT_EQ(account.summaries[0].balance, "1000");
    EXPECT_EQ(account.summaries[0].equity, "absent");
    EXPECT_EQ(tracker->version(), 7U);
}

TEST_F(PortfolioTrackerTest, PortfolioOfAnotherAccountIsNotTaken) {
    rest::Portfolio other = portfolio(7, {working(7)});
    other.account = "default:OTHER";
    EXPECT_EQ(take(other), PortfolioNews::OtherAccount);
    EXPECT_TRUE(account.reports.empty());
    EXPECT_EQ(tracker->version(), 0U);
}

TEST_F(PortfolioTrackerTest, PortfolioThatNamesNoAccountIsOfTheOneAskedFor) {
    rest::Portfolio unnamed = portfolio(7);
    unnamed.account.clear();
    EXPECT_EQ(take(unnamed), PortfolioNews::Applied);
}

TEST_F(PortfolioTrackerTest, ExecutionToldFromPushIsNotToldAgainFromRest) {
    rest::RestOrder shown = order("A-1", 7, RestOrderStatus::Working, "4");
    shown.executions.push_back(execution("e2", RestOrderStatus::Working, "4", "4", "6"));
    take(portfolio(7, {shown}), Channel::Push);
    take(portfolio(7, {shown}), Channel::Rest);
    take(portfolio(8, {shown}), Channel::Rest);
    EXPECT_EQ(account.count(ExecType::Trade), 1U);
    EXPECT_EQ(account.reports.size(), 2U) << "the fill and one picture";
}

TEST_F(PortfolioTrackerTest, OlderPortfolioChangesNothing) {
    take(portfolio(8, {}, {position("p1", "EURUSD", "5")}));
    account.positions.clear();
    EXPECT_EQ(take(portfolio(7, {filled_with_executions(7)}, {}), Channel::Rest),
              PortfolioNews::Stale);
    EXPECT_TRUE(account.reports.empty());
    EXPECT_TRUE(account.positions.empty());
    EXPECT_EQ(tracker->version(), 8U);
}

TEST_F(PortfolioTrackerTest, PortfolioOfTheSameVersionAddsTheExecutionsThatTheOtherLacked) {
    rest::RestOrder bare = order("A-1", 7, RestOrderStatus::Working, "4");
    take(portfolio(7, {bare}), Channel::Push);
    EXPECT_EQ(account.count(ExecType::Trade), 0U);
    bare.executions.push_back(execution("e2", RestOrderStatus::Working, "4", "4", "6"));
    EXPECT_EQ(take(portfolio(7, {bare}), Channel::Rest), PortfolioNews::Repeated);
    EXPECT_EQ(account.count(ExecType::Trade), 1U);
    EXPECT_EQ(account.count(ExecType::OrderStatus), 1U);
    tracker->on_tick();
    EXPECT_TRUE(asked.empty()) << "the fill has been found";
}

TEST_F(PortfolioTrackerTest, OrderMissingFromTheSameVersionIsNotLookedUp) {
    take(portfolio(7, {working(7)}), Channel::Push);
    take(portfolio(7), Channel::Rest);
    tracker->on_tick();
    EXPECT_TRUE(asked.empty());
    EXPECT_EQ(tracker->open_order_count(), 1U);
}

TEST_F(PortfolioTrackerTest, OrderMissingFromANewerPortfolioIsLookedUpAndItsFillsAreTold) {
    take(portfolio(7, {working(7)}));
    take(portfolio(8));
    EXPECT_EQ(account.reports.size(), 1U) << "its end is not guessed";
    tracker->on_tick();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].client_order_id, "A-1");
    EXPECT_EQ(asked[0].order_id, "id-A-1");
    answer({filled_with_executions(8)});
    EXPECT_EQ(account.count(ExecType::Trade), 2U);
    EXPECT_EQ(account.reports.back().ord_status, OrdStatus::Filled);
    EXPECT_EQ(tracker->look_up_count(), 0U);
}

TEST_F(PortfolioTrackerTest, OrderMissingFromAnIncompletePortfolioIsNotLookedUp) {
    take(portfolio(7, {working(7)}, {position("p1", "EURUSD", "5")}));
    rest::Portfolio cut = portfolio(8);
    cut.has_all_orders = cut.has_all_positions = false;
    EXPECT_EQ(take(cut), PortfolioNews::Applied);
    tracker->on_tick();
    EXPECT_TRUE(asked.empty());
    EXPECT_EQ(account.positions.size(), 1U);
}

TEST_F(PortfolioTrackerTest, LookUpIsRepeatedAfterABackoffUntilTheHistoryShowsTheEnd) {
    take(portfolio(7, {working(7)}));
    take(portfolio(8));
    tracker->on_tick();
    answer({working(7)});  // the history is behind
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 1U) << "not before its time";
    pass_backoff();
    ASSERT_EQ(asked.size(), 2U);
    answer({});
    pass_backoff();
    ASSERT_EQ(asked.size(), 3U);
    answer({order("A-1", 8, RestOrderStatus::Canceled, "0")});
    EXPECT_EQ(account.reports.back().ord_status, OrdStatus::Canceled);
    pass_backoff();
    EXPECT_EQ(asked.size(), 3U);
}

TEST_F(PortfolioTrackerTest, LookUpThatNeverFindsTheOrderEndsWithAFaultAndNoGuess) {
    PortfolioTrackerSettings settings;
    settings.max_look_ups_of_order = 3;
    make(settings);
    take(portfolio(7, {working(7)}));
    take(portfolio(8));
    tracker->on_tick();
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(account.faults.empty());
        answer({});
        pass_backoff();
    }
    EXPECT_EQ(asked.size(), 3U);
    ASSERT_EQ(account.faults.size(), 1U);
    EXPECT_EQ(account.faults[0].reason, Reason::OutcomeTimeout);
    EXPECT_EQ(account.faults[0].cl_ord_id, "A-1");
    EXPECT_EQ(account.reports.size(), 1U) << "nothing was told of its end";
    take(portfolio(9));
    pass_backoff();
    EXPECT_EQ(asked.size(), 3U) << "nor is it asked about for ever";
}

TEST_F(PortfolioTrackerTest, FailedAndLostAnswersCountForNothingAndAreAskedForAgain) {
    PortfolioTrackerSettings settings;
    settings.max_look_ups_of_order = 2;
    make(settings);
    take(portfolio(7, {working(7)}));
    take(portfolio(8));
    tracker->on_tick();
    for (int i = 0; i < 5; ++i) {
        tracker->on_look_up_failed(asked.back());
        pass_backoff();
    }
    EXPECT_EQ(asked.size(), 6U);
    clock.advance(15s);  // no answer at all
    tracker->on_tick();
    pass_backoff();
    EXPECT_EQ(asked.size(), 7U);
    EXPECT_TRUE(account.faults.empty());
}

TEST_F(PortfolioTrackerTest, LookUpEndsWhenANewerPortfolioShowsTheOrderAgain) {
    take(portfolio(7, {working(7)}));
    take(portfolio(8));
    take(portfolio(9, {working(7)}));
    pass_backoff();
    EXPECT_TRUE(asked.empty());
    EXPECT_EQ(tracker->open_order_count(), 1U);
}

TEST_F(PortfolioTrackerTest, FilledQuantityWithoutExecutionsIsLookedUp) {
    take(portfolio(7, {working(7)}));
    take(portfolio(8, {order("A-1", 8, RestOrderStatus::Working, "4")}));
    tracker->on_tick();
    ASSERT_EQ(asked.size(), 1U);
    rest::RestOrder found = order("A-1", 8, RestOrderStatus::Working, "4");
    found.executions.push_back(execution("e2", RestOrderStatus::Working, "4", "4", "6"));
    answer({found});
    EXPECT_EQ(account.count(ExecType::Trade), 1U);
    pass_backoff();
    EXPECT_EQ(asked.size(), 1U);
}

TEST_F(PortfolioTrackerTest, FillThatTheHistoryNeverShowsIsToldAsMissing) {
    PortfolioTrackerSettings settings;
    settings.max_look_ups_of_order = 1;
    make(settings);
    const rest::RestOrder bare = order("A-1", 8, RestOrderStatus::Working, "4");
    take(portfolio(8, {bare}));
    tracker->on_tick();
    answer({bare});
    ASSERT_EQ(account.faults.size(), 1U);
    EXPECT_EQ(account.faults[0].reason, Reason::FillMissing);
    EXPECT_EQ(account.count(ExecType::Trade), 0U);
}

TEST_F(PortfolioTrackerTest, ExpectedOrderThatNoPortfolioShowsIsLookedUp) {
    take(portfolio(7));
    tracker->expect({"A-1", {}, {}});
    tracker->on_tick();
    EXPECT_TRUE(asked.empty());
    clock.advance(2s);
    tracker->on_tick();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].client_order_id, "A-1");
    answer({filled_with_executions(8)});
    EXPECT_EQ(account.count(ExecType::Trade), 2U);
    EXPECT_EQ(tracker->look_up_count(), 0U);
}

TEST_F(PortfolioTrackerTest, ExpectedOrderThatANewerPortfolioLacksIsLookedUpAtOnce) {
    take(portfolio(7));
    tracker->expect({"A-1", "id-A-1", {}});
    take(portfolio(8));
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 1U);
}

TEST_F(PortfolioTrackerTest, ExpectedOrderThatAPortfolioShowsIsNotLookedUp) {
    take(portfolio(7));
    tracker->expect({"A-1", {}, {}});
    take(portfolio(7, {working(7)}), Channel::Rest);
    pass_backoff();
    EXPECT_TRUE(asked.empty());
    take(portfolio(8), Channel::Rest);
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 1U) << "but it is missed once it has been shown";
}

TEST_F(PortfolioTrackerTest, SettledOrderIsNotLookedUp) {
    take(portfolio(7));
    tracker->expect({"A-1", {}, {}});
    tracker->settled({"A-1", {}, {}});
    take(portfolio(8));
    pass_backoff();
    EXPECT_TRUE(asked.empty());
}

TEST_F(PortfolioTrackerTest, WorkingOrderFromTheHistoryIsWatchedUntilAPortfolioShowsIt) {
    take(portfolio(7));
    tracker->on_orders(std::vector{working(8)}, Channel::Rest, clock.monotonic());
    EXPECT_EQ(account.reports.size(), 1U);
    clock.advance(2s);
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 1U);
}

TEST_F(PortfolioTrackerTest, PastOfOrdersThatWereNotSentFromHereIsNotedAndNotTold) {
    const core::UtcTime past = clock.utc() - 2min;
    rest::RestOrder old = order("X-1", 7, RestOrderStatus::Working, "4");
    old.executions.push_back(execution("e2", RestOrderStatus::Working, "4", "4", "6"));
    old.executions[0].transaction_time = past;
    take(portfolio(7, {old}));
    EXPECT_EQ(account.count(ExecType::Trade), 0U);
    EXPECT_EQ(account.count(ExecType::OrderStatus), 1U) << "the picture has what it filled";
    tracker->on_tick();
    EXPECT_TRUE(asked.empty()) << "its fill is known";

    rest::RestOrder ended = order("X-2", 5, RestOrderStatus::Completed, "10");
    ended.transaction_time = past;
    tracker->on_orders(std::vector{ended}, Channel::Rest, clock.monotonic());
    EXPECT_EQ(account.reports.size(), 1U);

    tracker->expect({"A-1", {}, {}});
    rest::RestOrder ours = filled_with_executions(8);
    ours.transaction_time = past;  // the venue's clock is wrong
    tracker->on_orders(std::vector{ours}, Channel::Rest, clock.monotonic());
    EXPECT_EQ(account.count(ExecType::Trade), 2U);
}

TEST_F(PortfolioTrackerTest, OlderPictureOfAnOrderDoesNotReplaceTheNewerOne) {
    take(portfolio(8, {order("A-1", 8, RestOrderStatus::Working, "4")}));
    account.reports.clear();
    tracker->on_orders(std::vector{working(7)}, Channel::Rest, clock.monotonic());
    EXPECT_TRUE(account.reports.empty());
}

TEST_F(PortfolioTrackerTest, FinalOrderIsNotReopenedByAPictureWithoutVersion) {
    tracker->on_orders(std::vector{filled_with_executions(8)}, Channel::Rest, clock.monotonic());
    account.reports.clear();
    rest::RestOrder late = working(0);
    late.version.reset();
    tracker->on_orders(std::vector{late}, Channel::Rest, clock.monotonic());
    EXPECT_TRUE(account.reports.empty());
    pass_backoff();
    EXPECT_TRUE(asked.empty());
}

TEST_F(PortfolioTrackerTest, RejectedOrderWithoutExecutionsIsToldAsAReject) {
    take(portfolio(7));
    tracker->expect({"A-1", {}, {}});
    tracker->on_orders(std::vector{order("A-1", 8, RestOrderStatus::Rejected, "0")}, Channel::Rest,
                       clock.monotonic());
    ASSERT_EQ(account.reports.size(), 1U);
    EXPECT_EQ(account.reports[0].exec_type, ExecType::Rejected);

    rest::RestOrder listed = order("A-2", 8, RestOrderStatus::Rejected, "0");
    listed.executions.push_back(execution("e1", RestOrderStatus::Rejected, "0", "0", "0"));
    tracker->on_orders(std::vector{listed}, Channel::Rest, clock.monotonic());
    EXPECT_EQ(account.count(ExecType::Rejected), 2U) << "the execution says it, the picture not";
}

TEST_F(PortfolioTrackerTest, PositionIsToldWhenItChangesAndAsZeroWhenItIsGone) {
    take(portfolio(7, {}, {position("p1", "EURUSD", "5"), position("p2", "EURUSD", "-3")}));
    ASSERT_EQ(account.positions.size(), 2U);
    EXPECT_EQ(account.positions[1].short_qty, "3");
    take(portfolio(8, {}, {position("p1", "EURUSD", "5"), position("p2", "EURUSD", "-2")}));
    ASSERT_EQ(account.positions.size(), 3U);
    EXPECT_EQ(account.positions[2].short_qty, "2");
    take(portfolio(9, {}, {position("p1", "EURUSD", "5")}));
    ASSERT_EQ(account.positions.size(), 4U);
    EXPECT_EQ(account.positions[3].position_code, "p2");
    EXPECT_EQ(account.positions[3].symbol, "EURUSD");
    EXPECT_EQ(account.positions[3].long_qty, "0");
    EXPECT_EQ(account.positions[3].short_qty, "0");
    EXPECT_TRUE(account.positions[3].is_unsolicited);
}

TEST_F(PortfolioTrackerTest, PositionWithoutAQuantityIsNeitherZeroNorGone) {
    take(portfolio(7, {}, {position("p1", "EURUSD", "5")}));
    rest::RestPosition unread = position("p1", "EURUSD", "5");
    unread.quantity.reset();
    take(portfolio(8, {}, {unread}));
    ASSERT_EQ(account.positions.size(), 2U);
    EXPECT_EQ(account.positions[1].long_qty, "absent");
}

TEST_F(PortfolioTrackerTest, MetricsAreToldWhenAFigureHasChangedAndAbsentOnesStayAbsent) {
    rest::AccountDetails details;
    details.base_currency = "USD";
    tracker->on_account_details(details);
    rest::AccountMetrics metrics;
    metrics.account = kAccount;
    metrics.version = 7;
    metrics.equity = dec("1000");
    const auto take_metrics = [&] {
        tracker->on_metrics(metrics, Channel::Push, clock.monotonic());
    };
    take_metrics();
    ASSERT_EQ(account.summaries.size(), 1U);
    EXPECT_EQ(account.summaries[0].equity, "1000");
    EXPECT_EQ(account.summaries[0].balance, "absent");
    EXPECT_EQ(account.summaries[0].currency, "USD");
    take_metrics();
    EXPECT_EQ(account.summaries.size(), 1U) << "nothing has changed";
    metrics.equity = dec("1001");
    take_metrics();
    EXPECT_EQ(account.summaries.size(), 2U) << "by the market, at the same version";
    metrics.version = 6;
    metrics.equity = dec("900");
    take_metrics();
    EXPECT_EQ(account.summaries.size(), 2U) << "older";
}

TEST_F(PortfolioTrackerTest, BalancesOfAPortfolioAreNotToldWhereThereAreMetrics) {
    rest::AccountMetrics metrics;
    metrics.account = kAccount;
    metrics.equity = dec("1000");
    tracker->on_metrics(metrics, Channel::Push, clock.monotonic());
    rest::Portfolio shown = portfolio(7);
    shown.balances.push_back({std::string{kAccount}, 7, dec("1000"), "USD"});
    take(shown);
    EXPECT_EQ(account.summaries.size(), 1U);
}

TEST_F(PortfolioTrackerTest, PushPortfolioBeforeTheSnapshotEndsNothing) {
    take(portfolio(7, {working(7)}, {position("p1", "EURUSD", "5")}));
    tracker->await_snapshot();
    take(portfolio(9));
    tracker->on_tick();
    EXPECT_TRUE(asked.empty());
    EXPECT_EQ(account.positions.size(), 1U);
    EXPECT_TRUE(tracker->is_awaiting_snapshot());
    EXPECT_EQ(take(portfolio(8), Channel::Rest), PortfolioNews::Applied);
    EXPECT_FALSE(tracker->is_awaiting_snapshot());
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 1U);
    EXPECT_EQ(account.positions.size(), 2U);
}

TEST_F(PortfolioTrackerTest, UnchangedPortfolioOverRestIsASnapshotToo) {
    tracker->await_snapshot();
    tracker->on_portfolio_unchanged();
    EXPECT_FALSE(tracker->is_awaiting_snapshot());
}

TEST_F(PortfolioTrackerTest, VersionThatWentBackForGoodCountsAndIsTold) {
    take(portfolio(1000));
    clock.advance(30s);
    for (std::uint64_t version = 1; version < 5; ++version) {
        EXPECT_EQ(take(portfolio(version)), PortfolioNews::Stale);
    }
    EXPECT_TRUE(account.faults.empty());
    EXPECT_EQ(take(portfolio(5, {working(5)})), PortfolioNews::Applied);
    EXPECT_EQ(account.faults.size(), 1U);
    EXPECT_EQ(account.reports.size(), 1U);
    EXPECT_EQ(take(portfolio(6)), PortfolioNews::Applied);
}

TEST_F(PortfolioTrackerTest, LatePortfoliosInARowAreNoNewBeginning) {
    take(portfolio(1000));
    for (std::uint64_t version = 1; version < 50; ++version) {
        EXPECT_EQ(take(portfolio(version)), PortfolioNews::Stale) << "too soon";
    }
    clock.advance(30s);
    for (std::uint64_t version = 48; version > 1; --version) {
        EXPECT_EQ(take(portfolio(version)), PortfolioNews::Stale) << "each older than the last";
    }
    EXPECT_TRUE(account.faults.empty());
}

TEST_F(PortfolioTrackerTest, LookUpsUnderWayAreBoundedAndTheRestFollow) {
    PortfolioTrackerSettings settings;
    settings.max_look_ups_at_once = 2;
    make(settings);
    std::vector<rest::RestOrder> orders;
    for (int i = 0; i < 5; ++i) {
        orders.push_back(order("A-" + std::to_string(i), 7, RestOrderStatus::Working, "0"));
    }
    take(portfolio(7, orders));
    take(portfolio(8));
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 2U);
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 2U);
    for (std::size_t i = 0; i < 5; ++i) {
        ASSERT_GT(asked.size(), i);
        const std::string id = asked[i].client_order_id;
        tracker->on_looked_up(asked[i], std::vector{order(id, 8, RestOrderStatus::Canceled, "0")},
                              clock.monotonic());
        tracker->on_tick();
    }
    EXPECT_EQ(asked.size(), 5U);
    EXPECT_EQ(tracker->look_up_count(), 0U);
}

TEST_F(PortfolioTrackerTest, OrdersBeyondTheBoundAreToldAndThatTheyAreNotFollowedOnce) {
    PortfolioTrackerSettings settings;
    settings.max_orders = 1;
    make(settings);
    const rest::RestOrder second = order("A-2", 7, RestOrderStatus::Working, "0");
    take(portfolio(7, {working(7), second}));
    take(portfolio(8, {working(7), second}));
    EXPECT_EQ(account.faults.size(), 1U);
    EXPECT_EQ(account.reports.back().cl_ord_id, "A-2");
}

TEST_F(PortfolioTrackerTest, EndedOrdersMakeRoomForNewOnes) {
    PortfolioTrackerSettings settings;
    settings.max_orders = 2;
    make(settings);
    for (int i = 0; i < 10; ++i) {
        const auto version = static_cast<std::uint64_t>(i + 1);
        const std::string id = "A-" + std::to_string(i);
        tracker->on_orders(std::vector{order(id, version, RestOrderStatus::Canceled, "0")},
                           Channel::Rest, clock.monotonic());
    }
    EXPECT_EQ(account.reports.size(), 10U);
    EXPECT_TRUE(account.faults.empty());
}

TEST_F(PortfolioTrackerTest, RequestIsNamedBeforeTheReportIsDelivered) {
    new_name = "A-1-replace";
    take(portfolio(7, {working(7)}));
    ASSERT_EQ(account.reports.size(), 1U);
    EXPECT_EQ(account.reports[0].cl_ord_id, "A-1-replace");
    EXPECT_EQ(account.reports[0].order_id, "id-A-1");
}

TEST_F(PortfolioTrackerTest, ListenerMayExpectFurtherOrdersWhileItIsTold) {
    account.on_report = [this](const core::ExecutionReport&) {
        tracker->expect({"B-" + std::to_string(account.reports.size()), {}, {}});
    };
    take(portfolio(7, {filled_with_executions(7), order("A-2", 7, RestOrderStatus::Working, "0")}));
    EXPECT_EQ(account.reports.size(), 5U);
    clock.advance(2s);
    tracker->on_tick();
    EXPECT_EQ(asked.size(), 5U);
}

TEST_F(PortfolioTrackerTest, OrderOfOthersIsAdoptedByTheLedgerWithItsFills) {
    core::OrderLedger ledger{{}};
    core::Decimal booked;
    account.on_report = [&](const core::ExecutionReport& report) {
        booked = *booked.plus(ledger.apply(report).fill_delta);
    };
    rest::RestOrder foreign = order("", 7, RestOrderStatus::Working, "4");
    foreign.executions.push_back(execution("e2", RestOrderStatus::Working, "4", "4", "6"));
    take(portfolio(7, {foreign}));
    EXPECT_EQ(ledger.live_count(), 1U);
    EXPECT_EQ(booked, dec("4"));
}

}  // namespace
}  // namespace broker::dxtrade::push
