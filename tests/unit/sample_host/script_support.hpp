// Scripts of one step or few, as the tests of the script language write them.
#pragma once

#include <string>
#include <variant>

#include "host/script.hpp"

namespace broker::sample_host::test {

inline std::string error_of(const std::string& yaml) {
    try {
        (void)script_from_yaml(yaml, "s.yaml");
    } catch (const ScriptError& e) {
        return e.what();
    }
    return "no error";
}

// The error of one step, which begins on line 2.
inline std::string step_error(const std::string& step) {
    return error_of("steps:\n  - " + step + "\n");
}

template <class Action>
Action only_step(const std::string& step) {
    return std::get<Action>(
        script_from_yaml("steps:\n  - " + step + "\n", "s.yaml").steps.at(0).action);
}

}  // namespace broker::sample_host::test
