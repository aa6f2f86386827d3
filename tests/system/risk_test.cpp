// The checks before an order, the loss guard, the kill switch and flattening, through the built
// plugin and against the simulator over FIX.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/sdk/text.hpp"
#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Listener;

core::Decimal number(std::string_view text) { return core::Decimal::parse(text).value(); }

class RiskChecks : public testing::Test {
protected:
    void start(const std::string& limits) {
        rig_.account().limits = "{orders_per_s: 10000, order_ttl_ms: 5000, " + limits + "}";
        rig_.start();
        ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    }
    void add_market_data() {
        const std::string port = std::to_string(rig_.venue().port(Listener::FixMarketData));
        rig_.account().session_extra =
            "      market_data:\n        hosts: [\"127.0.0.1:" + port +
            "\"]\n        sender_comp_id: ACC1-MD\n        target_comp_id: DXTRADE-MD\n"
            "        username: user-ACC-1\n        password: file:" +
            (rig_.account().venue / rig_.account().password).string() +
            "\n        logout_timeout_ms: 1000\n";
    }
    [[nodiscard]] bool wait_for(const RecordingEvents::Match& match) {
        return rig_.events().wait_for(match);
    }
    // The first word about an order: refused with this reason, or NONE.
    [[nodiscard]] broker_reason_t outcome(const TradingRig::Order& order) {
        EXPECT_TRUE(rig_.submit(order).is_ok()) << order.id;
        const auto is_about = [&order](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_EXECUTION_REPORT && event.cl_ord_id == order.id;
        };
        EXPECT_TRUE(wait_for(is_about)) << order.id << "\n" << rig_.log();
        const auto found = rig_.events().find(is_about);
        return found.empty() ? BROKER_REASON_INTERNAL_ERROR : found.front().reason;
    }
    // The outcome once the check has its data: until then `unknown` is one.
    [[nodiscard]] broker_reason_t outcome_after(broker_reason_t unknown, TradingRig::Order order) {
        const std::string name = order.id;
        const auto deadline = std::chrono::steady_clock::now() + RecordingEvents::kPatience;
        for (int i = 0; std::chrono::steady_clock::now() < deadline; ++i) {
            order.id = name + "-" + std::to_string(i);
            const broker_reason_t reason = outcome(order);
            if (reason != unknown) return reason;
        }
        return unknown;
    }
    void fill(const std::string& id, const std::string& qty, broker_side_t side) {
        ASSERT_TRUE(rig_.submit({.id = id, .qty = qty, .side = side}).is_ok());
        ASSERT_TRUE(wait_for(order_status(id, BROKER_ORD_STATUS_FILLED))) << rig_.log();
    }
    // A position that loses 2,000 of the account's 100,000.
    void lose() {
        ASSERT_EQ(outcome_after(BROKER_REASON_EQUITY_UNKNOWN, {.id = "E", .price = "0.5"}),
                  BROKER_REASON_NONE);
        fill("F", "100000", BROKER_SIDE_BUY);
        ASSERT_TRUE(rig_.venue().set_quote("EURUSD", number("1.08"), number("1.08002")));
    }
    [[nodiscard]] broker_risk_status_t read() {
        broker_risk_status_t status{};
        const sdk::Status read = rig_.adapter().risk()->read("ACC-1", status);
        EXPECT_TRUE(read.is_ok()) << read.describe();
        return status;
    }
    [[nodiscard]] static RecordingEvents::Match fill_of_another(const std::string& known) {
        return [known](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_EXECUTION_REPORT && event.cl_ord_id != known &&
                   event.ord_status == BROKER_ORD_STATUS_FILLED;
        };
    }

    TradingRig rig_{{"ACC-1"}};
};

