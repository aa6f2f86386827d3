// One account over REST: orders out, what became of them in, and every question.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "dxtrade/profile.hpp"
#include "dxtrade/rest/rest_host.hpp"
#include "dxtrade/rest/rest_session.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::push {
class PortfolioTracker;
}

namespace broker::dxtrade::rest {

class RestClient;

struct RestChannelSettings {
    std::string account;  // DXtrade's name, e.g. "default:ACC-1"
    Profile profile;
    RestCredentials credentials;
    core::BackoffRules reconnect;
    core::Duration order_ttl = std::chrono::seconds{5};  // orders and replaces: then not written
    // Of cancels, which wait longer for their turn: a late one does no harm.
    core::Duration cancel_ttl = std::chrono::seconds{60};
    core::Duration query_timeout = std::chrono::seconds{10};  // for all answers to a question
    core::Duration poll_interval = std::chrono::seconds{5};   // of portfolio and metrics
    // What the venue does not show so long after a request was written may yet arrive.
    core::Duration absence_grace = std::chrono::seconds{5};
    std::size_t max_orders = 10'000;  // remembered, of those that went over this channel
    std::uint64_t seed = 0;           // of the jitter
};

// As the account's trading channel, or beside a FIX session that trades: then it answers questions,
// is a second witness of what the account does, and may carry cancels.
//
// A request is taken at once and written in its turn: `send` returns msg_seq_num 0 while it waits,
// on_request_written gives the number when it goes to the network and again, with `written`, when
// it is known to have been written. Numbers have the top bit set, so that they are never those of a
// FIX message. Owned by the account coordinator. [event-thread]
class RestChannel final : public TradingChannel {
public:
    RestChannel(RestChannelSettings settings, RestHost& host, TradingChannelListener& listener);
    ~RestChannel() override;
    RestChannel(const RestChannel&) = delete;
    RestChannel& operator=(const RestChannel&) = delete;

    void start() override;
    void stop(std::string_view text, std::function<void()> done) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrder& order) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::ReplaceOrder& request,
                                                 const core::Order& order) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrder& request,
                                                 const core::Order& order) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrderList& list) override;
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrderList& request) override;
    void resume(const core::Order& order, const core::Request& request, bool has_arrived) override;
    [[nodiscard]] core::Result<SentRequest> request_status(const core::Order& order) override;
    [[nodiscard]] core::Result<void> ask(const core::Query& query) override;
    void on_tick() override;

    // An order of an earlier process that may have lived on: what has happened to it since, however
    // long ago, is news. Before start().
    void expect(const core::Order& order);

    [[nodiscard]] bool is_logged_on() const;

    // -- for push
    [[nodiscard]] TokenSource& tokens();
    // What portfolios from either channel are held against; one an account.
    [[nodiscard]] push::PortfolioTracker& tracker();
    // Push delivers portfolios and metrics: polling rests.
    void set_push_live(bool is_live);
    // Reads the portfolio now: a push connection is new.
    void refresh();

    // -- for others who ask the same venue in this account's name
    [[nodiscard]] RestClient& client();
    [[nodiscard]] std::string_view peer() const;
    // Calls back in a later turn of the event thread.
    void post(std::function<void()> call);

    // Requests that could go at once, of a class.
    [[nodiscard]] std::uint32_t remaining_budget(RateClass rate_class) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace broker::dxtrade::rest
