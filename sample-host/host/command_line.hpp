// The arguments of sample-host.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace broker::sample_host {

// 0 and what the others mean is part of what scripts rely on; --help says the same.
enum class ExitCode : int {
    Passed = 0,      // all expected states were reached
    Failed = 1,      // an expectation failed, or the run was interrupted or could not be completed
    WrongInput = 2,  // wrong usage, file, plugin, script or configuration: nothing was traded
};

// What the demo's accounts trade by.
enum class Transport { Fix, Rest };

enum class Command { Demo, Run, Schedule };

struct CommandLine {
    Command command = Command::Run;
    Transport transport = Transport::Fix;  // of demo
    std::filesystem::path plugin;
    std::filesystem::path config;  // of run and schedule
    std::filesystem::path script;  // of run
    std::string json;              // file, "-" for standard output; empty: none
    std::uint32_t next = 10;       // of schedule: events of each account
    std::string from;              // of schedule: 2026-03-08T00:00:00Z; empty: now
    bool is_verbose = false;       // all log lines of the adapter, not only warnings and errors
};

// Wrong arguments; what() is one line.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct ParsedArguments {
    CommandLine command;
    std::string help;  // not empty: print it and do nothing else
};

// `arguments` without the program's name. Throws UsageError.
[[nodiscard]] ParsedArguments parse_arguments(std::vector<std::string> arguments,
                                              const std::filesystem::path& default_plugin);

}  // namespace broker::sample_host
