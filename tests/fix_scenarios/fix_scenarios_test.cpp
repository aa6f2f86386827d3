// Every scenario to every engine, each as a test named by its case.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "fix_scenarios/conformance.hpp"
#include "fix_scenarios/scenario.hpp"
#include "fix_scenarios/scenario_runner.hpp"

namespace broker::test {

// One line a case, as gtest prints it.
static void PrintTo(const Scenario& scenario, std::ostream* out) {
    *out << scenario.id << " " << scenario.title;
}

namespace {

const std::filesystem::path kScenarios{SCENARIO_DIR};
const std::filesystem::path kPage{CONFORMANCE_PAGE};
const std::filesystem::path kEngine{ENGINE_DIR};

class FixScenario : public testing::TestWithParam<Scenario> {
protected:
    static void expect_as_documented(EngineKind kind) {
        const Scenario& scenario = GetParam();
        if (scenario.skips.contains(engine_name(kind))) GTEST_SKIP();
        const auto failure = ScenarioRunner{scenario, kind}.run();
        if (scenario.differs.contains(engine_name(kind))) {
            EXPECT_TRUE(failure) << scenario.name << " passes: its line `differs` is out of date";
        } else {
            EXPECT_FALSE(failure) << scenario.name << ": " << *failure;
        }
    }
};

INSTANTIATE_TEST_SUITE_P(Case, FixScenario, testing::ValuesIn(read_scenarios(kScenarios / "cases")),
                         [](const auto& parameter) { return parameter.param.name; });

TEST_P(FixScenario, IsPassedByTheNativeEngine) {
    EXPECT_FALSE(GetParam().differs.contains("native"));
    expect_as_documented(EngineKind::Native);
}

TEST_P(FixScenario, GoesWithQuickfixAsDocumented) { expect_as_documented(EngineKind::Quickfix); }

TEST(FixConformance, PageIsWhatTheRunSays) {
    const auto scenarios = read_scenarios(kScenarios / "cases");
    Results results;
    for (const Scenario& scenario : scenarios)
        for (const EngineKind kind : {EngineKind::Native, EngineKind::Quickfix})
            if (!scenario.skips.contains(engine_name(kind)))
                results[{scenario.name, engine_name(kind)}] = ScenarioRunner{scenario, kind}.run();
    const auto page =
        conformance_page(scenarios, read_not_applicable(kScenarios / "not_applicable.txt"),
                         read_rules(kScenarios / "rules.txt"), results);
    if (std::getenv("FIX_CONFORMANCE_WRITE") != nullptr) std::ofstream{kPage} << page;
    std::ifstream in{kPage};
    const std::string written{std::istreambuf_iterator<char>{in}, {}};
    EXPECT_EQ(written, page) << kPage << " is out of date: run with FIX_CONFORMANCE_WRITE=1";
}

TEST(FixConformance, EveryCaseOfTheSuiteIsPlayedOrExplained) {
    std::set<std::string> covered;
    for (const Scenario& scenario : read_scenarios(kScenarios / "cases"))
        covered.insert(scenario.id);
    for (const auto& item : read_not_applicable(kScenarios / "not_applicable.txt"))
        covered.insert(item.id);
    std::ifstream in{kScenarios / "suite.txt"};
    std::string id;
    int count = 0;
    for (; in >> id; ++count) EXPECT_TRUE(covered.contains(id)) << id;
    EXPECT_GT(count, 90);
}

// A newcomer goes from the case to the code.
TEST(FixConformance, EveryCaseThatIsPlayedNamesTheFunctionThatDecidesIt) {
    const Rules rules = read_rules(kScenarios / "rules.txt");
    for (const Scenario& scenario : read_scenarios(kScenarios / "cases"))
        EXPECT_TRUE(rules.contains(scenario.id)) << scenario.id;
    for (const auto& [id, rule] : rules) {
        std::ifstream in{kEngine / rule.file};
        const std::string source{std::istreambuf_iterator<char>{in}, {}};
        EXPECT_NE(source.find(rule.function + "("), std::string::npos)
            << id << ": no " << rule.function << " in " << rule.file;
    }
}

}  // namespace
}  // namespace broker::test
