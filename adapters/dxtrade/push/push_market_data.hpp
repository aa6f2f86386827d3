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
    // One subscription at the venue.
    struct Part {
        std::string md_req_id;
        std::string candle_type;
        std::vector<std::string> symbols;         // the venue's
        std::set<std::string, std::less<>> open;  // of a snapshot: not seen yet
        bool is_snapshot = false;
        std::optional<core::MonotonicTime> retry_at;  // throttled: not at the venue
    };
    using Parts = std::map<std::string, Part, std::less<>>;  // by requestId

    // PushConnectionOwner
    void on_open() override;
    void on_push_message(const PushMessage& message, core::MonotonicTime received) override;
    void on_lost() override;

    [[nodiscard]] core::Result<void> check(const VenueMarketDataRequest& request);
    [[nodiscard]] core::Result<void> ask(const std::string& request_id, const Part& part);
    void unsubscribe(std::string_view md_req_id);
    void close(const std::string& request_id);
    void forget(Parts::iterator part);
    void on_events(const PushMessage& message, core::MonotonicTime received);
    void on_reject(const PushMessage& message);

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
