#include "host/latencies.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace broker::sample_host {
namespace {

struct Span {
    std::string_view name;
    broker_monotonic_t broker_stage_times_t::*from;
    broker_monotonic_t broker_stage_times_t::*to;
};
constexpr std::array kSpans{
    Span{"signal to written", &broker_stage_times_t::signal, &broker_stage_times_t::written},
    Span{"written to acknowledged", &broker_stage_times_t::written,
         &broker_stage_times_t::acknowledged},
    Span{"received to delivered", &broker_stage_times_t::received,
         &broker_stage_times_t::delivered},
};

}  // namespace

std::vector<Latency> latencies_of(const std::vector<RequestState>& requests) {
    std::vector<Latency> latencies;
    for (const Span& span : kSpans) {
        std::vector<std::int64_t> times;
        for (const RequestState& request : requests) {
            const broker_monotonic_t from = request.stages.*span.from;
            const broker_monotonic_t to = request.stages.*span.to;
            if (from != 0 && to != 0) times.push_back(to - from);
        }
        std::sort(times.begin(), times.end());
        Latency latency{span.name, times.size(), {}, {}};
        if (!times.empty()) {
            latency.median = std::chrono::nanoseconds{times[(times.size() - 1) / 2]};
            latency.max = std::chrono::nanoseconds{times.back()};
        }
        latencies.push_back(latency);
    }
    return latencies;
}

}  // namespace broker::sample_host
