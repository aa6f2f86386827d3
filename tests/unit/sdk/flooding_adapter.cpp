// An adapter without a venue: from start on, its event thread sends one session event and then as
// many execution reports as `config_path` says, as fast as the host takes them. stop waits until
// all are delivered. It checks the control thread and logs through the host's extensions.
#include <atomic>
#include <charconv>
#include <string>
#include <string_view>
#include <thread>

#include "broker/abi/broker.h"

struct broker_adapter {
    const broker_host_t* host = nullptr;
    const broker_log_t* log = nullptr;
    const broker_thread_check_t* thread_check = nullptr;
    int report_count = 0;
    std::thread event_thread;
};

namespace {

constexpr std::string_view kAccount = "FLOOD-1";

broker_str_t borrow(std::string_view text) { return {text.data(), text.size()}; }

void send_events(broker_adapter_t* adapter) {
    const broker_host_t& host = *adapter->host;
    if (adapter->log != nullptr) {
        adapter->log->write(host.host_data, BROKER_LOG_LEVEL_INFO, borrow("flood-begins"));
    }
    broker_session_event_t session{};
    session.event.struct_size = sizeof(session);
    session.event.type = BROKER_EVENT_SESSION;
    session.event.account = borrow(kAccount);
    session.state = BROKER_ACCOUNT_STATE_READY;
    host.on_event(host.host_data, &session.event);
    for (int i = 1; i <= adapter->report_count; ++i) {
        const std::string id = "F-" + std::to_string(i);
        broker_execution_report_t report{};
        report.event.struct_size = sizeof(report);
        report.event.type = BROKER_EVENT_EXECUTION_REPORT;
        report.event.account = borrow(kAccount);
        report.cl_ord_id = borrow(id);
        host.on_event(host.host_data, &report.event);
    }
}

broker_status_t create(const broker_host_t* host, const broker_create_params_t* params,
                       broker_adapter_t** adapter, broker_error_t*) {
    auto created = new broker_adapter;
    created->host = host;
    const std::string_view count{params->config_path.data, params->config_path.size};
    std::from_chars(count.data(), count.data() + count.size(), created->report_count);
    *adapter = created;
    return BROKER_OK;
}

bool is_on_control_thread(const broker_adapter_t* adapter) {
    return adapter->thread_check == nullptr ||
           adapter->thread_check->is_control_thread(adapter->host->host_data) == 1;
}

broker_status_t start(broker_adapter_t* adapter, broker_error_t*) {
    const broker_host_t& host = *adapter->host;
    adapter->log = static_cast<const broker_log_t*>(
        host.get_extension(host.host_data, borrow(BROKER_EXT_LOG)));
    adapter->thread_check = static_cast<const broker_thread_check_t*>(
        host.get_extension(host.host_data, borrow(BROKER_EXT_THREAD_CHECK)));
    if (!is_on_control_thread(adapter)) return BROKER_WRONG_THREAD;
    adapter->event_thread = std::thread{send_events, adapter};
    return BROKER_OK;
}

broker_status_t stop(broker_adapter_t* adapter, broker_error_t*) {
    if (!is_on_control_thread(adapter)) return BROKER_WRONG_THREAD;
    if (adapter->event_thread.joinable()) adapter->event_thread.join();
    return BROKER_OK;
}

void destroy(broker_adapter_t* adapter) {
    if (adapter == nullptr) return;
    if (adapter->event_thread.joinable()) adapter->event_thread.join();
    delete adapter;
}

const void* get_extension(const broker_adapter_t*, broker_str_t) { return nullptr; }

}  // namespace

extern "C" const broker_adapter_api_t* broker_adapter_entry(uint32_t, uint32_t, broker_error_t*) {
    static const broker_adapter_api_t api{BROKER_ABI_MAJOR,
                                          BROKER_ABI_MINOR,
                                          borrow("flooding"),
                                          borrow("1.0.0"),
                                          create,
                                          start,
                                          stop,
                                          destroy,
                                          get_extension};
    return &api;
}
