// Figures of the isolation benchmark: what is measured in rounds, and what is printed of it.
#pragma once

#include <string>
#include <vector>

namespace broker::bench {

struct LatencyFigures {
    double p50 = 0;  // microseconds
    double p99 = 0;
    double worst = 0;
};

[[nodiscard]] LatencyFigures latency_figures(std::vector<double> microseconds);

// One case: all its samples, and for each round the ratio to the round's first case.
struct CaseFigures {
    std::string name;
    std::vector<double> microseconds;
    std::vector<double> p50_ratios;
    std::vector<double> p99_ratios;
    std::string note;  // below its line
};

void print(const CaseFigures& figures);

}  // namespace broker::bench
