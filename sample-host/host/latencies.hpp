// How long requests and reports took from stage to stage.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

#include "broker/abi/execution_report.h"
#include "host/order_view.hpp"

namespace broker::sample_host {

struct Latency {
    std::string_view name;
    std::size_t count = 0;
    std::chrono::nanoseconds median{};  // the lower one of an even count
    std::chrono::nanoseconds max{};
};

// signal→written, written→acknowledged and received→delivered over all requests; the last one is of
// each request's first report. A request that did not reach both stages is left out.
[[nodiscard]] std::vector<Latency> latencies_of(const std::vector<RequestState>& requests);

}  // namespace broker::sample_host
