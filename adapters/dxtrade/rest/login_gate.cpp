#include "dxtrade/rest/login_gate.hpp"

#include <algorithm>

namespace broker::dxtrade::rest {

core::MonotonicTime LoginGate::take_slot(std::string_view host, const RateRule& rule,
                                         core::MonotonicTime now) {
    const core::Duration gap = core::Duration{rule.window} / std::max(rule.count, 1U);
    const std::lock_guard lock{mutex_};
    const auto known = next_.find(host);
    if (known == next_.end()) {
        next_.emplace(host, now + gap);
        return now;
    }
    const core::MonotonicTime slot = std::max(known->second, now);
    known->second = slot + gap;
    return slot;
}

void LoginGate::throttled(std::string_view host, core::MonotonicTime until) {
    const std::lock_guard lock{mutex_};
    core::MonotonicTime& next = next_[std::string{host}];
    next = std::max(next, until);
}

}  // namespace broker::dxtrade::rest
