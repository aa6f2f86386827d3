// Requests about orders over REST, as the channel takes them.
#pragma once

#include <functional>
#include <utility>

#include "core/result.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/order_exchange.hpp"
#include "dxtrade/rest/order_exchanges.hpp"
#include "dxtrade/rest/order_look_ups.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::rest {

// Numbers of requests start here: never those of FIX messages.
inline constexpr core::MsgSeqNum kFirstRestNumber = core::kFirstOwnMsgSeqNum;

// Owned by RestChannel. [event-thread]
class RestOrders {
public:
    // `acknowledged` as of OrderExchanges.
    RestOrders(ChannelParts& parts, OrderLookUps& look_ups, std::function<void()> acknowledged)
        : parts_{parts},
          look_ups_{look_ups},
          exchanges_{parts, look_ups, std::move(acknowledged)} {}

    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrder& order);
    [[nodiscard]] core::Result<SentRequest> send(const core::ReplaceOrder& request,
                                                 const core::Order& order);
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrder& request,
                                                 const core::Order& order);
    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrderList& list);
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrderList& request);
    // See TradingChannel::resume.
    void resume(const core::Order& order, const core::Request& request, bool has_arrived);
    // The answer is the order's picture, or a reject of the question under its number.
    [[nodiscard]] core::Result<SentRequest> request_status(const core::Order& order);

    void on_tick() { exchanges_.on_tick(); }

private:
    [[nodiscard]] core::Result<void> check_closes_all(const core::NewOrder& order) const;
    [[nodiscard]] OrderExchange exchange_of(core::RequestKind kind, const core::StageTimes& stages);

    ChannelParts& parts_;
    OrderLookUps& look_ups_;
    OrderExchanges exchanges_;
    core::MsgSeqNum next_number_ = kFirstRestNumber;
};

}  // namespace broker::dxtrade::rest
