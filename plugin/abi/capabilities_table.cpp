// broker.capabilities/1.
#include "broker/abi/ext/capabilities.h"

#include <cstddef>

#include "abi/abi_records.hpp"
#include "abi/adapter_object.hpp"
#include "abi/record.hpp"

namespace broker::abi {
namespace {

constexpr std::size_t kSizeIn1_0 = offsetof(broker_capabilities_t, exec_insts);

std::int32_t flag(bool is_so) { return is_so ? 1 : 0; }

std::int32_t may_be_given(dxtrade::FieldRule rule) {
    return flag(rule != dxtrade::FieldRule::Forbidden);
}

void add_orders(const dxtrade::Profile& profile, broker_capabilities_t& answer) {
    const dxtrade::OrderRules& orders = profile.orders;
    answer.can_replace = flag(profile.replaces.is_offered);
    answer.sides = orders.sides.bits();
    answer.ord_types = orders.ord_types.bits();
    answer.times_in_force = orders.times_in_force.bits();
    answer.exec_insts = orders.exec_insts.bits();
    answer.has_min_qty = may_be_given(orders.min_qty);
    answer.has_max_floor = may_be_given(orders.max_floor);
    answer.has_cash_order_qty = may_be_given(orders.cash_order_qty);
    answer.has_ex_destination = may_be_given(orders.ex_destination);
    answer.has_position_code = flag(orders.position_code_tag != 0);
    if (profile.order_lists.encoding != dxtrade::ContingencyEncoding::None) {
        answer.contingencies = profile.order_lists.contingencies.bits();
    }
    answer.max_cl_ord_id_size = profile.cl_ord_ids.max_size;
}

void add_queries(const dxtrade::Profile& profile, broker_capabilities_t& answer) {
    const core::EnumSet<core::QueryKind> offered = profile.queries.offered;
    answer.queries = offered.bits();
    answer.can_request_order_status = flag(offered.contains(core::QueryKind::OrderStatus));
    answer.can_request_account_summary = flag(offered.contains(core::QueryKind::AccountSummary));
}

void add_limits(const config::LimitSettings& limits, broker_capabilities_t& answer) {
    answer.max_order_qty = to_abi(limits.max_order_qty);
    answer.max_orders_per_second = limits.orders_per_s;
    answer.order_ttl_ms = static_cast<std::uint64_t>(limits.order_ttl.count());
}

void add_sessions(const config::AccountSettings& settings, broker_capabilities_t& answer) {
    answer.has_market_data = flag(settings.market_data.has_value());
    answer.has_full_book =
        flag(settings.market_data.has_value() && settings.profile.market_data.has_full_book);
    answer.has_drop_copy = flag(settings.drop_copy.has_value());
}

broker_status_t BROKER_CALL get(const broker_adapter_t* adapter, broker_str_t account,
                                broker_capabilities_t* capabilities, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](std::uint32_t index) {
            const config::AccountSettings& settings = adapter->runtime->accounts()[index];
            broker_capabilities_t answer{};
            add_orders(settings.profile, answer);
            add_queries(settings.profile, answer);
            add_limits(settings.limits, answer);
            add_sessions(settings, answer);
            return status_from(write_answer(answer, capabilities, kSizeIn1_0), error);
        });
    });
}

}  // namespace

const void* capabilities_table() {
    static const broker_capabilities_api_t table{&get};
    return &table;
}

}  // namespace broker::abi
