// What the calls of the control thread have in common: start, stop, destroy, reload.
#pragma once

#include <string>
#include <string_view>

#include "abi/adapter_object.hpp"

namespace broker::abi {

// Marks a lifecycle call for as long as it runs, and says why it must not be made.
class LifecycleCall {
public:
    explicit LifecycleCall(broker_adapter_t& adapter)
        : adapter_{adapter}, is_overlapping_{adapter.is_in_lifecycle_call.exchange(true)} {}
    ~LifecycleCall() {
        if (!is_overlapping_) adapter_.is_in_lifecycle_call = false;
    }
    LifecycleCall(const LifecycleCall&) = delete;
    LifecycleCall& operator=(const LifecycleCall&) = delete;

    // Empty if the call may go on.
    [[nodiscard]] std::string_view objection() const;

private:
    [[nodiscard]] bool is_control_thread() const;

    broker_adapter_t& adapter_;
    const bool is_overlapping_;
};

// Runs `body`, which returns a status, on an adapter in state `expected`; `call` names the function
// in errors.
template <class Body>
broker_status_t lifecycle_call(broker_adapter_t* adapter, runtime::Adapter::Lifecycle expected,
                               std::string_view call, broker_error_t* error, Body&& body) {
    return guard(error, [&]() -> broker_status_t {
        if (adapter == nullptr) {
            return write_error(error, BROKER_INVALID_ARGUMENT, core::Reason::InvalidField,
                               "adapter: expected not null");
        }
        const LifecycleCall guarded{*adapter};
        if (const std::string_view objection = guarded.objection(); !objection.empty()) {
            return write_error(error, BROKER_WRONG_THREAD, core::Reason::InvalidField, objection);
        }
        if (adapter->runtime->lifecycle() != expected) {
            return write_error(
                error, BROKER_INVALID_STATE, core::Reason::InvalidField,
                std::string{call} + ": not in this order: create, start, stop, destroy, each once");
        }
        return body();
    });
}

}  // namespace broker::abi
