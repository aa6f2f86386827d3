// broker.order-entry/1.
#include "broker/abi/ext/order_entry.h"

#include <string>
#include <type_traits>

#include "abi/abi_records.hpp"
#include "abi/adapter_object.hpp"
#include "abi/record.hpp"
#include "dxtrade/order_rules.hpp"

namespace broker::abi {
namespace {

using core::fail;
using core::Reason;
using core::Result;

// What the account's profile says of a command.
template <class Command>
Result<void> check_offered(const Command& command, const dxtrade::Profile& profile) {
    return dxtrade::check(command, profile);
}

Result<void> check_offered(const account::CancelAll& request, const dxtrade::Profile& profile) {
    return dxtrade::check_cl_ord_id_prefix(request.cl_ord_id_prefix.view(), profile);
}

Result<void> check_ready(const runtime::Adapter& adapter, std::uint32_t account) {
    const account::AccountStatus& status = adapter.status(account);
    const account::AccountState state = status.state.load(std::memory_order_acquire);
    if (state == account::AccountState::Ready) return {};
    return fail(Reason::AccountNotReady, "account " + adapter.accounts()[account].id + " is " +
                                             std::string{account::state_name(state)} + " (" +
                                             std::string{core::reason_name(status.reason.load())} +
                                             ")");
}

// Checks a command on the caller's thread as far as that can be, and hands it to the event thread.
template <class Record>
broker_status_t take(broker_adapter_t* adapter, const Record* record, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        const auto known = read_command(record, sizeof(Record));
        if (!known) return refuse(error, known.error());
        return with_account(adapter, view(known->account), error, [&](std::uint32_t account) {
            runtime::Adapter& runtime = *adapter->runtime;
            auto command = to_core(*known, runtime.clock().monotonic());
            if (!command) return refuse(error, command.error());
            const dxtrade::Profile& profile = runtime.accounts()[account].profile;
            if constexpr (std::is_same_v<Record, broker_new_order_t>) complete(*command, profile);
            if (const auto offered = check_offered(*command, profile); !offered) {
                return refuse(error, offered.error());
            }
            if (const auto ready = check_ready(runtime, account); !ready) {
                return refuse(error, ready.error());
            }
            return status_from(runtime.post(account, *command), error);
        });
    });
}

broker_status_t BROKER_CALL submit(broker_adapter_t* adapter, const broker_new_order_t* order,
                                   broker_error_t* error) {
    return take(adapter, order, error);
}

broker_status_t BROKER_CALL replace(broker_adapter_t* adapter,
                                    const broker_replace_order_t* request, broker_error_t* error) {
    return take(adapter, request, error);
}

broker_status_t BROKER_CALL cancel(broker_adapter_t* adapter, const broker_cancel_order_t* request,
                                   broker_error_t* error) {
    return take(adapter, request, error);
}

broker_status_t BROKER_CALL cancel_all(broker_adapter_t* adapter,
                                       const broker_cancel_all_t* request, broker_error_t* error) {
    return take(adapter, request, error);
}

}  // namespace

const void* order_entry_table() {
    static const broker_order_entry_t table{&submit, &replace, &cancel, &cancel_all};
    return &table;
}

}  // namespace broker::abi
