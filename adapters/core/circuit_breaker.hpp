// Stops asking a host that does not answer, and finds out when it does again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/clock.hpp"

namespace broker::core {

struct CircuitBreakerRules {
    std::uint32_t failures_to_open = 5;  // in a row
    std::uint32_t sample = 20;           // of the last requests; 0: their share does not count
    std::uint32_t failure_percent = 50;  // of a full sample
    Duration open_for = std::chrono::seconds{5};  // doubles with each probe that fails
    Duration longest_open = std::chrono::seconds{60};
    Duration probe_timeout = std::chrono::seconds{30};  // without a word of it: another may go
};

enum class CircuitState : std::int32_t { Closed, Open, HalfOpen };

// Closed: everything passes. Open: nothing does. HalfOpen: one request, the probe; its outcome
// closes the circuit or opens it again. A failure is one of the host (no connection, no answer in
// time, HTTP 5xx), never a refusal of one request. Each call that changes the state says so, so
// that the caller can tell it. [event-thread]
class CircuitBreaker {
public:
    struct Admission {
        bool is_allowed;
        std::optional<CircuitState> entered;
    };

    explicit CircuitBreaker(CircuitBreakerRules rules);

    // Whether a request may go. One that does has its outcome told by succeeded() or failed().
    [[nodiscard]] Admission allow(MonotonicTime now);
    // Outcomes that come while the circuit is open are of older requests and change nothing.
    [[nodiscard]] std::optional<CircuitState> succeeded(MonotonicTime now);
    [[nodiscard]] std::optional<CircuitState> failed(MonotonicTime now);

    [[nodiscard]] CircuitState state() const { return state_; }
    // When the next probe may go; of no meaning while closed.
    [[nodiscard]] MonotonicTime next_probe() const { return next_probe_; }

private:
    void note(bool is_failure);
    [[nodiscard]] bool is_share_reached() const;
    CircuitState open(MonotonicTime now);

    CircuitBreakerRules rules_;
    CircuitState state_ = CircuitState::Closed;
    std::uint32_t in_a_row_ = 0;
    std::vector<bool> outcomes_;  // ring; true: failed
    std::size_t next_slot_ = 0;
    std::size_t noted_ = 0;
    std::size_t failures_ = 0;  // in the ring
    Duration open_for_;
    MonotonicTime next_probe_;
};

}  // namespace broker::core
