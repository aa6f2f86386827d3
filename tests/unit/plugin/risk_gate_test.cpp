#include "account/risk_gate.hpp"

#include "support/allocation_count.hpp"
#include "unit/plugin/account_parts_fixture.hpp"

namespace broker::account {
namespace {

using core::Reason;
using core::Side;
using namespace std::chrono_literals;

class RiskGateTest : public AccountPartsTest {
protected:
    void make(RiskRules rules) {
        gate_.emplace(std::move(rules));
        positions({});
    }
    void make_with_margin() {
        RiskRules rules;
        rules.margin = core::MarginRules{.default_rate = number("0.01")};
        make(std::move(rules));
        for (const char* symbol : {"EURUSD", "GBPUSD"}) {
            core::Instrument instrument;
            instrument.symbol = symbol;
            instrument.currency = "USD";
            gate_->margin()->take(instrument);
        }
        free_margin("100");
    }
    void free_margin(std::string_view value) {
        core::AccountSummary summary;
        summary.currency = "USD";
        summary.margin_free = number(value);
        gate_->margin()->take(summary, clock_.monotonic());
    }
    // One position, or none.
    void positions(std::string_view symbol, std::string_view net = "0",
                   std::string_view code = {}) {
        gate_->positions().begin_picture();
        if (!symbol.empty()) {
            core::PositionReport report;
            report.symbol = symbol;
            report.position_code = code;
            const core::Decimal qty = number(net);
            if (qty.sign() > 0) report.long_qty = qty;
            if (qty.sign() < 0) report.short_qty = core::Decimal{}.minus(qty);
            gate_->positions().add_to_picture(report);
        }
        gate_->positions().end_picture(true);
    }
    [[nodiscard]] core::NewOrder sized(std::string_view name, Side side, std::string_view qty,
                                       std::string_view symbol = "EURUSD") {
        core::NewOrder result = order(name, symbol);
        result.side = side;
        result.order_qty = number(qty);
        return result;
    }
    [[nodiscard]] core::NewOrder closing(std::string_view name, Side side, std::string_view qty) {
        core::NewOrder result = sized(name, side, qty);
        result.position_effect = core::PositionEffect::Close;
        return result;
    }
    template <class Request>
    Reason reason(const Request& request) {
        const auto result = gate_->check(request, ledger_, clock_.now());
        detail_ = result ? std::string{} : result.error().detail;
        return result ? Reason::None : result.error().reason;
    }
    void trip_guard() {
        (void)gate_->guard()->take_equity(number("1000"), clock_.now());
        (void)gate_->guard()->take_equity(number("1"), clock_.now());
    }

