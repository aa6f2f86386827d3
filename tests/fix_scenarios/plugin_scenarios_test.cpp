// The scenarios that need nothing but a peer, played to the built plugin over TLS.
#include <gtest/gtest.h>

#include "fix_scenarios/plugin_runner.hpp"
#include "fix_scenarios/scenario.hpp"

namespace broker::test {

// One line a case, as gtest prints it.
static void PrintTo(const Scenario& scenario, std::ostream* out) {
    *out << scenario.id << " " << scenario.title;
}

namespace {

std::vector<Scenario> playable() {
    std::vector<Scenario> scenarios = read_scenarios(SCENARIO_DIR "/cases");
    std::erase_if(scenarios,
                  [](const Scenario& each) { return why_not_over_tls(each).has_value(); });
    return scenarios;
}

class PluginScenario : public testing::TestWithParam<Scenario> {};

INSTANTIATE_TEST_SUITE_P(Case, PluginScenario, testing::ValuesIn(playable()),
                         [](const auto& parameter) { return parameter.param.name; });

TEST_P(PluginScenario, IsPassedOverTls) {
    const auto failure = PluginRunner{GetParam()}.run();
    EXPECT_FALSE(failure) << GetParam().name << ": " << *failure;
}

}  // namespace
}  // namespace broker::test
