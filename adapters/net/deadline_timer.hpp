// A timer whose deadline is asked for often and moved seldom.
#pragma once

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "core/clock.hpp"

namespace broker::net {

// Only an earlier deadline sets the system's timer anew; a later one is noticed when it fires. So
// the heartbeat that each sent message puts off costs the sender nothing.
// Owned by who waits; `on_fire` keeps it alive. [event-thread]
class DeadlineTimer {
public:
    DeadlineTimer(boost::asio::io_context& context, const core::Clock& clock)
        : timer_{context}, clock_{clock} {}

    // Calls `on_fire` at `due` or before, once; whoever is called looks what is due and arms again.
    template <class OnFire>
    void arm(core::MonotonicTime due, OnFire&& on_fire) {
        if (due >= armed_for_) return;
        armed_for_ = due;
        timer_.expires_after(std::clamp(due - clock_.monotonic(), kShortest, kLongest));
        timer_.async_wait([this, on_fire = std::forward<OnFire>(on_fire)](
                              const boost::system::error_code& error) {
            if (error) return;
            armed_for_ = core::MonotonicTime::max();
            on_fire();
        });
    }

    void cancel() {
        armed_for_ = core::MonotonicTime::max();
        timer_.cancel();
    }

private:
    // None in the past, none that overflows.
    static constexpr core::Duration kShortest = std::chrono::milliseconds{1};
    static constexpr core::Duration kLongest = std::chrono::hours{1};

    boost::asio::steady_timer timer_;
    const core::Clock& clock_;
    core::MonotonicTime armed_for_ = core::MonotonicTime::max();
};

}  // namespace broker::net
