// round_trip_bench: the adapter beside raw OpenSSL and stock QuickFIX in one run.
#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

#include "bench/benchmark.hpp"
#include "bench/core_placement.hpp"
#include "bench/machine_facts.hpp"
#include "bench/report.hpp"

namespace {

struct Arguments {
    broker::bench::BenchmarkOptions benchmark;
    std::size_t longest_s = 45;
    std::string json;
};

void add_options(CLI::App& app, Arguments& arguments) {
    arguments.benchmark = {.plugin = DXTRADE_ADAPTER_SO,
                           .data_dictionary = DXTRADE_DATA_DICTIONARY,
                           .config_dir = DXTRADE_CONFIG_DIR,
                           .rounds = 20,
                           .samples = 1000};
    app.add_option("--rounds", arguments.benchmark.rounds, "Turns of each variant")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    app.add_option("--samples", arguments.benchmark.samples,
                   "Orders a turn, for each way of submitting")
        ->check(CLI::Range(10, 10000))
        ->capture_default_str();
    app.add_option("--seconds", arguments.longest_s, "No round begins after this time")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    app.add_option("--transport", arguments.benchmark.transport,
                   "What orders go by: fix, or rest without QuickFIX")
        ->transform(CLI::CheckedTransformer(std::map<std::string, broker::bench::Transport>{
            {"fix", broker::bench::Transport::Fix}, {"rest", broker::bench::Transport::Rest}}));
    app.add_option("--json", arguments.json, "Also write the figures to this file");
    app.add_option("--plugin", arguments.benchmark.plugin, "The adapter to measure")
        ->check(CLI::ExistingFile);
}

std::string command_line(int count, char** words) {
    std::string line = std::filesystem::path{words[0]}.filename().string();
    for (int i = 1; i < count; ++i) line.append(" ").append(words[i]);
    return line;
}

void show_progress(std::size_t round) { std::cerr << "round " << round << " done\n"; }

int run(const Arguments& arguments, const std::string& command) {
    // The facts first: the load is that of the machine, not the benchmark's own.
    broker::bench::Facts facts = broker::bench::machine_facts();
    facts.emplace_back("command", command);
    std::ofstream json;
    if (!arguments.json.empty()) {
        json.open(arguments.json);
        if (!json) throw std::runtime_error{"--json: cannot write " + arguments.json};
    }
    broker::bench::leave_last_core();
    broker::bench::Benchmark benchmark{arguments.benchmark};
    const std::size_t rounds = benchmark.run(show_progress);
    facts.emplace_back("rounds", std::to_string(rounds) + " of " +
                                     std::to_string(arguments.benchmark.samples) + " orders");
    broker::bench::print_report(std::cout, benchmark, facts);
    if (json.is_open()) {
        json << broker::bench::report_json(benchmark, facts) << '\n';
        json.close();
        if (!json) throw std::runtime_error{"--json: cannot write " + arguments.json};
    }
    return benchmark.has_failed() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    // A write to a connection that is gone is an error value, not the end of the benchmark.
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App app{"Latency of the adapter beside raw OpenSSL and stock QuickFIX"};
    Arguments arguments;
    add_options(app, arguments);
    CLI11_PARSE(app, argc, argv);
    arguments.benchmark.longest = std::chrono::seconds{arguments.longest_s};
    try {
        return run(arguments, command_line(argc, argv));
    } catch (const std::exception& e) {
        std::cerr << "round_trip_bench: " << e.what() << '\n';
        return 1;
    }
}
