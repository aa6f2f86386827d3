#include "config/schedule_yaml.hpp"

#include "schedule/schedule_text.hpp"

namespace broker::config {
namespace {

// The value as `parse` reads it, or an error at its place.
template <class Parse>
auto parsed(const YamlValue& value, Parse&& parse) {
    const auto result = parse(value.text());
    if (!result) value.fail(result.error().detail);
    return *result;
}

std::vector<schedule::Window> windows(const YamlValue& value) {
    std::vector<schedule::Window> all;
    for (const YamlValue& element : value.list()) {
        const auto some = parsed(element, &schedule::windows_from_text);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

void read_holidays(const YamlValue& value, std::vector<schedule::Closure>& closures) {
    for (const YamlValue& element : value.list()) {
        const schedule::LocalDays day = parsed(element, &schedule::date_from_text);
        closures.push_back({day, day + std::chrono::days{1}});
    }
}

void read_half_days(const YamlValue& value, std::vector<schedule::Closure>& closures) {
    for (const YamlValue& element : value.list()) {
        const schedule::LocalSeconds from = parsed(element, &schedule::local_time_from_text);
        closures.push_back(
            {from, std::chrono::floor<std::chrono::days>(from) + std::chrono::days{1}});
    }
}

void read_closures(const YamlValue& value, std::vector<schedule::Closure>& closures) {
    for (const YamlValue& element : value.list()) {
        YamlMap map{element};
        schedule::Closure closure;
        closure.from = parsed(map.require("from"), &schedule::local_time_from_text);
        closure.to = parsed(map.require("to"), &schedule::local_time_from_text);
        map.finish();
        if (closure.to <= closure.from) element.fail("expected \"to\" after \"from\"");
        closures.push_back(closure);
    }
}

}  // namespace

ScheduleSettings read_schedule(const YamlValue& value) {
    constexpr std::uint64_t kHourMs = 3'600'000;
    YamlMap map{value};
    ScheduleSettings settings;
    schedule::ScheduleRules& rules = settings.rules;
    rules.zone = parsed(map.require("time_zone"), &schedule::TimeZone::find);
    map.read("windows", rules.windows, windows);
    map.read("logon_windows", rules.logon_windows, windows);
    map.read("sequence_reset", rules.sequence_reset, [](const YamlValue& v) {
        return std::optional{parsed(v, &schedule::time_of_day_from_text)};
    });
    if (const auto holidays = map.find("holidays")) read_holidays(*holidays, rules.closures);
    if (const auto half_days = map.find("half_days")) read_half_days(*half_days, rules.closures);
    if (const auto closures = map.find("closures")) read_closures(*closures, rules.closures);
    map.read("logon_jitter_ms", settings.logon_jitter,
             [](const YamlValue& v) { return v.milliseconds(0, kHourMs); });
    map.read("logout_before_close_ms", settings.logout_before_close,
             [](const YamlValue& v) { return v.milliseconds(0, kHourMs); });
    map.finish();
    return settings;
}

}  // namespace broker::config
