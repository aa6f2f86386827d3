#include "dxtrade/rest/rest_host.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/circuit_breaker.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::CircuitState;
using core::Reason;

std::string_view class_name(RateClass rate_class) {
    switch (rate_class) {
        case RateClass::Login:
            return "login";
        case RateClass::Read:
            return "read";
        case RateClass::Trade:
            return "trade";
        case RateClass::Bulk:
            return "bulk";
    }
    return {};
}

Reason reason_of(CircuitState state) {
    switch (state) {
        case CircuitState::Open:
            return Reason::CircuitOpened;
        case CircuitState::HalfOpen:
            return Reason::CircuitHalfOpen;
        case CircuitState::Closed:
            break;
    }
    return Reason::CircuitClosed;
}

enum class Health { Works, Fails, Unsaid };

Health health_of(const net::HttpOutcome& outcome) {
    if (outcome.response) return outcome.response->status < 500 ? Health::Works : Health::Fails;
    switch (outcome.response.error().reason) {
        case Reason::OrderTooOld:      // its turn did not come
        case Reason::TooManyRequests:  // on our own side
        case Reason::StoppedByHost:    // the transport closes
        case Reason::InvalidField:     // the request could not be written
            return Health::Unsaid;
        default:
            return Health::Fails;
    }
}

}  // namespace

struct RestHost::Breakers {
    std::array<core::CircuitBreaker, kRateClassCount> by_class{
        core::CircuitBreaker{{}}, core::CircuitBreaker{{}}, core::CircuitBreaker{{}},
        core::CircuitBreaker{{}}};

    core::CircuitBreaker& of(RateClass rate_class) {
        return by_class[static_cast<std::size_t>(rate_class)];
    }
};

RestHost::RestHost(std::unique_ptr<RestTransport> transport, std::shared_ptr<LoginGate> gate,
                   const core::Clock& clock, RestHostRules rules)
    : transport_{std::move(transport)},
      gate_{std::move(gate)},
      clock_{clock},
      rules_{std::move(rules)},
      breakers_{std::make_unique<Breakers>()} {}

RestHost::~RestHost() = default;

void RestHost::add(RestHostUser& user) { users_.push_back(&user); }

void RestHost::remove(RestHostUser& user) { std::erase(users_, &user); }

core::MonotonicTime RestHost::take_login_slot() {
    return gate_->take_slot(peer(), rules_.login_rate, clock_.monotonic());
}

void RestHost::login_throttled(core::MonotonicTime until) { gate_->throttled(peer(), until); }

bool RestHost::allow(RateClass rate_class) {
    const auto admission = breakers_->of(rate_class).allow(clock_.monotonic());
    if (admission.entered) tell(rate_class, reason_of(*admission.entered));
    return admission.is_allowed;
}

bool RestHost::is_blocked(RateClass rate_class) const {
    const core::CircuitBreaker& breaker = breakers_->of(rate_class);
    return breaker.state() == CircuitState::Open && clock_.monotonic() < breaker.next_probe();
}

void RestHost::note(RateClass rate_class, const net::HttpOutcome& outcome) {
    core::CircuitBreaker& breaker = breakers_->of(rate_class);
    std::optional<CircuitState> entered;
    switch (health_of(outcome)) {
        case Health::Works:
            entered = breaker.succeeded(clock_.monotonic());
            break;
        case Health::Fails:
            entered = breaker.failed(clock_.monotonic());
            break;
        case Health::Unsaid:
            break;
    }
    if (entered) tell(rate_class, reason_of(*entered));
}

// Why later: a state changes while somebody sends, and nobody is told anything from inside a call.
void RestHost::tell(RateClass rate_class, Reason reason) {
    std::string text = "requests of class " + std::string{class_name(rate_class)} +
                       (reason == Reason::CircuitOpened     ? " rest: the host keeps failing"
                        : reason == Reason::CircuitHalfOpen ? ": one is tried"
                                                            : " go again");
    transport_->call_at(clock_.monotonic(), [this, reason, text = std::move(text)] {
        const std::vector<RestHostUser*> users = users_;  // one may leave when it is told
        for (RestHostUser* user : users) {
            if (std::find(users_.begin(), users_.end(), user) != users_.end()) {
                user->on_condition(reason, text);
            }
        }
    });
}

}  // namespace broker::dxtrade::rest
