#include "broker/sdk/text.hpp"
#include "host/event_json.hpp"

namespace broker::sample_host {

void describe(JsonObject& object, const broker_account_summary_t& summary) {
    object.add_count("request_id", summary.request_id);
    object.add("currency", summary.currency);
    object.add("balance", summary.balance);
    object.add("equity", summary.equity);
    object.add("margin", summary.margin);
    object.add("margin_free", summary.margin_free);
    object.add("open_pl", summary.open_pl);
    object.add_time("as_of", summary.as_of);
    object.add_fields(summary.fields);
}

void describe(JsonObject& object, const broker_position_report_t& position) {
    object.add("channel", sdk::channel_name(position.channel));
    object.add_flag("is_different", position.is_different);
    object.add_count("request_id", position.request_id);
    object.add("symbol", position.symbol);
    object.add("position_code", position.position_code);
    object.add("currency", position.currency);
    object.add("long_qty", position.long_qty);
    object.add("short_qty", position.short_qty);
    object.add("net_qty", position.net_qty);
    object.add("avg_px", position.avg_px);
    object.add("net_qty_from_fills", position.net_qty_from_fills);
    object.add_time("as_of", position.as_of);
    object.add_fields(position.fields);
}

void describe(JsonObject& object, const broker_trade_report_t& trade) {
    object.add("side", sdk::side_name(trade.side));
    object.add_flag("is_canceled", trade.is_canceled);
    object.add_count("request_id", trade.request_id);
    object.add("trade_id", trade.trade_id);
    object.add("exec_id", trade.exec_id);
    object.add("order_id", trade.order_id);
    object.add("cl_ord_id", trade.cl_ord_id);
    object.add("symbol", trade.symbol);
    object.add("last_qty", trade.last_qty);
    object.add("last_px", trade.last_px);
    object.add_time("transact_time", trade.transact_time);
    object.add("trade_date", trade.trade_date);
    object.add_fields(trade.fields);
}

void describe(JsonObject& object, const broker_instrument_t& instrument) {
    object.add_count("request_id", instrument.request_id);
    object.add("symbol", instrument.symbol);
    object.add("description", instrument.description);
    object.add("security_type", instrument.security_type);
    object.add("currency", instrument.currency);
    object.add("exchange", instrument.exchange);
    object.add("contract_multiplier", instrument.contract_multiplier);
    object.add("price_increment", instrument.price_increment);
    object.add("qty_increment", instrument.qty_increment);
    object.add("min_qty", instrument.min_qty);
    object.add("max_qty", instrument.max_qty);
    object.add_fields(instrument.fields);
}

void describe(JsonObject& object, const broker_trading_session_status_t& status) {
    object.add("status", sdk::trad_ses_status_name(status.status));
    object.add_count("request_id", status.request_id);
    object.add("trading_session_id", status.trading_session_id);
    object.add("symbol", status.symbol);
    object.add("raw_status", status.raw_status);
    object.add("text", status.text);
    object.add_time("start_time", status.start_time);
    object.add_time("end_time", status.end_time);
}

void describe(JsonObject& object, const broker_request_done_t& done) {
    object.add("kind", sdk::query_kind_name(done.kind));
    object.add_reason(done.reason);
    object.add_count("request_id", done.request_id);
    object.add_count("count", done.count);
    object.add("text", done.text);
}

void describe(JsonObject& object, const broker_venue_fault_t& fault) {
    object.add_reason(fault.reason);
    object.add("channel", sdk::channel_name(fault.channel));
    object.add_count_unless_zero("msg_seq_num", fault.msg_seq_num);
    object.add("msg_type", fault.msg_type);
    object.add("cl_ord_id", fault.cl_ord_id);
    object.add("order_id", fault.order_id);
    object.add("exec_id", fault.exec_id);
    object.add("text", fault.text);
}

}  // namespace broker::sample_host
