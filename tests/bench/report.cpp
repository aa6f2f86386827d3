#include "bench/report.hpp"

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <string_view>

namespace broker::bench {
namespace {

constexpr std::string_view kExplanation = R"(
All clients trade with the same venue in this process: one thread that polls one TLS 1.3 connection
over loopback without pause, on a core of its own where there are two, and answers each
NewOrderSingle with one ExecutionReport (150=0), over REST each POST with its orderId. One order is out at a time. The variants take turns
round by round, each with a new session and a warm-up. Times are microseconds of CLOCK_MONOTONIC
from just before the submit call. "x floor" is the ratio to raw OpenSSL that waits in the same way
and exchanges as many bytes without reading them: the median of the rounds' ratios, which hold where
absolute values drift.

What differs by design, and is part of what is measured:
- The adapter takes an order on the caller's thread and writes it on its event thread; QuickFIX and
  raw OpenSSL write on the caller's thread. An order from inside the callback thus waits until the
  adapter is done with the report before, while QuickFIX sends first and finishes the report later.
- The adapter and poll(0) busy-poll on one thread; "block", "own thread" and poll(2) sleep in the
  kernel until bytes come (QuickFIX in select), so that a wake-up of the machine is in each answer.
- The adapter keeps an order ledger, checks limits and stores messages in memory-mapped files;
  stock QuickFIX has none of the first two. It has the data dictionary that comes with the adapter.
What is not measured: a network, a venue's matching, many sessions, bursts, a loss of power.
)";

constexpr std::array kFigures{std::pair{Figure::Call, "submit_call"},
                              std::pair{Figure::Written, "submit_to_written"},
                              std::pair{Figure::Arrived, "submit_to_venue"},
                              std::pair{Figure::Answered, "round_trip"},
                              std::pair{Figure::Journaling, "taken_to_journaled"},
                              std::pair{Figure::Delivery, "read_to_callback"}};

template <class... Values>
std::string format(const char* pattern, Values... values) {
    std::array<char, 256> text{};
    const int size = std::snprintf(text.data(), text.size(), pattern, values...);
    return {text.data(), static_cast<std::size_t>(size)};
}

const Rounds& rounds_of(const Contestant& contestant, Issue issue) {
    return issue == Issue::Callback ? contestant.from_callback : contestant.from_host_thread;
}

std::string time_cells(const Summary& summary) {
    if (summary.count == 0) return format("%9s%9s", "-", "-");
    return format("%9.1f%9.1f", summary.p50, summary.p99);
}

// What the client takes beyond the floor that waits as it does, from submit to callback.
double beyond_floor(const Benchmark& benchmark, const Contestant& contestant) {
    const Rounds& floor = benchmark.floor_of(contestant).from_callback;
    return summarize(contestant.from_callback, Figure::Answered).p50 -
           summarize(floor, Figure::Answered).p50;
}

std::string ratio_cells(const Ratio& ratio) {
    if (ratio.p50 <= 0 || ratio.p99 <= 0) return format("%8s%8s", "-", "-");
    return format("%8.2f%8.2f", ratio.p50, ratio.p99);
}

std::string row(const Benchmark& benchmark, const Contestant& contestant, Issue issue) {
    const Rounds& rounds = rounds_of(contestant, issue);
    const Rounds& floor = benchmark.floor_of(contestant).from_callback;
    const Summary answered = summarize(rounds, Figure::Answered);
    return format("%-34s", contestant.name.c_str()) + time_cells(answered) +
           ratio_cells(ratio_to_floor(rounds, floor, Figure::Answered)) +
           format("%7.1f..%-7.1f", answered.lowest_round, answered.highest_round) +
           time_cells(summarize(rounds, Figure::Arrived)) +
           ratio_cells(ratio_to_floor(rounds, floor, Figure::Arrived)) +
           time_cells(summarize(rounds, Figure::Written)) + format("%9zu\n", answered.count);
}

void print_table(std::ostream& out, const Benchmark& benchmark, Issue issue) {
    out << format("%-34s%18s%16s%16s%18s%16s%18s%9s\n", "", "round trip", "x floor",
                  "p50 of rounds", "submit to venue", "x floor", "submit to written", "samples")
        << format("%-34s%9s%9s%8s%8s%16s%9s%9s%8s%8s%9s%9s\n", "", "p50", "p99", "p50", "p99",
                  "least..most", "p50", "p99", "p50", "p99", "p50", "p99");
    for (const bool is_spinning : {true, false}) {
        out << (is_spinning ? "busy polling\n" : "sleeping until bytes come\n");
        for (const Contestant& contestant : benchmark.contestants()) {
            if (contestant.is_spinning != is_spinning) continue;
            if (!rounds_of(contestant, issue).empty()) {
                out << "  " << row(benchmark, contestant, issue);
            }
        }
    }
}

void print_details(std::ostream& out, const Benchmark& benchmark) {
    out << "\nEach variant: heap allocations an order after the warm-up (all threads but the "
           "venue's), bytes of order and report, TLS\n";
    for (const Contestant& contestant : benchmark.contestants()) {
        const MessageSizes& sizes = contestant.seen.sizes;
        const std::string allocations = contestant.allocations_per_order
                                            ? format("%.1f", *contestant.allocations_per_order)
                                            : "not counted";
        out << "  "
            << format("%-34s%12s %5zu %5zu  ", contestant.name.c_str(), allocations.c_str(),
                      sizes.order, sizes.report)
            << contestant.seen.tls << '\n';
    }
    out << "\nThe adapter's own stages, p50 and p99: submit call, taken to journaled, report read "
           "to callback; then its p50 of the round trip beyond the floor's\n";
    for (const Contestant& contestant : benchmark.contestants()) {
        if (contestant.group != "adapter") continue;
        const Rounds& rounds = contestant.from_callback;
        out << "  " << format("%-34s", contestant.name.c_str())
            << time_cells(summarize(rounds, Figure::Call))
            << time_cells(summarize(rounds, Figure::Journaling))
            << time_cells(summarize(rounds, Figure::Delivery))
            << format("%9.1f\n", beyond_floor(benchmark, contestant));
    }
}

boost::json::object figures_json(const Benchmark& benchmark, const Contestant& contestant,
                                 Issue issue) {
    boost::json::object object;
    const Rounds& floor = benchmark.floor_of(contestant).from_callback;
    for (const auto& [figure, name] : kFigures) {
        const Summary summary = summarize(rounds_of(contestant, issue), figure);
        if (summary.count == 0) continue;
        boost::json::object values{{"samples", summary.count},
                                   {"p50_us", summary.p50},
                                   {"p99_us", summary.p99},
                                   {"lowest_round_p50_us", summary.lowest_round},
                                   {"highest_round_p50_us", summary.highest_round}};
        const Ratio ratio = ratio_to_floor(rounds_of(contestant, issue), floor, figure);
        if (ratio.p50 > 0) values["p50_ratio_to_floor"] = ratio.p50;
        if (ratio.p99 > 0) values["p99_ratio_to_floor"] = ratio.p99;
        object[name] = std::move(values);
    }
    return object;
}

boost::json::object variant_json(const Benchmark& benchmark, const Contestant& contestant,
                                 Issue issue) {
    boost::json::object object{
        {"name", contestant.name},
        {"group", contestant.group},
        {"waits", contestant.is_spinning ? "busy" : "asleep"},
        {"submits", issue == Issue::Callback ? "client_thread" : "host_thread"},
        {"rounds", rounds_of(contestant, issue).size()},
        {"figures", figures_json(benchmark, contestant, issue)},
        {"order_bytes", contestant.seen.sizes.order},
        {"report_bytes", contestant.seen.sizes.report},
        {"tls", contestant.seen.tls}};
    if (contestant.group == "adapter" && issue == Issue::Callback) {
        object["beyond_floor_p50_us"] = beyond_floor(benchmark, contestant);
    }
    if (contestant.allocations_per_order && issue == Issue::Callback) {
        object["allocations_per_order"] = *contestant.allocations_per_order;
    }
    if (!contestant.failure.empty()) object["failure"] = contestant.failure;
    return object;
}

}  // namespace

