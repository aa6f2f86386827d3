// The account's past, the market's, and conversion rates.
#include "unit/sdk/answering_adapter.hpp"

namespace answering {
namespace {

broker_status_t request_orders(broker_adapter_t* adapter, const broker_query_t* query,
                               broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_ORDER_HISTORY, [&] {
        auto report = begin<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
        report.exec_type = BROKER_EXEC_TYPE_ORDER_STATUS;
        report.ord_status = BROKER_ORD_STATUS_FILLED;
        report.channel = BROKER_CHANNEL_REST;
        report.cl_ord_id = borrow("OLD-1");
        report.symbol = symbol_of(*query);
        report.request_id = query->request_id;
        send(adapter, report);
    });
}

broker_status_t request_cash_transfers(broker_adapter_t* adapter, const broker_query_t* query,
                                       broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_CASH_TRANSFERS, [&] {
        auto transfer = begin<broker_cash_transfer_t>(BROKER_EVENT_CASH_TRANSFER);
        transfer.request_id = query->request_id;
        transfer.transfer_id = borrow("C-1");
        transfer.transfer_type = borrow("DEPOSIT");
        transfer.currency = borrow("USD");
        transfer.value = decimal(50'000, 2);
        transfer.transact_time = query->from;
        send(adapter, transfer);
    });
}

broker_status_t request_account_events(broker_adapter_t* adapter, const broker_query_t* query,
                                       broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_ACCOUNT_EVENTS, [&] {
        auto event = begin<broker_account_event_t>(BROKER_EVENT_ACCOUNT_EVENT);
        event.channel = BROKER_CHANNEL_REST;
        event.request_id = query->request_id;
        event.event_type = borrow("MARGIN_CALL");
        event.risk_level = decimal(81, 2);
        send(adapter, event);
    });
}

broker_status_t request_candles(broker_adapter_t* adapter, const broker_query_t* query,
                                broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_CANDLES, [&] {
        auto candle = begin<broker_candle_t>(BROKER_EVENT_CANDLE);
        candle.request_id = query->request_id;
        candle.symbol = symbol_of(*query);
        candle.candle_type = query->candle_type;
        candle.open_time = query->from;
        candle.open_px = decimal(11'000, 4);
        candle.close_px = decimal(11'005, 4);
        candle.is_forming = query->max_answers == 1 ? 1 : 0;
        send(adapter, candle);
    });
}

broker_status_t request_rates(broker_adapter_t* adapter, const broker_query_t* query,
                              broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_CONVERSION_RATES, [&] {
        auto rate = begin<broker_conversion_rate_t>(BROKER_EVENT_CONVERSION_RATE);
        rate.request_id = query->request_id;
        rate.from_currency = borrow("EUR");
        rate.to_currency = query->currency.size != 0 ? query->currency : borrow("USD");
        rate.rate = decimal(12'001, 4);
        send(adapter, rate);
    });
}

}  // namespace

const void* find_history(std::string_view id) {
    static constexpr broker_history_t history{request_orders, request_cash_transfers,
                                              request_account_events, request_candles};
    static constexpr broker_conversion_t conversion{request_rates};
    if (id == BROKER_EXT_HISTORY) return &history;
    if (id == BROKER_EXT_CONVERSION) return &conversion;
    return nullptr;
}

}  // namespace answering
