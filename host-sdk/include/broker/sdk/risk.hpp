// The extension broker.risk/1 as a C++ class. Made by AdapterHandle; valid while it lives.
#pragma once

#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/extension_call.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// What stops an account from trading. An ok Status of the commands means "will be done": a session
// event says when it was. [any-thread & started]
class Risk {
public:
    Risk(broker_adapter_t* adapter, const broker_risk_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    // New orders and replaces are refused while it is on; `flatten` brings the account to rest.
    Status set_kill_switch(std::string_view account, bool on, bool flatten = false) const {
        detail::CallError error;
        return error.status(table_->set_kill_switch(adapter_, borrow(account), on ? 1 : 0,
                                                    flatten ? 1 : 0, error.get()));
    }
    // Cancels every order and closes every position.
    Status flatten(std::string_view account) const {
        detail::CallError error;
        return error.status(table_->flatten(adapter_, borrow(account), error.get()));
    }
    // Releases a loss guard that has tripped: losses count anew.
    Status reset_guard(std::string_view account) const {
        detail::CallError error;
        return error.status(table_->reset_guard(adapter_, borrow(account), error.get()));
    }
    // Fills `status` if it returns ok. [any-thread]
    Status read(std::string_view account, broker_risk_status_t& status) const {
        status = {};
        status.struct_size = sizeof(status);
        detail::CallError error;
        return error.status(table_->read(adapter_, borrow(account), &status, error.get()));
    }

private:
    broker_adapter_t* adapter_;
    const broker_risk_t* table_;
};

}  // namespace broker::sdk
