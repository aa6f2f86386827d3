// The layout of the records and tables that version 1.1 added (see record_layout_test.c).
#include "broker/abi/broker.h"
#include "layout_checks.h"

FIRST(broker_cl_ord_id_t, generate);
SIZE(broker_cl_ord_id_t, generate, 8);

FIRST(broker_market_data_t, subscribe);
NEXT(broker_market_data_t, subscribe, unsubscribe, 8);
SIZE(broker_market_data_t, unsubscribe, 16);

FIRST(broker_mass_status_t, request);
NEXT(broker_mass_status_t, request, request_order, 8);
SIZE(broker_mass_status_t, request_order, 16);

FIRST(broker_order_lists_t, submit);
NEXT(broker_order_lists_t, submit, cancel, 8);
SIZE(broker_order_lists_t, cancel, 16);

FIRST(broker_positions_t, request);
NEXT(broker_positions_t, request, request_from_fills, 8);
SIZE(broker_positions_t, request_from_fills, 16);

FIRST(broker_reference_data_t, request_instruments);
NEXT(broker_reference_data_t, request_instruments, request_trading_session_status, 8);
SIZE(broker_reference_data_t, request_trading_session_status, 16);

FIRST(broker_trades_t, request);
SIZE(broker_trades_t, request, 8);

FIRST(broker_market_data_request_t, struct_size);
NEXT(broker_market_data_request_t, struct_size, depth, 4);
NEXT(broker_market_data_request_t, depth, account, 8);
NEXT(broker_market_data_request_t, account, request_id, 24);
NEXT(broker_market_data_request_t, request_id, symbol, 32);
NEXT(broker_market_data_request_t, symbol, is_snapshot_only, 48);
NEXT(broker_market_data_request_t, is_snapshot_only, has_trades, 52);
NEXT(broker_market_data_request_t, has_trades, candle_type, 56);
SIZE(broker_market_data_request_t, candle_type, 72);

FIRST(broker_quote_t, event);
NEXT(broker_quote_t, event, is_stale, 40);
NEXT(broker_quote_t, is_stale, is_snapshot, 44);
NEXT(broker_quote_t, is_snapshot, request_id, 48);
NEXT(broker_quote_t, request_id, merged_count, 56);
NEXT(broker_quote_t, merged_count, symbol, 64);
NEXT(broker_quote_t, symbol, bid_px, 80);
NEXT(broker_quote_t, bid_px, bid_size, 96);
NEXT(broker_quote_t, bid_size, offer_px, 112);
NEXT(broker_quote_t, offer_px, offer_size, 128);
NEXT(broker_quote_t, offer_size, venue_time, 144);
NEXT(broker_quote_t, venue_time, received, 152);
SIZE(broker_quote_t, received, 160);

FIRST(broker_market_data_entry_t, event);
NEXT(broker_market_data_entry_t, event, entry_type, 40);
NEXT(broker_market_data_entry_t, entry_type, action, 44);
NEXT(broker_market_data_entry_t, action, is_last, 48);
NEXT(broker_market_data_entry_t, is_last, is_snapshot, 52);
NEXT(broker_market_data_entry_t, is_snapshot, request_id, 56);
NEXT(broker_market_data_entry_t, request_id, symbol, 64);
NEXT(broker_market_data_entry_t, symbol, entry_id, 80);
NEXT(broker_market_data_entry_t, entry_id, candle_type, 96);
NEXT(broker_market_data_entry_t, candle_type, px, 112);
NEXT(broker_market_data_entry_t, px, size, 128);
NEXT(broker_market_data_entry_t, size, venue_time, 144);
NEXT(broker_market_data_entry_t, venue_time, received, 152);
SIZE(broker_market_data_entry_t, received, 160);

