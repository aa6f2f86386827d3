#include "soak_run.hpp"

#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <thread>

#include "host_memory.hpp"
#include "host_process.hpp"
#include "invariants.hpp"
#include "simulator/simulator.hpp"
#include "support/temporary_directory.hpp"

namespace broker::soak {
namespace {

using simulator::Listener;
using simulator::LoggedMessage;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kReadyPatience{20'000};
constexpr milliseconds kSettlePatience{25'000};
constexpr milliseconds kExitPatience{15'000};
constexpr milliseconds kLook{20};        // between two looks at what is waited for
constexpr milliseconds kOperator{1000};  // between two looks of the person who restarts a host
constexpr milliseconds kOrderTtl{400};
constexpr milliseconds kTtlSlack{300};

std::string sender_comp_id(int index) { return "ACC" + std::to_string(index + 1); }

simulator::SimulatorOptions venue_options(const std::filesystem::path& directory) {
    simulator::SimulatorOptions options;
    options.directory = directory;
    options.accounts.clear();
    for (int i = 0; i < kAccounts; ++i)
        options.accounts.push_back({.id = account_id(i),
                                    .account = "default:" + account_id(i),
                                    .sender_comp_id = sender_comp_id(i),
                                    .username = "user-" + account_id(i),
                                    .password = "secret-" + account_id(i)});
    options.quotes = {{"EURUSD", core::Decimal::parse("1.10000").value(),
                       core::Decimal::parse("1.10010").value()}};
    return options;
}

class Run {
public:
    Run(const SoakOptions& options, std::uint64_t seed)
        : options_{options}, seed_{seed}, venue_{venue_options(directory_.path() / "venue")} {
        venue_.start();
        write_config();
        start_host();
    }

    std::vector<std::string> run() {
        if (!wait_for(kReadyPatience, [this] { return are_ready(); }))
            return {"not Ready at the start, without any fault"};
        follow(draw_schedule({seed_, options_.kills}));
        heal();
        Violations found = settle();
        if (found.empty()) found = broken(memory_.accounts(), truth(), bounds());
        finish(found);
        if (!found.empty() && !options_.keep.empty()) keep_evidence(found);
        return found;
    }

    [[nodiscard]] Counts counts() {
        Counts counts;
        counts.orders = venue_.orders().size();
        counts.lives = static_cast<std::uint64_t>(memory_.life()) + 1;
        for (const auto& [id, account] : memory_.accounts()) counts.fills += account.fills.size();
        for (const LoggedMessage& logged : venue_.messages().all()) {
            if (logged.direction != LoggedMessage::Direction::FromClient) continue;
            counts.logons += logged.message.msg_type == "A" ? 1U : 0U;
            counts.garbled += logged.is_garbled ? 1U : 0U;
            counts.resent += logged.is_poss_dup() ? 1U : 0U;
        }
        return counts;
    }

private:
    void write_config() {
        std::ostringstream text;
        text << "adapter: {journal_dir: journal, data_dir: \"" << options_.config_dir
             << "\"}\naccounts:\n";
        for (int i = 0; i < kAccounts; ++i) {
            const std::string id = account_id(i);
            const std::string folder = "file:" + (directory_.path() / "venue").string() + "/";
            text << "  - id: " << id << "\n    profile: simulator\n    account: \"default:" << id
                 << "\"\n    tls: {trust: " << folder << "ca.pem, certificate: " << folder
                 << "client-" << id << ".pem, key: " << folder << "client-" << id
                 << ".key, server_name: localhost}\n    fix:\n      trading:\n"
                 << "        hosts: [\"127.0.0.1:" << venue_.port(Listener::FixTrading) << "\"]\n"
                 << "        sender_comp_id: " << sender_comp_id(i)
                 << "\n        target_comp_id: DXTRADE\n        username: user-" << id
                 << "\n        password: " << folder << id << ".password\n"
                 << "        heartbeat_s: 1\n        connect_timeout_ms: 500\n"
                 << "        handshake_timeout_ms: 1000\n        logon_timeout_ms: 1000\n"
                 << "        logout_timeout_ms: 1000\n"
                 << "        reconnect: {initial_ms: 10, maximum_ms: 100, healthy_after_ms: 500}\n"
                 << "    limits: {order_ttl_ms: " << kOrderTtl.count()
                 << ", answer_timeout_ms: 300}\n";
        }
        std::ofstream{directory_.path() / "adapter.yaml"} << text.str();
    }

    void start_host() {
        const std::string folder = directory_.path().string();
        host_ = std::make_unique<HostProcess>(
            HostCommand{options_.host, options_.plugin, folder + "/adapter.yaml",
                        folder + "/host.errors"},
            [this](const std::string& line) { memory_.add(line); });
    }

    void follow(const std::vector<Step>& steps) {
        const auto start = steady_clock::now();
        for (const Step& step : steps) {
            std::this_thread::sleep_until(start + step.at);
            take(step);
        }
    }

    void take(const Step& step) {
        switch (step.kind) {
            case Step::Kind::Command:
                return host_->send(step.text);
            case Step::Kind::Quote:
                (void)venue_.set_quote("EURUSD", core::Decimal::parse(step.text).value(),
                                       core::Decimal::parse(step.more).value());
                return;
            case Step::Kind::MessageFaults:
                return venue_.set_message_faults(Listener::FixTrading, step.plan);
            case Step::Kind::SwitchFault:
                switched_.insert(step.fault);
                return venue_.set_fault(Listener::FixTrading, step.fault, step.is_on);
            case Step::Kind::DropConnections:
                return venue_.drop_connections(Listener::FixTrading);
            case Step::Kind::VenueRule:
                return venue_.add_rule(step.rule);
            case Step::Kind::DiskFull:
                return host_->set_disk_full(step.is_on);
            case Step::Kind::Kill:
                host_->kill();
                memory_.begin_life();
                std::this_thread::sleep_for(step.pause);
                return start_host();
        }
    }

    void heal() {
        venue_.set_message_faults(Listener::FixTrading, {});
        for (const simulator::Fault fault : switched_)
            venue_.set_fault(Listener::FixTrading, fault, false);
        venue_.clear_rules();
        host_->set_disk_full(false);
    }

    // Waits until nothing is unsettled; gives back what then still is. An account that plans no
    // further attempt, e.g. after a MsgSeqNum that was too low, waits for a person, who restarts.
    Violations settle() {
        Violations left;
        auto looked = steady_clock::now();
        (void)wait_for(kSettlePatience, [&] {
            const auto accounts = memory_.accounts();
            left = unsettled(accounts, truth(), bounds());
            if (left.empty()) return true;
            if (steady_clock::now() - looked < kOperator) return false;
            looked = steady_clock::now();
            for (const auto& [id, account] : accounts)
                if (account.needs_operator) {
                    host_->send("restart");
                    break;
                }
            return false;
        });
        return left;
    }

    void finish(Violations& found) {
        host_->send("stop");
        const auto status = host_->wait_exit(kExitPatience);
        if (!status) {
            found.push_back("the host did not stop within " +
                            std::to_string(kExitPatience.count()) + " ms");
        } else if (*status != 0) {
            found.push_back("the host ended with status " + std::to_string(*status) + ": " +
                            errors());
        } else {
            const Departure departure = memory_.departure();
            if (!departure.is_told || departure.descriptors_left != 0 ||
                departure.threads_left != 0)
                found.push_back("left behind: " + std::to_string(departure.descriptors_left) +
                                " descriptors, " + std::to_string(departure.threads_left) +
                                " threads");
        }
        if (!memory_.unreadable().empty()) found.push_back("no JSON: " + memory_.unreadable());
    }

    void keep_evidence(const Violations& found) {
        const auto folder = options_.keep / ("seed-" + std::to_string(seed_));
        std::filesystem::create_directories(folder);
        std::ofstream host{folder / "host.jsonl"};
        for (const std::string& line : memory_.lines()) host << line << '\n';
        std::ofstream messages{folder / "venue.txt"};
        for (const LoggedMessage& logged : venue_.messages().all()) {
            messages << (logged.direction == LoggedMessage::Direction::FromClient ? "> " : "< ")
                     << logged.sender_comp_id << (logged.is_garbled ? " GARBLED" : "");
            for (const auto& field : logged.message.fields)
                messages << ' ' << field.tag << '=' << field.value;
            messages << '\n';
        }
        std::ofstream violations{folder / "violations.txt"};
        for (const std::string& each : found) violations << each << '\n';
        violations << errors();
    }

    [[nodiscard]] std::string errors() const {
        std::ifstream file{directory_.path() / "host.errors"};
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

    [[nodiscard]] bool are_ready() const {
        const auto accounts = memory_.accounts();
        for (int i = 0; i < kAccounts; ++i) {
            const auto found = accounts.find(account_id(i));
            if (found == accounts.end() || found->second.state != "Ready") return false;
        }
        return true;
    }

    template <class Condition>
    [[nodiscard]] static bool wait_for(milliseconds patience, Condition holds) {
        const auto deadline = steady_clock::now() + patience;
        while (!holds()) {
            if (steady_clock::now() > deadline) return false;
            std::this_thread::sleep_for(kLook);
        }
        return true;
    }

    [[nodiscard]] VenueTruth truth() {
        VenueTruth truth{venue_.orders(), venue_.messages().all(), {}};
        for (int i = 0; i < kAccounts; ++i) truth.accounts[sender_comp_id(i)] = account_id(i);
        return truth;
    }
    [[nodiscard]] Bounds bounds() const { return {kOrderTtl, kTtlSlack, memory_.life()}; }

    const SoakOptions& options_;
    const std::uint64_t seed_;
    test::TemporaryDirectory directory_;
    simulator::Simulator venue_;
    HostMemory memory_;  // outlives the host, whose reader writes to it
    std::unique_ptr<HostProcess> host_;
    std::set<simulator::Fault> switched_;
};

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
    orders += other.orders;
    fills += other.fills;
    logons += other.logons;
    garbled += other.garbled;
    resent += other.resent;
    lives += other.lives;
    return *this;
}

Outcome run_seed(const SoakOptions& options, std::uint64_t seed) {
    Run run{options, seed};
    Outcome outcome;
    outcome.violations = run.run();
    outcome.counts = run.counts();
    return outcome;
}

}  // namespace broker::soak
