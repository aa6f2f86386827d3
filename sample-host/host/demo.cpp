#include "host/demo.hpp"

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>

#include "broker/sdk/text.hpp"
#include "demo_script.hpp"
#include "host/host_run.hpp"
#include "simulator/simulator.hpp"

namespace broker::sample_host {
namespace {

class TemporaryDirectory {
public:
    TemporaryDirectory()
        : path_{(std::filesystem::temp_directory_path() / "sample-host-XXXXXX").string()} {
        if (::mkdtemp(path_.data()) == nullptr) {
            throw std::system_error{errno, std::generic_category(), "create " + path_};
        }
    }
    ~TemporaryDirectory() {
        std::error_code ignored;  // what is left lies among temporary files
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] std::filesystem::path path() const { return path_; }

private:
    std::string path_;
};

// Rules by ClOrdID prefix, as the script's comment tells them.
std::vector<simulator::Rule> demo_rules() {
    simulator::Rule reject;
    reject.action = simulator::Action::RejectNew;
    reject.cl_ord_id_prefix = "closed";
    reject.text = "the market is closed";
    simulator::Rule half;
    half.action = simulator::Action::FillInParts;
    half.cl_ord_id_prefix = "half";
    half.parts = 2;
    half.filled_parts = 1;
    simulator::Rule locked;
    locked.action = simulator::Action::RefuseCancel;
    locked.cl_ord_id_prefix = "locked";
    locked.text = "the order is being executed";
    locked.times = 1;
    return {reject, half, locked};
}

simulator::SimulatorOptions demo_options(const std::filesystem::path& directory,
                                         Transport transport) {
    simulator::AccountOptions first;
    simulator::AccountOptions second;
    second.id = "ACC-2";
    second.account = "default:ACC-2";
    second.sender_comp_id = "ACC2";
    second.username = "acc2";
    simulator::SimulatorOptions options;
    options.directory = directory;
    options.accounts = {first, second};
    options.rules = demo_rules();
    options.rest.is_order_entry = transport == Transport::Rest;
    return options;
}

// The positions that differ from the venue's, in one line; empty if none does.
std::string compare_positions(const Positions& ours, simulator::Simulator& venue,
                              const std::vector<simulator::AccountOptions>& accounts) {
    std::map<std::string, DecimalSum> difference;
    for (const Position& position : ours.positions()) {
        difference[position.account + " " + position.symbol].add(position.net());
    }
    for (const simulator::AccountOptions& account : accounts) {
        for (const simulator::Position& position : venue.positions(account.sender_comp_id)) {
            difference[account.id + " " + position.symbol].subtract(
                sdk::decimal_from_text(position.quantity.to_string()).value());
        }
    }
    std::string text;
    for (const auto& [name, quantity] : difference) {
        if (quantity.is_zero()) continue;
        text += (text.empty() ? "" : ", ") + name + " by " + quantity.text();
    }
    return text.empty() ? text : "positions: expected the venue's, found a difference in " + text;
}

}  // namespace

ExitCode run_demo(const CommandLine& line, const std::atomic<bool>& is_stopping) {
    const TemporaryDirectory directory;
    const simulator::SimulatorOptions options = demo_options(directory.path(), line.transport);
    simulator::Simulator venue{options};
    venue.start();

    HostRun run;
    run.plugin = line.plugin;
    run.config = venue.adapter_config();
    run.script = script_from_yaml(kDemoScript, "demo.yaml");
    run.json = line.json;
    run.is_verbose = line.is_verbose;
    run.check = [&](const ScriptRunner& runner) {
        return compare_positions(runner.positions(), venue, options.accounts);
    };
    return run_host(run, is_stopping);
}

}  // namespace broker::sample_host
