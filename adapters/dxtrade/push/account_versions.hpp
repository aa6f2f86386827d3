// Which of two portfolios is the newer one.
#pragma once

#include <cstdint>

#include "core/clock.hpp"
#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::push {

// The venue's version of an account only grows. One that has gone back for good (the venue has
// begun anew) must not make us deaf: it counts once kStaleInARow portfolios, none older than the
// one before, have come and nothing newer for kRestartAfter. Owned by PortfolioTracker.
// [event-thread]
class AccountVersions {
public:
    static constexpr std::uint32_t kStaleInARow = 5;
    static constexpr core::Duration kRestartAfter = std::chrono::seconds{30};

    struct Verdict {
        PortfolioNews news = PortfolioNews::Applied;
        bool is_restart = false;  // versions begin anew with this one
    };

    // `is_early`: what comes next is not held against this one.
    [[nodiscard]] Verdict judge(const rest::Version& version, core::MonotonicTime received,
                                bool is_early);

    [[nodiscard]] std::uint64_t known() const { return known_; }  // 0: none

private:
    [[nodiscard]] bool is_restart(std::uint64_t version, core::MonotonicTime received);

    std::uint64_t known_ = 0;
    core::MonotonicTime known_since_;  // last confirmed
    std::uint64_t last_stale_ = 0;
    std::uint32_t stale_count_ = 0;
};

}  // namespace broker::dxtrade::push
