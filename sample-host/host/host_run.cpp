#include "host/host_run.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>

#include "broker/sdk/adapter_handle.hpp"
#include "host/run_report.hpp"

namespace broker::sample_host {
namespace {

// Where the JSON lines go.
class JsonOutput {
public:
    explicit JsonOutput(const std::string& target) : target_{target} {
        if (target.empty()) return;
        if (!is_stdout()) {
            errno = 0;
            file_.open(target, std::ios::binary | std::ios::trunc);
            if (!file_) {
                throw UsageError{"--json: " + target +
                                 " cannot be written: " + std::strerror(errno)};
            }
        }
        lines_.emplace(stream());
    }

    [[nodiscard]] bool is_stdout() const { return target_ == "-"; }
    [[nodiscard]] JsonLines* lines() { return lines_ ? &*lines_ : nullptr; }
    [[nodiscard]] bool has_failed() { return lines_ && !stream(); }

private:
    [[nodiscard]] std::ostream& stream() {
        return is_stdout() ? std::cout : static_cast<std::ostream&>(file_);
    }

    std::string target_;
    std::ofstream file_;
    std::optional<JsonLines> lines_;
};

// One write a line, because the adapter's threads log concurrently.
void print_log(broker_log_level_t level, std::string_view line) {
    std::string text = "adapter ";
    text.append(sdk::log_level_name(level)).append(": ").append(printable(line)).append("\n");
    std::cerr.write(text.data(), static_cast<std::streamsize>(text.size()));
}

sdk::AdapterOptions options_of(const HostRun& run) {
    sdk::AdapterOptions options;
    options.config = run.config;
    const broker_log_level_t least =
        run.is_verbose ? BROKER_LOG_LEVEL_DEBUG : BROKER_LOG_LEVEL_WARNING;
    options.log = [least](broker_log_level_t level, std::string_view line) {
        if (level >= least) print_log(level, line);
    };
    return options;
}

void require_extensions(const sdk::AdapterHandle& adapter) {
    const auto require = [&](bool is_there, const char* id) {
        if (is_there) return;
        throw sdk::PluginError{"adapter " + std::string{adapter.library().name()} +
                               " has no extension " + id};
    };
    require(adapter.order_entry() != nullptr, BROKER_EXT_ORDER_ENTRY);
    require(adapter.accounts() != nullptr, BROKER_EXT_ACCOUNT);
}

void print_error(const std::string& text) {
    std::cerr << "sample-host: " + printable(text) + "\n" << std::flush;
}

}  // namespace

ExitCode run_host(const HostRun& run, const std::atomic<bool>& is_stopping) {
    JsonOutput json{run.json};
    const auto library = sdk::PluginLibrary::load(run.plugin);
    sdk::EventQueue queue;
    ScriptRunner runner{queue, json.lines(), is_stopping};
    ScriptResult result;
    bool is_completed = true;
    {
        sdk::AdapterHandle adapter{library, queue, options_of(run)};
        require_extensions(adapter);
        check_accounts(run.script, *adapter.accounts());
        if (const sdk::Status status = adapter.start(); !status.is_ok()) {
            throw sdk::PluginError{"adapter " + std::string{library->name()} +
                                   " cannot be started: " + status.describe()};
        }
        result = runner.run(run.script, adapter);
        const sdk::Status status = adapter.stop(queue, runner);
        is_completed = status.is_ok();
        if (!is_completed) print_error("adapter cannot be stopped: " + status.describe());
    }
    if (result.is_passed() && run.check) result.failure = run.check(runner);

    const bool on_stderr = json.is_stdout();
    print_report(on_stderr ? std::cerr : std::cout,
                 Palette::of_stream(on_stderr ? STDERR_FILENO : STDOUT_FILENO), runner, result);
    if (!result.failure.empty()) print_error(result.failure);
    if (json.has_failed()) {
        print_error("--json: " + run.json + ": not all events could be written");
        is_completed = false;
    }
    return result.is_passed() && is_completed ? ExitCode::Passed : ExitCode::Failed;
}

}  // namespace broker::sample_host
