// How many connection attempts a second there may be: of one account, and at one host of a venue.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

#include "core/clock.hpp"

namespace broker::core {

// Instants that are taken, each at least an interval away from every other. Those of the past are
// forgotten. Memory: one entry an instant that is still to come.
class ConnectSlots {
public:
    explicit ConnectSlots(Duration interval);

    // The first instant from `earliest` on that can be taken.
    [[nodiscard]] MonotonicTime first_free(MonotonicTime earliest) const;
    void take(MonotonicTime at) { taken_.insert(at); }
    void give_back(MonotonicTime at) { taken_.erase(at); }
    void forget_before(MonotonicTime now);  // what can no longer be in anybody's way
    [[nodiscard]] std::size_t size() const { return taken_.size(); }

private:
    Duration interval_;
    std::set<MonotonicTime> taken_;
};

// Attempts a second; 0: any number.
struct ConnectLimits {
    std::uint32_t account_per_s = 10;  // over all sessions of one account
    std::uint32_t host_per_s = 20;     // over all accounts, to one host and port
};

// Who is to connect, and where to. Both are names of the configuration: there are as many as it
// has.
struct ConnectParty {
    std::string account;
    std::string host;  // host:port
};

// Spreads the attempts of sessions that lose their venue together: a session takes an instant,
// waits until then, and connects. Shared by all sessions of one adapter, whatever thread they are
// on. [any-thread]
class ConnectBudget {
public:
    explicit ConnectBudget(ConnectLimits limits);

    // The first instant, not before `earliest`, at which neither the account's attempts nor those
    // to the host come too close; nobody else gets it. `earliest` is not before `now`.
    [[nodiscard]] MonotonicTime take(const ConnectParty& party, MonotonicTime earliest,
                                     MonotonicTime now);

    // `at` is what take() gave, and no attempt is made then.
    void give_back(const ConnectParty& party, MonotonicTime at);

private:
    using SlotsByName = std::unordered_map<std::string, ConnectSlots>;

    std::mutex mutex_;  // guards both maps; not on the order path
    Duration account_interval_;
    Duration host_interval_;
    SlotsByName accounts_;
    SlotsByName hosts_;
};

}  // namespace broker::core
