// When the accounts of a configuration log on and out.
#pragma once

#include "host/command_line.hpp"

namespace broker::sample_host {

// Prints the next events of each account as a table. Throws UsageError for a time that is none, and
// PluginError for a configuration that is wrong.
ExitCode print_schedule(const CommandLine& line);

}  // namespace broker::sample_host
