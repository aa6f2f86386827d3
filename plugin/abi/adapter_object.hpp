// What stands behind the opaque broker_adapter_t, and what every table needs to work on it.
#pragma once

#include <atomic>
#include <memory>
#include <string_view>

#include "abi/exception_barrier.hpp"
#include "abi/record.hpp"
#include "broker/abi/adapter.h"
#include "runtime/adapter.hpp"

// In the global namespace: the C headers declare it.
struct broker_adapter {
    const broker_host_t* host = nullptr;
    std::unique_ptr<broker::runtime::Adapter> runtime;
    std::atomic<bool> is_in_lifecycle_call{false};
};

namespace broker::abi {

// The status that says best what an error of ours means to a caller.
[[nodiscard]] broker_status_t status_of(core::Reason reason);

inline broker_status_t refuse(broker_error_t* error, const core::Error& why) {
    return write_error(error, status_of(why.reason), why.reason, why.detail);
}

// BROKER_OK, or the refusal that `result` is.
template <class Value>
broker_status_t status_from(const core::Result<Value>& result, broker_error_t* error) {
    return result ? static_cast<broker_status_t>(BROKER_OK) : refuse(error, result.error());
}

// Runs `body` with the account named `account`, also if it is down: for what can be read of it.
template <class Body>
broker_status_t with_any_account(const broker_adapter_t* adapter, std::string_view account,
                                 broker_error_t* error, Body&& body) {
    if (adapter == nullptr) {
        return refuse(error, core::fail(core::Reason::InvalidField, "adapter: expected not null"));
    }
    const auto accounts = adapter->runtime->accounts();  // pinned until the body is done
    const runtime::Account* found = accounts->find(account);
    if (found == nullptr) {
        return refuse(error,
                      core::fail(core::Reason::AccountUnknown,
                                 "no account \"" + std::string{account} + "\" is configured"));
    }
    return body(*found);
}

// The same with one that is not down; else the refusal says why it is.
template <class Body>
broker_status_t with_account(const broker_adapter_t* adapter, std::string_view account,
                             broker_error_t* error, Body&& body) {
    return with_any_account(adapter, account, error, [&](const runtime::Account& found) {
        return found.is_down() ? refuse(error, found.why_down) : body(found);
    });
}

// The tables; each is static.
[[nodiscard]] const broker_adapter_api_t* adapter_table();
[[nodiscard]] const void* order_entry_table();
[[nodiscard]] const void* capabilities_table();
[[nodiscard]] const void* account_table();
[[nodiscard]] const void* cl_ord_id_table();
[[nodiscard]] const void* order_list_table();
[[nodiscard]] const void* market_data_table();
[[nodiscard]] const void* risk_table();
[[nodiscard]] const void* operator_table();
[[nodiscard]] const void* schedule_table();

}  // namespace broker::abi
