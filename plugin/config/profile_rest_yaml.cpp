// Sections rest and push of a profile.
#include "config/profile_sections.hpp"
#include "config/profile_values.hpp"

namespace broker::config {
namespace {

constexpr std::array<std::string_view, 3> kIfMatchRules{"WhenKnown", "Always", "Never"};
constexpr std::array<std::string_view, 3> kPositionModels{"AsReported", "PositionBased", "Net"};
constexpr std::array<std::string_view, 2> kTimeParameters{"TimeFrom", "FromTime"};

// Either {per_s: N} or {count: N, window_ms: M}.
dxtrade::RateRule rate(const YamlValue& value) {
    constexpr std::uint64_t kMaxCount = 10'000;
    constexpr std::uint64_t kMaxWindowMs = 86'400'000;
    YamlMap map{value};
    dxtrade::RateRule rule;
    if (const auto per_s = map.find("per_s")) {
        rule.count = static_cast<std::uint32_t>(per_s->integer(1, kMaxCount));
        map.refuse("count", "expected it or per_s, found both");
        map.refuse("window_ms", "expected it or per_s, found both");
    } else {
        rule.count = static_cast<std::uint32_t>(map.require("count").integer(1, kMaxCount));
        rule.window = map.require("window_ms").milliseconds(1, kMaxWindowMs);
    }
    map.finish();
    return rule;
}

void read_rates(const YamlValue& value, dxtrade::RestRateRules& rates) {
    YamlMap map{value};
    map.read("login", rates.login, rate);
    map.read("read", rates.read, rate);
    map.read("trade", rates.trade, rate);
    map.read("bulk", rates.bulk, rate);
    map.finish();
}

void read_rest_orders(const YamlValue& value, dxtrade::RestOrderRules& orders) {
    YamlMap map{value};
    map.read("offered", orders.is_offered, &YamlValue::boolean);
    map.read("ord_types", orders.ord_types, &enum_set<core::OrdType>);
    map.read("times_in_force", orders.times_in_force, &enum_set<core::TimeInForce>);
    map.read("contingencies", orders.contingencies, &enum_set<core::Contingency>);
    map.read("can_replace", orders.can_replace, &YamlValue::boolean);
    map.read("sends_type_in_put", orders.sends_type_in_put, &YamlValue::boolean);
    map.read("can_close_all", orders.can_close_all, &YamlValue::boolean);
    map.read("if_match", orders.if_match, choice<dxtrade::IfMatchRule>(kIfMatchRules));
    map.read("positions", orders.positions, choice<dxtrade::PositionModel>(kPositionModels));
    map.read("sends_tif_gtc_for_market", orders.sends_tif_gtc_for_market, &YamlValue::boolean);
    map.read("cancels_while_fix_is_down", orders.cancels_while_fix_is_down, &YamlValue::boolean);
    map.finish();
}

void read_hmac(const YamlValue& value, dxtrade::HmacRules& hmac) {
    YamlMap map{value};
    map.read("uri_has_prefix", hmac.uri_has_prefix, &YamlValue::boolean);
    map.read("uri_has_query", hmac.uri_has_query, &YamlValue::boolean);
    map.read("uri_is_encoded", hmac.uri_is_encoded, &YamlValue::boolean);
    map.read("empty_content_has_line", hmac.empty_content_has_line, &YamlValue::boolean);
    map.read("separator", hmac.separator, &YamlValue::text);
    map.finish();
}

std::chrono::seconds seconds(const YamlValue& value, std::uint64_t min, std::uint64_t max) {
    return std::chrono::seconds{static_cast<std::int64_t>(value.integer(min, max))};
}

// What stands behind the base of a URL.
std::string path(const YamlValue& value) {
    std::string text = plain_text(value);
    const bool is_path = text.front() == '/' || text.front() == '?';
    if (!is_path || text.find_first_of(" #") != std::string::npos) {
        value.expected("a path that begins with / or ?");
    }
    return text;
}

}  // namespace

void read_rest(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("rest");
    if (!section) return;
    YamlMap map{*section};
    dxtrade::RestRules& rules = profile.rest;
    map.read("offered", rules.is_offered, &YamlValue::boolean);
    map.read("user_agent", rules.user_agent, plain_text);
    if (const auto rates = map.find("rates")) read_rates(*rates, rules.rates);
    map.read("session_timeout_s", rules.session_timeout,
             [](const YamlValue& value) { return seconds(value, 10, 604'800); });
    if (const auto orders = map.find("orders")) read_rest_orders(*orders, rules.orders);
    if (const auto queries = map.find("queries")) {
        rules.queries = enum_set<core::QueryKind>(*queries);
        if (rules.queries.contains(core::QueryKind::TradingSessionStatus)) {
            queries->fail("expected no TradingSessionStatus, which REST has no request for");
        }
    }
    map.read("time_parameters", rules.time_parameters,
             choice<dxtrade::TimeParameters>(kTimeParameters));
    map.read("page_size", rules.page_size, [](const YamlValue& value) {
        return static_cast<std::uint32_t>(value.integer(1, 10'000));
    });
    if (const auto hmac = map.find("hmac")) read_hmac(*hmac, rules.hmac);
    map.finish();
    if (rules.orders.is_offered && !rules.is_offered) {
        section->fail("expected offered: true with orders.offered: true");
    }
}

void read_push(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("push");
    if (!section) return;
    YamlMap map{*section};
    dxtrade::PushRules& rules = profile.push;
    map.read("offered", rules.is_offered, &YamlValue::boolean);
    map.read("path", rules.path, path);
    map.read("market_data_path", rules.market_data_path, path);
    map.read("compressed", rules.is_compressed, &YamlValue::boolean);
    map.read("metrics", rules.has_metrics, &YamlValue::boolean);
    map.read("account_events", rules.has_account_events, &YamlValue::boolean);
    map.read("cash_transfers", rules.has_cash_transfers, &YamlValue::boolean);
    map.read("sends_authorization", rules.sends_authorization, &YamlValue::boolean);
    map.read("silence_timeout_s", rules.silence_timeout,
             [](const YamlValue& value) { return seconds(value, 1, 86'400); });
    map.read("max_symbols_per_request", rules.max_symbols_per_request, [](const YamlValue& value) {
        return static_cast<std::size_t>(value.integer(1, 1'000));
    });
    map.finish();
    if (rules.is_offered && !profile.rest.is_offered) {
        section->fail("expected rest.offered: true with offered: true: push takes its token");
    }
}

}  // namespace broker::config
