// broker.order-list/1.
#include "broker/abi/ext/order_list.h"

#include "abi/command_entry.hpp"
#include "abi/list_records.hpp"
#include "dxtrade/order_rules.hpp"

namespace broker::abi {
namespace {

broker_status_t BROKER_CALL submit(broker_adapter_t* adapter, const broker_order_list_t* list,
                                   broker_error_t* error) {
    return take(
        adapter, list, error,
        [](const broker_order_list_t& record, core::MonotonicTime now) {
            return to_core(record, now);
        },
        [](core::NewOrderList& command, const config::AccountSettings& settings) {
            for (std::uint32_t i = 0; i < command.order_count; ++i) {
                dxtrade::complete(command.orders[i], settings.profile);
            }
            return dxtrade::check(command, settings.profile);
        },
        [](runtime::Adapter& runtime, const runtime::Account& account,
           const core::NewOrderList& command) { return runtime.post_list(account, command); });
}

broker_status_t BROKER_CALL cancel(broker_adapter_t* adapter,
                                   const broker_cancel_order_list_t* request,
                                   broker_error_t* error) {
    return take(
        adapter, request, error,
        [](const broker_cancel_order_list_t& record, core::MonotonicTime now) {
            return to_core(record, now);
        },
        [](const core::CancelOrderList& command, const config::AccountSettings& settings) {
            return dxtrade::check(command, settings.profile);
        },
        [](runtime::Adapter& runtime, const runtime::Account& account,
           const core::CancelOrderList& command) { return runtime.post(account, command); });
}

}  // namespace

const void* order_list_table() {
    static const broker_order_lists_t table{&submit, &cancel};
    return &table;
}

}  // namespace broker::abi
