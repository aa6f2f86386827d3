// What a run did, for people: orders, fills, positions and latencies.
#pragma once

#include <iosfwd>

#include "host/script_runner.hpp"
#include "host/table.hpp"

namespace broker::sample_host {

// Prints the tables and, at the end, one line that says how the script ended.
void print_report(std::ostream& out, const Palette& palette, const ScriptRunner& runner,
                  const ScriptResult& result);

}  // namespace broker::sample_host
