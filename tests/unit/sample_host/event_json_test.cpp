// The events of version 1.1 as JSON.
#include "host/event_json.hpp"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "records.hpp"

namespace broker::sample_host {
namespace {

using boost::json::object;

template <class Record>
Record record_of(broker_event_type_t type) {
    Record record{};
    record.event.type = type;
    record.event.account = sdk::borrow("A");
    record.event.event_seq_num = 3;
    return record;
}

TEST(EventJson, HasWhatVersion11AddedToReports) {
    auto report = test::report("A", "x", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW);
    report.channel = BROKER_CHANNEL_FIX_DROP_COPY;
    report.position_effect = BROKER_POSITION_EFFECT_CLOSE;
    report.request_id = 9;
    report.faults = 1U << BROKER_REPORT_FAULT_UNKNOWN_TAG | 1U << BROKER_REPORT_FAULT_MISSING_FIELD;
    report.cash_order_qty = test::decimal("5.50");
    report.expire_time = 77;
    report.list_id = sdk::borrow("L-1");
    report.secondary_order_id = sdk::borrow("S-1");
    report.orig_order_id = sdk::borrow("O-1");
    report.ex_destination = sdk::borrow("XNAS");
    report.position_code = sdk::borrow("P-1");
    report.restatement_reason = sdk::borrow("3");
    report.ord_rej_reason = sdk::borrow("99");
    report.fields = sdk::borrow(
        "algo_id=TWAP\x01"
        "5001=x\x01");
    const object json = to_json(report);
    EXPECT_EQ(json.at("channel"), "FixDropCopy");
    EXPECT_EQ(json.at("position_effect"), "Close");
    EXPECT_EQ(json.at("request_id"), 9U);
    EXPECT_EQ(json.at("faults"), "MissingField UnknownTag");
    EXPECT_EQ(json.at("cash_order_qty"), "5.50");
    EXPECT_EQ(json.at("expire_time"), 77);
    EXPECT_EQ(json.at("list_id"), "L-1");
    EXPECT_EQ(json.at("secondary_order_id"), "S-1");
    EXPECT_EQ(json.at("orig_order_id"), "O-1");
    EXPECT_EQ(json.at("ex_destination"), "XNAS");
    EXPECT_EQ(json.at("position_code"), "P-1");
    EXPECT_EQ(json.at("restatement_reason"), "3");
    EXPECT_EQ(json.at("ord_rej_reason"), "99");
    EXPECT_EQ(json.at("fields"), (boost::json::value{{"algo_id", "TWAP"}, {"5001", "x"}}));
}

TEST(EventJson, HasPositionsAndTrades) {
    auto position = record_of<broker_position_report_t>(BROKER_EVENT_POSITION);
    position.channel = BROKER_CHANNEL_FIX_TRADING;
    position.is_different = 1;
    position.net_qty = test::decimal("-10");
    position.net_qty_from_fills = test::decimal("-11");
    object json = to_json(position);
    EXPECT_EQ(json.at("type"), "Position");
    EXPECT_EQ(json.at("account"), "A");
    EXPECT_EQ(json.at("event_seq_num"), 3U);
    EXPECT_EQ(json.at("is_different"), true);
    EXPECT_EQ(json.at("net_qty"), "-10");
    EXPECT_EQ(json.at("net_qty_from_fills"), "-11");
    EXPECT_FALSE(json.contains("avg_px"));
    auto trade = record_of<broker_trade_report_t>(BROKER_EVENT_TRADE);
    trade.side = BROKER_SIDE_SELL;
    trade.is_canceled = 1;
    trade.trade_id = sdk::borrow("T-1");
    trade.last_px = test::decimal("1.10");
    json = to_json(trade);
    EXPECT_EQ(json.at("type"), "Trade");
    EXPECT_EQ(json.at("side"), "Sell");
    EXPECT_EQ(json.at("is_canceled"), true);
    EXPECT_EQ(json.at("trade_id"), "T-1");
    EXPECT_EQ(json.at("last_px"), "1.10");
}

TEST(EventJson, HasReferenceDataAndTheEndOfAnswers) {
    auto instrument = record_of<broker_instrument_t>(BROKER_EVENT_INSTRUMENT);
    instrument.symbol = sdk::borrow("EURUSD");
    instrument.price_increment = test::decimal("0.00001");
    EXPECT_EQ(to_json(instrument).at("price_increment"), "0.00001");
    auto session = record_of<broker_trading_session_status_t>(BROKER_EVENT_TRADING_SESSION);
    session.status = BROKER_TRAD_SES_STATUS_PRE_OPEN;
    session.start_time = 5;
    EXPECT_EQ(to_json(session).at("status"), "PreOpen");
    EXPECT_EQ(to_json(session).at("start_time"), 5);
    auto done = record_of<broker_request_done_t>(BROKER_EVENT_REQUEST_DONE);
    done.kind = BROKER_QUERY_KIND_TRADES;
    done.reason = BROKER_REASON_OUTCOME_TIMEOUT;
    done.request_id = 4;
    done.count = 2;
    const object json = to_json(done);
    EXPECT_EQ(json.at("kind"), "Trades");
    EXPECT_EQ(json.at("reason"), "OUTCOME_TIMEOUT");
    EXPECT_EQ(json.at("request_id"), 4U);
    EXPECT_EQ(json.at("count"), 2U);
}

TEST(EventJson, HasMarketData) {
    auto quote = record_of<broker_quote_t>(BROKER_EVENT_QUOTE);
    quote.is_stale = 1;
    quote.merged_count = 6;
    quote.offer_size = test::decimal("1000");
    object json = to_json(quote);
    EXPECT_EQ(json.at("type"), "Quote");
    EXPECT_EQ(json.at("is_stale"), true);
    EXPECT_EQ(json.at("merged_count"), 6U);
    EXPECT_EQ(json.at("offer_size"), "1000");
    EXPECT_FALSE(json.contains("bid_px"));
    auto entry = record_of<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY);
    entry.entry_type = BROKER_MD_ENTRY_TYPE_LOW_PRICE;
    entry.action = BROKER_MD_UPDATE_ACTION_CHANGE;
    entry.is_last = 1;
    entry.candle_type = sdk::borrow("m");
    json = to_json(entry);
    EXPECT_EQ(json.at("entry_type"), "LowPrice");
    EXPECT_EQ(json.at("action"), "Change");
    EXPECT_EQ(json.at("is_last"), true);
    EXPECT_EQ(json.at("candle_type"), "m");
    auto status = record_of<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS);
    status.status = BROKER_MD_STATUS_REJECTED;
    status.reason = BROKER_REASON_REQUEST_REJECTED;
    status.text = sdk::borrow("not entitled");
    json = to_json(status);
    EXPECT_EQ(json.at("status"), "Rejected");
    EXPECT_EQ(json.at("reason"), "REQUEST_REJECTED");
    EXPECT_EQ(json.at("text"), "not entitled");
}

