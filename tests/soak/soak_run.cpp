#include "soak_run.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <thread>

#include "host_config.hpp"
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

// The first accounts share the venue that faults meet, the last one has one of its own.
constexpr std::size_t kVenues = 2;
constexpr std::size_t venue_of(int account) { return account < kFaultyAccounts ? 0 : 1; }

constexpr int kRestAccount = 1;

// The simulator's REST API names the order "O1-00000002" of FIX by the number 100000002.
std::string rest_number(std::string order_id) {
    std::erase_if(order_id, [](char c) { return c < '0' || c > '9'; });
    return order_id;
}

simulator::SimulatorOptions venue_options(const std::filesystem::path& directory,
                                          std::size_t venue) {
    simulator::SimulatorOptions options;
    options.directory = directory;
    options.accounts.clear();
    for (int i = 0; i < kAccounts; ++i) {
        if (venue_of(i) != venue) continue;
        options.accounts.push_back({.id = account_id(i),
                                    .account = "default:" + account_id(i),
                                    .sender_comp_id = sender_comp_id(i),
                                    .username = "user-" + account_id(i),
                                    .password = "secret-" + account_id(i)});
    }
    options.quotes = {{"EURUSD", core::Decimal::parse("1.10000").value(),
                       core::Decimal::parse("1.10010").value()}};
    return options;
}

class Run {
public:
    // Of a schedule's name evidence is left in a folder of that name.
    Run(const SoakOptions& options, std::string name) : options_{options}, name_{std::move(name)} {
        for (std::size_t i = 0; i < kVenues; ++i) {
            venues_.push_back(std::make_unique<simulator::Simulator>(venue_options(folder(i), i)));
            venues_.back()->start();
        }
        write_config();
        start_host();
    }

    Outcome run(const std::vector<Step>& schedule, std::optional<KillPoint> point = {}) {
        Violations found;
        if (wait_for(kReadyPatience, [this] { return are_ready(); })) {
            if (point) host_->trace(*point);
            follow(schedule);
            found = judge(schedule);
        } else {
            found.emplace_back("not Ready at the start, without any fault");
        }
        if (!found.empty() && !options_.keep.empty()) keep_evidence(found);
        return {found, counts()};
    }

private:
    Violations judge(const std::vector<Step>& schedule) {
        const std::string neighbour = account_id(kAccounts - 1);
        Violations disturbances;
        if (!is_felt_by_all(schedule))
            disturbances = disturbed(neighbour, memory_.accounts()[neighbour]);
        heal();
        Violations found = settle();
        found.insert(found.end(), disturbances.begin(), disturbances.end());
        for (std::size_t i = 0; found.empty() && i < kVenues; ++i)
            found = broken(memory_.accounts(), truth(i), {kOrderTtl, kTtlSlack});
        finish(found);
        return found;
    }

    [[nodiscard]] Counts counts() {
        Counts counts;
        counts.lives = static_cast<std::uint64_t>(memory_.life()) + 1;
        counts.steps = steps_;
        for (const auto& [id, account] : memory_.accounts()) counts.fills += account.fills.size();
        for (const auto& venue : venues_) {
            counts.orders += venue->orders().size();
            for (const LoggedMessage& logged : venue->messages().all()) {
                if (logged.direction != LoggedMessage::Direction::FromClient) continue;
                counts.logons += logged.message.msg_type == "A" ? 1U : 0U;
                counts.garbled += logged.is_garbled ? 1U : 0U;
                counts.resent += logged.is_poss_dup() ? 1U : 0U;
            }
        }
        return counts;
    }

    [[nodiscard]] std::filesystem::path folder(std::size_t venue) const {
        return directory_.path() / ("venue-" + std::to_string(venue + 1));
    }

