// Logins go one by one: venues count them by address, whichever account or thread they are of.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "dxtrade/rest_rules.hpp"

namespace broker::dxtrade::rest {

// One for the whole adapter. [any-thread]
class LoginGate {
public:
    // Hands out the next slot of the host: the caller logs in at that time, not before. Slots are
    // spread evenly over the rule's window. One that is not used is lost.
    [[nodiscard]] core::MonotonicTime take_slot(std::string_view host, const RateRule& rule,
                                                core::MonotonicTime now);
    // The host has throttled a login: no slot before `until`.
    void throttled(std::string_view host, core::MonotonicTime until);

private:
    std::mutex mutex_;  // guards next_, which threads of several accounts share; held for a look-up
    std::map<std::string, core::MonotonicTime, std::less<>> next_;  // free slot by host
};

}  // namespace broker::dxtrade::rest