FIRST(broker_market_data_status_t, event);
NEXT(broker_market_data_status_t, event, status, 40);
NEXT(broker_market_data_status_t, status, reason, 44);
NEXT(broker_market_data_status_t, reason, request_id, 48);
NEXT(broker_market_data_status_t, request_id, symbol, 56);
NEXT(broker_market_data_status_t, symbol, text, 72);
SIZE(broker_market_data_status_t, text, 88);

FIRST(broker_order_list_t, struct_size);
NEXT(broker_order_list_t, struct_size, contingency, 4);
NEXT(broker_order_list_t, contingency, account, 8);
NEXT(broker_order_list_t, account, list_id, 24);
NEXT(broker_order_list_t, list_id, first, 40);
NEXT(broker_order_list_t, first, second, 48);
NEXT(broker_order_list_t, second, third, 56);
NEXT(broker_order_list_t, third, signal_time, 64);
SIZE(broker_order_list_t, signal_time, 72);

FIRST(broker_cancel_order_list_t, struct_size);
NEXT(broker_cancel_order_list_t, struct_size, must_be_zero, 4);
NEXT(broker_cancel_order_list_t, must_be_zero, account, 8);
NEXT(broker_cancel_order_list_t, account, list_id, 24);
NEXT(broker_cancel_order_list_t, list_id, cl_ord_id_prefix, 40);
NEXT(broker_cancel_order_list_t, cl_ord_id_prefix, signal_time, 56);
SIZE(broker_cancel_order_list_t, signal_time, 64);

FIRST(broker_order_list_status_t, event);
NEXT(broker_order_list_status_t, event, status, 40);
NEXT(broker_order_list_status_t, status, reason, 44);
NEXT(broker_order_list_status_t, reason, list_id, 48);
NEXT(broker_order_list_status_t, list_id, raw_status, 64);
NEXT(broker_order_list_status_t, raw_status, text, 80);
SIZE(broker_order_list_status_t, text, 96);

FIRST(broker_query_t, struct_size);
NEXT(broker_query_t, struct_size, must_be_zero, 4);
NEXT(broker_query_t, must_be_zero, account, 8);
NEXT(broker_query_t, account, request_id, 24);
NEXT(broker_query_t, request_id, symbol, 32);
NEXT(broker_query_t, symbol, cl_ord_id, 48);
NEXT(broker_query_t, cl_ord_id, from, 64);
NEXT(broker_query_t, from, to, 72);
NEXT(broker_query_t, to, candle_type, 80);
NEXT(broker_query_t, candle_type, currency, 96);
NEXT(broker_query_t, currency, max_answers, 112);
SIZE(broker_query_t, max_answers, 120);

FIRST(broker_request_done_t, event);
NEXT(broker_request_done_t, event, kind, 40);
NEXT(broker_request_done_t, kind, reason, 44);
NEXT(broker_request_done_t, reason, request_id, 48);
NEXT(broker_request_done_t, request_id, count, 56);
NEXT(broker_request_done_t, count, text, 64);
SIZE(broker_request_done_t, text, 80);

FIRST(broker_position_report_t, event);
NEXT(broker_position_report_t, event, channel, 40);
NEXT(broker_position_report_t, channel, is_different, 44);
NEXT(broker_position_report_t, is_different, request_id, 48);
NEXT(broker_position_report_t, request_id, symbol, 56);
NEXT(broker_position_report_t, symbol, position_code, 72);
NEXT(broker_position_report_t, position_code, currency, 88);
NEXT(broker_position_report_t, currency, long_qty, 104);
NEXT(broker_position_report_t, long_qty, short_qty, 120);
NEXT(broker_position_report_t, short_qty, net_qty, 136);
NEXT(broker_position_report_t, net_qty, avg_px, 152);
NEXT(broker_position_report_t, avg_px, net_qty_from_fills, 168);
NEXT(broker_position_report_t, net_qty_from_fills, as_of, 184);
NEXT(broker_position_report_t, as_of, fields, 192);
SIZE(broker_position_report_t, fields, 208);

