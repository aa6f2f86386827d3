// The demo: two accounts of a simulator inside this process, traded by config/examples/demo.yaml,
// over FIX or over REST and push: the final states are the same.
#pragma once

#include <atomic>

#include "host/command_line.hpp"

namespace broker::sample_host {

// Works in a temporary directory, which it removes. Passes only if the positions by our fills are
// the venue's, too. Throws as run_host does, and std::runtime_error if the simulator cannot start.
[[nodiscard]] ExitCode run_demo(const CommandLine& line, const std::atomic<bool>& is_stopping);

}  // namespace broker::sample_host
