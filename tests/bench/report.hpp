// The figures as text for people and as JSON for scripts.
#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "bench/benchmark.hpp"

namespace broker::bench {

using Facts = std::vector<std::pair<std::string, std::string>>;

void print_report(std::ostream& out, const Benchmark& benchmark, const Facts& facts);

// One object: "facts", and "variants" with every figure in microseconds.
[[nodiscard]] std::string report_json(const Benchmark& benchmark, const Facts& facts);

}  // namespace broker::bench
