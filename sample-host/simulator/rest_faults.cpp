#include "simulator/rest_faults.hpp"

#include <algorithm>
#include <array>

namespace broker::simulator {
namespace {

constexpr std::array<std::string_view, kRestFaultCount> kNames = {"too_many_requests",
                                                                  "too_many_requests_bare",
                                                                  "unavailable_before",
                                                                  "html_error",
                                                                  "close_before",
                                                                  "expired_token",
                                                                  "stale_etag",
                                                                  "login_refused",
                                                                  "error_after",
                                                                  "lose_answer",
                                                                  "cut_body",
                                                                  "never_answer",
                                                                  "wrong_json",
                                                                  "empty_body",
                                                                  "slow",
                                                                  "push_lose",
                                                                  "push_duplicate",
                                                                  "push_reorder",
                                                                  "push_wrong_json",
                                                                  "push_slow_consumer",
                                                                  "push_cut",
                                                                  "push_silent"};

}  // namespace

std::string_view rest_fault_name(RestFault fault) {
    return kNames[static_cast<std::size_t>(fault)];
}

std::optional<RestFault> rest_fault_from_name(std::string_view name) {
    const auto* const found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<RestFault>(found - kNames.begin());
}

std::vector<RestFaultRule> RestFaults::take(RestEndpoint endpoint) { return take(endpoint, false); }

std::vector<RestFaultRule> RestFaults::take_push(RestEndpoint endpoint) {
    return take(endpoint, true);
}

std::vector<RestFaultRule> RestFaults::take(RestEndpoint endpoint, bool is_push) {
    std::vector<RestFaultRule> taken;
    for (auto& [rule, used, skipped] : rules_) {
        if (is_push_fault(rule.fault) != is_push) continue;
        if (rule.endpoint && *rule.endpoint != endpoint) continue;
        if (rule.times != 0 && used >= rule.times) continue;
        if (skipped < rule.skip) {
            ++skipped;
            continue;
        }
        ++used;
        taken.push_back(rule);
    }
    return taken;
}

}  // namespace broker::simulator
