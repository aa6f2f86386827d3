// One scenario of the conformance suite, as its file says it (README.md has the language).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fix/session_engine.hpp"

namespace broker::test {

enum class EngineKind { Native, Quickfix };
[[nodiscard]] std::string engine_name(EngineKind kind);

struct Step {
    int line = 0;
    std::string word;  // the first one of the line
    std::string rest;
};

struct Scenario {
    std::string id;    // of the case in the suite, e.g. 2.c
    std::string name;  // the file's, for the test's name
    std::string title;
    std::vector<std::pair<std::string, std::string>> settings;
    std::map<std::string, std::string> differs;  // by engine: what it does instead
    std::map<std::string, std::string> skips;    // by engine: why it is not run
    std::vector<Step> steps;
};

// Throws std::runtime_error, naming file and line.
[[nodiscard]] Scenario read_scenario(const std::filesystem::path& file);
[[nodiscard]] std::vector<Scenario> read_scenarios(const std::filesystem::path& directory);

// Why a scenario cannot be played to the built plugin over a real connection; null if it can.
[[nodiscard]] std::optional<std::string> why_not_over_tls(const Scenario& scenario);

// The session settings of a scenario.
[[nodiscard]] fix::SessionSettings session_settings(const Scenario& scenario);

}  // namespace broker::test
