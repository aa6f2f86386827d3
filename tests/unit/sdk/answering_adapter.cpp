// An adapter without a venue that has every extension and answers each call at once, from within
// the call, with a fixed picture of the account ACC-1. The symbol NONE is not supported, and
// questions about the symbol REFUSED are refused by the venue.
#include <cstdio>
#include <cstring>
#include <string_view>

#include "broker/abi/broker.h"

struct broker_adapter {
    const broker_host_t* host = nullptr;
    std::uint64_t event_seq_num = 0;
    mutable int id_count = 0;
};

namespace {

constexpr std::string_view kAccount = "ACC-1";

broker_str_t borrow(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(broker_str_t text) { return {text.data, text.size}; }
constexpr broker_decimal_t decimal(std::int64_t coefficient, std::int32_t scale) {
    return {coefficient, scale, 1};
}

template <class Record>
Record begin(broker_event_type_t type) {
    Record record{};
    record.event.struct_size = sizeof(record);
    record.event.type = type;
    record.event.account = borrow(kAccount);
    return record;
}
template <class Record>
void send(broker_adapter_t* adapter, Record record) {
    record.event.event_seq_num = ++adapter->event_seq_num;
    adapter->host->on_event(adapter->host->host_data, &record.event);
}

broker_status_t not_supported(broker_error_t* error) {
    constexpr std::string_view kText = "the venue does not have it";
    if (error != nullptr) {
        error->status = BROKER_NOT_SUPPORTED;
        error->reason = BROKER_REASON_NOT_SUPPORTED;
        error->text_size = kText.size();
        std::memcpy(error->text, kText.data(), kText.size() + 1);
    }
    return BROKER_NOT_SUPPORTED;
}

// ---- orders

broker_execution_report_t report_of(const broker_new_order_t& order) {
    auto report = begin<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
    report.exec_type = BROKER_EXEC_TYPE_NEW;
    report.ord_status = BROKER_ORD_STATUS_NEW;
    report.certainty = BROKER_CERTAINTY_ACKNOWLEDGED;
    report.side = order.side;
    report.ord_type = order.ord_type;
    report.time_in_force = order.time_in_force;
    report.cl_ord_id = order.cl_ord_id;
    report.order_id = order.cl_ord_id;
    report.symbol = order.symbol;
    report.order_qty = order.order_qty;
    report.price = order.price;
    report.stop_px = order.stop_px;
    report.channel = BROKER_CHANNEL_FIX_TRADING;
    report.position_effect = order.position_effect;
    report.cash_order_qty = order.cash_order_qty;
    report.expire_time = order.expire_time;
    report.ex_destination = order.ex_destination;
    report.position_code = order.position_code;
    report.fields = order.fields;
    return report;
}

broker_status_t submit(broker_adapter_t* adapter, const broker_new_order_t* order,
                       broker_error_t* error) {
    if (view(order->symbol) == "NONE") return not_supported(error);
    send(adapter, report_of(*order));
    return BROKER_OK;
}

broker_execution_report_t change_of(broker_str_t cl_ord_id, broker_str_t orig_cl_ord_id) {
    auto report = begin<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT);
    report.certainty = BROKER_CERTAINTY_ACKNOWLEDGED;
    report.cl_ord_id = cl_ord_id;
    report.orig_cl_ord_id = orig_cl_ord_id;
    return report;
}

broker_status_t replace(broker_adapter_t* adapter, const broker_replace_order_t* request,
                        broker_error_t*) {
    auto report = change_of(request->cl_ord_id, request->orig_cl_ord_id);
    report.exec_type = BROKER_EXEC_TYPE_REPLACED;
    report.ord_status = BROKER_ORD_STATUS_NEW;
    report.order_qty = request->order_qty;
    report.price = request->price;
    report.stop_px = request->stop_px;
    report.time_in_force = request->time_in_force;
    report.expire_time = request->expire_time;
    report.fields = request->fields;
    send(adapter, report);
    return BROKER_OK;
}

broker_status_t cancel(broker_adapter_t* adapter, const broker_cancel_order_t* request,
                       broker_error_t*) {
    auto report = change_of(request->cl_ord_id, request->orig_cl_ord_id);
    report.exec_type = BROKER_EXEC_TYPE_CANCELED;
    report.ord_status = BROKER_ORD_STATUS_CANCELED;
    send(adapter, report);
    return BROKER_OK;
}

broker_status_t cancel_all(broker_adapter_t*, const broker_cancel_all_t*, broker_error_t*) {
    return BROKER_OK;
}

void send_list_status(broker_adapter_t* adapter, broker_str_t list_id,
                      broker_list_order_status_t status) {
    auto event = begin<broker_order_list_status_t>(BROKER_EVENT_ORDER_LIST);
    event.list_id = list_id;
    event.status = status;
    send(adapter, event);
}

broker_status_t submit_list(broker_adapter_t* adapter, const broker_order_list_t* list,
                            broker_error_t* error) {
    if (view(list->first->symbol) == "NONE") return not_supported(error);
    send_list_status(adapter, list->list_id, BROKER_LIST_ORDER_STATUS_EXECUTING);
    for (const broker_new_order_t* const order : {list->first, list->second, list->third}) {
        if (order == nullptr) continue;
        auto report = report_of(*order);
        report.list_id = list->list_id;
        send(adapter, report);
    }
    return BROKER_OK;
}

broker_status_t cancel_list(broker_adapter_t* adapter, const broker_cancel_order_list_t* request,
                            broker_error_t*) {
    send_list_status(adapter, request->list_id, BROKER_LIST_ORDER_STATUS_ALL_DONE);
    return BROKER_OK;
}

broker_status_t generate(const broker_adapter_t* adapter, broker_str_t, char* cl_ord_id,
                         broker_error_t*) {
    std::snprintf(cl_ord_id, BROKER_CL_ORD_ID_SIZE, "GEN-%d", ++adapter->id_count);
    return BROKER_OK;
}

// ---- questions

// Sends the answers that `answer` makes and returns how many, and then their end.
template <class Answer>
broker_status_t ask(broker_adapter_t* adapter, const broker_query_t* query, broker_error_t* error,
                    broker_query_kind_t kind, Answer answer) {
    if (view(query->symbol) == "NONE") return not_supported(error);
    auto done = begin<broker_request_done_t>(BROKER_EVENT_REQUEST_DONE);
    done.kind = kind;
    done.request_id = query->request_id;
    if (view(query->symbol) == "REFUSED") {
        done.reason = BROKER_REASON_REQUEST_REJECTED;
        done.text = borrow("not entitled");
    } else {
        answer();
        done.count = 1;
    }
    send(adapter, done);
    return BROKER_OK;
}

broker_str_t symbol_of(const broker_query_t& query) {
    return query.symbol.size != 0 ? query.symbol : borrow("EURUSD");
}

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

// ---- market data

void send_status(broker_adapter_t* adapter, std::uint64_t request_id, broker_str_t symbol,
                 broker_md_status_t status) {
    auto event = begin<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS);
    event.status = status;
    event.request_id = request_id;
    event.symbol = symbol;
    send(adapter, event);
}