    core::OrderLedger ledger_{{}};
    std::optional<RiskGate> gate_;
    std::string detail_;
};

TEST_F(RiskGateTest, LetsEverythingPassWhenNothingIsConfigured) {
    make({});
    EXPECT_EQ(reason(sized("A", Side::Buy, "1000000000")), Reason::None);
}

TEST_F(RiskGateTest, RefusesNewOrdersAndReplacesButNoCancelWhileTheKillSwitchIsOn) {
    make({});
    add_live(ledger_, "A");
    gate_->set_kill_switch(true);
    EXPECT_EQ(reason(order("B")), Reason::KillSwitchOn);
    EXPECT_EQ(reason(closing("B", Side::Sell, "1")), Reason::KillSwitchOn);
    core::ReplaceOrder replace;
    replace.orig_cl_ord_id = id("A");
    EXPECT_EQ(reason(replace), Reason::KillSwitchOn);
    core::NewOrderList list;
    list.order_count = 2;
    EXPECT_EQ(reason(list), Reason::KillSwitchOn);
    EXPECT_EQ(reason(core::CancelOrder{}), Reason::None);
    gate_->set_kill_switch(false);
    EXPECT_EQ(reason(order("B")), Reason::None);
}

TEST_F(RiskGateTest, LetsTheAdaptersOwnOrderPassTheKillSwitch) {
    make({});
    gate_->set_kill_switch(true);
    gate_->exempt(id("OWN"));
    EXPECT_EQ(reason(order("OWN")), Reason::None);
    EXPECT_EQ(reason(order("B")), Reason::KillSwitchOn);
    gate_->exempt({});
    EXPECT_EQ(reason(order("OWN")), Reason::KillSwitchOn);
}

// ---- the loss guard

TEST_F(RiskGateTest, LetsOnlyClosingOrdersPassAGuardThatHasTripped) {
    RiskRules rules;
    rules.guard = core::LossGuardRules{.daily_loss = number("500")};
    make(std::move(rules));
    EXPECT_EQ(reason(order("A")), Reason::EquityUnknown);
    trip_guard();
    EXPECT_EQ(reason(sized("A", Side::Sell, "10")), Reason::DailyLossReached);
    EXPECT_EQ(reason(closing("A", Side::Sell, "10")), Reason::None);
    positions("EURUSD", "10");
    EXPECT_EQ(reason(sized("A", Side::Sell, "10")), Reason::None);
    EXPECT_EQ(reason(sized("A", Side::Sell, "10.01")), Reason::DailyLossReached);
    EXPECT_EQ(reason(sized("A", Side::Buy, "10")), Reason::DailyLossReached);
}

TEST_F(RiskGateTest, CountsLiveOrdersAgainstWhatAnOrderMayStillClose) {
    RiskRules rules;
    rules.guard = core::LossGuardRules{.daily_loss = number("500")};
    make(std::move(rules));
    trip_guard();
    positions("EURUSD", "-150");
    EXPECT_EQ(reason(sized("B", Side::Buy, "50")), Reason::None);
    add_live(ledger_, "A");  // buys 100
    EXPECT_EQ(reason(sized("B", Side::Buy, "50")), Reason::None);
    EXPECT_EQ(reason(sized("B", Side::Buy, "51")), Reason::DailyLossReached);
}

TEST_F(RiskGateTest, TakesAnOppositeOrderForAnOpeningOneWherePositionsHaveCodes) {
    RiskRules rules;
    rules.guard = core::LossGuardRules{.daily_loss = number("500")};
    make(std::move(rules));
    trip_guard();
    positions("EURUSD", "10", "P1");
    core::NewOrder order = sized("A", Side::Sell, "10");
    EXPECT_EQ(reason(order), Reason::DailyLossReached);
    order.instructions.position_code = core::FixedString<64>::from("P1").value();
    EXPECT_EQ(reason(order), Reason::None);
}

TEST_F(RiskGateTest, RefusesAReplaceOfAnOpeningOrderWhenTheGuardHasTripped) {
    RiskRules rules;
    rules.guard = core::LossGuardRules{.daily_loss = number("500")};
    make(std::move(rules));
    add_live(ledger_, "A");
    trip_guard();
    core::ReplaceOrder replace;
    replace.orig_cl_ord_id = id("A");
    replace.price = number("1.2");
    EXPECT_EQ(reason(replace), Reason::DailyLossReached);
}

// ---- open positions

TEST_F(RiskGateTest, RefusesAnOrderThatWouldOpenOnePositionTooMany) {
    RiskRules rules;
    rules.max_open_positions = 2;
    make(std::move(rules));
    positions("EURUSD", "10");
    EXPECT_EQ(reason(sized("A", Side::Buy, "10")), Reason::None);  // adds to the one there is
    EXPECT_EQ(reason(sized("A", Side::Buy, "10", "GBPUSD")), Reason::None);
    add_live(ledger_, "G", "GBPUSD");
    EXPECT_EQ(reason(sized("A", Side::Buy, "10", "GBPUSD")), Reason::None);  // the same one
    EXPECT_EQ(reason(sized("A", Side::Buy, "10", "USDJPY")), Reason::PositionLimitExceeded);
    EXPECT_EQ(
        detail_,
        "ClOrdID=A: 1 positions are open and 1 orders may open more, max_open_positions is 2");
    EXPECT_EQ(reason(closing("A", Side::Sell, "10")), Reason::None);
}

TEST_F(RiskGateTest, CountsEachOpeningOrderWherePositionsHaveCodes) {
    RiskRules rules;
    rules.max_open_positions = 2;
    make(std::move(rules));
    positions("EURUSD", "10", "P1");
    EXPECT_EQ(reason(sized("A", Side::Buy, "10")), Reason::None);
    add_live(ledger_, "L");
    EXPECT_EQ(reason(sized("A", Side::Buy, "10")), Reason::PositionLimitExceeded);
}

TEST_F(RiskGateTest, CountsTheOrdersOfAListTogether) {
    RiskRules rules;
    rules.max_open_positions = 1;
    make(std::move(rules));
    core::NewOrderList list;
    list.contingency = core::Contingency::OneCancelsOther;
    list.order_count = 2;
    list.orders[0] = sized("A", Side::Buy, "10");
    list.orders[1] = sized("B", Side::Buy, "10", "GBPUSD");
    EXPECT_EQ(reason(list), Reason::PositionLimitExceeded);
    list.contingency = core::Contingency::OneTriggersOther;
    list.orders[1] = sized("B", Side::Sell, "10");  // closes what the first opens
    EXPECT_EQ(reason(list), Reason::None);
}

TEST_F(RiskGateTest, RefusesToOpenWhenThePositionsAreNotKnown) {
    RiskRules rules;
    rules.max_open_positions = 5;
    gate_.emplace(std::move(rules));
    EXPECT_EQ(reason(order("A")), Reason::PositionLimitExceeded);
    gate_->set_open_count(4);  // by the account's summary
    EXPECT_EQ(reason(order("A")), Reason::None);
    gate_->set_open_count(5);
    EXPECT_EQ(reason(order("A")), Reason::PositionLimitExceeded);
}

// ---- the price collar

TEST_F(RiskGateTest, HoldsThePricesOfOrdersAndReplacesAgainstTheLastQuote) {
    RiskRules rules;
    rules.collar = core::PriceCollarRules{number("1"), 10s};
    make(std::move(rules));
    EXPECT_EQ(reason(order("B")), Reason::QuoteUnknown);
    gate_->quotes().take("EURUSD", {number("1.09"), number("1.1"), clock_.monotonic()});
    EXPECT_EQ(reason(order("B")), Reason::None);
    add_live(ledger_, "A");
    core::ReplaceOrder replace;
    replace.cl_ord_id = id("R");
    replace.orig_cl_ord_id = id("A");
    replace.price = number("1.2");
    EXPECT_EQ(reason(replace), Reason::PriceOutsideCollar);
    clock_.advance(10s + 1ns);
    EXPECT_EQ(reason(order("B")), Reason::QuoteUnknown);
}

// ---- margin

TEST_F(RiskGateTest, NeedsTheMarginOfTheOrderAndOfThoseThatAreLive) {
    make_with_margin();
    EXPECT_EQ(reason(sized("B", Side::Buy, "9090")), Reason::None);  // 9090 * 1.1 * 1 %
    EXPECT_EQ(reason(sized("B", Side::Buy, "9091")), Reason::MarginInsufficient);
    add_live(ledger_, "A");  // 100 * 1.1 * 1 % = 1.1
    EXPECT_EQ(reason(sized("B", Side::Buy, "8990")), Reason::None);
    EXPECT_EQ(reason(sized("B", Side::Buy, "8991")), Reason::MarginInsufficient);
}

TEST_F(RiskGateTest, LeavesTheOrderItselfOutWhenItIsReplaced) {
    make_with_margin();
    add_live(ledger_, "A");
    core::ReplaceOrder replace;
    replace.cl_ord_id = id("R");
    replace.orig_cl_ord_id = id("A");
    replace.order_qty = number("9090");
    EXPECT_EQ(reason(replace), Reason::None);
    replace.order_qty = number("9091");
    EXPECT_EQ(reason(replace), Reason::MarginInsufficient);
}

TEST_F(RiskGateTest, NeedsNoMarginToClose) {
    make_with_margin();
    EXPECT_EQ(reason(closing("B", Side::Sell, "1000000")), Reason::None);
}

TEST_F(RiskGateTest, TakesTheQuoteForThePriceOfAMarketOrder) {
    make_with_margin();
    core::NewOrder market = sized("B", Side::Buy, "5000");
    market.ord_type = core::OrdType::Market;
    market.price.reset();
    EXPECT_EQ(reason(market), Reason::MarginUnknown);
    gate_->quotes().take("EURUSD", {number("1.9"), number("2"), clock_.monotonic()});
    EXPECT_EQ(reason(market), Reason::None);
    market.order_qty = number("5001");
    EXPECT_EQ(reason(market), Reason::MarginInsufficient);
}

TEST_F(RiskGateTest, TakesTheDearerOfLimitAndBidForASell) {
    make_with_margin();
    gate_->quotes().take("EURUSD", {number("2"), number("2.1"), clock_.monotonic()});
    EXPECT_EQ(reason(sized("B", Side::Sell, "5000")), Reason::None);
    EXPECT_EQ(reason(sized("B", Side::Sell, "5001")), Reason::MarginInsufficient);
}

TEST_F(RiskGateTest, CountsAFillUntilTheVenueHasCountedIt) {
    make_with_margin();
    add_live(ledger_, "A");
    core::ExecutionReport fill = report("A", core::ExecType::Trade, core::OrdStatus::Filled);
    fill.last_qty = fill.cum_qty = number("100");
    fill.last_px = number("1.1");
    gate_->book(ledger_.apply(fill), fill.last_px, clock_.monotonic());
    EXPECT_EQ(reason(sized("B", Side::Buy, "8990")), Reason::None);
    EXPECT_EQ(reason(sized("B", Side::Buy, "8991")), Reason::MarginInsufficient);
    free_margin("100");
    free_margin("100");
    EXPECT_EQ(reason(sized("B", Side::Buy, "9090")), Reason::None);
}

TEST_F(RiskGateTest, ChecksKillSwitchGuardPositionsCollarAndMarginInThisOrder) {
    RiskRules rules;
    rules.margin = core::MarginRules{};
    rules.max_open_positions = 1;
    rules.collar = core::PriceCollarRules{number("1"), 10s};
    rules.guard = core::LossGuardRules{.daily_loss = number("500")};
    make(std::move(rules));
    positions("USDJPY", "1");
    trip_guard();
    gate_->set_kill_switch(true);
    EXPECT_EQ(reason(order("A")), Reason::KillSwitchOn);
    gate_->set_kill_switch(false);
    EXPECT_EQ(reason(order("A")), Reason::DailyLossReached);
    gate_->guard()->reset();
    (void)gate_->guard()->take_equity(number("1000"), clock_.now());
    EXPECT_EQ(reason(order("A")), Reason::PositionLimitExceeded);
    positions({});
    EXPECT_EQ(reason(order("A")), Reason::QuoteUnknown);
    gate_->quotes().take("EURUSD", {number("1.09"), number("1.1"), clock_.monotonic()});
    EXPECT_EQ(reason(order("A")), Reason::MarginUnknown);
}

TEST_F(RiskGateTest, AllocatesNothingForAnOrderThatPassesEveryCheck) {
    RiskRules rules;
    rules.margin = core::MarginRules{.default_rate = number("0.01")};
    rules.max_open_positions = 10;
    rules.collar = core::PriceCollarRules{number("1"), 10s};
    rules.guard = core::LossGuardRules{.daily_loss = number("500")};
    make(std::move(rules));
    core::Instrument instrument;
    instrument.symbol = "EURUSD";
    instrument.currency = "USD";
    gate_->margin()->take(instrument);
    free_margin("1000");
    gate_->quotes().take("EURUSD", {number("1.09"), number("1.1"), clock_.monotonic()});
    (void)gate_->guard()->take_equity(number("1000"), clock_.now());
    for (const char* name : {"A", "B", "C"}) add_live(ledger_, name);
    const core::NewOrder checked = order("D");
    ASSERT_EQ(reason(checked), Reason::None);
    const auto before = test::allocation_count();
    const bool has_passed = gate_->check(checked, ledger_, clock_.now()).has_value();
    EXPECT_EQ(test::allocation_count() - before, 0U);
    EXPECT_TRUE(has_passed);
}

}  // namespace
}  // namespace broker::account
