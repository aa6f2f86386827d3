#include "bench/isolation_report.hpp"

#include <algorithm>
#include <cstdio>

namespace broker::bench {
namespace {

double at(const std::vector<double>& sorted, double part) {
    return sorted.empty()
               ? 0
               : sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return at(values, 0.5);
}

}  // namespace

LatencyFigures latency_figures(std::vector<double> microseconds) {
    std::sort(microseconds.begin(), microseconds.end());
    return {at(microseconds, 0.5), at(microseconds, 0.99), at(microseconds, 1)};
}

void print(const CaseFigures& figures) {
    const LatencyFigures all = latency_figures(figures.microseconds);
    std::printf("%-48s p50 %7.1f us  x%4.2f   p99 %8.1f us  x%4.2f   worst %9.1f us\n",
                figures.name.c_str(), all.p50, median(figures.p50_ratios), all.p99,
                median(figures.p99_ratios), all.worst);
    if (!figures.note.empty()) std::printf("    %s\n", figures.note.c_str());
    std::fflush(stdout);
}

}  // namespace broker::bench