void send_entry(broker_adapter_t* adapter, const broker_market_data_request_t& request,
                broker_md_entry_type_t type, std::int64_t px) {
    auto entry = begin<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY);
    entry.entry_type = type;
    entry.action = BROKER_MD_UPDATE_ACTION_NEW;
    entry.is_last = type == BROKER_MD_ENTRY_TYPE_OFFER ? 1 : 0;
    entry.is_snapshot = 1;
    entry.request_id = request.request_id;
    entry.symbol = request.symbol;
    entry.candle_type = request.candle_type;
    if (px != 0) entry.px = decimal(px, 5);
    send(adapter, entry);
}

broker_status_t subscribe(broker_adapter_t* adapter, const broker_market_data_request_t* request,
                          broker_error_t* error) {
    if (view(request->symbol) == "NONE") return not_supported(error);
    send_status(adapter, request->request_id, request->symbol, BROKER_MD_STATUS_LIVE);
    if (request->depth == BROKER_MARKET_DATA_TOP_OF_BOOK) {
        auto quote = begin<broker_quote_t>(BROKER_EVENT_QUOTE);
        quote.is_snapshot = 1;
        quote.request_id = request->request_id;
        quote.symbol = request->symbol;
        quote.bid_px = decimal(110'000, 5);
        quote.offer_px = decimal(110'002, 5);
        send(adapter, quote);
    } else {
        send_entry(adapter, *request, BROKER_MD_ENTRY_TYPE_EMPTY_BOOK, 0);
        send_entry(adapter, *request, BROKER_MD_ENTRY_TYPE_BID, 110'000);
        send_entry(adapter, *request, BROKER_MD_ENTRY_TYPE_OFFER, 110'002);
    }
    return BROKER_OK;
}

broker_status_t unsubscribe(broker_adapter_t* adapter, broker_str_t, std::uint64_t request_id,
                            broker_error_t*) {
    send_status(adapter, request_id, {}, BROKER_MD_STATUS_ENDED);
    return BROKER_OK;
}

// ---- accounts

std::uint64_t count_accounts(const broker_adapter_t*) { return 1; }
broker_status_t get_status_at(const broker_adapter_t*, std::uint64_t,
                              broker_account_status_t* status, broker_error_t*) {
    status->account = borrow(kAccount);
    status->state = BROKER_ACCOUNT_STATE_READY;
    return BROKER_OK;
}
broker_status_t get_status(const broker_adapter_t* adapter, broker_str_t,
                           broker_account_status_t* status, broker_error_t* error) {
    return get_status_at(adapter, 0, status, error);
}
broker_status_t request_snapshot(broker_adapter_t* adapter, broker_str_t, std::uint64_t request_id,
                                 broker_error_t*) {
    auto snapshot = begin<broker_snapshot_event_t>(BROKER_EVENT_SNAPSHOT);
    snapshot.phase = BROKER_SNAPSHOT_PHASE_END;
    snapshot.request_id = request_id;
    send(adapter, snapshot);
    return BROKER_OK;
}
broker_status_t request_summary(broker_adapter_t* adapter, broker_str_t, std::uint64_t request_id,
                                broker_error_t*) {
    auto summary = begin<broker_account_summary_t>(BROKER_EVENT_ACCOUNT_SUMMARY);
    summary.request_id = request_id;
    summary.currency = borrow("USD");
    summary.balance = decimal(10'000'000, 2);
    send(adapter, summary);
    return BROKER_OK;
}
broker_status_t get_capabilities(const broker_adapter_t*, broker_str_t,
                                 broker_capabilities_t* capabilities, broker_error_t*) {
    capabilities->has_market_data = 1;
    return BROKER_OK;
}

// ---- lifecycle

broker_status_t create(const broker_host_t* host, const broker_create_params_t*,
                       broker_adapter_t** adapter, broker_error_t*) {
    *adapter = new broker_adapter{host};
    return BROKER_OK;
}
broker_status_t start(broker_adapter_t* adapter, broker_error_t*) {
    auto session = begin<broker_session_event_t>(BROKER_EVENT_SESSION);
    session.state = BROKER_ACCOUNT_STATE_READY;
    send(adapter, session);
    return BROKER_OK;
}
broker_status_t stop(broker_adapter_t*, broker_error_t*) { return BROKER_OK; }
void destroy(broker_adapter_t* adapter) { delete adapter; }

const void* get_extension(const broker_adapter_t*, broker_str_t id) {
    static constexpr broker_order_entry_t orders{submit, replace, cancel, cancel_all};
    static constexpr broker_order_lists_t lists{submit_list, cancel_list};
    static constexpr broker_account_api_t accounts{count_accounts, get_status_at, get_status,
                                                   request_snapshot, request_summary};
    static constexpr broker_capabilities_api_t capabilities{get_capabilities};
    static constexpr broker_cl_ord_id_t ids{generate};
    static constexpr broker_mass_status_t mass_status{request_orders, request_order};
    static constexpr broker_positions_t positions{request_positions, request_positions_from_fills};
    static constexpr broker_trades_t trades{request_trades};
    static constexpr broker_reference_data_t reference_data{request_instruments,
                                                            request_trading_session};
    static constexpr broker_market_data_t market_data{subscribe, unsubscribe};
    struct Extension {
        std::string_view id;
        const void* table;
    };
    static const Extension extensions[]{{BROKER_EXT_ORDER_ENTRY, &orders},
                                        {BROKER_EXT_ORDER_LIST, &lists},
                                        {BROKER_EXT_ACCOUNT, &accounts},
                                        {BROKER_EXT_CAPABILITIES, &capabilities},
                                        {BROKER_EXT_CL_ORD_ID, &ids},
                                        {BROKER_EXT_MASS_STATUS, &mass_status},
                                        {BROKER_EXT_POSITIONS, &positions},
                                        {BROKER_EXT_TRADES, &trades},
                                        {BROKER_EXT_REFERENCE_DATA, &reference_data},
                                        {BROKER_EXT_MARKET_DATA, &market_data}};
    for (const Extension& extension : extensions) {
        if (extension.id == view(id)) return extension.table;
    }
    return nullptr;
}

}  // namespace

extern "C" const broker_adapter_api_t* broker_adapter_entry(uint32_t, uint32_t, broker_error_t*) {
    static const broker_adapter_api_t api{BROKER_ABI_MAJOR,
                                          BROKER_ABI_MINOR,
                                          borrow("answering"),
                                          borrow("1.0.0"),
                                          create,
                                          start,
                                          stop,
                                          destroy,
                                          get_extension};
    return &api;
}