    void write_config() {
        HostConfig config;
        config.directory = directory_.path();
        config.data_dir = options_.config_dir;
        config.order_ttl = kOrderTtl;
        for (int i = 0; i < kAccounts; ++i) {
            const std::size_t venue = venue_of(i);
            config.accounts.push_back({.id = account_id(i),
                                       .sender_comp_id = sender_comp_id(i),
                                       .credentials = folder(venue),
                                       .fix_port = venues_[venue]->port(Listener::FixTrading),
                                       .rest_port = venues_[venue]->port(Listener::Rest),
                                       .is_rest = options_.rest && i == kRestAccount,
                                       .is_patient = i >= kFaultyAccounts});
        }
        write_host_config(config);
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
                for (const auto& venue : venues_)
                    (void)venue->set_quote("EURUSD", core::Decimal::parse(step.text).value(),
                                           core::Decimal::parse(step.more).value());
                return;
            case Step::Kind::MessageFaults:
                return faulty_venue().set_message_faults(Listener::FixTrading, step.plan);
            case Step::Kind::SwitchFault:
                switched_.insert(step.fault);
                return faulty_venue().set_fault(Listener::FixTrading, step.fault, step.is_on);
            case Step::Kind::DropConnections:
                return faulty_venue().drop_connections(Listener::FixTrading);
            case Step::Kind::VenueRule:
                return faulty_venue().add_rule(step.rule);
            case Step::Kind::RestFault:
                return faulty_venue().add_rest_fault(step.rest_fault);
            case Step::Kind::DiskFull:
                return host_->set_disk_full(step.is_on);
            case Step::Kind::Kill:
                host_->kill();
                steps_ = host_->steps();
                memory_.begin_life_after_kill();
                std::this_thread::sleep_for(step.pause);
                return start_host();
        }
    }

    void heal() {
        faulty_venue().set_message_faults(Listener::FixTrading, {});
        for (const simulator::Fault fault : switched_)
            faulty_venue().set_fault(Listener::FixTrading, fault, false);
        faulty_venue().clear_rules();
        faulty_venue().clear_rest_faults();
        host_->set_disk_full(false);
    }

    // Waits until nothing is unsettled; gives back what then still is. An account that plans no
    // further attempt, e.g. after a MsgSeqNum that was too low, waits for a person, who restarts.
    Violations settle() {
        Violations left;
        auto looked = steady_clock::now();
        (void)wait_for(kSettlePatience, [&] {
            const auto accounts = memory_.accounts();
            left.clear();
            for (std::size_t i = 0; i < kVenues; ++i) {
                const Violations of_venue = unsettled(accounts, truth(i));
                left.insert(left.end(), of_venue.begin(), of_venue.end());
            }
            if (left.empty()) return true;
            if (steady_clock::now() - looked < kOperator) return false;
            looked = steady_clock::now();
            const bool is_needed =
                std::any_of(accounts.begin(), accounts.end(),
                            [](const auto& of) { return of.second.needs_operator; });
            if (is_needed) host_->send("restart");
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
        const auto folder = options_.keep / name_;
        std::filesystem::create_directories(folder);
        std::ofstream host{folder / "host.jsonl"};
        for (const std::string& line : memory_.lines()) host << line << '\n';
        std::ofstream messages{folder / "venue.txt"};
        for (const auto& venue : venues_) write_messages(*venue, messages);
        std::ofstream violations{folder / "violations.txt"};
        for (const std::string& each : found) violations << each << '\n';
        violations << errors();
    }

    static void write_messages(const simulator::Simulator& venue, std::ostream& to) {
        for (const LoggedMessage& logged : venue.messages().all()) {
            to << (logged.direction == LoggedMessage::Direction::FromClient ? "> " : "< ")
               << logged.sender_comp_id << (logged.is_garbled ? " GARBLED" : "");
            for (const auto& field : logged.message.fields)
                to << ' ' << field.tag << '=' << field.value;
            to << '\n';
        }
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

    [[nodiscard]] simulator::Simulator& faulty_venue() { return *venues_.front(); }
    [[nodiscard]] VenueTruth truth(std::size_t venue) {
        VenueTruth truth{venues_[venue]->orders(), venues_[venue]->messages().all(), {}};
        for (int i = 0; i < kAccounts; ++i)
            if (venue_of(i) == venue) truth.accounts[sender_comp_id(i)] = account_id(i);
        for (simulator::Order& order : truth.orders)
            if (options_.rest && order.sender_comp_id == sender_comp_id(kRestAccount))
                order.order_id = rest_number(order.order_id);
        return truth;
    }

    const SoakOptions& options_;
    const std::string name_;
    test::TemporaryDirectory directory_;
    std::vector<std::unique_ptr<simulator::Simulator>> venues_;
    HostMemory memory_;  // outlives the host, whose reader writes to it
    std::unique_ptr<HostProcess> host_;
    std::set<simulator::Fault> switched_;
    std::uint64_t steps_ = 0;
};

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
    orders += other.orders;
    fills += other.fills;
    logons += other.logons;
    garbled += other.garbled;
    resent += other.resent;
    lives += other.lives;
    steps += other.steps;
    return *this;
}

Outcome run_seed(const SoakOptions& options, std::uint64_t seed) {
    return Run{options, "seed-" + std::to_string(seed)}.run(
        draw_schedule({seed, options.kills, options.rest}));
}

Outcome run_to_kill_point(const SoakOptions& options, KillPoint point) {
    const std::string name =
        "step-" + std::to_string(point.step) + "-" + std::to_string(point.instructions);
    return Run{options, name}.run(sweep_schedule(), point);
}

std::uint64_t count_steps(const SoakOptions& options) {
    const Outcome outcome = run_to_kill_point(options, {});
    if (outcome.violations.empty()) return outcome.counts.steps;
    throw std::runtime_error{"without a kill: " + outcome.violations.front()};
}

}  // namespace broker::soak
