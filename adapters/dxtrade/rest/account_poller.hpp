// Portfolio and metrics of the account, read over and over while push does not bring them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/channel_parts.hpp"

namespace broker::dxtrade::rest {

// A portfolio that has not changed since the last one costs the venue a 304. Owned by RestChannel.
// [event-thread]
class AccountPoller {
public:
    using Done = std::function<void(const ReadAnswer&)>;

    explicit AccountPoller(ChannelParts& parts) : parts_{parts} {}

    void set_running(bool is_running) { is_running_ = is_running; }
    void set_push_live(bool is_live) { is_push_live_ = is_live; }
    [[nodiscard]] bool is_push_live() const { return is_push_live_; }

    // Reads the portfolio now, or again if it is being read; what is in it goes to the tracker.
    // `done` may be empty; it is never called from inside.
    void read_portfolio(Done done);
    void on_tick();
    // A session has ended: nothing that was asked for comes, and the next portfolio is read whole.
    void reset();

private:
    void ask_portfolio();
    void on_portfolio(net::HttpOutcome outcome);
    void take_portfolio(const net::HttpResponse& response);
    void ask_metrics();
    void on_metrics(net::HttpOutcome outcome);
    void tell_failed(const core::Error& error, std::string& told);

    ChannelParts& parts_;
    bool is_running_ = false;
    bool is_push_live_ = false;
    bool is_reading_ = false;
    bool is_reading_metrics_ = false;
    std::vector<Done> waiting_;   // for the portfolio that is being read
    std::vector<Done> for_next_;  // for one that is asked for later than that
    bool is_wanted_again_ = false;
    std::string etag_;
    core::MonotonicTime next_portfolio_;
    core::MonotonicTime next_metrics_;
    std::string portfolio_failure_;  // told; empty: the last one was good
    std::string metrics_failure_;
};

}  // namespace broker::dxtrade::rest
