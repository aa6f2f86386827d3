// broker.order-entry/1.
#include "broker/abi/ext/order_entry.h"

#include <string>

#include "abi/abi_records.hpp"
#include "abi/command_entry.hpp"

namespace broker::abi {
namespace {

using core::Error;
using core::fail;
using core::Reason;
using core::Result;

Error not_offered(const dxtrade::Profile& profile, std::string_view field, std::string_view key) {
    return fail(Reason::NotSupported, std::string{field} + ": profile " + profile.name +
                                          " does not offer it (key " + std::string{key} + ")");
}

Result<void> check_id_size(const dxtrade::Profile& profile, std::size_t size) {
    if (size <= profile.cl_ord_ids.max_size) return {};
    return fail(Reason::NotSupported, "cl_ord_id: profile " + profile.name + " takes at most " +
                                          std::to_string(profile.cl_ord_ids.max_size) +
                                          " bytes (key cl_ord_ids.max_size)");
}

Result<void> check_offered(const core::NewOrder& order, const dxtrade::Profile& profile) {
    if (!profile.orders.sides.contains(order.side))
        return not_offered(profile, "side", "orders.sides");
    if (!profile.orders.ord_types.contains(order.ord_type)) {
        return not_offered(profile, "ord_type", "orders.ord_types");
    }
    if (!profile.orders.times_in_force.contains(order.time_in_force)) {
        return not_offered(profile, "time_in_force", "orders.times_in_force");
    }
    return check_id_size(profile, order.cl_ord_id.size());
}

Result<void> check_offered(const core::ReplaceOrder& request, const dxtrade::Profile& profile) {
    if (!profile.replaces.is_offered) return not_offered(profile, "replace", "replaces.offered");
    if (request.time_in_force != core::TimeInForce::Unspecified &&
        !profile.orders.times_in_force.contains(request.time_in_force)) {
        return not_offered(profile, "time_in_force", "orders.times_in_force");
    }
    return check_id_size(profile, request.cl_ord_id.size());
}

Result<void> check_offered(const core::CancelOrder& request, const dxtrade::Profile& profile) {
    return check_id_size(profile, request.cl_ord_id.size());
}

Result<void> check_offered(const account::CancelAll& request, const dxtrade::Profile& profile) {
    constexpr std::size_t kDigits = 10;  // of the number behind the prefix
    return check_id_size(profile, request.cl_ord_id_prefix.size() + kDigits);
}

// An order command is read and checked by what its record says alone.
template <class Record>
broker_status_t take_order(broker_adapter_t* adapter, const Record* record, broker_error_t* error) {
    return take(
        adapter, record, error,
        [](const Record& known, core::MonotonicTime now) { return to_core(known, now); },
        [](const auto& command, const dxtrade::Profile& profile) {
            return check_offered(command, profile);
        },
        [](runtime::Adapter& runtime, std::uint32_t account, const auto& command) {
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