void print_report(std::ostream& out, const Benchmark& benchmark, const Facts& facts) {
    for (const auto& [name, value] : facts) out << format("%-13s", name.c_str()) << value << '\n';
    out << kExplanation
        << "\nThe next order comes from the client's own thread, inside the callback: no wake-up "
           "of another thread\n";
    print_table(out, benchmark, Issue::Callback);
    out << "\nThe next order comes from a host thread that slept until the callback woke it: the "
           "adapter's hand-over between threads is in it (ratios to the floor above)\n";
    print_table(out, benchmark, Issue::HostThread);
    print_details(out, benchmark);
    for (const Contestant& contestant : benchmark.contestants()) {
        if (contestant.failure.empty()) continue;
        out << "\nFAILED: " << contestant.name << ": " << contestant.failure << '\n';
    }
}

std::string report_json(const Benchmark& benchmark, const Facts& facts) {
    boost::json::object described;
    for (const auto& [name, value] : facts) described[name] = value;
    boost::json::array variants;
    for (const Contestant& contestant : benchmark.contestants()) {
        variants.push_back(variant_json(benchmark, contestant, Issue::Callback));
        if (contestant.is_floor()) continue;
        variants.push_back(variant_json(benchmark, contestant, Issue::HostThread));
    }
    return boost::json::serialize(
        boost::json::object{{"facts", std::move(described)}, {"variants", std::move(variants)}});
}

}  // namespace broker::bench
