// What stops an account from trading, and the operator. A loss guard that could be reset there is
// none.
#include "unit/sdk/answering_adapter.hpp"

namespace answering {
namespace {

broker_status_t flatten(broker_adapter_t* adapter, broker_str_t, broker_error_t*) {
    adapter->open_positions = 0;
    return BROKER_OK;
}

broker_status_t set_kill_switch(broker_adapter_t* adapter, broker_str_t account, std::int32_t on,
                                std::int32_t has_flatten, broker_error_t* error) {
    adapter->is_kill_switch_on = on != 0;
    return has_flatten != 0 ? flatten(adapter, account, error) : BROKER_OK;
}

broker_status_t reset_guard(broker_adapter_t*, broker_str_t, broker_error_t* error) {
    return not_supported(error);
}

broker_status_t read(const broker_adapter_t* adapter, broker_str_t, broker_risk_status_t* status,
                     broker_error_t*) {
    status->is_kill_switch_on = adapter->is_kill_switch_on ? 1 : 0;
    status->equity = decimal(10'000'000, 2);
    status->data_age = -1;
    status->open_positions = adapter->open_positions;
    return BROKER_OK;
}

broker_status_t hold(broker_adapter_t* adapter, const broker_operator_command_t* command,
                     bool is_paused, bool is_draining) {
    adapter->is_paused = is_paused;
    adapter->is_draining = is_draining;
    auto done = begin<broker_request_done_t>(BROKER_EVENT_REQUEST_DONE);
    done.request_id = command->request_id;
    send(adapter, done);
    return BROKER_OK;
}
broker_status_t pause(broker_adapter_t* adapter, const broker_operator_command_t* command,
                      broker_error_t*) {
    return hold(adapter, command, true, adapter->is_draining);
}
broker_status_t drain(broker_adapter_t* adapter, const broker_operator_command_t* command,
                      broker_error_t*) {
    return hold(adapter, command, adapter->is_paused, true);
}
broker_status_t resume(broker_adapter_t* adapter, const broker_operator_command_t* command,
                       broker_error_t*) {
    return hold(adapter, command, false, false);
}
broker_status_t reconnect(broker_adapter_t*, const broker_operator_command_t*,
                          broker_error_t* error) {
    return not_supported(error);
}
broker_status_t read_operator(const broker_adapter_t* adapter, broker_str_t,
                              broker_operator_status_t* status, broker_error_t*) {
    status->is_paused = adapter->is_paused ? 1 : 0;
    status->is_draining = adapter->is_draining ? 1 : 0;
    return BROKER_OK;
}

broker_status_t read_sequence_numbers(const broker_adapter_t* adapter, broker_str_t,
                                      broker_channel_t, broker_sequence_numbers_t* numbers,
                                      broker_error_t*) {
    numbers->next_sender_msg_seq_num = adapter->next_sender;
    numbers->next_target_msg_seq_num = 7;
    return BROKER_OK;
}
broker_status_t set_sequence_numbers(broker_adapter_t* adapter,
                                     const broker_session_command_t* command, broker_error_t*) {
    adapter->next_sender = command->next_sender_msg_seq_num;
    return BROKER_OK;
}
broker_status_t reset_sequence_numbers(broker_adapter_t* adapter, const broker_session_command_t*,
                                       broker_error_t*) {
    adapter->next_sender = 1;
    return BROKER_OK;
}
broker_status_t fail_over(broker_adapter_t*, const broker_session_command_t*,
                          broker_error_t* error) {
    return not_supported(error);
}

broker_status_t reload(broker_adapter_t* adapter, const broker_reload_command_t* command,
                       broker_reload_result_t* result, broker_error_t*) {
    adapter->config_path = std::string{command->config_path.data, command->config_path.size};
    result->is_applied = 1;
    result->added = 3;
    return BROKER_OK;
}

}  // namespace

const void* find_risk(std::string_view id) {
    static constexpr broker_risk_t risk{set_kill_switch, flatten, reset_guard, read};
    static constexpr broker_operator_t operator_desk{pause,
                                                     drain,
                                                     resume,
                                                     reconnect,
                                                     read_operator,
                                                     read_sequence_numbers,
                                                     set_sequence_numbers,
                                                     reset_sequence_numbers,
                                                     fail_over,
                                                     reload};
    if (id == BROKER_EXT_OPERATOR) return &operator_desk;
    return id == BROKER_EXT_RISK ? &risk : nullptr;
}

}  // namespace answering
