// dxtrade-simulator: runs a simulator until it is told to end.
#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <iostream>

#include "simulator/simulator.hpp"
#include "simulator/simulator_options.hpp"

namespace {

using broker::simulator::Listener;
using broker::simulator::Simulator;
using broker::simulator::SimulatorOptions;

int run(const SimulatorOptions& options, const sigset_t& ending) {
    Simulator simulator{options};
    simulator.start();
    std::cout << "ready dir=" << simulator.adapter_config().parent_path().string()
              << " fix_trading=127.0.0.1:" << simulator.port(Listener::FixTrading)
              << " fix_market_data=127.0.0.1:" << simulator.port(Listener::FixMarketData)
              << " fix_drop_copy=127.0.0.1:" << simulator.port(Listener::FixDropCopy)
              << " rest=127.0.0.1:" << simulator.port(Listener::Rest) << std::endl;
    int signal = 0;
    while (sigwait(&ending, &signal) != 0) {
    }
    simulator.stop();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    // Before any thread exists, so that all of them leave the signals to sigwait().
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    SimulatorOptions options;
    options.rest.is_in_adapter_config = true;
    std::string config;
    std::string order_entry;  // empty: as the configuration says
    CLI::App app{"A stand-in for DXtrade: FIX, REST and push over TLS on loopback."};
    app.add_option("--dir", options.directory, "Where certificates, state and adapter.yaml go")
        ->required();
    app.add_option("--config", config, "YAML: accounts, ports, quotes, rules, faults")
        ->check(CLI::ExistingFile);
    app.add_option("--order-entry", order_entry,
                   "What the accounts of adapter.yaml trade by: fix, or rest with push")
        ->check(CLI::IsMember({"fix", "rest"}));
    CLI11_PARSE(app, argc, argv);
    try {
        if (!config.empty()) {
            auto read = broker::simulator::simulator_options_from_yaml(config, options);
            if (read.has_error()) {
                std::cerr << "dxtrade-simulator: " << read.error().detail << '\n';
                return 2;
            }
            options = std::move(read).value();
        }
        if (!order_entry.empty()) options.rest.is_order_entry = order_entry == "rest";
        return run(options, ending);
    } catch (const std::exception& e) {
        std::cerr << "dxtrade-simulator: " << e.what() << '\n';
        return 1;
    }
}
