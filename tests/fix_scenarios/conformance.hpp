// The table of all cases and how each engine does: docs/fix-conformance.md.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fix_scenarios/scenario.hpp"

namespace broker::test {

// A case of the suite that no scenario plays, and why.
struct NotApplicable {
    std::string id;
    std::string title;
    std::string reason;
};

// Lines "id | title | reason". Throws std::runtime_error for any other.
[[nodiscard]] std::vector<NotApplicable> read_not_applicable(const std::filesystem::path& file);

// Where the native engine decides a case.
struct Rule {
    std::string file;  // under adapters/fix
    std::string function;
};
using Rules = std::map<std::string, Rule>;  // by id

// Lines "id id … | file | function". Throws std::runtime_error for any other.
[[nodiscard]] Rules read_rules(const std::filesystem::path& file);

// By scenario name and engine: what went otherwise than the scenario says.
using Results = std::map<std::pair<std::string, std::string>, std::optional<std::string>>;

[[nodiscard]] std::string conformance_page(const std::vector<Scenario>& scenarios,
                                           const std::vector<NotApplicable>& not_applicable,
                                           const Rules& rules, const Results& results);

}  // namespace broker::test
