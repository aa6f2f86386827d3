// The lifecycle.
#include "unit/sdk/answering_adapter.hpp"

#include <cstring>

namespace answering {

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

namespace {

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
    using Find = const void* (*)(std::string_view);
    for (const Find find :
         {find_orders, find_questions, find_history, find_market_data, find_accounts}) {
        if (const void* const table = find(view(id))) return table;
    }
    return nullptr;
}

}  // namespace

const broker_adapter_api_t& api() {
    static const broker_adapter_api_t table{BROKER_ABI_MAJOR,
                                            BROKER_ABI_MINOR,
                                            borrow("answering"),
                                            borrow("1.0.0"),
                                            create,
                                            start,
                                            stop,
                                            destroy,
                                            get_extension};
    return table;
}

}  // namespace answering

extern "C" const broker_adapter_api_t* broker_adapter_entry(uint32_t, uint32_t, broker_error_t*) {
    return &answering::api();
}
