// Keeps a market data session that sends nothing but faults from flooding host and log.
#pragma once

#include <cstdint>
#include <utility>

#include "core/clock.hpp"

namespace broker::account {

// Lets so many faults through in each period; one that is let through stands for those before it
// that were not. [event-thread]
class MarketDataFaultLimiter {
public:
    explicit MarketDataFaultLimiter(std::uint32_t most = 10,
                                    core::Duration period = std::chrono::seconds{1})
        : most_{most}, period_{period} {}

    // How many faults the one at hand stands for; 0: it is not told.
    [[nodiscard]] std::uint64_t count(core::MonotonicTime now) {
        if (now - begin_ >= period_) {
            begin_ = now;
            told_ = 0;
        }
        ++waiting_;
        if (told_ == most_) return 0;
        ++told_;
        return std::exchange(waiting_, 0);
    }

private:
    std::uint32_t most_;
    core::Duration period_;
    core::MonotonicTime begin_{};
    std::uint32_t told_ = 0;
    std::uint64_t waiting_ = 0;
};

}  // namespace broker::account
