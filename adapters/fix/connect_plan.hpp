// Where a session connects to next, and when.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "core/connect_budget.hpp"
#include "fix/host_selector.hpp"

namespace broker::fix {

struct HostPort {
    std::string host;
    std::string port;
    [[nodiscard]] std::string text() const;  // host:port, [v6]:port
};

struct ConnectRules {
    std::vector<HostPort> hosts;  // the first is the primary
    FailoverRules failover;
    core::BackoffRules backoff;
    std::shared_ptr<core::ConnectBudget> budget;  // null: there is none
    std::string account;                          // whose attempts the budget counts
};

// The wait before an attempt, and how much of it is for the budget.
struct ConnectWait {
    core::Duration whole{0};
    core::Duration for_budget{0};
};

// Joins the choice of the host, the backoff and the connect budget; time is an argument. An attempt
// is planned once, made when its wait is over, and then judged by one of the functions that plan
// the next one. Owned by a session's transport. [event-thread]
class ConnectPlan {
public:
    // Throws std::invalid_argument without hosts.
    ConnectPlan(ConnectRules rules, std::uint64_t seed);
    ~ConnectPlan();
    ConnectPlan(const ConnectPlan&) = delete;
    ConnectPlan& operator=(const ConnectPlan&) = delete;

    // Of the attempt that is planned or under way.
    [[nodiscard]] std::size_t host_index() const { return hosts_.current(); }
    [[nodiscard]] const HostPort& host() const { return rules_.hosts[hosts_.current()]; }
    [[nodiscard]] const std::vector<HostPort>& hosts() const { return rules_.hosts; }

    // Each plans the next attempt.
    [[nodiscard]] ConnectWait begin(core::MonotonicTime now);  // at once, but for the budget
    [[nodiscard]] ConnectWait after_failure(core::MonotonicTime now);
    [[nodiscard]] ConnectWait after_session(core::Duration lasted, core::MonotonicTime now);

    // A person's choice, for the attempts planned from here on: the host with this text, or the one
    // in turn if it is empty. Without effect if there is no such host.
    void choose(std::string_view host);
    [[nodiscard]] bool has(std::string_view host) const { return find(host).has_value(); }

    void started() { slot_.reset(); }  // the planned attempt begins: its instant is used up
    void drop();                       // it will not be made

private:
    [[nodiscard]] ConnectWait plan(core::Duration wait, core::MonotonicTime now);
    [[nodiscard]] std::optional<std::size_t> find(std::string_view host) const;

    struct Slot {
        core::ConnectParty party;
        core::MonotonicTime at;
    };

    ConnectRules rules_;
    HostSelector hosts_;
    core::Backoff backoff_;
    std::optional<Slot> slot_;  // taken of the budget for the planned attempt
};

}  // namespace broker::fix
