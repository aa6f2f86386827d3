#include "soak_run.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <thread>

#include "host_config.hpp"
#include "host_memory.hpp"
#include "host_process.hpp"
#include "invariants.hpp"
#include "support/temporary_directory.hpp"
#include "venues.hpp"

namespace broker::soak {
namespace {

using simulator::Listener;
using simulator::LoggedMessage;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kReadyPatience{20'000};
constexpr milliseconds kSettlePatience{25'000};
constexpr milliseconds kExitPatience{15'000};
constexpr milliseconds kLook{500};       // at the latest, though the host says nothing new
constexpr milliseconds kOperator{1000};  // between two looks of the person who restarts a host
constexpr milliseconds kOrderTtl{400};
constexpr milliseconds kTtlSlack{300};

class Run {
public:
    // Of a schedule's name evidence is left in a folder of that name.
    Run(const SoakOptions& options, std::string name)
        : options_{options}, name_{std::move(name)}, venues_{directory_.path(), options.rest} {
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
        for (const VenueTruth& truth : venues_.truths())
            if (found.empty()) found = broken(memory_.accounts(), truth, bounds_);
        finish(found);
        return found;
    }

    [[nodiscard]] Counts counts() {
        Counts counts;
        counts.lives = static_cast<std::uint64_t>(memory_.life()) + 1;
        counts.steps = steps_;
        for (const auto& [id, account] : memory_.accounts()) counts.fills += account.fills.size();
        for (const VenueTruth& truth : venues_.truths()) {
            counts.orders += truth.orders.size();
            for (const LoggedMessage& logged : truth.messages) {
                if (logged.direction != LoggedMessage::Direction::FromClient) continue;
                counts.logons += logged.message.msg_type == "A" ? 1U : 0U;
                counts.garbled += logged.is_garbled ? 1U : 0U;
                counts.resent += logged.is_poss_dup() ? 1U : 0U;
            }
        }
        return counts;
    }

    void write_config() {
        HostConfig config;
        config.directory = directory_.path();
        config.data_dir = options_.config_dir;
        config.order_ttl = kOrderTtl;
        for (int i = 0; i < kAccounts; ++i) {
            config.accounts.push_back({.id = account_id(i),
                                       .sender_comp_id = sender_comp_id(i),
                                       .credentials = venues_.folder_of(i),
                                       .fix_port = venues_.of(i).port(Listener::FixTrading),
                                       .rest_port = venues_.of(i).port(Listener::Rest),
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
            case Step::Kind::DiskFull:
                return host_->set_disk_full(step.is_on);
            case Step::Kind::Clock:
                return set_clock(step.clock_offset);
            case Step::Kind::Kill:
                host_->kill();
                steps_ = host_->steps();
                memory_.begin_life_after_kill();
                std::this_thread::sleep_for(step.pause);
                return start_host();
            default:
                venues_.take(step);
        }
    }

    void heal() {
        venues_.heal();
        host_->set_disk_full(false);
        if (bounds_.clock_offsets.size() > 1) set_clock(milliseconds{0});
    }

    void set_clock(milliseconds offset) {
        bounds_.clock_offsets.push_back(offset);
        host_->send("clock " + std::to_string(offset.count()));
    }

    // Waits until nothing is unsettled; gives back what then still is. An account that plans no
    // further attempt, e.g. after a MsgSeqNum that was too low, waits for a person, who restarts.
    Violations settle() {
        Violations left{"the host has not done what it was told"};
        host_->send("settle");
        auto looked = steady_clock::now();
        (void)wait_for(kSettlePatience, [&] {
            if (!memory_.is_settling()) return false;
            const auto accounts = memory_.accounts();
            left.clear();
            for (const VenueTruth& truth : venues_.truths()) {
                const Violations of_venue = unsettled(accounts, truth);
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
        venues_.write_messages(messages);
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

    // Judged at once and after each line of the host.
    template <class Condition>
    [[nodiscard]] bool wait_for(milliseconds patience, Condition holds) const {
        const auto deadline = steady_clock::now() + patience;
        while (true) {
            const std::size_t seen = memory_.line_count();
            if (holds()) return true;
            const auto now = steady_clock::now();
            if (now > deadline) return false;
            memory_.wait_for_more(seen, now + kLook);
        }
    }

    const SoakOptions& options_;
    const std::string name_;
    test::TemporaryDirectory directory_;
    Venues venues_;
    HostMemory memory_;  // outlives the host, whose reader writes to it
    std::unique_ptr<HostProcess> host_;
    Bounds bounds_{kOrderTtl, kTtlSlack};
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
