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

double round_quantile(const std::vector<Sample>& round, Figure figure, double share) {
    std::vector<std::uint32_t> values;
    append_known(values, round, figure);
    return microseconds(quantile(values, share));
}

double median_ratio(const Rounds& rounds, const Rounds& floor, Figure figure, double share) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(rounds.size(), floor.size()); ++i) {
        const double base = round_quantile(floor[i], figure, share);
        if (base > 0) ratios.push_back(round_quantile(rounds[i], figure, share) / base);
    }
    return quantile(ratios, 0.5);
}

}  // namespace

Summary summarize(const Rounds& rounds, Figure figure) {
    std::vector<std::uint32_t> values;
    std::vector<double> medians;
    for (const auto& round : rounds) {
        append_known(values, round, figure);
        medians.push_back(round_quantile(round, figure, 0.5));
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
    return {median_ratio(rounds, floor, figure, 0.5), median_ratio(rounds, floor, figure, 0.99)};
}

}  // namespace broker::bench
