#include "simulator/rest_options_yaml.hpp"

#include <limits>

namespace broker::simulator {
namespace {

constexpr int kMaxPage = 1'000;
constexpr std::uint32_t kMaxQueue = 1'000'000;

void read(const Entry& entry, const char* name, std::string& into) {
    entry.at(name, [&](const Entry& below) { into = below.text(); });
}

void read(const Entry& entry, const char* name, bool& into) {
    entry.at(name, [&](const Entry& below) { into = below.boolean(); });
}

void read(const Entry& entry, const char* name, core::Duration& into) {
    entry.at(name, [&](const Entry& below) { into = below.milliseconds(); });
}

template <class Value>
void read(const Entry& entry, const char* name, Value& into,
          std::initializer_list<std::pair<std::string_view, Value>> names) {
    entry.at(name, [&](const Entry& below) { into = below.one_of<Value>(names); });
}

void read(const Entry& entry, const char* name, RateLimit& into) {
    entry.at(name, [&](const Entry& limit) {
        limit.allow({"count", "window_ms"});
        limit.at("count", [&](const Entry& count) {
            into.count = count.integer(std::uint32_t{0}, std::uint32_t{1'000'000});
        });
        read(limit, "window_ms", into.window);
    });
}

void read_rate_limits(const Entry& entry, RestRateLimits& limits) {
    entry.allow({"login", "read", "trade", "bulk", "push_all", "sends_retry_after"});
    read(entry, "login", limits.login);
    read(entry, "read", limits.read);
    read(entry, "trade", limits.trade);
    read(entry, "bulk", limits.bulk);
    read(entry, "push_all", limits.push_all);
    read(entry, "sends_retry_after", limits.sends_retry_after);
}

void read_hmac(const Entry& entry, HmacOptions& options) {
    entry.allow({"uri_has_prefix", "uri_has_query", "uri_is_encoded", "empty_content_has_line",
                 "separator", "skew_ms"});
    read(entry, "uri_has_prefix", options.uri_has_prefix);
    read(entry, "uri_has_query", options.uri_has_query);
    read(entry, "uri_is_encoded", options.uri_is_encoded);
    read(entry, "empty_content_has_line", options.empty_content_has_line);
    read(entry, "separator", options.separator);
    read(entry, "skew_ms", options.skew);
}

void read_session(const Entry& entry, RestOptions& options) {
    read(entry, "demands_client_certificate", options.demands_client_certificate);
    read(entry, "requires_user_agent", options.requires_user_agent);
    read(entry, "domain", options.domain);
    read(entry, "session_timeout_ms", options.session_timeout);
    read(entry, "timeout_format", options.timeout_format,
         {{"clock", TimeoutFormat::Clock},
          {"iso_8601", TimeoutFormat::Iso8601},
          {"seconds", TimeoutFormat::Seconds},
          {"milliseconds", TimeoutFormat::Milliseconds}});
    read(entry, "ping_gives_new_token", options.ping_gives_new_token);
    read(entry, "ping_answers_empty", options.ping_answers_empty);
    read(entry, "second_login_ends_first", options.second_login_ends_first);
    entry.at("hmac", [&](const Entry& hmac) { read_hmac(hmac, options.hmac); });
    entry.at("rate_limits",
             [&](const Entry& limits) { read_rate_limits(limits, options.rate_limits); });
}

void read_orders(const Entry& entry, RestOptions& options) {
    read(entry, "require_if_match", options.requires_if_match);
    read(entry, "position_based", options.position_based);
    read(entry, "may_close_all", options.may_close_all);
    entry.at("reject_async_ratio", [&](const Entry& ratio) {
        options.reject_async_ratio = ratio.decimal();
        const auto one = core::Decimal::from(1, 0).value();
        if (options.reject_async_ratio.sign() < 0 || options.reject_async_ratio > one)
            ratio.fail("\"" + ratio.text() + "\" is not from 0 to 1");
    });
    read(entry, "empty_200_body", options.empty_200_body);
    read(entry, "own_execution_codes", options.own_execution_codes);
    read(entry, "child_status", options.child_status,
         {{"working", ChildStatus::Working}, {"accepted", ChildStatus::Accepted}});
    read(entry, "link_direction", options.link_direction,
         {{"child_on_parent", LinkDirection::ChildOnParent},
          {"parent_on_parent", LinkDirection::ParentOnParent}});
}

void read_shapes(const Entry& entry, RestOptions& options) {
    read(entry, "shows_protection_prices", options.shows_protection_prices);
    read(entry, "signed_quantities", options.signed_quantities);
    read(entry, "numbers_as_strings", options.numbers_as_strings);
    read(entry, "booleans_as_strings", options.booleans_as_strings);
    read(entry, "order_ids_as_strings", options.order_ids_as_strings);
    read(entry, "account_as_object", options.account_as_object);
    read(entry, "pl_case", options.upper_case_pl, {{"PL", true}, {"Pl", false}});
    read(entry, "details_envelope", options.details_as_instruments,
         {{"instrumentDetails", false}, {"instruments", true}});
    read(entry, "time_parameters", options.from_time_parameters,
         {{"time-from", false}, {"from-time", true}});
    read(entry, "symbol_style", options.symbol_style,
         {{"plain", SymbolStyle::Plain}, {"slash", SymbolStyle::Slash}});
    entry.at("page_size",
             [&](const Entry& size) { options.page_size = size.integer(1, kMaxPage); });
}

}  // namespace

void read_rest_options(const Entry& entry, RestOptions& options) {
    entry.allow({"demands_client_certificate",
                 "requires_user_agent",
                 "domain",
                 "session_timeout_ms",
                 "timeout_format",
                 "ping_gives_new_token",
                 "ping_answers_empty",
                 "second_login_ends_first",
                 "hmac",
                 "rate_limits",
                 "require_if_match",
                 "position_based",
                 "may_close_all",
                 "reject_async_ratio",
                 "empty_200_body",
                 "own_execution_codes",
                 "child_status",
                 "link_direction",
                 "shows_protection_prices",
                 "signed_quantities",
                 "numbers_as_strings",
                 "booleans_as_strings",
                 "order_ids_as_strings",
                 "account_as_object",
                 "pl_case",
                 "details_envelope",
                 "time_parameters",
                 "symbol_style",
                 "page_size",
                 "in_adapter_config"});
    read_session(entry, options);
    read_orders(entry, options);
    read_shapes(entry, options);
    read(entry, "in_adapter_config", options.is_in_adapter_config);
}

void read_push_options(const Entry& entry, PushOptions& options) {
    entry.allow({"trailing_slash_required", "ping_interval_ms", "unanswered_pings",
                 "metrics_interval_ms", "sends_ping_session", "requires_timestamp",
                 "max_queued_messages"});
    read(entry, "trailing_slash_required", options.trailing_slash_required);
    read(entry, "ping_interval_ms", options.ping_interval);
    entry.at("unanswered_pings",
             [&](const Entry& count) { options.unanswered_pings = count.integer(1, 1'000); });
    read(entry, "metrics_interval_ms", options.metrics_interval);
    read(entry, "sends_ping_session", options.sends_ping_session);
    read(entry, "requires_timestamp", options.requires_timestamp);
    entry.at("max_queued_messages", [&](const Entry& count) {
        options.max_queued_messages = count.integer(std::uint32_t{1}, kMaxQueue);
    });
}

RestFaultRule rest_fault_rule_from(const Entry& entry) {
    entry.allow({"fault", "endpoint", "times", "skip", "delay_ms"});
    RestFaultRule rule;
    bool has_fault = false;
    entry.at("fault", [&](const Entry& name) {
        const auto fault = rest_fault_from_name(name.text());
        if (!fault) name.fail("unknown fault \"" + name.text() + "\"");
        rule.fault = *fault;
        has_fault = true;
    });
    if (!has_fault) entry.fail("fault is missing");
    entry.at("endpoint", [&](const Entry& name) {
        rule.endpoint = endpoint_from_name(name.text());
        if (!rule.endpoint) name.fail("unknown endpoint \"" + name.text() + "\"");
    });
    constexpr int kMost = std::numeric_limits<int>::max();
    entry.at("times", [&](const Entry& times) { rule.times = times.integer(0, kMost); });
    entry.at("skip", [&](const Entry& skip) { rule.skip = skip.integer(0, kMost); });
    entry.at("delay_ms", [&](const Entry& delay) { rule.delay = delay.milliseconds(); });
    return rule;
}

}  // namespace broker::simulator
