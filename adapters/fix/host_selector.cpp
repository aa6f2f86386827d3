#include "fix/host_selector.hpp"

#include <utility>

namespace broker::fix {

HostSelector::HostSelector(std::size_t count, FailoverRules rules) : rules_{rules}, left_(count) {}

void HostSelector::attempt_failed(core::MonotonicTime now) { leave(now); }

void HostSelector::session_ended(core::Duration lasted, core::MonotonicTime now) {
    came_from_.reset();
    const bool is_short = lasted < rules_.healthy_after;
    short_sessions_ = is_short ? short_sessions_ + 1 : 0;
    if (short_sessions_ >= rules_.max_short_sessions) return leave(now);

    if (rules_.policy != Failover::PreferPrimary || current_ == primary_) return;
    if (left_[primary_] && now - *left_[primary_] < rules_.return_after) return;
    came_from_ = std::exchange(current_, primary_);
    short_sessions_ = 0;
}

// Why back to where it came from: that host has logged the session on, and the one in turn may not.
void HostSelector::leave(core::MonotonicTime now) {
    left_[current_] = now;
    short_sessions_ = 0;
    current_ = came_from_ ? *std::exchange(came_from_, std::nullopt) : following();
}

void HostSelector::prefer(std::size_t host) {
    primary_ = host;
    current_ = host;
    came_from_.reset();
    short_sessions_ = 0;
}

}  // namespace broker::fix
