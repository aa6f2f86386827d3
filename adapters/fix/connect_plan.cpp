#include "fix/connect_plan.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace broker::fix {

std::string HostPort::text() const {
    return host.find(':') == std::string::npos ? host + ":" + port : "[" + host + "]:" + port;
}

ConnectPlan::ConnectPlan(ConnectRules rules, std::uint64_t seed)
    : rules_{std::move(rules)},
      hosts_{std::max<std::size_t>(rules_.hosts.size(), 1), rules_.failover},
      backoff_{rules_.backoff, seed} {
    if (rules_.hosts.empty()) throw std::invalid_argument{"a FIX session without hosts"};
}

ConnectPlan::~ConnectPlan() { drop(); }

ConnectWait ConnectPlan::begin(core::MonotonicTime now) { return plan(core::Duration{0}, now); }

ConnectWait ConnectPlan::after_failure(core::MonotonicTime now) {
    hosts_.attempt_failed(now);
    return plan(backoff_.next(), now);
}

ConnectWait ConnectPlan::after_session(core::Duration lasted, core::MonotonicTime now) {
    hosts_.session_ended(lasted, now);
    backoff_.session_ended(lasted);
    return plan(backoff_.next(), now);
}

std::optional<std::size_t> ConnectPlan::find(std::string_view host) const {
    if (host.empty()) return hosts_.following();
    for (std::size_t i = 0; i < rules_.hosts.size(); ++i) {
        if (rules_.hosts[i].text() == host) return i;
    }
    return std::nullopt;
}

void ConnectPlan::choose(std::string_view host) {
    if (const auto found = find(host)) hosts_.prefer(*found);
}

ConnectWait ConnectPlan::plan(core::Duration wait, core::MonotonicTime now) {
    drop();
    if (rules_.budget == nullptr) return {wait, core::Duration{0}};
    core::ConnectParty party{rules_.account, host().text()};
    const core::MonotonicTime at = rules_.budget->take(party, now + wait, now);
    slot_ = Slot{std::move(party), at};
    return {at - now, at - now - wait};
}

void ConnectPlan::drop() {
    if (!slot_) return;
    rules_.budget->give_back(slot_->party, slot_->at);
    slot_.reset();
}

}  // namespace broker::fix
