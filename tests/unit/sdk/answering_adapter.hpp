// An adapter without a venue that has every extension and answers each call at once, from within
// the call, with a fixed picture of the account ACC-1. The symbol NONE is not supported, and
// questions about the symbol REFUSED are refused by the venue.
#pragma once

#include <string>
#include <string_view>

#include "broker/abi/broker.h"

struct broker_adapter {
    const broker_host_t* host = nullptr;
    std::uint64_t event_seq_num = 0;
    mutable int id_count = 0;
    bool is_kill_switch_on = false;
    bool is_paused = false;
    bool is_draining = false;
    std::uint64_t next_sender = 3;
    std::string config_path{};  // of the last reload
    std::int64_t open_positions = 2;
};

namespace answering {

inline constexpr std::string_view kAccount = "ACC-1";

inline broker_str_t borrow(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view view(broker_str_t text) { return {text.data, text.size}; }
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

broker_status_t not_supported(broker_error_t* error);

// Sends the answer that `answer` makes to a question, and then their end.
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

inline broker_str_t symbol_of(const broker_query_t& query) {
    return query.symbol.size != 0 ? query.symbol : borrow("EURUSD");
}

// The tables; each is static. Null: the noun has no such extension.
const void* find_orders(std::string_view id);
const void* find_questions(std::string_view id);
const void* find_history(std::string_view id);
const void* find_market_data(std::string_view id);
const void* find_accounts(std::string_view id);
const void* find_risk(std::string_view id);

}  // namespace answering