TEST(EventJson, HasListsAndFaults) {
    auto list = record_of<broker_order_list_status_t>(BROKER_EVENT_ORDER_LIST);
    list.status = BROKER_LIST_ORDER_STATUS_REJECT;
    list.reason = BROKER_REASON_LIST_REJECTED;
    list.list_id = sdk::borrow("L-1");
    object json = to_json(list);
    EXPECT_EQ(json.at("type"), "OrderList");
    EXPECT_EQ(json.at("status"), "Reject");
    EXPECT_EQ(json.at("reason"), "LIST_REJECTED");
    EXPECT_EQ(json.at("list_id"), "L-1");
    auto fault = record_of<broker_venue_fault_t>(BROKER_EVENT_VENUE_FAULT);
    fault.reason = BROKER_REASON_QUANTITIES_DISAGREE;
    fault.channel = BROKER_CHANNEL_FIX_TRADING;
    fault.msg_seq_num = 12;
    fault.msg_type = sdk::borrow("8");
    json = to_json(fault);
    EXPECT_EQ(json.at("reason"), "QUANTITIES_DISAGREE");
    EXPECT_EQ(json.at("msg_seq_num"), 12U);
    EXPECT_EQ(json.at("msg_type"), "8");
}

TEST(EventJson, HasWhatVersion12AddedToSummariesAndInstruments) {
    auto summary = record_of<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY);
    summary.total_pl = test::decimal("-1.50");
    summary.has_open_positions_count = 1;
    summary.account_status = sdk::borrow("FULL_TRADING");
    summary.version = 12;
    summary.channel = BROKER_CHANNEL_PUSH;
    object json = to_json(summary);
    EXPECT_EQ(json.at("total_pl"), "-1.50");
    EXPECT_EQ(json.at("open_positions_count"), 0U);
    EXPECT_FALSE(json.contains("open_orders_count"));
    EXPECT_EQ(json.at("account_status"), "FULL_TRADING");
    EXPECT_EQ(json.at("version"), 12U);
    EXPECT_EQ(json.at("channel"), "Push");
    auto instrument = record_of<broker_instrument_t>(BROKER_EVENT_INSTRUMENT);
    instrument.lot_size = test::decimal("100000");
    instrument.trading_status = sdk::borrow("NO");
    json = to_json(instrument);
    EXPECT_EQ(json.at("lot_size"), "100000");
    EXPECT_EQ(json.at("trading_status"), "NO");
    EXPECT_FALSE(json.contains("margin_rate"));
}

