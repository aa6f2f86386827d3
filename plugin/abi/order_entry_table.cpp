// broker.order-entry/1.
#include "broker/abi/ext/order_entry.h"

#include <string>
#include <type_traits>

#include "abi/abi_records.hpp"
#include "abi/command_entry.hpp"
#include "dxtrade/order_rules.hpp"

namespace broker::abi {
namespace {

using core::Result;

// What the account's profile says of a command.
template <class Command>
Result<void> check_offered(const Command& command, const dxtrade::Profile& profile) {
    return dxtrade::check(command, profile);
}

Result<void> check_offered(const account::CancelAll& request, const dxtrade::Profile& profile) {
    return dxtrade::check_cl_ord_id_prefix(request.cl_ord_id_prefix.view(), profile);
}

// An order command is read and checked by what its record says alone.
template <class Record>
broker_status_t take_order(broker_adapter_t* adapter, const Record* record, broker_error_t* error) {
    return take(
        adapter, record, error,
        [](const Record& known, core::MonotonicTime now) { return to_core(known, now); },
        [](auto& command, const config::AccountSettings& settings) {
            if constexpr (std::is_same_v<Record, broker_new_order_t>) {
                dxtrade::complete(command, settings.profile);
            }
            return check_offered(command, settings.profile);
        },
        [](runtime::Adapter& runtime, const runtime::Account& account, const auto& command) {
            return runtime.post(account, command);
        });
}

broker_status_t BROKER_CALL submit(broker_adapter_t* adapter, const broker_new_order_t* order,
                                   broker_error_t* error) {
    return take_order(adapter, order, error);
}

broker_status_t BROKER_CALL replace(broker_adapter_t* adapter,
                                    const broker_replace_order_t* request, broker_error_t* error) {
    return take_order(adapter, request, error);
}

broker_status_t BROKER_CALL cancel(broker_adapter_t* adapter, const broker_cancel_order_t* request,
                                   broker_error_t* error) {
    return take_order(adapter, request, error);
}

broker_status_t BROKER_CALL cancel_all(broker_adapter_t* adapter,
                                       const broker_cancel_all_t* request, broker_error_t* error) {
    return take_order(adapter, request, error);
}

}  // namespace

const void* order_entry_table() {
    static const broker_order_entry_t table{&submit, &replace, &cancel, &cancel_all};
    return &table;
}

}  // namespace broker::abi
