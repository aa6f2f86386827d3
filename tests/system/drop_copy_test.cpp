// Copies of the reports on a session of their own: whatever comes first, each fill counts once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::CopiedClOrdID;
using simulator::CopiedExecID;
using simulator::Fault;
using simulator::FixMessage;
using simulator::Listener;
using simulator::LoggedMessage;
using simulator::SimulatorOptions;

core::Decimal number(std::string_view text) { return core::Decimal::parse(text).value(); }

RecordingEvents::Match logged_on_drop_copy() {
    return [](const RecordedEvent& event) {
        return event.channel == BROKER_CHANNEL_FIX_DROP_COPY &&
               event.reason == BROKER_REASON_LOGON_ACCEPTED;
    };
}
RecordingEvents::Match drop_copy_down() {
    return [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_SESSION &&
               event.channel == BROKER_CHANNEL_FIX_DROP_COPY && event.next_attempt_ms >= 0;
    };
}
RecordingEvents::Match any_fill() {
    return [](const RecordedEvent& event) { return event.exec_type == BROKER_EXEC_TYPE_TRADE; };
}

class DropCopies : public testing::Test {
protected:
    void make(const TradingRig::AdjustVenue& adjust = {}) {
        rig_ = std::make_unique<TradingRig>(std::vector<std::string>{"ACC-1"}, adjust);
    }
    // ClOrdID (11) of a copy is the venue's own, ExecIDs too.
    void make_with_ids_of_their_own() {
        make([](SimulatorOptions& options) {
            options.drop_copy.cl_ord_id = CopiedClOrdID::Venue;
            options.drop_copy.exec_ids = CopiedExecID::Own;
        });
        rig_->change_profile("drop_copy: {offered: true, cl_ord_id: Client}",
                             "drop_copy: {offered: true, cl_ord_id: Venue}");
    }
    void start() {
        if (!rig_) make();
        rig_->add_drop_copy();
        rig_->start();
        ASSERT_TRUE(rig_->wait_ready("ACC-1")) << rig_->log();
        ASSERT_TRUE(wait_for(logged_on_drop_copy())) << rig_->log();
    }
    [[nodiscard]] bool wait_for(const RecordingEvents::Match& match, std::size_t count = 1) {
        return rig_->events().wait_for_count(match, count);
    }

    // ---- the venue by hand
    void start_by_hand() {
        start();
        rig_->venue().set_manual(true);
    }
    // Sends the order and waits until the venue has it.
    void submit_by_hand(const std::string& id) {
        ASSERT_TRUE(rig_->submit({.id = id, .price = "1.1"}).is_ok());
        const auto has_come = [&](const auto& messages) {
            return std::any_of(messages.begin(), messages.end(), [&](const LoggedMessage& logged) {
                return logged.message.msg_type == "D" && logged.message.value(11) == id;
            });
        };
        ASSERT_TRUE(rig_->venue().messages().wait_until(has_come, RecordingEvents::kPatience));
    }
    // A fill of 400 of the order's 1000, or the rest, as the trading session has it.
    static FixMessage fill(const std::string& id, const std::string& exec_id, bool is_last) {
        FixMessage report{"8", {}};
        report.fields = {{37, "O-" + id},
                         {11, id},
                         {17, exec_id},
                         {150, "F"},
                         {39, is_last ? "2" : "1"},
                         {55, "EURUSD"},
                         {54, "1"},
                         {38, "1000"},
                         {40, "2"},
                         {44, "1.1"},
                         {32, is_last ? "600" : "400"},
                         {31, "1.1"},
                         {14, is_last ? "1000" : "400"},
                         {151, is_last ? "0" : "600"},
                         {6, "1.1"}};
        return report;
    }
    // The copy of a report under its own ids.
    static FixMessage copy_of(FixMessage report, bool has_own_ids = false) {
        report.add(797, "Y");
        report.add(9945, "P-1");
        if (!has_own_ids) return report;
        for (auto& field : report.fields) {
            if (field.tag == 11) field.value = report.value(37);
            if (field.tag == 17) field.value = "DC-" + field.value;
        }
        return report;
    }
    void on_trading(const FixMessage& report) { ASSERT_TRUE(rig_->venue().send("ACC1", report)); }
    void on_drop_copy(const FixMessage& report) {
        ASSERT_TRUE(rig_->venue().send_drop_copy("ACC1-DC", report));
    }
    // Everything that was sent before on that session has been dealt with.
    void pass_drop_copy() {
        on_drop_copy({"U1", {}});
        ASSERT_TRUE(wait_for(unknown_on(BROKER_CHANNEL_FIX_DROP_COPY), ++passed_drop_copy_))
            << rig_->log();
    }
    void pass_trading() {
        on_trading({"U1", {}});
        ASSERT_TRUE(wait_for(unknown_on(BROKER_CHANNEL_FIX_TRADING), ++passed_trading_))
            << rig_->log();
    }
    static RecordingEvents::Match unknown_on(broker_channel_t channel) {
        return [channel](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_VENUE_FAULT && event.channel == channel &&
                   event.reason == BROKER_REASON_MSG_TYPE_UNKNOWN;
        };
    }

