// broker.capabilities/1.
#include "broker/abi/ext/capabilities.h"

#include "abi/abi_records.hpp"
#include "abi/adapter_object.hpp"
#include "abi/record.hpp"

namespace broker::abi {
namespace {

broker_status_t BROKER_CALL get(const broker_adapter_t* adapter, broker_str_t account,
                                broker_capabilities_t* capabilities, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](std::uint32_t index) {
            const config::AccountSettings& settings = adapter->runtime->accounts()[index];
            broker_capabilities_t answer{};
            const dxtrade::Profile& profile = settings.profile;
            const auto answers = [&](core::QueryKind kind) {
                return profile.queries.offered.contains(kind) ? 1 : 0;
            };
            answer.can_replace = profile.replaces.is_offered ? 1 : 0;
            answer.can_request_order_status = answers(core::QueryKind::OrderStatus);
            answer.can_request_account_summary = answers(core::QueryKind::AccountSummary);
            answer.sides = profile.orders.sides.bits();
            answer.ord_types = profile.orders.ord_types.bits();
            answer.times_in_force = profile.orders.times_in_force.bits();
            answer.max_cl_ord_id_size = profile.cl_ord_ids.max_size;
            answer.max_order_qty = to_abi(settings.limits.max_order_qty);
            answer.max_orders_per_second = settings.limits.orders_per_s;
            answer.order_ttl_ms = static_cast<std::uint64_t>(settings.limits.order_ttl.count());
            return status_from(write_answer(answer, capabilities, sizeof(broker_capabilities_t)),
                               error);
        });
    });
}

}  // namespace

const void* capabilities_table() {
    static const broker_capabilities_api_t table{&get};
    return &table;
}

}  // namespace broker::abi