FIRST(broker_trade_report_t, event);
NEXT(broker_trade_report_t, event, side, 40);
NEXT(broker_trade_report_t, side, is_canceled, 44);
NEXT(broker_trade_report_t, is_canceled, request_id, 48);
NEXT(broker_trade_report_t, request_id, trade_id, 56);
NEXT(broker_trade_report_t, trade_id, exec_id, 72);
NEXT(broker_trade_report_t, exec_id, order_id, 88);
NEXT(broker_trade_report_t, order_id, cl_ord_id, 104);
NEXT(broker_trade_report_t, cl_ord_id, symbol, 120);
NEXT(broker_trade_report_t, symbol, last_qty, 136);
NEXT(broker_trade_report_t, last_qty, last_px, 152);
NEXT(broker_trade_report_t, last_px, transact_time, 168);
NEXT(broker_trade_report_t, transact_time, trade_date, 176);
NEXT(broker_trade_report_t, trade_date, fields, 192);
SIZE(broker_trade_report_t, fields, 208);

FIRST(broker_instrument_t, event);
NEXT(broker_instrument_t, event, request_id, 40);
NEXT(broker_instrument_t, request_id, symbol, 48);
NEXT(broker_instrument_t, symbol, description, 64);
NEXT(broker_instrument_t, description, security_type, 80);
NEXT(broker_instrument_t, security_type, currency, 96);
NEXT(broker_instrument_t, currency, exchange, 112);
NEXT(broker_instrument_t, exchange, contract_multiplier, 128);
NEXT(broker_instrument_t, contract_multiplier, price_increment, 144);
NEXT(broker_instrument_t, price_increment, qty_increment, 160);
NEXT(broker_instrument_t, qty_increment, min_qty, 176);
NEXT(broker_instrument_t, min_qty, max_qty, 192);
NEXT(broker_instrument_t, max_qty, fields, 208);
NEXT(broker_instrument_t, fields, lot_size, 224);
NEXT(broker_instrument_t, lot_size, margin_rate, 240);
NEXT(broker_instrument_t, margin_rate, trading_status, 256);
NEXT(broker_instrument_t, trading_status, trading_hours, 272);
NEXT(broker_instrument_t, trading_hours, channel, 288);
NEXT(broker_instrument_t, channel, must_be_zero, 292);
SIZE(broker_instrument_t, must_be_zero, 296);

FIRST(broker_trading_session_status_t, event);
NEXT(broker_trading_session_status_t, event, status, 40);
NEXT(broker_trading_session_status_t, status, must_be_zero, 44);
NEXT(broker_trading_session_status_t, must_be_zero, request_id, 48);
NEXT(broker_trading_session_status_t, request_id, trading_session_id, 56);
NEXT(broker_trading_session_status_t, trading_session_id, symbol, 72);
NEXT(broker_trading_session_status_t, symbol, raw_status, 88);
NEXT(broker_trading_session_status_t, raw_status, text, 104);
NEXT(broker_trading_session_status_t, text, start_time, 120);
NEXT(broker_trading_session_status_t, start_time, end_time, 128);
SIZE(broker_trading_session_status_t, end_time, 136);

FIRST(broker_venue_fault_t, event);
NEXT(broker_venue_fault_t, event, reason, 40);
NEXT(broker_venue_fault_t, reason, channel, 44);
NEXT(broker_venue_fault_t, channel, msg_seq_num, 48);
NEXT(broker_venue_fault_t, msg_seq_num, msg_type, 56);
NEXT(broker_venue_fault_t, msg_type, cl_ord_id, 72);
NEXT(broker_venue_fault_t, cl_ord_id, order_id, 88);
NEXT(broker_venue_fault_t, order_id, exec_id, 104);
NEXT(broker_venue_fault_t, exec_id, reason_name, 120);
NEXT(broker_venue_fault_t, reason_name, text, 136);
SIZE(broker_venue_fault_t, text, 152);

int main(void) { return 0; }
