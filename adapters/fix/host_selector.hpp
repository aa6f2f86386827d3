// Which of a session's hosts is tried next.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/clock.hpp"

namespace broker::fix {

enum class Failover {
    Sticky,         // stays with the host that logged it on last
    PreferPrimary,  // goes back to the first host when the session ends and that host has rested
};

struct FailoverRules {
    Failover policy = Failover::Sticky;
    // PreferPrimary: so long after it has failed, the primary is tried again. A session that is up
    // is never ended for it.
    core::Duration return_after = std::chrono::seconds{60};
    // A session that ends sooner says nothing good of its host.
    core::Duration healthy_after = std::chrono::seconds{60};
    int max_short_sessions = 3;  // in a row; then the next host is tried
};

// A host is judged by Logon: one that takes connections and does not log the session on has failed,
// as has one that logs it on and loses it again soon, several times in a row. Hosts are indices in
// the order of the configuration; the first is the primary. Owned by a session's transport.
// [event-thread]
class HostSelector {
public:
    // `count` is at least 1.
    HostSelector(std::size_t count, FailoverRules rules);

    [[nodiscard]] std::size_t current() const { return current_; }  // the one to try
    [[nodiscard]] std::size_t following() const { return (current_ + 1) % left_.size(); }

    // The current host did not log the session on.
    void attempt_failed(core::MonotonicTime now);
    // A session at the current host is over that was logged on for so long.
    void session_ended(core::Duration lasted, core::MonotonicTime now);
    // A person's word: this host is tried next, and is the primary from here on.
    void prefer(std::size_t host);

private:
    void leave(core::MonotonicTime now);

    FailoverRules rules_;
    std::vector<std::optional<core::MonotonicTime>> left_;  // when each host was last given up
    std::size_t primary_ = 0;
    std::size_t current_ = 0;
    std::optional<std::size_t> came_from_;  // the host that was left to try the primary again
    int short_sessions_ = 0;
};

}  // namespace broker::fix