TEST_F(RiskChecks, KillSwitchStopsOrdersAndReplacesAndLetsCancelsGo) {
    start("max_live_orders: 100");
    ASSERT_EQ(outcome({.id = "A", .price = "0.5"}), BROKER_REASON_NONE);
    ASSERT_TRUE(wait_for(order_status("A", BROKER_ORD_STATUS_NEW)));
    const sdk::Risk& risk = *rig_.adapter().risk();
    ASSERT_TRUE(risk.set_kill_switch("ACC-1", true).is_ok());
    ASSERT_TRUE(wait_for(session_reason("ACC-1", BROKER_REASON_KILL_SWITCH_ON)));
    EXPECT_EQ(read().is_kill_switch_on, 1);
    EXPECT_EQ(outcome({.id = "B"}), BROKER_REASON_KILL_SWITCH_ON);
    ASSERT_TRUE(rig_.replace("ACC-1", "R", "A", "", "0.6").is_ok());
    ASSERT_TRUE(wait_for(cancel_reject("R")));
    ASSERT_TRUE(rig_.cancel("ACC-1", "C", "A").is_ok());
    EXPECT_TRUE(wait_for(order_status("C", BROKER_ORD_STATUS_CANCELED)) ||
                wait_for(order_status("A", BROKER_ORD_STATUS_CANCELED)));
    EXPECT_EQ(rig_.received(0, "D", "B"), 0U);
    EXPECT_EQ(rig_.received(0, "G", "R"), 0U);
    ASSERT_TRUE(risk.set_kill_switch("ACC-1", false).is_ok());
    EXPECT_EQ(outcome_after(BROKER_REASON_KILL_SWITCH_ON, {.id = "D", .price = "0.5"}),
              BROKER_REASON_NONE);
}

TEST_F(RiskChecks, KillSwitchAndTrippedGuardOutliveARestart) {
    start("guard: {daily_loss: \"1000\", poll_ms: 100}");
    lose();
    ASSERT_TRUE(wait_for(session_reason("ACC-1", BROKER_REASON_DAILY_LOSS_REACHED))) << rig_.log();
    ASSERT_TRUE(rig_.adapter().risk()->set_kill_switch("ACC-1", true).is_ok());
    ASSERT_TRUE(wait_for(session_reason("ACC-1", BROKER_REASON_KILL_SWITCH_ON)));
    rig_.stop();
    rig_.events().clear();
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    EXPECT_EQ(outcome({.id = "K"}), BROKER_REASON_KILL_SWITCH_ON);
    EXPECT_EQ(read().guard_reason, BROKER_REASON_DAILY_LOSS_REACHED);
    ASSERT_TRUE(rig_.adapter().risk()->set_kill_switch("ACC-1", false).is_ok());
    EXPECT_EQ(outcome_after(BROKER_REASON_KILL_SWITCH_ON, {.id = "L"}),
              BROKER_REASON_DAILY_LOSS_REACHED);
}

TEST_F(RiskChecks, GuardTripsOnALosingPositionAndLetsItsCloseThrough) {
    start("guard: {daily_loss: \"1000\", poll_ms: 100}");
    lose();
    ASSERT_TRUE(wait_for(session_reason("ACC-1", BROKER_REASON_DAILY_LOSS_REACHED))) << rig_.log();
    EXPECT_EQ(outcome({.id = "N"}), BROKER_REASON_DAILY_LOSS_REACHED);
    EXPECT_EQ(rig_.received(0, "D", "N"), 0U);
    const broker_risk_status_t status = read();
    EXPECT_EQ(status.guard_reason, BROKER_REASON_DAILY_LOSS_REACHED);
    EXPECT_EQ(sdk::decimal_text(status.day_start_equity), "100000");
    EXPECT_EQ(status.open_positions, 1);
    fill("S", "100000", BROKER_SIDE_SELL);
}

TEST_F(RiskChecks, GuardFlattensTheAccountIfItIsToldTo) {
    start("guard: {max_drawdown_percent: \"1\", trailing: true, flatten: true, poll_ms: 100}");
    lose();
    ASSERT_TRUE(wait_for(session_reason("ACC-1", BROKER_REASON_DRAWDOWN_REACHED))) << rig_.log();
    EXPECT_TRUE(wait_for(fill_of_another("F"))) << rig_.log();
    EXPECT_TRUE(rig_.wait_for_log("no position is open")) << rig_.log();
    EXPECT_EQ(rig_.events().count(fill_of_another("F")), 1U);
    EXPECT_EQ(read().open_positions, 0);
    EXPECT_EQ(outcome({.id = "N"}), BROKER_REASON_DRAWDOWN_REACHED);
    ASSERT_TRUE(rig_.adapter().risk()->reset_guard("ACC-1").is_ok());
    broker_reason_t reason =
        outcome_after(BROKER_REASON_DRAWDOWN_REACHED, {.id = "P", .price = "0.5"});
    if (reason == BROKER_REASON_EQUITY_UNKNOWN) {  // the next one is awaited
        reason = outcome_after(reason, {.id = "Q", .price = "0.5"});
    }
    EXPECT_EQ(reason, BROKER_REASON_NONE);
}