    // What the fills add up to.
    std::string position() {
        const std::uint64_t id = ++last_request_id_;
        EXPECT_TRUE(
            rig_->adapter().positions()->request_from_fills(sdk::query("ACC-1", id)).is_ok());
        EXPECT_TRUE(wait_for(request_done(id)));
        const auto found = rig_->events().find([id](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_POSITION && event.request_id == id;
        });
        return found.empty() ? "none" : found.front().net_qty_from_fills;
    }
    void trade(const std::string& id) {
        ASSERT_TRUE(rig_->submit({.id = id}).is_ok());
        ASSERT_TRUE(wait_for(order_status(id, BROKER_ORD_STATUS_FILLED))) << rig_->log();
    }

    std::unique_ptr<TradingRig> rig_;
    std::uint64_t last_request_id_ = 100;
    std::size_t passed_drop_copy_ = 0;
    std::size_t passed_trading_ = 0;
};

// ---- which session is first

TEST_F(DropCopies, FillThatComesFirstOnTradingCountsOnce) {
    start();
    ASSERT_TRUE(rig_->venue().pause_drop_copy("ACC1-DC"));
    trade("A");
    ASSERT_TRUE(rig_->venue().resume_drop_copy("ACC1-DC"));
    pass_drop_copy();
    EXPECT_EQ(rig_->events().count(fill_of("A")), 1U);
    EXPECT_EQ(rig_->events().find(fill_of("A"))[0].channel, BROKER_CHANNEL_FIX_TRADING);
    EXPECT_EQ(position(), "1000");
}

TEST_F(DropCopies, FillThatComesFirstOnTheDropCopyCountsOnce) {
    start_by_hand();
    submit_by_hand("A");
    on_drop_copy(copy_of(fill("A", "E-1", false)));
    ASSERT_TRUE(wait_for(fill_of("A"))) << rig_->log();
    const RecordedEvent told = rig_->events().find(fill_of("A"))[0];
    EXPECT_EQ(told.channel, BROKER_CHANNEL_FIX_DROP_COPY);
    EXPECT_EQ(told.certainty, BROKER_CERTAINTY_ACKNOWLEDGED);
    EXPECT_FALSE(told.is_unsolicited);
    on_trading(fill("A", "E-1", false));
    pass_trading();
    EXPECT_EQ(rig_->events().count(fill_of("A")), 1U);
    EXPECT_EQ(position(), "400");
}

