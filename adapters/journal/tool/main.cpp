// dxtrade-journal: reads the journals of dxtrade-adapter.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "journal_tool/command_line.hpp"
#include "journal_tool/output.hpp"
#include "journal_tool/run_command.hpp"
#include "journal_tool/shown_text.hpp"

namespace {

using namespace broker::journal_tool;

// The adapter's, as the build lays it out (<build>/adapters/journal/dxtrade-journal and
// <build>/plugin/config), or as it is installed (bin/ and lib*/dxtrade-adapter/config).
std::filesystem::path default_dictionary() {
    std::error_code ignored;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const auto built = program.parent_path().parent_path().parent_path() / "plugin";
    const auto installed = program.parent_path() / DXTRADE_PLUGIN_FROM_BIN;
    for (const auto& plugin : {built, installed}) {
        const auto dictionary = plugin / "config" / "fix" / "DXTRADE44.xml";
        if (std::filesystem::exists(dictionary, ignored)) return dictionary;
    }
    return {};
}

bool wait_a_little() {
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    return true;
}

ExitCode report(const std::exception& error) {
    std::cerr << "dxtrade-journal: " << printable(error.what()) << '\n';
    return ExitCode::WrongInput;
}

ExitCode run_program(std::vector<std::string> arguments) {
    try {
        const ParsedArguments parsed = parse_arguments(std::move(arguments));
        if (!parsed.help.empty()) {
            std::cout << parsed.help;
            return ExitCode::Fine;
        }
        Output out{STDOUT_FILENO};
        const ExitCode code =
            run_command(parsed.line, {default_dictionary(), &wait_a_little}, out, std::cerr);
        out.flush();
        return code;
    } catch (const NobodyReads&) {
        return ExitCode::Fine;  // head has seen enough
    } catch (const std::exception& e) {
        return report(e);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    return static_cast<int>(run_program({argv + 1, argv + argc}));
}
