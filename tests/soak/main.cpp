// Runs seeded schedules of faults against the built plugin and says what did not hold:
//
//   soak --seeds N [--from S] [--jobs J] [--kill] [--rest] [--keep DIR]
//   soak --kill-sweep [--between B] [--step N [--instructions I]] [--jobs J] [--keep DIR]
//
// --kill-sweep: one schedule, in which the host dies at each of its steps, and B times (default 1)
// somewhere behind each, or at step N alone.
// The last line is "violations: N"; the exit status is 0 only if N is 0.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "soak_run.hpp"

namespace {

using broker::soak::Counts;
using broker::soak::KillPoint;
using broker::soak::SoakOptions;

struct Plan {
    SoakOptions run{SOAK_HOST, DXTRADE_ADAPTER_SO, DXTRADE_CONFIG_DIR, false, false, {}};
    std::uint64_t seeds = 20;
    std::uint64_t from = 1;
    std::uint64_t jobs = 8;
    bool is_sweep = false;
    std::uint64_t between = 1;
    KillPoint point;  // of a sweep of one
    std::vector<KillPoint> points;

    [[nodiscard]] std::uint64_t size() const { return is_sweep ? points.size() : seeds; }
    [[nodiscard]] std::string name(std::uint64_t index) const {
        if (!is_sweep) return "seed " + std::to_string(from + index);
        return "step " + std::to_string(points[index].step) + "+" +
               std::to_string(points[index].instructions) + (run.rest ? " --rest" : "");
    }
    [[nodiscard]] std::string replay(std::uint64_t index) const {
        if (!is_sweep)
            return "--seeds 1 --from " + std::to_string(from + index) +
                   (run.kills ? " --kill" : "") + (run.rest ? " --rest" : "");
        return "--kill-sweep --step " + std::to_string(points[index].step) + " --instructions " +
               std::to_string(points[index].instructions);
    }
};

// Each step, and points behind it: mostly near, as the interesting ones are, at times far.
std::vector<KillPoint> points_of(std::uint64_t steps, std::uint64_t between) {
    std::mt19937_64 random{1};
    std::vector<KillPoint> points;
    for (std::uint64_t step = 1; step <= steps; ++step) {
        points.push_back({step, 0});
        for (std::uint64_t i = 0; i < between; ++i) {
            constexpr std::uint64_t kLongest = 17;  // 2^17 instructions
            const std::uint64_t reach = std::uint64_t{1} << (random() % kLongest + 1);
            points.push_back({step, 1 + random() % reach});
        }
    }
    return points;
}

// One of several processes, each with every jobs-th run, which writes a line for each violation
// ("! <run> …") and for each run (". " and its counts), whole, to `out`.
void work(const Plan& plan, std::uint64_t job, int out) {
    const auto write = [out](std::string line) {
        line += '\n';
        if (::write(out, line.data(), line.size()) < 0) std::_Exit(1);
    };
    for (std::uint64_t i = job; i < plan.size(); i += plan.jobs) {
        const std::string run = "! " + std::to_string(i) + " ";
        Counts counts;
        try {
            const auto outcome = plan.is_sweep
                                     ? broker::soak::run_to_kill_point(plan.run, plan.points[i])
                                     : broker::soak::run_seed(plan.run, plan.from + i);
            counts = outcome.counts;
            for (const std::string& violation : outcome.violations)
                write(run + violation.substr(0, 1000));
        } catch (const std::exception& e) {
            write(run + "no run: " + e.what());
        }
        std::ostringstream done;
        done << ". " << counts.orders << ' ' << counts.fills << ' ' << counts.logons << ' '
             << counts.garbled << ' ' << counts.resent << ' ' << counts.lives;
        write(done.str());
    }
}

pid_t start_worker(const Plan& plan, std::uint64_t job, const std::array<int, 2>& pipe) {
    const pid_t worker = ::fork();
    if (worker != 0) return worker;
    ::close(pipe[0]);
    work(plan, job, pipe[1]);
    std::_Exit(0);
}

// Counts what the workers write, and tells it.
class Report {
public:
    explicit Report(const Plan& plan) : plan_{plan} {}

