// The risk desk in its coordinator: what it asks, tells, refuses and sends.
#include "account/risk_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "account/account_coordinator.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_directory.hpp"
#include "unit/plugin/account_fakes.hpp"

namespace broker::account {
namespace {

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

constexpr const char* kAskPositions = "ask 3";
constexpr const char* kAskSummary = "ask 4";
constexpr const char* kAskInstruments = "ask 6";

class RiskDeskTest : public testing::Test {
protected:
    RiskDeskTest() { settings_.risk.memory = directory_.path() / "risk-state"; }

    void guard(bool flattens = false) {
        settings_.risk.rules.guard = core::LossGuardRules{.daily_loss = number("500")};
        settings_.risk.flattens = flattens;
        make_ready();
    }
    void make_ready() {
        for (const QueryKind kind : {QueryKind::OrderStatus, QueryKind::Positions,
                                     QueryKind::AccountSummary, QueryKind::Instruments}) {
            settings_.channels.queries.add(kind);
        }
        settings_.orders.id = "ACC-1";
        settings_.risk.queries = settings_.channels.queries;
        settings_.risk.next_cl_ord_id = [this] { return id("OWN-" + std::to_string(++own_)); };
        coordinator_ = std::make_unique<AccountCoordinator>(
            settings_, clock_, events_, log_, [this](dxtrade::TradingChannelListener& listener) {
                auto channel = std::make_unique<ScriptedChannel>(sent_);
                channel_ = channel.get();
                venue_ = &listener;
                return channel;
            });
        log_on();
        positions({});
        clear();
    }
    void log_on() {
        coordinator_->start();
        venue_->on_connecting(core::Channel::FixTrading, "venue:1");
        venue_->on_logged_on(core::Channel::FixTrading, "venue:1");
    }
    void clear() {
        events_.lines.clear();
        events_.texts.clear();
        sent_.clear();
    }
    void tick(core::Duration by = 50ms) {
        clock_.advance(by);
        coordinator_->on_tick();
    }
    void equity(std::string_view value) {
        core::AccountSummary summary;
        summary.equity = number(value);
        summary.currency = "USD";
        venue_->on_account_summary(summary);
        done(QueryKind::AccountSummary);
    }
    void done(QueryKind kind, Reason reason = Reason::None) {
        venue_->on_query_done({kind, 0, 1, reason, {}});
    }
    struct Held {
        std::string symbol;
        std::string net;
        std::string code{};
    };
    void positions(const std::vector<Held>& held) {
        for (const Held& position : held) {
            core::PositionReport report;
            report.symbol = position.symbol;
            report.position_code = position.code;
            const core::Decimal net = number(position.net);
            if (net.sign() >= 0) report.long_qty = net;
            if (net.sign() < 0) report.short_qty = core::Decimal{}.minus(net);
            venue_->on_position(report);
        }
        done(QueryKind::Positions);
    }
    core::NewOrder order(std::string_view name) { return limit_order(name, clock_.monotonic()); }
    void report(std::string_view name, ExecType type, OrdStatus status,
                std::string_view filled = {}) {
        core::ExecutionReport report;
        report.cl_ord_id = name;
        report.order_id = texts_.emplace_back("V-" + std::string{name});
        report.exec_id = texts_.emplace_back("E-" + std::to_string(texts_.size()));
        report.exec_type = type;
        report.ord_status = status;
        report.symbol = "EURUSD";
        report.received = clock_.monotonic();
        if (!filled.empty()) {
            report.last_qty = report.cum_qty = number(filled);
            report.last_px = number("1.1");
            report.leaves_qty = core::Decimal{};
        }
        venue_->on_execution_report(report);
    }
    // Comes to the step in which positions are asked for.
    void flatten_until_asked() {
        tick();
        tick();
        tick();
        ASSERT_THAT(sent_, Contains(kAskPositions));
        sent_.clear();
    }
    static std::string refused(std::string_view name, Reason reason) {
        return "order " + std::string{name} + " type=7 certainty=4 " +
               std::string{core::reason_name(reason)};
    }

