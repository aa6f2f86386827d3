// An account whose process ended without a stop, and the one that comes after it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "account/account_coordinator.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_directory.hpp"
#include "unit/plugin/account_fakes.hpp"

namespace broker::account {
namespace {

using core::ExecType;
using core::OrdStatus;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class AccountRecovery : public testing::Test {
protected:
    AccountRecovery() { restart(); }

    // The process has died; the next one is there, with its account not started.
    void restart(const recovery::RecordedLedger::NeverSent& never_sent = {}) {
        coordinator_.reset();
        journal_.reset();
        events_.lines.clear();
        events_.texts.clear();
        sent_.clear();
        CoordinatorSettings settings;
        settings.orders.id = "ACC-1";
        settings.channels.queries.add(core::QueryKind::OrderStatus);
        coordinator_ = std::make_unique<AccountCoordinator>(
            settings, clock_, events_, log_, [this](dxtrade::TradingChannelListener& listener) {
                auto channel = std::make_unique<ScriptedChannel>(sent_);
                channel_ = channel.get();
                listener_ = &listener;
                return channel;
            });
        journal::JournalOptions options;
        options.directory = directory_.path() / "ACC-1";
        options.account = "ACC-1";
        options.segment_bytes = 512 * 1024;
        auto journal = journal::Journal::open(std::move(options));
        ASSERT_TRUE(journal.has_value()) << journal.error().detail;
        journal_ = std::move(*journal);
        auto log = std::make_unique<recovery::RecordLog>(*journal_, clock_);
        ASSERT_TRUE(coordinator_->recover(std::move(log), never_sent).has_value());
    }
    void log_on() {
        listener_->on_connecting(core::Channel::FixTrading, "venue:1");
        listener_->on_logged_on(core::Channel::FixTrading, "venue:1");
    }
    void make_ready() {
        coordinator_->start();
        log_on();
        events_.lines.clear();
        sent_.clear();
    }
    [[nodiscard]] core::NewOrder order(std::string_view name) {
        return limit_order(name, clock_.monotonic());
    }
    static core::ExecutionReport report(std::string_view name, ExecType type, OrdStatus status) {
        core::ExecutionReport result;
        result.cl_ord_id = name;
        result.order_id = "V-1";
        result.exec_id = type == ExecType::Trade ? "E-2" : "E-1";
        result.exec_type = type;
        result.ord_status = status;
        result.side = core::Side::Buy;
        result.symbol = "EURUSD";
        return result;
    }
    static core::ExecutionReport fill(std::string_view name) {
        core::ExecutionReport result = report(name, ExecType::Trade, OrdStatus::PartiallyFilled);
        result.last_qty = result.cum_qty = number("40");
        result.last_px = number("1.1");
        return result;
    }

    broker::test::TemporaryDirectory directory_;
    test::ManualClock clock_;
    RecordingEvents events_;
    RecordingLog log_;
    std::vector<std::string> sent_;
    ScriptedChannel* channel_ = nullptr;
    dxtrade::TradingChannelListener* listener_ = nullptr;
    std::unique_ptr<journal::Journal> journal_;
    std::unique_ptr<AccountCoordinator> coordinator_;
};

TEST_F(AccountRecovery, NewAccountHasNothingToTell) {
    coordinator_->start();
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(AccountRecovery, LiveOrderIsPicturedBeforeTheAccountConnects) {
    make_ready();
    coordinator_->execute(order("A"));
    listener_->on_execution_report(report("A", ExecType::New, OrdStatus::New));
    restart();
    coordinator_->start();
    EXPECT_THAT(events_.take(),
                ElementsAre("snapshot-begin 1", StartsWith("snapshot A type=17 certainty=3"),
                            "snapshot-end"));
    EXPECT_THAT(sent_, ElementsAre("start"));
    log_on();
    EXPECT_THAT(sent_, ElementsAre("start", "H A"));
}

TEST_F(AccountRecovery, UnansweredOrderIsToldAsUnknownAndIsNotSentAgain) {
    make_ready();
    coordinator_->execute(order("A"));
    restart();
    coordinator_->start();
    EXPECT_THAT(
        events_.take(),
        ElementsAre("snapshot-begin 1", "order A type=1000 certainty=5 OUTCOME_DISCONNECTED repeat",
                    StartsWith("snapshot A type=17 certainty=5"), "snapshot-end"));
    log_on();
    EXPECT_THAT(sent_, ElementsAre("start", "H A"));
    listener_->on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    EXPECT_EQ(coordinator_->status().unknown_count.load(), 0U);
    EXPECT_EQ(coordinator_->status().state.load(), AccountState::Ready);
}

TEST_F(AccountRecovery, RequestInDoubtIsTakenUpByTheChannelAtTheFirstLogon) {
    make_ready();
    coordinator_->execute(order("A"));
    coordinator_->execute(order("B"));
    listener_->on_execution_report(report("B", ExecType::New, OrdStatus::New));
    restart();
    coordinator_->start();
    EXPECT_THAT(channel_->resumed, IsEmpty());
    log_on();
    EXPECT_THAT(channel_->resumed, ElementsAre("A"));
    listener_->on_disconnected(core::Channel::FixTrading, Reason::ConnectionLost, "reset",
                               "venue:1", std::chrono::seconds{1});
    log_on();
    EXPECT_THAT(channel_->resumed, ElementsAre("A"));
}

TEST_F(AccountRecovery, WhatTheHostHasHeardIsNotToldAgain) {
    make_ready();
    coordinator_->execute(order("A"));
    listener_->on_execution_report(report("A", ExecType::New, OrdStatus::New));
    listener_->on_execution_report(fill("A"));
    restart();
    make_ready();
    listener_->on_execution_report(fill("A"));  // the venue repeats it
    EXPECT_THAT(events_.take(), Not(testing::Contains(HasSubstr("type=14"))));
}

TEST_F(AccountRecovery, UsedClOrdIDIsRefused) {
    make_ready();
    coordinator_->execute(order("A"));
    restart();
    make_ready();
    listener_->on_execution_report(report("A", ExecType::OrderStatus, OrdStatus::New));
    events_.take();
    sent_.clear();
    coordinator_->execute(order("A"));
    EXPECT_THAT(events_.take(), ElementsAre(HasSubstr("DUPLICATE_CL_ORD_ID")));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(AccountRecovery, StaleRequestIsToldToTheHost) {
    make_ready();
    coordinator_->execute(order("A"));
    restart();
    make_ready();
    listener_->on_stale_request("A", std::chrono::seconds{9});
    EXPECT_THAT(events_.take(), ElementsAre(HasSubstr("order A type=1000 certainty=5")));
    EXPECT_THAT(events_.texts.back(), HasSubstr("it was not sent again"));
    EXPECT_THAT(log_.lines.back(), HasSubstr("ClOrdID=A age_ms=9000 action=gap-filled"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(AccountRecovery, WhatAPersonDidStandsInTheJournal) {
    make_ready();
    OperatorCommand command;
    command.kind = OperatorCommand::Kind::Drain;
    command.request_id = 7;
    command.why = core::FixedString<160>::from("ann: maintenance").value();
    coordinator_->execute(command);
    std::vector<std::string> actions;
    ASSERT_TRUE(journal_
                    ->read(0,
                           [&](const journal::Record& record) {
                               if (record.header.kind == journal::RecordKind::OperatorAction) {
                                   actions.emplace_back(record.payload);
                               }
                               return true;
                           })
                    .has_value());
    EXPECT_THAT(actions, ElementsAre(R"(who="ann: maintenance" what="drain" text="request_id=7")"));
    restart();
    coordinator_->start();
    EXPECT_FALSE(coordinator_->operator_status().is_draining) << "holds end with the process";
}

}  // namespace
}  // namespace broker::account
