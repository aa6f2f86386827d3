// How long to wait before the next connection attempt.
#pragma once

#include <cstdint>
#include <random>

#include "core/clock.hpp"

namespace broker::core {

struct BackoffRules {
    Duration initial = std::chrono::milliseconds{500};
    Duration maximum = std::chrono::seconds{30};
    Duration healthy_after = std::chrono::seconds{60};  // a session this long resets the backoff
};

// Exponential with full jitter: the n-th wait is drawn evenly from (0, min(maximum, initial*2^n)].
// It starts again only after a session that stayed up for healthy_after, so that a peer which
// accepts and drops at once is not hammered.
// [event-thread]
class Backoff {
public:
    Backoff(BackoffRules rules, std::uint64_t seed);

    [[nodiscard]] Duration next();
    void session_ended(Duration lasted);  // resets if it was healthy

private:
    BackoffRules rules_;
    std::mt19937_64 random_;
    std::uint32_t failures_ = 0;
};

}  // namespace broker::core
