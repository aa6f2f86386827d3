#include <algorithm>

#include "host/event_json.hpp"
#include "host/script_reader.hpp"

namespace broker::sample_host::script {
namespace {

constexpr std::uint64_t kMaxTimes = 10'000;

// The keys that an expect_event has of its own.
constexpr std::array<std::string_view, 5> kOwnKeys{"account", "type", "of", "times", "timeout_ms"};

bool is_own(std::string_view key) {
    return std::find(kOwnKeys.begin(), kOwnKeys.end(), key) != kOwnKeys.end();
}

void read_values(const Value& value, ExpectEvent& step) {
    for (const auto& [key, expected] : value.entries()) {
        if (is_own(key)) continue;
        if (key != "fields") {
            step.values[key] = expected.text();
            continue;
        }
        for (const auto& [name, field] : expected.entries()) {
            step.values["fields." + name] = field.text();
        }
    }
}

}  // namespace

Expect read_expect(const Value& value) {
    const Keys keys{"account", "id", "status", "cum_qty", "certainty", "reason", "timeout_ms"};
    const Map map{value, span_of(keys)};
    Expect step;
    step.account = map.require("account").text();
    step.id = map.require("id").text();
    map.read("status", step.status, name_of(specified(sdk::names::kOrdStatuses)));
    map.read("cum_qty", step.cum_qty, decimal);
    map.read("certainty", step.certainty, name_of(specified(sdk::names::kCertainties)));
    map.read("reason", step.reason, name_of(sdk::names::kReasons));
    map.read("timeout_ms", step.timeout, milliseconds);
    if (!step.status && step.cum_qty.is_present == 0 && !step.certainty && !step.reason) {
        value.fail("expected at least one of status, cum_qty, certainty, reason");
    }
    return step;
}

ExpectEvent read_expect_event(const Value& value) {
    if (!value.is_map()) value.expected("a mapping with account, type");
    ExpectEvent step;
    for (const auto& [key, named] : value.entries()) {
        if (key == "type") step.type = name_of(specified(sdk::names::kEventTypes))(named);
    }
    if (step.type.empty()) value.fail("missing key \"type\"");
    const std::vector<std::string> event_keys = keys_of_event(step.type);
    std::vector<std::string_view> keys{kOwnKeys.begin(), kOwnKeys.end()};
    for (const std::string& key : event_keys) {
        if (!is_own(key)) keys.push_back(key);
    }
    const Map map{value, keys};
    step.account = map.require("account").text();
    map.read("of", step.of, text);
    map.read("times", step.times, [](const Value& v) { return v.whole_number(kMaxTimes); });
    map.read("timeout_ms", step.timeout, milliseconds);
    read_values(value, step);
    return step;
}

}  // namespace broker::sample_host::script
