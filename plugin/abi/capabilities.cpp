#include "abi/capabilities.hpp"

#include "abi/abi_records.hpp"

namespace broker::abi {
namespace {

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

void add_queries(const config::AccountSettings& settings, broker_capabilities_t& answer) {
    const core::EnumSet<core::QueryKind> offered = offered_queries(settings);
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
    answer.has_market_data = flag(has_market_data(settings));
    answer.has_full_book = flag(settings.market_data_source == config::MarketDataSource::Fix &&
                                settings.profile.market_data.has_full_book);
    answer.has_drop_copy = flag(settings.drop_copy.has_value());
}

}  // namespace

core::EnumSet<core::QueryKind> offered_queries(const config::AccountSettings& settings) {
    core::EnumSet<core::QueryKind> offered = settings.profile.queries.offered;
    if (settings.rest) offered.add(settings.profile.rest.queries);
    return offered;
}

bool has_market_data(const config::AccountSettings& settings) {
    return settings.market_data_source != config::MarketDataSource::None;
}

broker_capabilities_t capabilities_of(const config::AccountSettings& settings) {
    broker_capabilities_t answer{};
    add_orders(settings.profile, answer);
    add_queries(settings, answer);
    add_limits(settings.limits, answer);
    add_sessions(settings, answer);
    return answer;
}

}  // namespace broker::abi
