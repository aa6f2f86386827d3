// Runs seeded schedules of faults against the built plugin and says what did not hold:
//
//   soak --seeds N [--from S] [--jobs J] [--kill] [--keep DIR]
//
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
#include <sstream>
#include <string>
#include <vector>

#include "soak_run.hpp"

namespace {

using broker::soak::Counts;
using broker::soak::SoakOptions;

struct Plan {
    SoakOptions run{SOAK_HOST, DXTRADE_ADAPTER_SO, DXTRADE_CONFIG_DIR, false, {}};
    std::uint64_t seeds = 20;
    std::uint64_t from = 1;
    std::uint64_t jobs = 8;
};

// One of several processes, each with every jobs-th seed, which writes a line for each violation
// ("! …") and for each seed (". " and its counts), whole, to `out`.
void work(const Plan& plan, std::uint64_t job, int out) {
    const auto write = [out](std::string line) {
        line += '\n';
        if (::write(out, line.data(), line.size()) < 0) std::_Exit(1);
    };
    for (std::uint64_t i = job; i < plan.seeds; i += plan.jobs) {
        const std::uint64_t seed = plan.from + i;
        Counts counts;
        try {
            const auto outcome = broker::soak::run_seed(plan.run, seed);
            counts = outcome.counts;
            for (const std::string& violation : outcome.violations)
                write("! seed " + std::to_string(seed) + ": " + violation.substr(0, 1000));
        } catch (const std::exception& e) {
            write("! seed " + std::to_string(seed) + ": no run: " + e.what());
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
            std::cout << line.substr(2) << std::endl;
            const std::string seed = line.substr(7, line.find(':') - 7);
            if (seed != last_failed_)
                std::cout << "  replay: scripts/soak --seeds 1 --from " << seed
                          << (plan_.run.kills ? " --kill" : "") << std::endl;
            last_failed_ = seed;
            return;
        }
        ++done_;
        Counts counts;
        std::istringstream{line.substr(2)} >> counts.orders >> counts.fills >> counts.logons >>
            counts.garbled >> counts.resent >> counts.lives;
        counts_ += counts;
        if (done_ % 100 == 0 || done_ == plan_.seeds)
            std::cout << "soak: " << done_ << " of " << plan_.seeds << " seeds, " << violations_
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
    std::string last_failed_;
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
    if (report.done() != plan.seeds) ++violations;
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
    app.add_option("--keep", plan.run.keep, "folder for the evidence of failing seeds");
    CLI11_PARSE(app, argc, argv);
    ::signal(SIGPIPE, SIG_IGN);
    try {
        return run(plan);
    } catch (const std::exception& e) {
        std::cerr << "soak: " << e.what() << '\n';
        return 2;
    }
}
