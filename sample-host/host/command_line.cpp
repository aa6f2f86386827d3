#include "host/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

namespace broker::sample_host {
namespace {

constexpr const char* kFooter =
    "Exit codes:\n"
    "  0  all expected states were reached\n"
    "  1  an expectation failed, or the run was interrupted or could not be completed\n"
    "  2  wrong usage, file, plugin, script or configuration: nothing was traded";

void add_common(CLI::App& command, CommandLine& line) {
    command.add_option("--json", line.json,
                       "write every event as a JSON object a line; - is standard output");
    command.add_flag("-v,--verbose", line.is_verbose,
                     "show all log lines of the adapter, not only warnings and errors");
    command.footer(kFooter);
}

}  // namespace

ParsedArguments parse_arguments(std::vector<std::string> arguments,
                                const std::filesystem::path& default_plugin) {
    ParsedArguments parsed;
    CommandLine& line = parsed.command;
    line.plugin = default_plugin;

    CLI::App app{"Trades by a script through a broker adapter.", "sample-host"};
    app.require_subcommand(1);
    app.footer(kFooter);
    CLI::App* const demo =
        app.add_subcommand("demo", "trade two accounts of a simulator inside this process");
    demo->add_option("--plugin", line.plugin, "the adapter's shared library")
        ->capture_default_str();
    std::string transport = "fix";
    demo->add_option("--transport", transport, "what orders go by: fix, or rest with push")
        ->check(CLI::IsMember({"fix", "rest"}))
        ->capture_default_str();
    add_common(*demo, line);
    CLI::App* const run = app.add_subcommand("run", "trade by a script of your own");
    run->add_option("--plugin", line.plugin, "the adapter's shared library")->required();
    run->add_option("--config", line.config, "the adapter's configuration (YAML)")->required();
    run->add_option("--script", line.script, "what to trade (YAML)")->required();
    add_common(*run, line);

    CLI::App* const schedule =
        app.add_subcommand("schedule", "print when the accounts of a configuration log on and out");
    schedule->add_option("--plugin", line.plugin, "the adapter's shared library")
        ->capture_default_str();
    schedule->add_option("--config", line.config, "the adapter's configuration (YAML)")->required();
    schedule->add_option("--next", line.next, "so many events of each account")
        ->check(CLI::Range(1U, 10'000U))
        ->capture_default_str();
    schedule->add_option("--from", line.from,
                         "after this instant, as 2026-03-08T00:00:00Z; without it: now");

    // Why here: CLI11 would say only that a command is missing.
    const std::string word = arguments.empty() ? "" : arguments.front();
    const bool is_option = word.empty() || word.front() == '-';
    const auto is_named = [&word](const CLI::App* command) { return command->check_name(word); };
    const std::array commands{demo, run, schedule};
    if (!is_option && std::none_of(commands.begin(), commands.end(), is_named)) {
        throw UsageError{"unknown command \"" + word +
                         "\": expected demo, run or schedule; see sample-host --help"};
    }
    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        app.parse(arguments);
    } catch (const CLI::Success&) {
        const auto named = std::find_if(commands.begin(), commands.end(),
                                        [](const CLI::App* command) { return command->parsed(); });
        parsed.help = named != commands.end() ? (*named)->help(app.get_name()) : app.help();
    } catch (const CLI::ParseError& e) {
        std::string text = e.what();
        std::replace(text.begin(), text.end(), '\n', ' ');
        throw UsageError{text + "; see sample-host --help"};
    }
    if (demo->parsed()) line.command = Command::Demo;
    if (schedule->parsed()) line.command = Command::Schedule;
    if (transport == "rest") line.transport = Transport::Rest;
    return parsed;
}

}  // namespace broker::sample_host
