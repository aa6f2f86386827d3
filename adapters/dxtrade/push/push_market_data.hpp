// The market data connection of one account: subscriptions out, quotes and candles in.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/profile.hpp"
#include "dxtrade/push/push_connection.hpp"
#include "dxtrade/symbols.hpp"

namespace broker::dxtrade::push {

struct PushMarketDataSettings {
    std::string account;  // DXtrade's name: it chooses the pricing stream
    PushConnectionSettings connection;
    SymbolRules symbols;
};

// A connection without subscriptions is logged on as soon as it is open. One request may become
// several of the venue's, each with so many symbols as the profile allows; a refused one refuses
// the whole. Every quote is a picture: a side that it lacks is empty. A Snapshot is a subscription
// that ends with the first event of its last symbol. Owned by the market data feed. [event-thread]
class PushMarketData final : public MarketDataChannel, private PushConnectionOwner {
public:
    PushMarketData(PushMarketDataSettings settings, PushParts parts, MarketDataListener& listener);

    void start() override;
    void stop(std::string_view text, std::function<void()> done) override;
    void on_tick() override;
    // Market depth and trades are not the venue's to give: InvalidField.
    [[nodiscard]] core::Result<core::MsgSeqNum> send(
        const VenueMarketDataRequest& request) override;

private:
    static constexpr std::size_t kMaxPast = 1'000;

    // One subscription at the venue.
    struct Part {
        std::string md_req_id;
        std::string candle_type;
        std::vector<std::string> symbols;            // the venue's
        std::set<std::string, std::less<>> awaited;  // of a snapshot: not shown yet
        bool is_snapshot = false;
        std::optional<core::MonotonicTime> retry_at;  // throttled: not at the venue
    };
    using Parts = std::map<std::string, Part, std::less<>>;  // by requestId

    // PushConnectionOwner
    void on_open() override;
    void on_push_message(const PushMessage& message, core::MonotonicTime received) override;
    void on_lost() override;

    [[nodiscard]] core::Result<std::vector<std::string>> venue_symbols(
        const VenueMarketDataRequest& request) const;
    [[nodiscard]] core::Result<void> subscribe(const VenueMarketDataRequest& request);
    [[nodiscard]] core::Result<void> ask(Part part);
    [[nodiscard]] std::string subscription(const Envelope& envelope, const Part& part) const;
    void retry(core::MonotonicTime now);
    void unsubscribe(std::string_view md_req_id);
    void close(const std::string& request_id);
    void forget(const std::string& request_id);
    void on_events(const PushMessage& message, core::MonotonicTime received);
    void on_quote(const rest::RestQuote& quote, MarketDataUpdate update);
    void on_candle(const rest::RestCandle& candle, MarketDataUpdate update);
    void deliver(MarketDataUpdate& update, const std::string& symbol);
    void note_shown(const std::string& request_id, const rest::MarketDataEvents& events);
    void on_reject(const PushMessage& message);
    [[nodiscard]] bool is_past(std::string_view request_id) const;

    PushMarketDataSettings settings_;
    Symbols symbols_;
    MarketDataListener& listener_;
    Parts parts_;
    std::deque<std::string> past_;  // requestIds that news may still come for
    core::Backoff throttled_;
    core::MsgSeqNum request_count_ = 0;
    std::vector<core::MDEntry> entries_;
    std::string host_symbol_;
    PushConnection connection_;
};

}  // namespace broker::dxtrade::push
