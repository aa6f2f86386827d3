// Medians, tails and ratios of samples that were taken in rounds.
#pragma once

#include <cstddef>
#include <vector>

#include "bench/order_loop.hpp"

namespace broker::bench {

using Rounds = std::vector<std::vector<Sample>>;

// In microseconds. `count` 0: the figure is not known for this variant.
struct Summary {
    std::size_t count = 0;
    double p50 = 0;
    double p99 = 0;
    double lowest_round = 0;  // smallest and largest p50 of a single round: the machine's drift
    double highest_round = 0;
};

[[nodiscard]] Summary summarize(const Rounds& rounds, Figure figure);

// How many times the floor's: the median over the rounds of (p50 / the floor's p50 of the same
// round), which the machine's drift hardly touches; likewise for p99. 0: not known.
struct Ratio {
    double p50 = 0;
    double p99 = 0;
};

[[nodiscard]] Ratio ratio_to_floor(const Rounds& rounds, const Rounds& floor, Figure figure);

}  // namespace broker::bench
