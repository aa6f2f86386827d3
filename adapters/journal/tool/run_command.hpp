// What the commands do.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>

#include "journal_tool/command_line.hpp"
#include "journal_tool/output.hpp"

namespace broker::journal_tool {

struct RunOptions {
    std::filesystem::path default_dictionary;  // used if it is there and the line names none
    // Of --follow: waits for a while; false ends it.
    std::function<bool()> wait;
};

// Records go to `out`, what is wrong with the journal to `err`; verify's findings are its output.
// Throws UsageError, and std::runtime_error for what cannot be read.
[[nodiscard]] ExitCode run_command(const CommandLine& line, const RunOptions& options, Output& out,
                                   std::ostream& err);

}  // namespace broker::journal_tool