TEST_F(RiskChecks, FlattensAtThePersonsWordWithTheKillSwitchOn) {
    start("max_live_orders: 100");
    ASSERT_EQ(outcome({.id = "W", .price = "0.5"}), BROKER_REASON_NONE);
    fill("F", "1000", BROKER_SIDE_SELL);
    ASSERT_TRUE(rig_.adapter().risk()->set_kill_switch("ACC-1", true, true).is_ok());
    EXPECT_TRUE(wait_for(fill_of_another("F"))) << rig_.log();
    EXPECT_TRUE(rig_.wait_for_log("no position is open")) << rig_.log();
    broker_account_status_t account{};
    ASSERT_TRUE(rig_.adapter().accounts()->get_status("ACC-1", account).is_ok());
    EXPECT_EQ(account.live_order_count, 0U);
}

TEST_F(RiskChecks, GuardRefusesWhenNoChannelTellsTheEquity) {
    rig_.change_profile("Positions, AccountSummary, Trades", "Positions, Trades");
    start("guard: {daily_loss: \"1000\", poll_ms: 100}");
    EXPECT_EQ(outcome({.id = "A"}), BROKER_REASON_EQUITY_UNKNOWN);
    EXPECT_EQ(rig_.received(0, "D", "A"), 0U);
}

TEST_F(RiskChecks, RefusesAnOrderWhoseMarginIsNotFree) {
    start("margin: {default_rate: \"0.05\", safety_factor: \"1.1\"}");
    EXPECT_EQ(outcome_after(BROKER_REASON_MARGIN_UNKNOWN, {.id = "A", .qty = "1000", .price = "1"}),
              BROKER_REASON_NONE);
    EXPECT_EQ(outcome({.id = "B", .qty = "2000000", .price = "1"}),
              BROKER_REASON_MARGIN_INSUFFICIENT);
    EXPECT_EQ(outcome({.id = "C", .qty = "1000"}), BROKER_REASON_MARGIN_UNKNOWN);  // no quote
    EXPECT_EQ(rig_.received(0, "D", "B") + rig_.received(0, "D", "C"), 0U);
}

TEST_F(RiskChecks, RefusesAPriceFarThroughTheMarketOrOneWithoutAQuote) {
    add_market_data();
    start("price_collar: {percent: \"2\", max_age_ms: 600000}");
    EXPECT_EQ(outcome({.id = "A", .price = "1.1"}), BROKER_REASON_QUOTE_UNKNOWN);
    ASSERT_TRUE(wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_SESSION &&
               event.channel == BROKER_CHANNEL_FIX_MARKET_DATA &&
               event.reason == BROKER_REASON_LOGON_ACCEPTED;
    }));
    ASSERT_TRUE(
        rig_.adapter().market_data()->subscribe(sdk::quotes_of("ACC-1", 1, "EURUSD")).is_ok());
    ASSERT_TRUE(wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_QUOTE && event.symbol == "EURUSD";
    })) << rig_.log();
    EXPECT_EQ(outcome({.id = "B", .price = "1.2"}), BROKER_REASON_PRICE_OUTSIDE_COLLAR);
    EXPECT_EQ(outcome({.id = "C", .price = "1.1"}), BROKER_REASON_NONE);
    EXPECT_EQ(outcome({.id = "D", .price = "0.5"}), BROKER_REASON_NONE);
}

TEST_F(RiskChecks, RefusesOnePositionTooMany) {
    start("max_open_positions: 1");
    ASSERT_EQ(outcome_after(BROKER_REASON_POSITION_LIMIT_EXCEEDED, {.id = "A", .price = "0.5"}),
              BROKER_REASON_NONE);
    fill("F", "1000", BROKER_SIDE_BUY);  // of the same symbol
    EXPECT_EQ(outcome({.id = "B", .symbol = "USDJPY"}), BROKER_REASON_POSITION_LIMIT_EXCEEDED);
    EXPECT_EQ(rig_.received(0, "D", "B"), 0U);
}

TEST_F(RiskChecks, WrongArgumentsOfTheExtensionAreRefused) {
    start("max_live_orders: 100");
    const sdk::Risk& risk = *rig_.adapter().risk();
    broker_risk_status_t status{};
    EXPECT_EQ(risk.set_kill_switch("ACC-1", false, true).code, BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(risk.reset_guard("ACC-1").code, BROKER_NOT_SUPPORTED);
    EXPECT_FALSE(risk.flatten("NOBODY").is_ok());
    EXPECT_FALSE(risk.read("NOBODY", status).is_ok());
}

}  // namespace
}  // namespace broker::test
