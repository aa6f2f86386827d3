// What one account's trouble costs another: the latency of its orders, from submit() to the host
// callback with the venue's fill, alone and beside each trouble on the same event thread, which has
// a core of its own, with a host and a venue that wait for no other thread. The cases take turns;
// ratios are taken within a round. Figures for reading; nothing is judged.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bench/core_placement.hpp"
#include "bench/isolation_report.hpp"
#include "bench/isolation_troubles.hpp"

namespace broker::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWarmUp = 20;  // orders of each turn that are not counted

struct Case {
    std::unique_ptr<Trouble> trouble;
    CaseFigures figures;
};

// From submit() to the callback with the fill, in microseconds, order by order.
std::vector<double> measure(test::TradingRig& rig, const std::string& account, int orders,
                            const std::string& prefix) {
    std::vector<double> samples;
    for (int i = -kWarmUp; i < orders; ++i) {
        const std::string id = prefix + std::to_string(i + kWarmUp);
        const auto is_fill = test::order_status(id, BROKER_ORD_STATUS_FILLED);
        const auto begun = Clock::now();
        if (!rig.submit({.account = account, .id = id}).is_ok())
            throw std::runtime_error{"an order was refused\n" + rig.log()};
        if (!rig.events().wait_for(is_fill))
            throw std::runtime_error{"an order got no answer\n" + rig.log()};
        const auto called = rig.events().find(is_fill).front().called;
        if (i >= 0)
            samples.push_back(std::chrono::duration<double, std::micro>(called - begun).count());
        rig.events().clear();
    }
    return samples;
}

class Bench {
public:
    using Make = std::unique_ptr<Trouble> (*)(const TroubleOptions&);

    // The first case is the one that others are compared with.
    void add(std::string name, Make make, const TroubleOptions& options) {
        std::printf("preparing: %s\n", name.c_str());
        std::fflush(stdout);
        cases_.push_back({make(options), {std::move(name), {}, {}, {}, {}}});
    }

    void run(int rounds, int orders) {
        for (int round = 0; round < rounds; ++round) {
            std::vector<LatencyFigures> figures(cases_.size());
            for (std::size_t turn = 0; turn < cases_.size(); ++turn) {
                const std::size_t index = (turn + static_cast<std::size_t>(round)) % cases_.size();
                Case& one = cases_[index];
                one.trouble->begin();
                const auto samples = measure(one.trouble->rig(), one.trouble->measured(), orders,
                                             "R" + std::to_string(round) + "-");
                one.trouble->end();
                figures[index] = latency_figures(samples);
                auto& all = one.figures.microseconds;
                all.insert(all.end(), samples.begin(), samples.end());
            }
            for (std::size_t i = 0; i < cases_.size(); ++i) {
                cases_[i].figures.p50_ratios.push_back(figures[i].p50 / figures[0].p50);
                cases_[i].figures.p99_ratios.push_back(figures[i].p99 / figures[0].p99);
            }
        }
        for (Case& one : cases_) {
            one.figures.note = one.trouble->note();
            print(one.figures);
        }
    }

private:
    std::vector<Case> cases_;
};

}  // namespace
}  // namespace broker::bench

int main(int argc, char** argv) {
    using namespace broker::bench;
    CLI::App app{"What one account's trouble costs another."};
    int rounds = 10;
    int orders = 500;
    std::vector<std::string> pages{""};
    TroubleOptions options;
    options.plugin = DXTRADE_ADAPTER_SO;
    app.add_option("--rounds", rounds, "turns of each case")->check(CLI::Range(1, 10'000));
    app.add_option("--orders", orders, "measured in each turn")->check(CLI::Range(1, 1'000'000));
    app.add_option("--backlog", options.backlog, "orders that a storm asks for")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--replay", options.replayed, "messages that come at once")
        ->check(CLI::Range(1, 10'000'000));
    app.add_option("--pages", pages,
                   "keys of fix_session.recovery; a storm for each, with those of the profile "
                   "if empty");
    app.add_option("--plugin", options.plugin, "another build of the adapter")
        ->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);
    leave_last_core();
    try {
        Bench bench;
        bench.add("alone", no_trouble, options);
        bench.add("beside a silent TLS peer", silent_peer, options);
        bench.add("beside an account that the venue refuses", refused_account, options);
        for (const std::string& keys : pages) {
            options.pages = keys;
            bench.add("beside a storm of resends" + (keys.empty() ? "" : " {" + keys + "}"),
                      resend_storm, options);
        }
        bench.add("beside a replay of what was missed", replay, options);
        bench.add("beside a busy disk", busy_disk, options);
        bench.run(rounds, orders);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "isolation_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
