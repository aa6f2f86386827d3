#include "dxtrade/push/account_versions.hpp"

namespace broker::dxtrade::push {

AccountVersions::Verdict AccountVersions::judge(const rest::Version& version,
                                                core::MonotonicTime received, bool is_early) {
    if (!version) return {PortfolioNews::Applied, false};
    if (*version < known_) {
        if (!is_restart(*version, received)) return {PortfolioNews::Stale, false};
        known_ = *version;
        known_since_ = received;
        stale_count_ = 0;
        return {PortfolioNews::Applied, true};
    }
    const bool is_repeated = *version == known_ && known_ != 0;
    known_since_ = received;
    stale_count_ = 0;
    if (!is_early) known_ = *version;
    return {is_repeated ? PortfolioNews::Repeated : PortfolioNews::Applied, false};
}

bool AccountVersions::is_restart(std::uint64_t version, core::MonotonicTime received) {
    stale_count_ = version >= last_stale_ ? stale_count_ + 1 : 1;
    last_stale_ = version;
    return stale_count_ >= kStaleInARow && received - known_since_ >= kRestartAfter;
}

}  // namespace broker::dxtrade::push
