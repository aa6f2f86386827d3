// Market data of one account without push: quotes and candles asked for over and over.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/profile.hpp"
#include "dxtrade/rest/records.hpp"
#include "dxtrade/rest/rest_channel.hpp"
#include "dxtrade/rest/rest_client.hpp"
#include "dxtrade/symbols.hpp"

namespace broker::dxtrade::rest {

struct RestMarketDataSettings {
    std::string account;  // DXtrade's name: it chooses the pricing stream
    SymbolRules symbols;
    core::Duration poll_interval = std::chrono::seconds{1};
    core::Duration answer_timeout = std::chrono::seconds{10};
    std::size_t max_symbols_per_request = 100;
    std::size_t max_subscriptions = 1'000;
    // Under which name its states are told: it has no connection of its own, and the REST session's
    // states are the account's.
    core::Channel channel = core::Channel::PushMarketData;
};

// Logged on while the account's REST channel is. Quotes of all subscriptions go in as few requests
// as the venue allows; a request that is refused is asked again symbol by symbol, so that one bad
// symbol refuses only itself. Every quote is a picture: a side that it lacks is empty. Owned by the
// market data feed; destroyed before the REST channel. [event-thread]
class RestMarketData final : public MarketDataChannel {
public:
    RestMarketData(RestMarketDataSettings settings, RestChannel& rest, const core::Clock& clock,
                   MarketDataListener& listener);

    void start() override;
    void stop(std::string_view text, std::function<void()> done) override;
    void on_tick() override;
    // Market depth and trades are not the venue's to give: InvalidField.
    [[nodiscard]] core::Result<core::MsgSeqNum> send(
        const VenueMarketDataRequest& request) override;

private:
    struct Subscription {
        std::string candle_type;           // empty: quotes
        std::vector<std::string> symbols;  // the venue's
        bool is_snapshot = false;
        bool is_alone = false;  // a request that it shared was refused
        bool is_asked = false;
        core::MonotonicTime next;
    };
    using Subscriptions = std::map<std::string, Subscription, std::less<>>;  // by md_req_id
    using Ids = std::vector<std::string>;

    void ask_due();
    void ask(const Ids& ids, std::string body);
    [[nodiscard]] std::string candles_of(const Subscription& subscription) const;
    void on_answer(const Ids& ids, net::HttpOutcome outcome);
    void refuse(const Ids& ids, const core::Error& error);
    void deliver(const std::string& id, const MarketDataEvents& events,
                 core::MonotonicTime received);
    void tell(const std::string& id, std::string_view symbol,
              const std::vector<core::MDEntry>& entries, core::MonotonicTime received);

    RestMarketDataSettings settings_;
    RestChannel& rest_;
    const core::Clock& clock_;
    MarketDataListener& listener_;
    Symbols symbols_;
    Subscriptions subscriptions_;
    core::MsgSeqNum last_number_ = 0;
    bool is_started_ = false;
    bool is_logged_on_ = false;
    std::string host_symbol_;
    std::shared_ptr<int> life_ = std::make_shared<int>();
};

}  // namespace broker::dxtrade::rest
