// The steps of a script that ask the venue, and what is expected of events.
#include <gmock/gmock.h>

#include "script_support.hpp"

namespace broker::sample_host {
namespace {

using test::only_step;
using test::step_error;
using testing::HasSubstr;

TEST(ScriptQueries, AreReadWithTheirKind) {
    EXPECT_EQ(only_step<Query>("mass_status: {account: A}").kind, BROKER_QUERY_KIND_MASS_STATUS);
    EXPECT_EQ(only_step<Query>("order_status: {account: A, order: x}").kind,
              BROKER_QUERY_KIND_ORDER_STATUS);
    EXPECT_EQ(only_step<Query>("positions: {account: A}").kind, BROKER_QUERY_KIND_POSITIONS);
    EXPECT_EQ(only_step<Query>("account_summary: {account: A}").kind,
              BROKER_QUERY_KIND_ACCOUNT_SUMMARY);
    EXPECT_EQ(only_step<Query>("trades: {account: A}").kind, BROKER_QUERY_KIND_TRADES);
    EXPECT_EQ(only_step<Query>("instruments: {account: A}").kind, BROKER_QUERY_KIND_INSTRUMENTS);
    EXPECT_EQ(only_step<Query>("trading_session: {account: A}").kind,
              BROKER_QUERY_KIND_TRADING_SESSION_STATUS);
}

TEST(ScriptQueries, AreReadWithAllThatNarrowsThem) {
    const auto trades = only_step<Query>(
        "trades: {account: A, id: t, symbol: S, order: x, from: \"1970-01-01T00:00:01Z\", "
        "to: \"1970-01-01T00:00:02Z\", count: 3, reason: REQUEST_REJECTED, timeout_ms: 20}");
    EXPECT_EQ(trades.id, "t");
    EXPECT_EQ(trades.symbol, "S");
    EXPECT_EQ(trades.order, "x");
    EXPECT_EQ(trades.from, 1'000'000'000);
    EXPECT_EQ(trades.to, 2'000'000'000);
    EXPECT_EQ(trades.count, 3U);
    EXPECT_EQ(trades.reason, "REQUEST_REJECTED");
    EXPECT_EQ(trades.timeout.count(), 20);
    EXPECT_TRUE(only_step<Query>("positions: {account: A, from_fills: true}").is_from_fills);
}

TEST(ScriptQueries, OfThePastAreReadWithTheirKind) {
    EXPECT_EQ(only_step<Query>("order_history: {account: A}").kind,
              BROKER_QUERY_KIND_ORDER_HISTORY);
    EXPECT_EQ(only_step<Query>("cash_transfers: {account: A}").kind,
              BROKER_QUERY_KIND_CASH_TRANSFERS);
    EXPECT_EQ(only_step<Query>("account_events: {account: A}").kind,
              BROKER_QUERY_KIND_ACCOUNT_EVENTS);
    const auto candles = only_step<Query>(
        "candles: {account: A, symbol: S, candle_type: 5m, last_ms: 60000, max_answers: 9}");
    EXPECT_EQ(candles.kind, BROKER_QUERY_KIND_CANDLES);
    EXPECT_EQ(candles.candle_type, "5m");
    EXPECT_EQ(candles.last.count(), 60'000);
    EXPECT_EQ(candles.max_answers, 9U);
    const auto rates = only_step<Query>("conversion_rates: {account: A, currency: JPY}");
    EXPECT_EQ(rates.kind, BROKER_QUERY_KIND_CONVERSION_RATES);
    EXPECT_EQ(rates.currency, "JPY");
}

TEST(ScriptQueries, OfThePastNameWrongAndMissingKeys) {
    EXPECT_EQ(step_error("candles: {account: A, candle_type: m}"),
              "s.yaml:2: candles: missing key \"symbol\"");
    EXPECT_EQ(step_error("candles: {account: A, symbol: S}"),
              "s.yaml:2: candles: missing key \"candle_type\"");
    EXPECT_THAT(step_error("cash_transfers: {account: A, symbol: S}"),
                HasSubstr("s.yaml:2: cash_transfers: unknown key \"symbol\""));
    EXPECT_EQ(step_error("order_history: {account: A, last_ms: 5, to: \"1970-01-01T00:00:02Z\"}"),
              "s.yaml:2: order_history: expected either last_ms or from and to");
}

TEST(ScriptQueries, WantAllAnswersAndNoRefusalByDefault) {
    const auto step = only_step<Query>("positions: {account: A}");
    EXPECT_EQ(step.count, std::nullopt);
    EXPECT_EQ(step.reason, "NONE");
    EXPECT_FALSE(step.is_from_fills);
    EXPECT_EQ(step.timeout.count(), 5'000);
}

TEST(ScriptQueries, NameWrongAndMissingKeys) {
    EXPECT_THAT(step_error("positions: {account: A, order: x}"),
                HasSubstr("s.yaml:2: positions: unknown key \"order\""));
    EXPECT_EQ(step_error("order_status: {account: A}"),
              "s.yaml:2: order_status: missing key \"order\"");
    EXPECT_THAT(step_error("positions: {account: A, from_fills: yes}"),
                HasSubstr("positions.from_fills: expected true or false, found \"yes\""));
    EXPECT_THAT(step_error("positions: {account: A, count: many}"),
                HasSubstr("positions.count: expected a whole number from 0 to 1000000"));
    EXPECT_THAT(step_error("positions: {account: A, reason: CLOSED}"),
                HasSubstr("positions.reason: expected one of NONE"));
}

TEST(ScriptQueries, SubscribeToTheTopOfTheBookByDefault) {
    const auto top = only_step<Subscribe>("subscribe: {account: A, id: s, symbol: S}");
    EXPECT_EQ(top.depth, BROKER_MARKET_DATA_TOP_OF_BOOK);
    EXPECT_FALSE(top.is_snapshot_only);
    const auto book = only_step<Subscribe>(
        "subscribe: {account: A, id: s, symbol: S, depth: 0, snapshot_only: true, trades: true, "
        "candle_type: m}");
    EXPECT_EQ(book.depth, BROKER_MARKET_DATA_FULL_BOOK);
    EXPECT_TRUE(book.is_snapshot_only);
    EXPECT_TRUE(book.has_trades);
    EXPECT_EQ(book.candle_type, "m");
    EXPECT_THAT(step_error("subscribe: {account: A, id: s, symbol: S, depth: -1}"),
                HasSubstr("subscribe.depth: expected a whole number from 0 to 1000"));
}

TEST(ScriptQueries, EndSubscriptionsThatWereMadeAlone) {
    const std::string subscribe = "subscribe: {account: A, id: s, symbol: S}\n  - ";
    EXPECT_EQ(step_error(subscribe + "unsubscribe: {account: A, subscription: s}"), "no error");
    EXPECT_EQ(
        step_error(subscribe + "unsubscribe: {account: B, subscription: s}"),
        "s.yaml:3: unsubscribe.subscription: expected the id of a subscribe above, found \"s\", "
        "which B has not sent");
    EXPECT_THAT(step_error(subscribe + "positions: {account: A, id: s}"),
                HasSubstr("expected a new id, found \"s\""));
}

TEST(ScriptQueries, ExpectValuesOfEventsByTheKeysOfTheirJson) {
    const auto step = only_step<ExpectEvent>(
        "expect_event: {account: A, type: ExecutionReport, cl_ord_id: x, channel: FixTrading, "
        "fields: {algo_id: TWAP}, times: 2, timeout_ms: 50}");
    EXPECT_EQ(step.type, "ExecutionReport");
    EXPECT_THAT(step.values, testing::ElementsAre(testing::Pair("channel", "FixTrading"),
                                                  testing::Pair("cl_ord_id", "x"),
                                                  testing::Pair("fields.algo_id", "TWAP")));
    EXPECT_EQ(step.times, 2U);
    EXPECT_EQ(step.timeout.count(), 50);
}

TEST(ScriptQueries, NameKeysThatAnEventNeverHas) {
    EXPECT_THAT(
        step_error("expect_event: {account: A, type: Position, net_qyt: 1}"),
        HasSubstr("s.yaml:2: expect_event: unknown key \"net_qyt\": expected account, type, of, "
                  "times, timeout_ms, event_seq_num"));
    EXPECT_THAT(step_error("expect_event: {account: A, type: Positions}"),
                HasSubstr("s.yaml:2: expect_event.type: expected one of Session, ExecutionReport"));
    EXPECT_EQ(step_error("expect_event: {account: A}"),
              "s.yaml:2: expect_event: missing key \"type\"");
    EXPECT_THAT(step_error("expect_event: [A]"),
                HasSubstr("expected a mapping with account, type"));
}

TEST(ScriptQueries, ExpectEventsOfQuestionsAndSubscriptionsAbove) {
    const std::string steps =
        "positions: {account: A, id: p}\n  - subscribe: {account: A, id: s, symbol: S}\n  - ";
    EXPECT_EQ(step_error(steps + "expect_event: {account: A, type: Position, of: p}"), "no error");
    EXPECT_EQ(step_error(steps + "expect_event: {account: A, type: Quote, of: s}"), "no error");
    EXPECT_EQ(
        step_error(steps + "expect_event: {account: A, type: Quote, of: q}"),
        "s.yaml:4: expect_event.of: expected the id of a question or subscription above, found "
        "\"q\", which A has not sent");
}

}  // namespace
}  // namespace broker::sample_host