TEST(EventJson, HasTransfersAccountEventsCandlesAndRates) {
    auto transfer = record_of<broker_cash_transfer_t>(BROKER_EVENT_CASH_TRANSFER);
    transfer.transfer_type = sdk::borrow("DEPOSIT");
    transfer.value = test::decimal("500.00");
    object json = to_json(transfer);
    EXPECT_EQ(json.at("type"), "CashTransfer");
    EXPECT_EQ(json.at("transfer_type"), "DEPOSIT");
    EXPECT_EQ(json.at("value"), "500.00");
    EXPECT_FALSE(json.contains("cl_ord_id"));
    auto event = record_of<broker_account_event_t>(BROKER_EVENT_ACCOUNT_EVENT);
    event.event_type = sdk::borrow("MARGIN_CALL");
    event.risk_level = test::decimal("0.81");
    json = to_json(event);
    EXPECT_EQ(json.at("type"), "AccountEvent");
    EXPECT_EQ(json.at("event_type"), "MARGIN_CALL");
    EXPECT_EQ(json.at("risk_level"), "0.81");
    auto candle = record_of<broker_candle_t>(BROKER_EVENT_CANDLE);
    candle.event.time = 4;
    candle.open_time = 5;
    candle.close_px = test::decimal("1.3");
    candle.is_forming = 1;
    json = to_json(candle);
    EXPECT_EQ(json.at("time"), 4);
    EXPECT_EQ(json.at("open_time"), 5);
    EXPECT_EQ(json.at("close_px"), "1.3");
    EXPECT_EQ(json.at("is_forming"), true);
    auto rate = record_of<broker_conversion_rate_t>(BROKER_EVENT_CONVERSION_RATE);
    rate.from_currency = sdk::borrow("EUR");
    rate.rate = test::decimal("1.2001");
    json = to_json(rate);
    EXPECT_EQ(json.at("from_currency"), "EUR");
    EXPECT_EQ(json.at("rate"), "1.2001");
}

TEST(EventJson, KnowsTheKeysOfEveryTypeOfEvent) {
    for (const sdk::names::Name& type : sdk::names::kEventTypes) {
        if (type.value == BROKER_EVENT_UNSPECIFIED) continue;
        EXPECT_THAT(keys_of_event(type.text), testing::IsSupersetOf({"type", "account", "time"}))
            << type.text;
    }
    EXPECT_THAT(keys_of_event("Quote"), testing::IsSupersetOf({"bid_px", "is_stale", "symbol"}));
    EXPECT_THAT(keys_of_event("VenueFault"), testing::Contains("reason"));
    EXPECT_TRUE(keys_of_event("Unspecified").empty());
}

}  // namespace
}  // namespace broker::sample_host
