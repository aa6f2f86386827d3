// The host's events that answer its questions.
#include "abi/abi_records.hpp"
#include "abi/host_events.hpp"
#include "abi/record.hpp"
#include "broker/abi/account.h"
#include "broker/abi/query.h"

namespace broker::abi {
namespace {

std::optional<core::Decimal> net_qty(const core::PositionReport& position) {
    if (!position.long_qty && !position.short_qty) return std::nullopt;
    return position.long_qty.value_or(core::Decimal{})
        .minus(position.short_qty.value_or(core::Decimal{}));
}

}  // namespace

void HostEvents::on_position(const account::PositionNews& news) {
    const core::PositionReport& position = news.position;
    auto record = begin<broker_position_report_t>(BROKER_EVENT_POSITION);
    record.channel = value_of(position.channel);
    record.is_different = news.is_different ? 1 : 0;
    record.request_id = position.request_id;
    record.symbol = str(position.symbol);
    record.position_code = str(position.position_code);
    record.currency = str(position.currency);
    record.long_qty = to_abi(position.long_qty);
    record.short_qty = to_abi(position.short_qty);
    record.net_qty = to_abi(net_qty(position));
    record.avg_px = to_abi(position.avg_px);
    record.net_qty_from_fills = to_abi(news.net_qty_from_fills);
    record.as_of = to_abi(position.as_of);
    record.fields = str(position.fields);
    deliver(record.event);
}

void HostEvents::on_account_summary(const core::AccountSummary& summary) {
    auto record = begin<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY);
    record.request_id = summary.request_id;
    record.currency = str(summary.currency);
    record.balance = to_abi(summary.balance);
    record.equity = to_abi(summary.equity);
    record.margin = to_abi(summary.margin);
    record.margin_free = to_abi(summary.margin_free);
    record.open_pl = to_abi(summary.open_pl);
    record.as_of = to_abi(summary.as_of);
    record.fields = str(summary.fields);
    record.total_pl = to_abi(summary.total_pl);
    record.credit = to_abi(summary.credit);
    record.available_funds = to_abi(summary.available_funds);
    record.has_open_positions_count = summary.open_positions_count ? 1 : 0;
    record.has_open_orders_count = summary.open_orders_count ? 1 : 0;
    record.open_positions_count = summary.open_positions_count.value_or(0);
    record.open_orders_count = summary.open_orders_count.value_or(0);
    record.account_status = str(summary.account_status);
    record.version = summary.version;
    record.channel = value_of(summary.channel);
    deliver(record.event);
}

void HostEvents::on_trade(const core::TradeReport& trade) {
    auto record = begin<broker_trade_report_t>(BROKER_EVENT_TRADE);
    record.side = value_of(trade.side);
    record.is_canceled = trade.is_canceled ? 1 : 0;
    record.request_id = trade.request_id;
    record.trade_id = str(trade.trade_id);
    record.exec_id = str(trade.exec_id);
    record.order_id = str(trade.order_id);
    record.cl_ord_id = str(trade.cl_ord_id);
    record.symbol = str(trade.symbol);
    record.last_qty = to_abi(trade.last_qty);
    record.last_px = to_abi(trade.last_px);
    record.transact_time = to_abi(trade.transact_time);
    record.trade_date = str(trade.trade_date);
    record.fields = str(trade.fields);
    deliver(record.event);
}

void HostEvents::on_instrument(const core::Instrument& instrument) {
    auto record = begin<broker_instrument_t>(BROKER_EVENT_INSTRUMENT);
    record.request_id = instrument.request_id;
    record.symbol = str(instrument.symbol);
    record.description = str(instrument.description);
    record.security_type = str(instrument.security_type);
    record.currency = str(instrument.currency);
    record.exchange = str(instrument.security_exchange);
    record.contract_multiplier = to_abi(instrument.contract_multiplier);
    record.price_increment = to_abi(instrument.price_increment);
    record.qty_increment = to_abi(instrument.qty_increment);
    record.min_qty = to_abi(instrument.min_qty);
    record.max_qty = to_abi(instrument.max_qty);
    record.fields = str(instrument.fields);
    record.lot_size = to_abi(instrument.lot_size);
    record.margin_rate = to_abi(instrument.margin_rate);
    record.trading_status = str(instrument.trading_status);
    record.trading_hours = str(instrument.trading_hours);
    record.channel = value_of(instrument.channel);
    deliver(record.event);
}

void HostEvents::on_trading_session_status(const core::TradingSessionStatus& status) {
    auto record = begin<broker_trading_session_status_t>(BROKER_EVENT_TRADING_SESSION);
    record.status = value_of(status.status);
    record.request_id = status.request_id;
    record.trading_session_id = str(status.trading_session_id);
    record.symbol = str(status.symbol);
    record.raw_status = str(status.raw_status);
    record.text = str(status.text);
    record.start_time = to_abi(status.start_time);
    record.end_time = to_abi(status.end_time);
    deliver(record.event);
}

void HostEvents::on_query_done(const core::QueryDone& done) {
    auto record = begin<broker_request_done_t>(BROKER_EVENT_REQUEST_DONE);
    record.kind = value_of(done.kind);
    record.reason = value_of(done.reason);
    record.request_id = done.request_id;
    record.count = done.count;
    record.text = str(done.text);
    deliver(record.event);
}

void HostEvents::on_venue_fault(const core::VenueFault& fault) {
    auto record = begin<broker_venue_fault_t>(BROKER_EVENT_VENUE_FAULT);
    record.reason = value_of(fault.reason);
    record.channel = value_of(fault.channel);
    record.msg_seq_num = fault.msg_seq_num;
    record.msg_type = str(fault.msg_type);
    record.cl_ord_id = str(fault.cl_ord_id);
    record.order_id = str(fault.order_id);
    record.exec_id = str(fault.exec_id);
    record.reason_name = str(core::reason_name(fault.reason));
    record.text = str(fault.text);
    deliver(record.event);
}

}  // namespace broker::abi
