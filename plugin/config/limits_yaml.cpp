#include "config/limits_yaml.hpp"

#include <algorithm>

namespace broker::config {
namespace {

constexpr std::uint64_t kDayMs = 86'400'000;
constexpr std::uint64_t kMaxAgeMs = 3'600'000;

std::uint32_t count(const YamlValue& value, std::uint64_t min, std::uint64_t max) {
    return static_cast<std::uint32_t>(value.integer(min, max));
}

std::chrono::milliseconds age(const YamlValue& value) { return value.milliseconds(100, kMaxAgeMs); }

core::Decimal number(std::int64_t value) { return core::Decimal::from(value, 0).value(); }

core::Decimal above_zero(const YamlValue& value, std::string_view what) {
    const core::Decimal number = value.decimal();
    if (number.sign() <= 0) value.expected(what);
    return number;
}

core::Decimal money(const YamlValue& value) { return above_zero(value, "an amount above zero"); }

core::Decimal percent(const YamlValue& value) {
    constexpr std::string_view kWhat = "a percentage above zero and at most 100";
    const core::Decimal found = above_zero(value, kWhat);
    if (found > number(100)) value.expected(kWhat);
    return found;
}

// HH:MM, UTC.
std::chrono::minutes time_of_day(const YamlValue& value) {
    constexpr std::string_view kWhat = "a time of day in UTC, \"HH:MM\" in quotes";
    const std::string text = value.text();
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool has_shape = text.size() == 5 && text[2] == ':' && is_digit(text[0]) &&
                           is_digit(text[1]) && is_digit(text[3]) && is_digit(text[4]);
    if (!has_shape) value.expected(kWhat);
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours > 23 || minutes > 59) value.expected(kWhat);
    return std::chrono::hours{hours} + std::chrono::minutes{minutes};
}

MarginSettings read_margin(const YamlValue& value) {
    YamlMap map{value};
    MarginSettings margin;
    map.read("safety_factor", margin.safety_factor, [](const YamlValue& v) {
        const core::Decimal factor = v.decimal();
        if (factor < number(1) || factor > number(100)) v.expected("a factor from 1 to 100");
        return factor;
    });
    map.read("default_rate", margin.default_rate, [](const YamlValue& v) {
        constexpr std::string_view kWhat = "a margin rate above zero and at most 1";
        const core::Decimal rate = above_zero(v, kWhat);
        if (rate > number(1)) v.expected(kWhat);
        return std::optional{rate};
    });
    map.read("currency", margin.currency, [](const YamlValue& v) {
        const std::string currency = v.text();
        if (currency.size() > 15) v.expected("a currency of at most 15 characters");
        return currency;
    });
    map.read("max_age_ms", margin.max_age, age);
    map.finish();
    return margin;
}

PriceCollarSettings read_collar(const YamlValue& value) {
    YamlMap map{value};
    PriceCollarSettings collar;
    collar.percent = percent(map.require("percent"));
    map.read("max_age_ms", collar.max_age, age);
    map.finish();
    return collar;
}

GuardSettings read_guard(const YamlValue& value) {
    YamlMap map{value};
    GuardSettings guard;
    const auto optional_money = [](const YamlValue& v) { return std::optional{money(v)}; };
    const auto optional_percent = [](const YamlValue& v) { return std::optional{percent(v)}; };
    map.read("daily_loss", guard.daily_loss, optional_money);
    map.read("daily_loss_percent", guard.daily_loss_percent, optional_percent);
    map.read("max_drawdown", guard.max_drawdown, optional_money);
    map.read("max_drawdown_percent", guard.max_drawdown_percent, optional_percent);
    map.read("trailing", guard.is_trailing, &YamlValue::boolean);
    map.read("initial_equity", guard.initial_equity, optional_money);
    map.read("day_starts_at", guard.day_starts_at, time_of_day);
    map.read("flatten", guard.flattens, &YamlValue::boolean);
    map.read("poll_ms", guard.poll,
             [](const YamlValue& v) { return v.milliseconds(100, 600'000); });
    map.read("max_age_ms", guard.max_age, age);
    map.finish();
    const bool has_limit = guard.daily_loss || guard.daily_loss_percent || guard.max_drawdown ||
                           guard.max_drawdown_percent;
    if (!has_limit) {
        value.fail("expected daily_loss, daily_loss_percent, max_drawdown or max_drawdown_percent");
    }
    if (guard.is_trailing && guard.initial_equity) {
        value.fail("expected either \"trailing: true\" or \"initial_equity\"");
    }
    if (guard.max_age <= guard.poll) value.fail("expected max_age_ms above poll_ms");
    return guard;
}

}  // namespace

LimitSettings read_limits(const YamlValue& value) {
    YamlMap map{value};
    LimitSettings limits;
    map.read("orders_per_s", limits.orders_per_s,
             [](const YamlValue& v) { return count(v, 0, 10'000); });
    map.read("order_ttl_ms", limits.order_ttl,
             [](const YamlValue& v) { return v.milliseconds(1, kDayMs); });
    map.read("answer_timeout_ms", limits.answer_timeout,
             [](const YamlValue& v) { return v.milliseconds(10, kDayMs); });
    map.read("change_grace_ms", limits.change_grace,
             [](const YamlValue& v) { return v.milliseconds(10, kDayMs); });
    map.read("max_order_qty", limits.max_order_qty, [](const YamlValue& v) {
        return std::optional{above_zero(v, "a quantity above zero")};
    });
    map.read("max_live_orders", limits.max_live_orders,
             [](const YamlValue& v) { return count(v, 1, 1'000'000); });
    map.read("query_timeout_ms", limits.query_timeout,
             [](const YamlValue& v) { return v.milliseconds(10, kDayMs); });
    map.read("margin", limits.margin,
             [](const YamlValue& v) { return std::optional{read_margin(v)}; });
    map.read("max_open_positions", limits.max_open_positions,
             [](const YamlValue& v) { return std::optional{count(v, 1, 10'000)}; });
    map.read("price_collar", limits.price_collar,
             [](const YamlValue& v) { return std::optional{read_collar(v)}; });
    map.read("guard", limits.guard,
             [](const YamlValue& v) { return std::optional{read_guard(v)}; });
    map.finish();
    return limits;
}

}  // namespace broker::config
