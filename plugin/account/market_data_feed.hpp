// The market data of one account: what the host has subscribed to, and the session that brings it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "account/market_data_events.hpp"
#include "account/market_data_fault_limiter.hpp"
#include "account/market_data_line.hpp"
#include "account/market_data_requests.hpp"
#include "account/quote_queue.hpp"
#include "core/clock.hpp"
#include "core/thread_bound.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/profile.hpp"

namespace broker::account {

// What becomes of quotes while the host is slow.
enum class Conflation {
    Symbol,  // those of a symbol that are not delivered yet become one
    None,    // each is delivered
};

struct MarketDataSettings {
    core::Channel channel = core::Channel::FixMarketData;  // that brings the data
    dxtrade::MarketDataRules rules;
    Conflation conflation = Conflation::Symbol;
    core::Duration stale_after{0};  // without an update of the symbol; 0: silence says nothing
    std::size_t max_subscriptions = 1'000;
    core::Duration answer_timeout = std::chrono::seconds{5};
};

struct MarketDataParts {
    const core::Clock& clock;
    MarketDataEvents& events;
    dxtrade::ChannelListener& account;  // hears of the connection and of the venue's faults
    QuoteQueue::Post post;
};

// Subscriptions outlive connections: each logon asks for all of them, and the venue's pictures come
// before its updates count. The session's failures are told and change nothing else of the account.
//
// Owned by the account coordinator. [event-thread]
class MarketDataFeed final : public dxtrade::Channel, private dxtrade::MarketDataListener {
public:
    using MakeChannel =
        std::function<std::unique_ptr<dxtrade::MarketDataChannel>(dxtrade::MarketDataListener&)>;

    MarketDataFeed(MarketDataSettings settings, MarketDataParts parts,
                   const MakeChannel& make_channel);

    void start() override;
    // What comes to execute() afterwards is refused.
    void stop(std::string_view text, std::function<void()> done) override;
    // Deadlines, silence, and requests that wait for their turn.
    void on_tick() override;

    void execute(const core::MarketDataRequest& request);
    void execute(const core::MarketDataUnsubscribe& request);

private:
    // -- from the channel
    void on_connecting(core::Channel channel, std::string_view peer) override;
    void on_logged_on(core::Channel channel, std::string_view peer) override;
    void on_disconnected(core::Channel channel, core::Reason reason, std::string_view text,
                         std::string_view peer, core::Duration next_attempt) override;
    void on_notice(core::Channel channel, std::string_view text) override;
    void on_condition(core::Channel channel, core::Reason reason, std::string_view text,
                      std::string_view peer) override;
    void on_venue_fault(const core::VenueFault& fault) override;
    void on_market_data(const dxtrade::MarketDataUpdate& update) override;
    void on_market_data_reject(const dxtrade::MarketDataReject& reject) override;

    // -- subscriptions
    [[nodiscard]] core::Result<void> check(const core::MarketDataRequest& request) const;
    void refuse(const core::MarketDataRequest& request, core::Reason reason, std::string_view text);
    void attach(const core::MarketDataRequest& request);
    // Tells each of the line's subscriptions, and forgets them and the line.
    void end(MarketDataLine& line, core::MDStatus status, core::Reason reason,
             std::string_view text);
    // Forgets a line without subscriptions; the venue is told.
    void retire(MarketDataLine& line);

    void ask_some();
    void refused(MarketDataLine& line, const dxtrade::MarketDataReject& reject);

    // -- data
    [[nodiscard]] MarketDataLine* find_line(const dxtrade::MarketDataUpdate& update);
    void take_without_id(const dxtrade::MarketDataUpdate& update);
    void take(MarketDataLine& line, const dxtrade::MarketDataUpdate& update);
    void tell_fault(const dxtrade::MarketDataUpdate& update, const std::string& text);
    void notice(std::string_view text) { on_notice(settings_.channel, text); }
    void check_time(MarketDataLine& line, core::MonotonicTime now);

    MarketDataSettings settings_;
    const core::Clock& clock_;
    MarketDataEvents& events_;
    dxtrade::ChannelListener& account_;
    MarketDataFaultLimiter fault_limiter_;
    bool is_logged_on_ = false;
    bool is_stopping_ = false;

    std::vector<std::unique_ptr<MarketDataLine>> lines_;
    std::unordered_map<std::uint64_t, MarketDataLine*> by_request_id_;
    MarketDataRequests requests_;
    QuoteQueue quotes_;
    std::unique_ptr<dxtrade::MarketDataChannel> channel_;
    core::ThreadBound thread_;
};

}  // namespace broker::account
