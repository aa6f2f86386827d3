// The steps of a script about what stops an account from trading.
#include <gmock/gmock.h>

#include "script_support.hpp"

namespace broker::sample_host {
namespace {

using test::only_step;
using test::step_error;
using testing::HasSubstr;

TEST(ScriptRisk, StepsAreReadWithAllThatTheySay) {
    const auto kill = only_step<KillSwitch>("kill_switch: {account: A, on: true, flatten: true}");
    EXPECT_TRUE(kill.is_on);
    EXPECT_TRUE(kill.has_flatten);
    EXPECT_FALSE(only_step<KillSwitch>("kill_switch: {account: A, on: false}").is_on);
    EXPECT_EQ(only_step<Flatten>("flatten: {account: A}").account, "A");
    EXPECT_EQ(only_step<ResetGuard>("reset_guard: {account: A}").account, "A");
    const auto expected = only_step<ExpectRisk>(
        "expect_risk: {account: A, kill_switch: false, guard: DAILY_LOSS_REACHED, "
        "flattening: true, open_positions: 3, timeout_ms: 70}");
    EXPECT_EQ(expected.is_kill_switch_on, false);
    EXPECT_EQ(expected.guard, "DAILY_LOSS_REACHED");
    EXPECT_EQ(expected.is_flattening, true);
    EXPECT_EQ(expected.open_positions, 3U);
    EXPECT_EQ(expected.timeout.count(), 70);
}

TEST(ScriptRisk, StepsNameWrongAndMissingKeys) {
    EXPECT_EQ(step_error("kill_switch: {account: A}"), "s.yaml:2: kill_switch: missing key \"on\"");
    EXPECT_EQ(step_error("kill_switch: {account: A, on: false, flatten: true}"),
              "s.yaml:2: kill_switch: expected flatten only with on: true");
    EXPECT_THAT(step_error("flatten: {account: A, symbol: S}"),
                HasSubstr("flatten: unknown key \"symbol\""));
    EXPECT_EQ(step_error("expect_risk: {account: A}"),
              "s.yaml:2: expect_risk: expected at least one of kill_switch, guard, flattening, "
              "open_positions");
    EXPECT_THAT(step_error("expect_risk: {account: A, guard: BROKEN}"),
                HasSubstr("expect_risk.guard: expected one of NONE"));
}

}  // namespace
}  // namespace broker::sample_host