    void add(const std::string& line) {
        if (line.starts_with("! ")) {
            ++violations_;
            std::uint64_t run = 0;
            std::istringstream words{line.substr(2)};
            words >> run;
            std::cout << plan_.name(run) << ':' << line.substr(line.find(' ', 2)) << std::endl;
            if (run != last_failed_)
                std::cout << "  replay: scripts/soak " << plan_.replay(run) << std::endl;
            last_failed_ = run;
            return;
        }
        ++done_;
        Counts counts;
        std::istringstream{line.substr(2)} >> counts.orders >> counts.fills >> counts.logons >>
            counts.garbled >> counts.resent >> counts.lives;
        counts_ += counts;
        if (done_ % 100 == 0 || done_ == plan_.size())
            std::cout << "soak: " << done_ << " of " << plan_.size() << " runs, " << violations_
                      << " violations, " << seconds() << " s; orders " << counts_.orders
                      << ", fills " << counts_.fills << ", logons " << counts_.logons
                      << ", garbled " << counts_.garbled << ", resent " << counts_.resent
                      << ", adapters " << counts_.lives << std::endl;
    }

    [[nodiscard]] std::uint64_t violations() const { return violations_; }
    [[nodiscard]] std::uint64_t done() const { return done_; }

private:
    [[nodiscard]] std::int64_t seconds() const {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() -
                                                                start_)
            .count();
    }
    const Plan& plan_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::uint64_t violations_ = 0;
    std::uint64_t done_ = 0;
    Counts counts_;
    std::optional<std::uint64_t> last_failed_;
};

void read_all(int input, Report& report) {
    std::array<char, 4096> bytes{};
    std::string unread;
    for (;;) {
        const ssize_t size = ::read(input, bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return;
        unread.append(bytes.data(), static_cast<std::size_t>(size));
        for (auto end = unread.find('\n'); end != std::string::npos; end = unread.find('\n')) {
            report.add(unread.substr(0, end));
            unread.erase(0, end + 1);
        }
    }
}

int run(const Plan& plan) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error{"pipe failed"};
    std::vector<pid_t> workers;
    for (std::uint64_t job = 0; job < plan.jobs; ++job)
        workers.push_back(start_worker(plan, job, pipe));
    ::close(pipe[1]);
    Report report{plan};
    read_all(pipe[0], report);
    std::uint64_t violations = report.violations();
    for (const pid_t worker : workers) {
        int status = 0;
        if (worker < 0 || ::waitpid(worker, &status, 0) < 0 || status != 0) {
            std::cout << "a worker of the runner died" << std::endl;
            ++violations;
        }
    }
    if (report.done() != plan.size()) ++violations;
    std::cout << "violations: " << violations << std::endl;
    return violations == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Plan plan;
    CLI::App app{"Runs seeded schedules of faults against the plugin."};
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.add_option("--seeds", plan.seeds, "how many")->check(CLI::Range(1, 100'000'000));
    app.add_option("--from", plan.from, "the first seed");
    app.add_option("--jobs", plan.jobs, "so many at a time")->check(CLI::Range(1, 64));
    app.add_flag("--kill", plan.run.kills, "kill the host by SIGKILL in each run");
    app.add_flag("--rest", plan.run.rest, "an account over REST and push, with their faults");
    auto* sweep = app.add_flag("--kill-sweep", plan.is_sweep, "kill the host at each of its steps");
    app.add_option("--between", plan.between, "so many times behind each step, too")->needs(sweep);
    auto* step = app.add_option("--step", plan.point.step, "this step alone")->needs(sweep);
    step->check(CLI::Range(1, 1'000'000));
    app.add_option("--instructions", plan.point.instructions, "so far behind it")->needs(step);
    app.add_option("--keep", plan.run.keep, "folder for the evidence of failing seeds");
    CLI11_PARSE(app, argc, argv);
    ::signal(SIGPIPE, SIG_IGN);
    try {
        if (plan.is_sweep && plan.point.step != 0) {
            plan.points = {plan.point};
        } else if (plan.is_sweep) {
            const std::uint64_t steps = broker::soak::count_steps(plan.run);
            std::cout << "soak: the host takes " << steps << " steps" << std::endl;
            plan.points = points_of(steps, plan.between);
        }
        return run(plan);
    } catch (const std::exception& e) {
        std::cerr << "soak: " << e.what() << '\n';
        return 2;
    }
}
