// What the accounts of one REST host share on one event thread: connections, circuit breakers, the
// memory of what the host throttles by address.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/reason.hpp"
#include "dxtrade/rest/login_gate.hpp"
#include "dxtrade/rest/rest_transport.hpp"
#include "dxtrade/rest_rules.hpp"

namespace broker::dxtrade::rest {

// Whoever talks to a host. Called on the event thread.
class RestHostUser {
public:
    virtual ~RestHostUser() = default;
    // A circuit breaker has changed: CircuitOpened, CircuitHalfOpen, CircuitClosed.
    virtual void on_condition(core::Reason reason, std::string_view text) = 0;
};

struct RestHostRules {
    std::string base_path;  // "/dxsca-web"
    RateRule login_rate;
};

// Owned by RestHosts, outlives its users. [event-thread]
class RestHost {
public:
    RestHost(std::unique_ptr<RestTransport> transport, std::shared_ptr<LoginGate> gate,
             const core::Clock& clock, RestHostRules rules);
    ~RestHost();
    RestHost(const RestHost&) = delete;
    RestHost& operator=(const RestHost&) = delete;

    void add(RestHostUser& user);
    void remove(RestHostUser& user);

    [[nodiscard]] RestTransport& transport() { return *transport_; }
    [[nodiscard]] const core::Clock& clock() const { return clock_; }
    [[nodiscard]] std::string_view peer() const { return transport_->peer(); }
    [[nodiscard]] const std::string& base_path() const { return rules_.base_path; }

    // When the caller may log in: its slot among all logins to the host.
    [[nodiscard]] core::MonotonicTime take_login_slot();
    void login_throttled(core::MonotonicTime until);

    // False: the host has failed too often of late, nothing is to be sent. True may be the probe
    // that decides: whoever gets it sends, and notes how it went.
    [[nodiscard]] bool allow(RateClass rate_class);
    // Whether a request of the class would be turned away; takes no probe.
    [[nodiscard]] bool is_blocked(RateClass rate_class) const;
    // How the exchange went: whether the host works, not whether it likes the request.
    void note(RateClass rate_class, const net::HttpOutcome& outcome);

private:
    struct Breakers;

    void tell(RateClass rate_class, core::Reason reason);

    std::unique_ptr<RestTransport> transport_;
    std::shared_ptr<LoginGate> gate_;
    const core::Clock& clock_;
    RestHostRules rules_;
    std::unique_ptr<Breakers> breakers_;
    std::vector<RestHostUser*> users_;
};

}  // namespace broker::dxtrade::rest
