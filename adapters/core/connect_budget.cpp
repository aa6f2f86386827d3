#include "core/connect_budget.hpp"

namespace broker::core {
namespace {

Duration interval_of(std::uint32_t per_s) {
    if (per_s == 0) return Duration::zero();
    return Duration{std::chrono::seconds{1}} / per_s;
}

ConnectSlots& slots_of(std::unordered_map<std::string, ConnectSlots>& slots,
                       const std::string& name, Duration interval) {
    return slots.try_emplace(name, interval).first->second;
}

}  // namespace

ConnectSlots::ConnectSlots(Duration interval) : interval_{interval} {}

MonotonicTime ConnectSlots::first_free(MonotonicTime earliest) const {
    MonotonicTime free = earliest;
    auto near = taken_.upper_bound(earliest - interval_);
    for (; near != taken_.end() && *near - free < interval_; ++near) free = *near + interval_;
    return free;
}

void ConnectSlots::forget_before(MonotonicTime now) {
    taken_.erase(taken_.begin(), taken_.upper_bound(now - interval_));
}

ConnectBudget::ConnectBudget(ConnectLimits limits)
    : account_interval_{interval_of(limits.account_per_s)},
      host_interval_{interval_of(limits.host_per_s)} {}

MonotonicTime ConnectBudget::take(const ConnectParty& party, MonotonicTime earliest,
                                  MonotonicTime now) {
    const std::lock_guard lock{mutex_};
    ConnectSlots& account = slots_of(accounts_, party.account, account_interval_);
    ConnectSlots& host = slots_of(hosts_, party.host, host_interval_);
    account.forget_before(now);
    host.forget_before(now);
    // Each turn goes past an instant that is taken in one of the two, so that it ends.
    MonotonicTime at = earliest;
    while (true) {
        const MonotonicTime free = host.first_free(account.first_free(at));
        if (free == at) break;
        at = free;
    }
    account.take(at);
    host.take(at);
    return at;
}

void ConnectBudget::give_back(const ConnectParty& party, MonotonicTime at) {
    const std::lock_guard lock{mutex_};
    if (const auto found = accounts_.find(party.account); found != accounts_.end()) {
        found->second.give_back(at);
    }
    if (const auto found = hosts_.find(party.host); found != hosts_.end()) {
        found->second.give_back(at);
    }
}

}  // namespace broker::core