TEST_F(DropCopies, FillsThatComeInTurnsCountOnceEach) {
    start_by_hand();
    submit_by_hand("A");
    on_trading(fill("A", "E-1", false));
    pass_trading();
    on_drop_copy(copy_of(fill("A", "E-1", false)));
    on_drop_copy(copy_of(fill("A", "E-2", true)));
    pass_drop_copy();
    on_trading(fill("A", "E-2", true));
    pass_trading();
    EXPECT_EQ(rig_->events().count(fill_of("A")), 2U);
    EXPECT_EQ(rig_->events().count(order_status("A", BROKER_ORD_STATUS_FILLED)), 1U);
    EXPECT_EQ(position(), "1000");
}

TEST_F(DropCopies, FillThatTradingLosesIsToldByTheDropCopy) {
    start();
    rig_->venue().add_rule({.action = simulator::Action::LoseReports, .cl_ord_id_prefix = "LOST"});
    ASSERT_TRUE(rig_->submit({.id = "LOST"}).is_ok());
    EXPECT_TRUE(wait_for(order_status("LOST", BROKER_ORD_STATUS_FILLED))) << rig_->log();
    EXPECT_EQ(position(), "1000");
}

TEST_F(DropCopies, StatusBeforeEachTradeTellsNothingTwice) {
    make([](SimulatorOptions& options) { options.drop_copy.sends_status_before_trades = true; });
    start();
    trade("A");
    pass_drop_copy();
    EXPECT_EQ(rig_->events().count(fill_of("A")), 1U);
    EXPECT_EQ(rig_->events().count(venue_fault(BROKER_REASON_FILL_MISSING)), 0U);
    EXPECT_EQ(position(), "1000");
}

// ---- other ids on each channel

TEST_F(DropCopies, CopyUnderTheVenuesIdsIsTheSameFill) {
    make_with_ids_of_their_own();
    start();
    trade("A");
    pass_drop_copy();
    trade("B");
    pass_drop_copy();
    EXPECT_EQ(rig_->events().count(any_fill()), 2U) << rig_->log();
    EXPECT_EQ(position(), "2000");
}

TEST_F(DropCopies, CopyUnderTheVenuesIdsThatComesFirstIsTakenForTheSameOrderLater) {
    make_with_ids_of_their_own();
    start_by_hand();
    submit_by_hand("A");
    on_drop_copy(copy_of(fill("A", "E-1", false), true));
    ASSERT_TRUE(wait_for(any_fill())) << rig_->log();
    EXPECT_TRUE(rig_->events().find(any_fill())[0].is_unsolicited);
    on_trading(fill("A", "E-1", false));
    ASSERT_TRUE(wait_for(order_certainty("A", BROKER_CERTAINTY_ACKNOWLEDGED))) << rig_->log();
    on_drop_copy(copy_of(fill("A", "E-2", true), true));
    ASSERT_TRUE(wait_for(order_status("A", BROKER_ORD_STATUS_FILLED))) << rig_->log();
    on_trading(fill("A", "E-2", true));
    pass_trading();
    EXPECT_EQ(position(), "1000");
    EXPECT_EQ(rig_->events().count(venue_fault(BROKER_REASON_ORDER_NOT_OURS)), 0U);
}

// ---- orders of other sessions

TEST_F(DropCopies, OrderOfAnotherSessionIsToldAndItsFillsCountOnce) {
    start_by_hand();
    on_drop_copy(copy_of(fill("OTHER", "E-1", false)));
    on_drop_copy(copy_of(fill("OTHER", "E-1", false)));
    on_drop_copy(copy_of(fill("OTHER", "E-2", true)));
    on_drop_copy(copy_of(fill("OTHER", "E-2", true)));
    pass_drop_copy();
    EXPECT_EQ(rig_->events().count(fill_of("OTHER")), 2U);
    for (const RecordedEvent& event : rig_->events().find(fill_of("OTHER"))) {
        EXPECT_TRUE(event.is_unsolicited);
        EXPECT_EQ(event.channel, BROKER_CHANNEL_FIX_DROP_COPY);
    }
    EXPECT_EQ(rig_->events().count(venue_fault(BROKER_REASON_ORDER_NOT_OURS)), 0U);
    EXPECT_EQ(position(), "1000");
}

