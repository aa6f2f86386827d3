#include "host/script_reader.hpp"

// The steps about what stops an account from trading.
namespace broker::sample_host::script {
namespace {

constexpr std::uint64_t kMaxPositions = 1'000'000;

std::string read_account(const Value& value) {
    const Keys keys{"account"};
    const Map map{value, span_of(keys)};
    return map.require("account").text();
}

}  // namespace

KillSwitch read_kill_switch(const Value& value) {
    const Keys keys{"account", "on", "flatten"};
    const Map map{value, span_of(keys)};
    KillSwitch step;
    step.account = map.require("account").text();
    step.is_on = map.require("on").flag();
    map.read("flatten", step.has_flatten, flag);
    if (step.has_flatten && !step.is_on) value.fail("expected flatten only with on: true");
    return step;
}

Flatten read_flatten(const Value& value) { return {read_account(value)}; }

ResetGuard read_reset_guard(const Value& value) { return {read_account(value)}; }

ExpectRisk read_expect_risk(const Value& value) {
    const Keys keys{"account",    "kill_switch",    "guard",
                    "flattening", "open_positions", "timeout_ms"};
    const Map map{value, span_of(keys)};
    ExpectRisk step;
    step.account = map.require("account").text();
    map.read("kill_switch", step.is_kill_switch_on, flag);
    map.read("guard", step.guard, name_of(sdk::names::kReasons));
    map.read("flattening", step.is_flattening, flag);
    map.read("open_positions", step.open_positions,
             [](const Value& v) { return v.whole_number(kMaxPositions); });
    map.read("timeout_ms", step.timeout, milliseconds);
    if (!step.is_kill_switch_on && !step.guard && !step.is_flattening && !step.open_positions) {
        value.fail("expected at least one of kill_switch, guard, flattening, open_positions");
    }
    return step;
}

}  // namespace broker::sample_host::script
