#include "runtime/risk_setup.hpp"

#include <array>
#include <string>

#include "config/yaml_reader.hpp"

namespace broker::runtime {
namespace {

using config::AccountSettings;

core::MarginRules margin_rules(const config::MarginSettings& configured) {
    core::MarginRules rules;
    rules.safety_factor = configured.safety_factor;
    rules.default_rate = configured.default_rate;
    rules.currency = core::FixedString<15>::from(configured.currency).value();
    rules.max_age = configured.max_age;
    return rules;
}

core::LossGuardRules guard_rules(const config::GuardSettings& configured) {
    core::LossGuardRules rules;
    rules.daily_loss = configured.daily_loss;
    rules.daily_loss_percent = configured.daily_loss_percent;
    rules.max_drawdown = configured.max_drawdown;
    rules.max_drawdown_percent = configured.max_drawdown_percent;
    rules.is_trailing = configured.is_trailing;
    rules.initial_equity = configured.initial_equity;
    rules.day_starts_at = configured.day_starts_at;
    rules.max_age = configured.max_age;
    return rules;
}

account::RiskRules risk_rules(const config::LimitSettings& limits) {
    account::RiskRules rules;
    if (limits.margin) rules.margin = margin_rules(*limits.margin);
    rules.max_open_positions = limits.max_open_positions;
    if (limits.price_collar) {
        rules.collar = {limits.price_collar->percent, limits.price_collar->max_age};
    }
    if (limits.guard) rules.guard = guard_rules(*limits.guard);
    return rules;
}

// One that the profile takes with market orders, the lasting ones first: a market order is executed
// at once anyway.
core::TimeInForce time_in_force_of_closes(const dxtrade::OrderRules& orders) {
    using core::TimeInForce;
    constexpr std::array kPreferred{TimeInForce::GoodTillCancel, TimeInForce::Day,
                                    TimeInForce::ImmediateOrCancel, TimeInForce::FillOrKill};
    const auto narrower = orders.times_in_force_by_ord_type.find(core::OrdType::Market);
    const auto& offered = narrower == orders.times_in_force_by_ord_type.end()
                              ? orders.times_in_force
                              : narrower->second;
    for (const TimeInForce preferred : kPreferred) {
        if (offered.contains(preferred)) return preferred;
    }
    return TimeInForce::GoodTillCancel;
}

account::FlattenRules flatten_rules(const AccountSettings& account) {
    const dxtrade::OrderRules& orders = account.profile.orders;
    const bool is_rest = account.order_entry == config::OrderEntry::Rest;
    account::FlattenRules rules;
    rules.time_in_force = time_in_force_of_closes(orders);
    rules.has_position_effect = orders.position_effect != dxtrade::PositionEffectRule::Forbidden;
    rules.has_position_code = is_rest || orders.position_code_tag != 0;
    rules.can_ask_positions = account.profile.queries.offered.contains(core::QueryKind::Positions);
    rules.patience = account.limits.answer_timeout;
    return rules;
}

}  // namespace

account::RiskSettings risk_settings(const AccountSettings& account,
                                    const std::filesystem::path& folder,
                                    core::ClOrdIDGenerator& cl_ord_ids) {
    account::RiskSettings risk;
    risk.rules = risk_rules(account.limits);
    risk.flatten = flatten_rules(account);
    risk.queries = account.profile.queries.offered;
    risk.next_cl_ord_id = [&cl_ord_ids] { return cl_ord_ids.next(); };
    risk.memory = folder / "risk-state";
    if (const auto& guard = account.limits.guard) {
        risk.flattens = guard->flattens;
        risk.poll = guard->poll;
        if (risk.flattens && !account.profile.orders.ord_types.contains(core::OrdType::Market)) {
            throw config::ConfigError{"account " + account.id + ": limits.guard.flatten: profile " +
                                      account.profile.name +
                                      " has no market orders to close positions with"};
        }
    }
    auto remembered = account::load_risk_memory(risk.memory);
    if (!remembered) {
        throw config::ConfigError{"account " + account.id + ": " + remembered.error().detail};
    }
    risk.remembered = *remembered;
    return risk;
}

}  // namespace broker::runtime