TEST_F(DropCopies, CopyAboutAnotherAccountIsNotOurs) {
    start_by_hand();
    FixMessage foreign = copy_of(fill("OTHER", "E-1", false));
    foreign.add(1, "default:ACC-9");
    on_drop_copy(foreign);
    pass_drop_copy();
    EXPECT_EQ(rig_->events().count(any_fill()), 0U);
    EXPECT_EQ(position(), "none");
}

// ---- the session's life

TEST_F(DropCopies, CopiesThatAreReplayedAfterAReconnectCountOnce) {
    start();
    trade("A");
    rig_->venue().set_fault(Listener::FixDropCopy, Fault::RefuseConnections, true);
    rig_->venue().drop_connections(Listener::FixDropCopy);
    ASSERT_TRUE(wait_for(drop_copy_down())) << rig_->log();
    trade("B");
    rig_->venue().set_fault(Listener::FixDropCopy, Fault::RefuseConnections, false);
    ASSERT_TRUE(wait_for(logged_on_drop_copy(), 2)) << rig_->log();
    pass_drop_copy();
    EXPECT_EQ(rig_->events().count(any_fill()), 2U);
    EXPECT_EQ(position(), "2000");
    const auto messages = rig_->venue().messages().all();
    EXPECT_TRUE(std::any_of(messages.begin(), messages.end(), [](const LoggedMessage& logged) {
        return logged.sender_comp_id == "ACC1-DC" && logged.is_poss_dup() &&
               logged.message.value(11) == "B";
    }));
}

TEST_F(DropCopies, SessionThatIsDownLeavesTradingUntouchedAndItsEventsNameIt) {
    start();
    rig_->venue().set_fault(Listener::FixDropCopy, Fault::RefuseConnections, true);
    rig_->venue().drop_connections(Listener::FixDropCopy);
    ASSERT_TRUE(wait_for(drop_copy_down())) << rig_->log();
    trade("A");
    const auto left_ready = [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_SESSION &&
               event.previous_state == BROKER_ACCOUNT_STATE_READY &&
               event.state != BROKER_ACCOUNT_STATE_READY;
    };
    EXPECT_EQ(rig_->events().count(left_ready), 0U);
    broker_account_status_t status{};
    ASSERT_TRUE(rig_->adapter().accounts()->get_status("ACC-1", status).is_ok());
    EXPECT_EQ(status.state, BROKER_ACCOUNT_STATE_READY);
    EXPECT_NE(status.drop_copy_state, BROKER_ACCOUNT_STATE_READY);
    EXPECT_TRUE(rig_->wait_for_log("Ready->Offline channel=fix.drop_copy"));
}

TEST_F(DropCopies, TradingThatIsDownLeavesTheDropCopyUntouched) {
    start();
    ASSERT_TRUE(rig_->submit({.id = "R", .price = "0.5"}).is_ok());
    ASSERT_TRUE(wait_for(order_status("R", BROKER_ORD_STATUS_NEW)));
    rig_->venue().set_fault(Listener::FixTrading, Fault::RefuseConnections, true);
    rig_->venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(wait_for(state_is("ACC-1", BROKER_ACCOUNT_STATE_OFFLINE)));
    ASSERT_TRUE(rig_->venue().fill("ACC1", "R", number("400"), number("0.5")));
    ASSERT_TRUE(wait_for(fill_of("R"))) << rig_->log();
    EXPECT_EQ(rig_->events().find(fill_of("R"))[0].channel, BROKER_CHANNEL_FIX_DROP_COPY);
    rig_->events().clear();
    rig_->venue().set_fault(Listener::FixTrading, Fault::RefuseConnections, false);
    ASSERT_TRUE(rig_->wait_ready("ACC-1")) << rig_->log();  // behind the replay of the report
    EXPECT_EQ(rig_->events().count(fill_of("R")), 0U);
    EXPECT_EQ(position(), "400");
}

}  // namespace
}  // namespace broker::test