    test::TemporaryDirectory directory_;
    test::ManualClock clock_;
    CoordinatorSettings settings_;
    RecordingEvents events_;
    RecordingLog log_;
    std::vector<std::string> sent_;
    std::deque<std::string> texts_;
    int own_ = 0;
    ScriptedChannel* channel_ = nullptr;
    dxtrade::TradingChannelListener* venue_ = nullptr;
    std::unique_ptr<AccountCoordinator> coordinator_;
};

// ---- data

TEST_F(RiskDeskTest, AsksNothingWhenNoCheckNeedsIt) {
    make_ready();
    for (int i = 0; i < 10; ++i) tick(10s);
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(RiskDeskTest, AsksForTheEquityAgainWhenTheLastIsOlderThanThePoll) {
    guard();
    tick();
    EXPECT_THAT(sent_, ElementsAre(kAskSummary));
    tick(2s);
    EXPECT_THAT(sent_, ElementsAre(kAskSummary));  // the first is not answered
    equity("10000");
    tick(999ms);
    EXPECT_THAT(sent_, ElementsAre(kAskSummary));
    tick(1ms);
    EXPECT_THAT(sent_, ElementsAre(kAskSummary, kAskSummary));
}

TEST_F(RiskDeskTest, AsksAnewAfterAConnectionWasLostWithTheAnswer) {
    guard();
    tick();
    venue_->on_disconnected(core::Channel::FixTrading, Reason::ConnectionLost, "reset", "venue:1",
                            1s);
    sent_.clear();
    tick(2s);
    EXPECT_THAT(sent_, IsEmpty());
    log_on();
    sent_.clear();
    tick();
    EXPECT_THAT(sent_, ElementsAre(kAskSummary));
}

TEST_F(RiskDeskTest, AsksAgainAfterAMinuteWhenNobodyTellsTheEndOfAQuestion) {
    guard();
    tick();
    tick(59s);
    EXPECT_THAT(sent_, ElementsAre(kAskSummary));
    tick(1s);
    EXPECT_THAT(sent_, ElementsAre(kAskSummary, kAskSummary));
}

TEST_F(RiskDeskTest, AsksForInstrumentsThatTheHostDoesNotHearOf) {
    settings_.risk.rules.margin = core::MarginRules{};
    make_ready();
    tick();
    EXPECT_THAT(sent_, Contains(kAskInstruments));
    core::Instrument instrument;
    instrument.symbol = "EURUSD";
    events_.lines.clear();
    venue_->on_instrument(instrument);
    EXPECT_THAT(events_.lines, IsEmpty());
    instrument.request_id = 7;
    venue_->on_instrument(instrument);
    EXPECT_THAT(events_.lines, ElementsAre("instrument EURUSD"));
}

TEST_F(RiskDeskTest, AsksForAllInstrumentsAgainUntilTheyHaveCome) {
    settings_.risk.rules.margin = core::MarginRules{};
    make_ready();
    tick();
    sent_.clear();
    core::Instrument instrument;  // of a question of the host about one
    instrument.symbol = "EURUSD";
    instrument.request_id = 7;
    venue_->on_instrument(instrument);
    done(QueryKind::Instruments, Reason::OutcomeTimeout);
    tick(29s);
    EXPECT_THAT(sent_, Not(Contains(kAskInstruments)));
    tick(1s);
    EXPECT_THAT(sent_, Contains(kAskInstruments));
    done(QueryKind::Instruments);
    sent_.clear();
    tick(59min);
    EXPECT_THAT(sent_, Not(Contains(kAskInstruments)));
    tick(1min);
    EXPECT_THAT(sent_, Contains(kAskInstruments));
}

TEST_F(RiskDeskTest, GoesOnAskingWhileWhatComesByItselfLacksTheMargin) {
    settings_.risk.rules.margin = core::MarginRules{};
    guard();
    tick();
    equity("10000");  // without free margin
    sent_.clear();
    tick(1s);
    EXPECT_THAT(sent_, Contains(kAskSummary));
}

// ---- the guard

TEST_F(RiskDeskTest, RefusesOrdersUntilTheEquityIsKnown) {
    guard();
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.lines, ElementsAre(refused("A", Reason::EquityUnknown)));
    equity("10000");
    sent_.clear();
    coordinator_->execute(order("B"));
    EXPECT_THAT(sent_, ElementsAre("D B"));
}

TEST_F(RiskDeskTest, TellsATrippedGuardOnceAndLeavesTheStateOfTheAccount) {
    guard();
    equity("10000");
    clear();
    equity("9500");
    equity("9400");
    EXPECT_THAT(events_.lines,
                ElementsAre("summary 0", "Ready>Ready DAILY_LOSS_REACHED", "summary 0"));
    coordinator_->execute(order("A"));
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_EQ(events_.lines.back(), refused("A", Reason::DailyLossReached));
}

TEST_F(RiskDeskTest, LetsCancelsAndClosingOrdersPassATrippedGuard) {
    guard();
    equity("10000");
    coordinator_->execute(order("A"));
    report("A", ExecType::New, OrdStatus::New);
    equity("9500");
    sent_.clear();
    core::CancelOrder cancel{id("C"), id("A"), {}};
    cancel.stages.signal = clock_.monotonic();
    coordinator_->execute(cancel);
    core::NewOrder close = order("B");
    close.side = core::Side::Sell;
    close.position_effect = core::PositionEffect::Close;
    coordinator_->execute(close);
    EXPECT_THAT(sent_, ElementsAre("F C of A", "D B"));
}

TEST_F(RiskDeskTest, ReleasesTheGuardAtThePersonsWord) {
    guard();
    equity("10000");
    equity("9500");
    coordinator_->execute(RiskCommand{RiskCommand::Kind::ResetGuard});
    EXPECT_EQ(coordinator_->risk_status().guard_reason, Reason::None);
    equity("9500");
    sent_.clear();
    coordinator_->execute(order("A"));
    EXPECT_THAT(sent_, ElementsAre("D A"));
}

TEST_F(RiskDeskTest, SaysThatTheNextDayHasReleasedTheGuard) {
    guard();
    equity("10000");
    equity("9500");
    clear();
    tick(12h);  // from noon to midnight
    EXPECT_THAT(events_.texts, IsEmpty());
    EXPECT_THAT(events_.lines, ElementsAre("Ready>Ready NONE"));
    EXPECT_EQ(coordinator_->risk_status().guard_reason, Reason::None);
}

TEST_F(RiskDeskTest, ShowsItsFiguresToOtherThreads) {
    guard();
    equity("10000");
    equity("9700");
    clock_.advance(3s);
    const RiskStatus status = coordinator_->risk_status();
    EXPECT_TRUE(status.has_guard);
    EXPECT_EQ(status.equity, number("9700"));
    EXPECT_EQ(status.day_start_equity, number("10000"));
    EXPECT_EQ(status.high_water_mark, number("10000"));
    EXPECT_EQ(status.daily_loss, number("300"));
    EXPECT_EQ(status.drawdown, number("300"));
    EXPECT_EQ(status.data_age, core::Duration{3s});
    EXPECT_EQ(status.open_positions, 0U);
}

TEST_F(RiskDeskTest, RemembersATrippedGuardAndTheKillSwitchOverARestart) {
    guard();
    equity("10000");
    equity("9500");
    coordinator_->execute(RiskCommand{RiskCommand::Kind::KillSwitchOn});
    settings_.risk.remembered = load_risk_memory(settings_.risk.memory).value();
    EXPECT_EQ(settings_.risk.remembered.guard.tripped, Reason::DailyLossReached);
    make_ready();
    tick();
    EXPECT_THAT(events_.lines,
                ElementsAre("Ready>Ready KILL_SWITCH_ON", "Ready>Ready DAILY_LOSS_REACHED"));
    coordinator_->execute(order("A"));
    EXPECT_EQ(events_.lines.back(), refused("A", Reason::KillSwitchOn));
}

// ---- the kill switch

TEST_F(RiskDeskTest, KillSwitchStopsNewOrdersUntilItIsOff) {
    make_ready();
    coordinator_->execute(RiskCommand{RiskCommand::Kind::KillSwitchOn});
    coordinator_->execute(RiskCommand{RiskCommand::Kind::KillSwitchOn});  // told once
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.lines,
                ElementsAre("Ready>Ready KILL_SWITCH_ON", refused("A", Reason::KillSwitchOn)));
    coordinator_->execute(RiskCommand{RiskCommand::Kind::KillSwitchOff});
    coordinator_->execute(order("B"));
    EXPECT_THAT(sent_, ElementsAre("D B"));
}

// ---- flattening

TEST_F(RiskDeskTest, CancelsEveryOrderBeforeItClosesAnything) {
    make_ready();
    coordinator_->execute(order("A"));
    report("A", ExecType::New, OrdStatus::New);
    sent_.clear();
    coordinator_->execute(RiskCommand{RiskCommand::Kind::Flatten});
    tick();
    EXPECT_THAT(sent_, ElementsAre("F OWN-1 of A"));
    tick();
    tick();
    EXPECT_THAT(sent_, Not(Contains(kAskPositions)));
    report("A", ExecType::Canceled, OrdStatus::Canceled);
    tick();
    tick();
    EXPECT_THAT(sent_, Contains(kAskPositions));
}

TEST_F(RiskDeskTest, ClosesEachPositionByOneMarketOrderAndEndsWhenNoneIsLeft) {
    make_ready();
    coordinator_->execute(RiskCommand{RiskCommand::Kind::KillSwitchOn, true});
    flatten_until_asked();
    positions({{"EURUSD", "100", "P1"}, {"EURUSD", "-40", "P2"}});
    EXPECT_EQ(sent_.size(), 2U);
    EXPECT_THAT(sent_, Contains("D OWN-1"));
    EXPECT_THAT(sent_, Contains("D OWN-2"));
    sent_.clear();
    for (int i = 0; i < 200; ++i) tick();
    EXPECT_THAT(sent_, ElementsAre("H OWN-1", "H OWN-2"));  // asked about, not sent again
    sent_.clear();
    report("OWN-1", ExecType::Trade, OrdStatus::Filled, "100");
    tick(2s);
    EXPECT_THAT(sent_, IsEmpty());
    report("OWN-2", ExecType::Trade, OrdStatus::Filled, "40");
    tick();
    tick(2s);
    EXPECT_THAT(sent_, ElementsAre(kAskPositions));
    positions({});
    tick();
    EXPECT_FALSE(coordinator_->risk_status().is_flattening);
    EXPECT_THAT(log_.lines, Contains(HasSubstr("no position is open")));
}

TEST_F(RiskDeskTest, ClosesAgainWhatTheVenueStillShowsAndGivesUpAfterThreeRounds) {
    make_ready();
    coordinator_->execute(RiskCommand{RiskCommand::Kind::Flatten});
    flatten_until_asked();
    for (int round = 0; round < 3; ++round) {
        positions({{"EURUSD", "100", "P1"}});
        ASSERT_THAT(sent_, Contains("D OWN-" + std::to_string(own_))) << round;
        report("OWN-" + std::to_string(own_), ExecType::Rejected, OrdStatus::Rejected);
        sent_.clear();
        tick();
        tick(2s);
        ASSERT_THAT(sent_, Contains(kAskPositions)) << round;
        sent_.clear();
    }
    positions({{"EURUSD", "100", "P1"}});
    tick();
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_FALSE(coordinator_->risk_status().is_flattening);
    EXPECT_THAT(log_.lines, Contains(HasSubstr("close them by hand")));
}

TEST_F(RiskDeskTest, SendsNoCloseASecondTimeWhenTheConnectionIsLostBehindIt) {
    make_ready();
    coordinator_->execute(RiskCommand{RiskCommand::Kind::Flatten});
    flatten_until_asked();
    positions({{"EURUSD", "100", "P1"}});
    ASSERT_THAT(sent_, Contains("D OWN-1"));
    venue_->on_disconnected(core::Channel::FixTrading, Reason::ConnectionLost, "reset", "venue:1",
                            1s);
    log_on();
    sent_.clear();
    clock_.advance(10s);  // the status question is not answered
    for (int i = 0; i < 100; ++i) tick();
    EXPECT_THAT(sent_, Not(Contains(HasSubstr("D OWN"))));
    EXPECT_TRUE(coordinator_->risk_status().is_flattening);
}

TEST_F(RiskDeskTest, FlattensWhenTheGuardTripsIfItIsToldTo) {
    guard(true);
    equity("10000");
    equity("9500");
    EXPECT_TRUE(coordinator_->risk_status().is_flattening);
    flatten_until_asked();
    positions({{"EURUSD", "100"}});
    EXPECT_THAT(sent_, ElementsAre("D OWN-1"));
}

TEST_F(RiskDeskTest, DoesNotFlattenWhenTheGuardTripsUnlessItIsToldTo) {
    guard(false);
    equity("10000");
    equity("9500");
    EXPECT_FALSE(coordinator_->risk_status().is_flattening);
}

TEST_F(RiskDeskTest, StopsFlatteningWhenTheKillSwitchGoesOff) {
    make_ready();
    coordinator_->execute(RiskCommand{RiskCommand::Kind::KillSwitchOn, true});
    coordinator_->execute(RiskCommand{RiskCommand::Kind::KillSwitchOff});
    EXPECT_FALSE(coordinator_->risk_status().is_flattening);
    for (int i = 0; i < 10; ++i) tick();
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(RiskDeskTest, WaitsWithFlatteningUntilTheAccountIsReady) {
    make_ready();
    venue_->on_disconnected(core::Channel::FixTrading, Reason::ConnectionLost, "reset", "venue:1",
                            1s);
    sent_.clear();
    coordinator_->execute(RiskCommand{RiskCommand::Kind::Flatten});
    for (int i = 0; i < 10; ++i) tick();
    EXPECT_THAT(sent_, IsEmpty());
    log_on();
    positions({});
    sent_.clear();
    flatten_until_asked();
}

}  // namespace
}  // namespace broker::account
