// The market data sessions: subscriptions, and what they are told when the market moves.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "simulator/candles.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/market.hpp"
#include "simulator/market_data_entries.hpp"
#include "simulator/market_data_messages.hpp"
#include "simulator/market_data_options.hpp"

namespace broker::simulator {

// No I/O and no clock of its own. Candles are those of the bid. Knows no instrument before the
// first market_moved(), whose quotes also are the previous close for net changes. [event-thread]
class MarketDataFeed {
public:
    using Send = std::function<void(const std::string& comp_id, const FixMessage&)>;

    // Market and clock outlive the feed.
    MarketDataFeed(MarketDataOptions options, const Market& market, const core::Clock& clock,
                   Send send);

    // A MarketDataRequest (V); others are answered with a BusinessMessageReject.
    void receive(const std::string& comp_id, const FixMessage& request);
    // Its subscriptions end with the connection.
    void session_ended(const std::string& comp_id) { subscriptions_.erase(comp_id); }
    void all_sessions_ended() { subscriptions_.clear(); }

    // To be called after each move of the market: whoever is subscribed learns of it.
    void market_moved();
    // An order has traded; told to those who asked for trades (269=2).
    void traded(const std::string& symbol, const core::Decimal& price,
                const core::Decimal& quantity);
    // Shows an empty book (269=J) until restore(); orders still meet the last quote. False: no such
    // instrument.
    [[nodiscard]] bool withdraw(std::string_view symbol);
    void restore(std::string_view symbol);

private:
    struct Line {  // one instrument
        Quote quote{};
        core::UtcTime time{};  // of the quote
        core::Decimal prev_close;
        bool is_withdrawn = false;
        Candles candles;
        std::optional<MarketDataEntry> last_trade;
        std::uint64_t trades = 0;
    };
    struct Subscription {
        MarketDataRequest request;
        std::map<std::string, MarketDataEntries> sent;  // by symbol: what the client knows
    };

    [[nodiscard]] std::optional<MarketDataRefusal> check(const std::string& comp_id,
                                                         const MarketDataRequest& request) const;
    void subscribe(const std::string& comp_id, const MarketDataRequest& request);
    void unsubscribe(const std::string& comp_id, const MarketDataRequest& request);

    void publish(const std::string& symbol);
    void update(const std::string& comp_id, Subscription& subscription, const std::string& symbol);
    void send_snapshot(const std::string& comp_id, const MarketDataRequest& request,
                       const std::string& symbol, const MarketDataEntries& entries,
                       std::optional<std::size_t> tot_num_reports);
    [[nodiscard]] bool is_incremental(const MarketDataRequest& request) const;
    [[nodiscard]] MarketDataEntries entries_of(const MarketDataRequest& request,
                                               const std::string& symbol) const;
    [[nodiscard]] MarketDataHeading heading_of(const MarketDataRequest& request,
                                               const std::string& symbol) const;

    MarketDataOptions options_;
    const Market& market_;
    const core::Clock& clock_;
    Send send_;
    std::map<std::string, Line, std::less<>> lines_;  // by symbol
    // By session and MDReqID.
    std::map<std::string, std::map<std::string, Subscription>> subscriptions_;
};

}  // namespace broker::simulator
