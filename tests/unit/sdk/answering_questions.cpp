// Questions about orders, positions, trades and instruments.
#include "unit/sdk/answering_adapter.hpp"

namespace answering {
namespace {

broker_status_t order_status(broker_adapter_t* adapter, const broker_query_t* query,
                             broker_error_t* error, broker_query_kind_t kind) {
    return ask(adapter, query, error, kind, [&] {
        auto report = begin<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
        report.exec_type = BROKER_EXEC_TYPE_ORDER_STATUS;
        report.ord_status = BROKER_ORD_STATUS_NEW;
        report.cl_ord_id = query->cl_ord_id.size != 0 ? query->cl_ord_id : borrow("OTHER-1");
        report.symbol = symbol_of(*query);
        report.request_id = query->request_id;
        send(adapter, report);
    });
}

broker_status_t request_orders(broker_adapter_t* adapter, const broker_query_t* query,
                               broker_error_t* error) {
    return order_status(adapter, query, error, BROKER_QUERY_KIND_MASS_STATUS);
}
broker_status_t request_order(broker_adapter_t* adapter, const broker_query_t* query,
                              broker_error_t* error) {
    return order_status(adapter, query, error, BROKER_QUERY_KIND_ORDER_STATUS);
}

broker_status_t positions_by(broker_adapter_t* adapter, const broker_query_t* query,
                             broker_error_t* error, broker_channel_t channel) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_POSITIONS, [&] {
        auto position = begin<broker_position_report_t>(BROKER_EVENT_POSITION);
        position.channel = channel;
        position.request_id = query->request_id;
        position.symbol = symbol_of(*query);
        position.net_qty_from_fills = decimal(1'000, 0);
        if (channel != BROKER_CHANNEL_UNSPECIFIED) {
            position.long_qty = decimal(100'000, 2);
            position.short_qty = decimal(0, 0);
            position.net_qty = decimal(100'000, 2);
            position.avg_px = decimal(110'002, 5);
        }
        send(adapter, position);
    });
}

broker_status_t request_positions(broker_adapter_t* adapter, const broker_query_t* query,
                                  broker_error_t* error) {
    return positions_by(adapter, query, error, BROKER_CHANNEL_FIX_TRADING);
}
broker_status_t request_positions_from_fills(broker_adapter_t* adapter, const broker_query_t* query,
                                             broker_error_t* error) {
    return positions_by(adapter, query, error, BROKER_CHANNEL_UNSPECIFIED);
}

broker_status_t request_trades(broker_adapter_t* adapter, const broker_query_t* query,
                               broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_TRADES, [&] {
        auto trade = begin<broker_trade_report_t>(BROKER_EVENT_TRADE);
        trade.side = BROKER_SIDE_BUY;
        trade.request_id = query->request_id;
        trade.trade_id = borrow("T-1");
        trade.cl_ord_id = query->cl_ord_id;
        trade.symbol = symbol_of(*query);
        trade.last_qty = decimal(1'000, 0);
        trade.transact_time = query->from;
        send(adapter, trade);
    });
}

broker_status_t request_instruments(broker_adapter_t* adapter, const broker_query_t* query,
                                    broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_INSTRUMENTS, [&] {
        auto instrument = begin<broker_instrument_t>(BROKER_EVENT_INSTRUMENT);
        instrument.request_id = query->request_id;
        instrument.symbol = symbol_of(*query);
        instrument.price_increment = decimal(1, 5);
        send(adapter, instrument);
    });
}

broker_status_t request_trading_session(broker_adapter_t* adapter, const broker_query_t* query,
                                        broker_error_t* error) {
    return ask(adapter, query, error, BROKER_QUERY_KIND_TRADING_SESSION_STATUS, [&] {
        auto status = begin<broker_trading_session_status_t>(BROKER_EVENT_TRADING_SESSION);
        status.status = BROKER_TRAD_SES_STATUS_OPEN;
        status.request_id = query->request_id;
        send(adapter, status);
    });
}

}  // namespace

const void* find_questions(std::string_view id) {
    static constexpr broker_mass_status_t mass_status{request_orders, request_order};
    static constexpr broker_positions_t positions{request_positions, request_positions_from_fills};
    static constexpr broker_trades_t trades{request_trades};
    static constexpr broker_reference_data_t reference_data{request_instruments,
                                                            request_trading_session};
    if (id == BROKER_EXT_MASS_STATUS) return &mass_status;
    if (id == BROKER_EXT_POSITIONS) return &positions;
    if (id == BROKER_EXT_TRADES) return &trades;
    if (id == BROKER_EXT_REFERENCE_DATA) return &reference_data;
    return nullptr;
}

}  // namespace answering
