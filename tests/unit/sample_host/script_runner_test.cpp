// Scripts against an adapter without a venue that answers every call at once.
#include "host/script_runner.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <sstream>

#include "broker/sdk/plugin_library.hpp"
#include "host/run_report.hpp"

namespace broker::sample_host {
namespace {

using testing::HasSubstr;
using testing::Not;

class ScriptRunnerTest : public testing::Test {
protected:
    ScriptRunnerTest() { EXPECT_TRUE(adapter_.start().is_ok()); }

    // How a script with these steps, each without its dash, ends.
    ScriptResult run(const std::vector<std::string>& steps) {
        std::string yaml = "steps:\n";
        for (const std::string& step : steps) yaml += "  - " + step + "\n";
        return runner_.run(script_from_yaml(yaml, "s.yaml"), adapter_);
    }
    void expect_passed(const std::vector<std::string>& steps) {
        const ScriptResult result = run(steps);
        EXPECT_TRUE(result.is_passed()) << result.failure;
    }

    const std::atomic<bool> is_stopping_{false};
    sdk::EventQueue queue_;
    std::ostringstream json_text_;
    JsonLines json_{json_text_};
    ScriptRunner runner_{queue_, &json_, is_stopping_};
    sdk::AdapterHandle adapter_{sdk::PluginLibrary::load(ANSWERING_ADAPTER), queue_, {}};
};

TEST_F(ScriptRunnerTest, SendsOrdersWithAllThatTheScriptSays) {
    expect_passed(
        {"submit: {account: ACC-1, id: x, symbol: EURUSD, side: Sell, type: StopLimit, "
         "tif: ImmediateOrCancel, qty: 5, price: 1.5, stop_px: 1.6, position_effect: Close, "
         "ex_destination: XNAS, position_code: P-1, fields: {algo_id: TWAP}}",
         "expect_event: {account: ACC-1, type: ExecutionReport, cl_ord_id: x, side: Sell, "
         "ord_type: StopLimit, time_in_force: ImmediateOrCancel, order_qty: 5.0, stop_px: 1.60, "
         "position_effect: Close, ex_destination: XNAS, position_code: P-1, channel: FixTrading, "
         "fields: {algo_id: TWAP}}",
         "replace: {account: ACC-1, id: y, orig: x, stop_px: 1.7, tif: Day, fields: {note: n}}",
         "expect_event: {account: ACC-1, type: ExecutionReport, cl_ord_id: y, orig_cl_ord_id: x, "
         "exec_type: Replaced, stop_px: 1.7, time_in_force: Day, fields: {note: n}}"});
}

TEST_F(ScriptRunnerTest, SubmitsAndCancelsLists) {
    const std::string member = "symbol: EURUSD, side: Buy, type: Market, qty: 1}";
    expect_passed(
        {"submit_list: {account: ACC-1, id: trade, contingency: Bracket, orders: [{id: a, " +
             member + ", {id: b, " + member + ", {id: c, " + member + "]}",
         "expect: {account: ACC-1, id: c, status: New, certainty: Acknowledged}",
         "expect_event: {account: ACC-1, type: OrderList, list_id: trade, status: Executing}",
         "expect_event: {account: ACC-1, type: ExecutionReport, list_id: trade, times: 3}",
         "cancel_list: {account: ACC-1, list: trade, prefix: off}",
         "expect_event: {account: ACC-1, type: OrderList, list_id: trade, status: AllDone}"});
    EXPECT_EQ(runner_.orders().orders().size(), 3U);
}

TEST_F(ScriptRunnerTest, NotesTheRefusalOfAListWithEachOfItsOrders) {
    const std::string member = "symbol: NONE, side: Buy, type: Market, qty: 1}";
    expect_passed(
        {"submit_list: {account: ACC-1, id: trade, contingency: OneCancelsOther, orders: "
         "[{id: a, " +
             member + ", {id: b, " + member + "]}",
         "expect: {account: ACC-1, id: a, status: Rejected, reason: NOT_SUPPORTED}",
         "expect: {account: ACC-1, id: b, status: Rejected, reason: NOT_SUPPORTED}"});
}

TEST_F(ScriptRunnerTest, AsksAboutThePastAndForConversionRates) {
    expect_passed(
        {"order_history: {account: ACC-1, id: orders, symbol: GBPUSD, count: 1}",
         "expect_event: {account: ACC-1, type: ExecutionReport, of: orders, symbol: GBPUSD, "
         "ord_status: Filled, channel: Rest}",
         "cash_transfers: {account: ACC-1, id: cash, count: 1}",
         "expect_event: {account: ACC-1, type: CashTransfer, of: cash, transfer_type: DEPOSIT, "
         "value: 500}",
         "account_events: {account: ACC-1, id: calls, count: 1}",
         "expect_event: {account: ACC-1, type: AccountEvent, of: calls, event_type: MARGIN_CALL}",
         "candles: {account: ACC-1, id: bars, symbol: EURUSD, candle_type: 5m, "
         "from: \"1970-01-01T00:00:01Z\", max_answers: 1, count: 1}",
         "expect_event: {account: ACC-1, type: Candle, of: bars, candle_type: 5m, "
         "open_time: 1000000000, is_forming: true}",
         "conversion_rates: {account: ACC-1, id: rates, currency: JPY, count: 1}",
         "expect_event: {account: ACC-1, type: ConversionRate, of: rates, to_currency: JPY}"});
}

TEST_F(ScriptRunnerTest, AsksAboutTheLastMilliseconds) {
    expect_passed({"cash_transfers: {account: ACC-1, last_ms: 60000}"});
    const auto begin = json_text_.str().find("\"transact_time\":");
    ASSERT_NE(begin, std::string::npos);
    const std::int64_t from = std::stoll(json_text_.str().substr(begin + 16));
    const std::int64_t now =
        std::chrono::nanoseconds{std::chrono::system_clock::now().time_since_epoch()}.count();
    EXPECT_LE(from, now - 60'000'000'000);
    EXPECT_GT(from, now - 120'000'000'000);
}

TEST_F(ScriptRunnerTest, AsksAndWaitsForTheAnswers) {
    expect_passed(
        {"mass_status: {account: ACC-1, id: all, count: 1}",
         "expect_event: {account: ACC-1, type: ExecutionReport, of: all, exec_type: OrderStatus}",
         "order_status: {account: ACC-1, order: x, count: 1}",
         "positions: {account: ACC-1, id: where, count: 1}",
         "expect_event: {account: ACC-1, type: Position, of: where, net_qty: 1000, "
         "channel: FixTrading}",
         "positions: {account: ACC-1, id: sums, from_fills: true}",
         "expect_event: {account: ACC-1, type: Position, of: sums, channel: Unspecified}",
         "account_summary: {account: ACC-1, id: money}",
         "expect_event: {account: ACC-1, type: AccountSummary, of: money, balance: 100000}",
         "trades: {account: ACC-1, id: fills, from: \"1970-01-01T00:00:01Z\"}",
         "expect_event: {account: ACC-1, type: Trade, of: fills, transact_time: 1000000000}",
         "instruments: {account: ACC-1, symbol: GBPUSD, id: names}",
         "expect_event: {account: ACC-1, type: Instrument, of: names, symbol: GBPUSD}",
         "trading_session: {account: ACC-1, count: 1}",
         "expect_event: {account: ACC-1, type: TradingSession, status: Open}"});
}

TEST_F(ScriptRunnerTest, FailsWhenTheAnswersEndOtherwiseThanExpected) {
    EXPECT_EQ(run({"positions: {account: ACC-1, symbol: REFUSED}"}).failure,
              "s.yaml:2: positions ACC-1: expected reason NONE, found REQUEST_REJECTED (\"not "
              "entitled\")");
    EXPECT_EQ(run({"trades: {account: ACC-1, count: 2}"}).failure,
              "s.yaml:2: trades ACC-1: expected 2 answers, found 1");
    EXPECT_EQ(run({"instruments: {account: ACC-1, symbol: NONE}"}).failure,
              "s.yaml:2: instruments ACC-1: expected reason NONE, found NOT_SUPPORTED (\"the venue "
              "does not have it\")");
}

TEST_F(ScriptRunnerTest, PassesWhenARefusalIsWhatWasExpected) {
    expect_passed({"positions: {account: ACC-1, symbol: REFUSED, reason: REQUEST_REJECTED}",
                   "positions: {account: ACC-1, symbol: NONE, reason: NOT_SUPPORTED}"});
}

TEST_F(ScriptRunnerTest, SubscribesAndUnsubscribes) {
    expect_passed(
        {"subscribe: {account: ACC-1, id: top, symbol: EURUSD}",
         "subscribe: {account: ACC-1, id: book, symbol: GBPUSD, depth: 0}",
         "expect_event: {account: ACC-1, type: MarketDataStatus, of: top, status: Live}",
         "expect_event: {account: ACC-1, type: Quote, of: top, bid_px: 1.1, is_stale: false}",
         "expect_event: {account: ACC-1, type: MarketDataEntry, of: book, times: 3}",
         "expect_event: {account: ACC-1, type: MarketDataEntry, of: book, entry_type: Offer, "
         "is_last: true}",
         "unsubscribe: {account: ACC-1, subscription: top}",
         "expect_event: {account: ACC-1, type: MarketDataStatus, of: top, status: Ended}"});
    EXPECT_EQ(run({"subscribe: {account: ACC-1, id: none, symbol: NONE}"}).failure,
              "s.yaml:2: subscribe: NotSupported NOT_SUPPORTED: the venue does not have it");
}

TEST_F(ScriptRunnerTest, SaysWhatWasThereWhenAnEventDoesNotCome) {
    const ScriptResult result =
        run({"positions: {account: ACC-1, id: where}",
             "expect_event: {account: ACC-1, type: Position, of: where, net_qty: 7, "
             "timeout_ms: 10}"});
    EXPECT_EQ(result.failure,
              "s.yaml:3: expect_event ACC-1: expected 1 Position of where, net_qty 7 within 10 ms, "
              "found net_qty 1000.00");
    EXPECT_THAT(run({"expect_event: {account: ACC-1, type: VenueFault, timeout_ms: 10}"}).failure,
                HasSubstr("expected 1 VenueFault within 10 ms, found none"));
}

TEST_F(ScriptRunnerTest, CountsExpectedEventsAsExpectations) {
    const ScriptResult result =
        run({"positions: {account: ACC-1}", "expect_event: {account: ACC-1, type: Position}"});
    EXPECT_EQ(result.expectation_count, 1U);
}

TEST_F(ScriptRunnerTest, WritesEveryEventAsALineOfJson) {
    expect_passed({"positions: {account: ACC-1}", "trading_session: {account: ACC-1}",
                   "subscribe: {account: ACC-1, id: top, symbol: EURUSD}", "wait_ms: 0",
                   "expect_event: {account: ACC-1, type: Quote}"});
    for (const auto* type :
         {"Session", "Position", "RequestDone", "TradingSession", "MarketDataStatus", "Quote"}) {
        EXPECT_THAT(json_text_.str(), HasSubstr(std::string{"{\"type\":\""} + type + "\""));
    }
}

TEST_F(ScriptRunnerTest, ReportsPositionsAndQuotesWhereThereAreAny) {
    std::ostringstream before;
    print_report(before, Palette{false}, runner_, {});
    EXPECT_THAT(before.str(), Not(HasSubstr("Positions at the venue")));
    EXPECT_THAT(before.str(), Not(HasSubstr("Quotes")));
    expect_passed({"positions: {account: ACC-1}",
                   "subscribe: {account: ACC-1, id: top, symbol: EURUSD}",
                   "expect_event: {account: ACC-1, type: Quote}"});
    std::ostringstream after;
    print_report(after, Palette{false}, runner_, {});
    EXPECT_THAT(after.str(), HasSubstr("Positions at the venue"));
    EXPECT_THAT(after.str(), HasSubstr("1000.00"));
    EXPECT_THAT(after.str(), HasSubstr("Quotes"));
    EXPECT_THAT(after.str(), HasSubstr("1.10002"));
}

TEST(ScriptRunnerWithoutExtensions, NamesTheExtensionThatAStepNeeds) {
    const std::atomic<bool> is_stopping{false};
    sdk::EventQueue queue;
    ScriptRunner runner{queue, nullptr, is_stopping};
    const sdk::AdapterHandle adapter{sdk::PluginLibrary::load(FLOODING_ADAPTER), queue, {}};
    const auto failure_of = [&](const std::string& step) {
        return runner.run(script_from_yaml("steps:\n  - " + step, "s.yaml"), adapter).failure;
    };
    EXPECT_EQ(failure_of("positions: {account: A}"),
              "s.yaml:2: positions: the adapter has no extension broker.positions/1");
    EXPECT_EQ(failure_of("trading_session: {account: A}"),
              "s.yaml:2: trading_session: the adapter has no extension broker.reference-data/1");
    EXPECT_EQ(failure_of("order_status: {account: A, order: x}"),
              "s.yaml:2: order_status: the adapter has no extension broker.mass-status/1");
    EXPECT_EQ(failure_of("trades: {account: A}"),
              "s.yaml:2: trades: the adapter has no extension broker.trades/1");
    EXPECT_EQ(failure_of("subscribe: {account: A, id: s, symbol: S}"),
              "s.yaml:2: subscribe: the adapter has no extension broker.market-data/1");
    const std::string member = "symbol: S, side: Buy, type: Market, qty: 1}";
    EXPECT_EQ(failure_of("submit_list: {account: A, id: l, contingency: OneCancelsOther, orders: "
                         "[{id: a, " +
                         member + ", {id: b, " + member + "]}"),
              "s.yaml:2: submit_list: the adapter has no extension broker.order-list/1");
}

}  // namespace
}  // namespace broker::sample_host
