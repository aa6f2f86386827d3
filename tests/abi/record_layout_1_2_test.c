// The layout of the records and tables that version 1.2 added (see record_layout_test.c).
#include "broker/abi/broker.h"
#include "layout_checks.h"

FIRST(broker_conversion_t, request_rates);
SIZE(broker_conversion_t, request_rates, 8);

FIRST(broker_history_t, request_orders);
NEXT(broker_history_t, request_orders, request_cash_transfers, 8);
NEXT(broker_history_t, request_cash_transfers, request_account_events, 16);
NEXT(broker_history_t, request_account_events, request_candles, 24);
SIZE(broker_history_t, request_candles, 32);

FIRST(broker_account_event_t, event);
NEXT(broker_account_event_t, event, channel, 40);
NEXT(broker_account_event_t, channel, must_be_zero, 44);
NEXT(broker_account_event_t, must_be_zero, request_id, 48);
NEXT(broker_account_event_t, request_id, event_type, 56);
NEXT(broker_account_event_t, event_type, text, 72);
NEXT(broker_account_event_t, text, threshold, 88);
NEXT(broker_account_event_t, threshold, risk_level, 104);
NEXT(broker_account_event_t, risk_level, transact_time, 120);
SIZE(broker_account_event_t, transact_time, 128);

FIRST(broker_cash_transfer_t, event);
NEXT(broker_cash_transfer_t, event, request_id, 40);
NEXT(broker_cash_transfer_t, request_id, transfer_id, 48);
NEXT(broker_cash_transfer_t, transfer_id, transaction_id, 64);
NEXT(broker_cash_transfer_t, transaction_id, transfer_type, 80);
NEXT(broker_cash_transfer_t, transfer_type, currency, 96);
NEXT(broker_cash_transfer_t, currency, comment, 112);
NEXT(broker_cash_transfer_t, comment, order_id, 128);
NEXT(broker_cash_transfer_t, order_id, cl_ord_id, 144);
NEXT(broker_cash_transfer_t, cl_ord_id, position_code, 160);
NEXT(broker_cash_transfer_t, position_code, value, 176);
NEXT(broker_cash_transfer_t, value, transact_time, 192);
SIZE(broker_cash_transfer_t, transact_time, 200);

FIRST(broker_candle_t, event);
NEXT(broker_candle_t, event, request_id, 40);
NEXT(broker_candle_t, request_id, symbol, 48);
NEXT(broker_candle_t, symbol, candle_type, 64);
NEXT(broker_candle_t, candle_type, open_time, 80);
NEXT(broker_candle_t, open_time, open_px, 88);
NEXT(broker_candle_t, open_px, high_px, 104);
NEXT(broker_candle_t, high_px, low_px, 120);
NEXT(broker_candle_t, low_px, close_px, 136);
NEXT(broker_candle_t, close_px, volume, 152);
NEXT(broker_candle_t, volume, is_forming, 168);
NEXT(broker_candle_t, is_forming, must_be_zero, 172);
SIZE(broker_candle_t, must_be_zero, 176);

FIRST(broker_conversion_rate_t, event);
NEXT(broker_conversion_rate_t, event, request_id, 40);
NEXT(broker_conversion_rate_t, request_id, from_currency, 48);
NEXT(broker_conversion_rate_t, from_currency, to_currency, 64);
NEXT(broker_conversion_rate_t, to_currency, rate, 80);
SIZE(broker_conversion_rate_t, rate, 96);

int main(void) { return 0; }
