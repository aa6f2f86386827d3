// The extension broker.operator/1 as a C++ class. Made by AdapterHandle; valid while it lives.
#pragma once

#include <cstdint>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/extension_call.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// What a person may do with an account. An ok Status means "will be done": a request-done event
// with the request_id (not 0) says when it was. `why`: who wants it and why. [any-thread & started]
class Operator {
public:
    Operator(broker_adapter_t* adapter, const broker_operator_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    // Logs the trading session out and keeps it out until resume.
    Status pause(std::string_view account, std::uint64_t request_id, std::string_view why) const {
        return call(table_->pause, account, request_id, why);
    }
    // Refuses new orders and replaces; cancels go out.
    Status drain(std::string_view account, std::uint64_t request_id, std::string_view why) const {
        return call(table_->drain, account, request_id, why);
    }
    Status resume(std::string_view account, std::uint64_t request_id, std::string_view why) const {
        return call(table_->resume, account, request_id, why);
    }
    // Logs out and connects at once.
    Status reconnect(std::string_view account, std::uint64_t request_id,
                     std::string_view why) const {
        return call(table_->reconnect, account, request_id, why);
    }
    // Fills `status` if it returns ok. [any-thread]
    Status read(std::string_view account, broker_operator_status_t& status) const {
        status = {};
        status.struct_size = sizeof(status);
        detail::CallError error;
        return error.status(table_->read(adapter_, borrow(account), &status, error.get()));
    }

    // Fills `numbers` if it returns ok. [any-thread]
    Status read_sequence_numbers(std::string_view account, broker_channel_t channel,
                                 broker_sequence_numbers_t& numbers) const {
        numbers = {};
        numbers.struct_size = sizeof(numbers);
        detail::CallError error;
        return error.status(table_->read_sequence_numbers(adapter_, borrow(account), channel,
                                                          &numbers, error.get()));
    }
    // Logs out, sets (0: stays as it is), logs on.
    Status set_sequence_numbers(std::string_view account, broker_channel_t channel,
                                std::uint64_t next_sender, std::uint64_t next_target,
                                std::uint64_t request_id, std::string_view why) const {
        auto command = session_command(account, channel, request_id, why);
        command.next_sender_msg_seq_num = next_sender;
        command.next_target_msg_seq_num = next_target;
        return detail::call_with_record(adapter_, table_->set_sequence_numbers, command);
    }
    // The next Logon begins both at 1.
    Status reset_sequence_numbers(std::string_view account, broker_channel_t channel,
                                  std::uint64_t request_id, std::string_view why) const {
        auto command = session_command(account, channel, request_id, why);
        return detail::call_with_record(adapter_, table_->reset_sequence_numbers, command);
    }
    // `host`: host:port as configured; empty: the next in turn.
    Status fail_over(std::string_view account, broker_channel_t channel, std::string_view host,
                     std::uint64_t request_id, std::string_view why) const {
        auto command = session_command(account, channel, request_id, why);
        command.host = borrow(host);
        return detail::call_with_record(adapter_, table_->fail_over, command);
    }
    // Brings the accounts to what the YAML file at `config_path` says; `why` as above. Fills
    // `result` whether it returns ok or not. [control-thread & started]
    Status reload(std::string_view config_path, std::string_view why,
                  broker_reload_result_t& result) const {
        broker_reload_command_t command{};
        command.struct_size = sizeof(command);
        command.config_path = borrow(config_path);
        command.why = borrow(why);
        result = {};
        result.struct_size = sizeof(result);
        detail::CallError error;
        return error.status(table_->reload(adapter_, &command, &result, error.get()));
    }

private:
    static broker_session_command_t session_command(std::string_view account,
                                                    broker_channel_t channel,
                                                    std::uint64_t request_id,
                                                    std::string_view why) {
        broker_session_command_t command{};
        command.channel = channel;
        command.account = borrow(account);
        command.request_id = request_id;
        command.why = borrow(why);
        return command;
    }
    template <class Slot>
    Status call(Slot slot, std::string_view account, std::uint64_t request_id,
                std::string_view why) const {
        broker_operator_command_t command{};
        command.account = borrow(account);
        command.request_id = request_id;
        command.why = borrow(why);
        return detail::call_with_record(adapter_, slot, command);
    }

    broker_adapter_t* adapter_;
    const broker_operator_t* table_;
};

}  // namespace broker::sdk
