// sample-host: trades by a script through a broker adapter that it loads at run time.
#include <atomic>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "broker/sdk/plugin_library.hpp"
#include "host/command_line.hpp"
#include "host/demo.hpp"
#include "host/host_run.hpp"
#include "host/schedule_view.hpp"
#include "host/script.hpp"
#include "host/stop_signal.hpp"
#include "host/table.hpp"

namespace {

using namespace broker::sample_host;

// As the build lays them out: <build>/sample-host/sample-host and <build>/plugin/….
std::filesystem::path default_plugin() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    return program.parent_path().parent_path() / "plugin" / "dxtrade_adapter.so";
}

ExitCode run(const CommandLine& line) {
    if (line.command == Command::Schedule) return print_schedule(line);
    const std::atomic<bool>& is_stopping = catch_stop_signals();
    if (line.command == Command::Demo) return run_demo(line, is_stopping);
    HostRun run;
    run.plugin = line.plugin;
    run.config = line.config;
    run.script = load_script(line.script);
    run.json = line.json;
    run.is_verbose = line.is_verbose;
    return run_host(run, is_stopping);
}

ExitCode report(const std::exception& error, ExitCode code) {
    std::cerr << "sample-host: " << printable(error.what()) << '\n';
    return code;
}

ExitCode run_program(std::vector<std::string> arguments) {
    try {
        const ParsedArguments parsed = parse_arguments(std::move(arguments), default_plugin());
        if (parsed.help.empty()) return run(parsed.command);
        std::cout << parsed.help;
        return ExitCode::Passed;
    } catch (const UsageError& e) {
        return report(e, ExitCode::WrongInput);
    } catch (const ScriptError& e) {
        return report(e, ExitCode::WrongInput);
    } catch (const broker::sdk::PluginError& e) {
        return report(e, ExitCode::WrongInput);
    } catch (const std::exception& e) {
        return report(e, ExitCode::Failed);
    }
}

}  // namespace

int main(int argc, char** argv) { return static_cast<int>(run_program({argv + 1, argv + argc})); }
