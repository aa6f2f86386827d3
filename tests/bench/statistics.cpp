#include "bench/statistics.hpp"

#include <algorithm>
#include <cstdint>

namespace broker::bench {
namespace {

constexpr double kNanosecondsPerMicrosecond = 1000;

void append_known(std::vector<std::uint32_t>& values, const std::vector<Sample>& round,
                  Figure figure) {
    for (const Sample& sample : round) {
        const std::uint32_t value = sample[static_cast<std::size_t>(figure)];
        if (value != 0) values.push_back(value);
    }
}

// The nearest-rank quantile; 0 of nothing.
template <class Value>
Value quantile(std::vector<Value>& values, double share) {
    if (values.empty()) return {};
    const double rank = share * static_cast<double>(values.size() - 1);
    const auto chosen = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), chosen, values.end());
    return *chosen;
}

double microseconds(std::uint32_t value) { return value / kNanosecondsPerMicrosecond; }

double round_p50(const std::vector<Sample>& round, Figure figure) {
    std::vector<std::uint32_t> values;
    append_known(values, round, figure);
    return microseconds(quantile(values, 0.5));
}

}  // namespace

Summary summarize(const Rounds& rounds, Figure figure) {
    std::vector<std::uint32_t> values;
    std::vector<double> medians;
    for (const auto& round : rounds) {
        append_known(values, round, figure);
        medians.push_back(round_p50(round, figure));
    }
    if (values.empty()) return {};
    const auto [lowest, highest] = std::minmax_element(medians.begin(), medians.end());
    Summary summary;
    summary.count = values.size();
    summary.p50 = microseconds(quantile(values, 0.5));
    summary.p99 = microseconds(quantile(values, 0.99));
    summary.lowest_round = *lowest;
    summary.highest_round = *highest;
    return summary;
}

Ratio ratio_to_floor(const Rounds& rounds, const Rounds& floor, Figure figure) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(rounds.size(), floor.size()); ++i) {
        const double base = round_p50(floor[i], figure);
        if (base > 0) ratios.push_back(round_p50(rounds[i], figure) / base);
    }
    const double floor_p99 = summarize(floor, figure).p99;
    Ratio ratio;
    ratio.p50 = quantile(ratios, 0.5);
    if (floor_p99 > 0) ratio.p99 = summarize(rounds, figure).p99 / floor_p99;
    return ratio;
}

}  // namespace broker::bench
