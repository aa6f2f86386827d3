// One run of the host, from loading the plugin to the report.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

#include "host/command_line.hpp"
#include "host/script.hpp"
#include "host/script_runner.hpp"

namespace broker::sample_host {

struct HostRun {
    std::filesystem::path plugin;
    std::filesystem::path config;
    Script script;
    std::string json;  // as in CommandLine
    bool is_verbose = false;

    // A last look at what is known after the adapter has stopped; returns what is wrong, in one
    // line, or an empty text. May be empty.
    std::function<std::string(const ScriptRunner&)> check;
};

// Errors go to standard error, one line each; the report to standard output, or to standard error
// where the JSON lines take that. Throws sdk::PluginError and ScriptError when nothing was traded.
[[nodiscard]] ExitCode run_host(const HostRun& run, const std::atomic<bool>& is_stopping);

}  // namespace broker::sample_host
