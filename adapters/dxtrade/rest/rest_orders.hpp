// Requests about orders over REST: taken, written in their turn, answered.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/order_doubts.hpp"
#include "dxtrade/rest/order_exchange.hpp"
#include "dxtrade/rest/order_look_ups.hpp"
#include "dxtrade/rest/orders_etag.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::rest {

// Numbers of requests start here: never those of FIX messages.
inline constexpr core::MsgSeqNum kFirstRestNumber = core::MsgSeqNum{1} << 63U;

// What each answer proves is the business of rest_error and of OrderDoubts; docs/rest.md has the
// table. Owned by RestChannel. [event-thread]
class RestOrders {
public:
    // `acknowledged` is called when an order has changed at the venue and its picture is not known.
    RestOrders(ChannelParts& parts, OrderLookUps& look_ups, std::function<void()> acknowledged)
        : parts_{parts},
          look_ups_{look_ups},
          doubts_{parts, look_ups},
          etag_{parts},
          acknowledged_{std::move(acknowledged)} {}

    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrder& order);
    [[nodiscard]] core::Result<SentRequest> send(const core::ReplaceOrder& request,
                                                 const core::Order& order);
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrder& request,
                                                 const core::Order& order);
    [[nodiscard]] core::Result<SentRequest> send(const core::NewOrderList& list);
    [[nodiscard]] core::Result<SentRequest> send(const core::CancelOrderList& request);
    // The answer is the order's picture; none comes if the history does not have it.
    [[nodiscard]] core::Result<SentRequest> request_status(const core::Order& order);

    void on_tick() { doubts_.on_tick(); }

private:
    [[nodiscard]] OrderExchange exchange_of(core::RequestKind kind, const core::StageTimes& stages);
    [[nodiscard]] core::Result<RestRequest> replace_request(const core::ReplaceOrder& request,
                                                            const SentOrder& sent);
    [[nodiscard]] core::Result<SentRequest> submit(OrderExchange exchange);
    [[nodiscard]] core::Result<bool> hand_over(OrderExchange& exchange);
    // With the ETag that the venue wants; read first where it is not known.
    [[nodiscard]] core::Result<bool> read_etag_first(const OrderExchange& exchange);
    void on_etag_read(core::MsgSeqNum number, const core::Result<void>& result);

    void on_outcome(core::MsgSeqNum number, net::HttpOutcome outcome);
    void on_answer(OrderExchange exchange, const net::HttpResponse& response);
    void on_taken(OrderExchange exchange, const net::HttpResponse& response);
    [[nodiscard]] bool rebuild(OrderExchange& exchange, Proof proof);
    void refuse(const OrderExchange& exchange, const RestError& error, const Verdict& said,
                core::MonotonicTime received);
    void tell_written(const OrderExchange& exchange);
    void tell_not_sent(const OrderExchange& exchange, const core::Error& error);
    void end_change(const OrderExchange& exchange, const ExchangeMember& member);

    ChannelParts& parts_;
    OrderLookUps& look_ups_;
    OrderDoubts doubts_;
    OrdersEtag etag_;
    std::function<void()> acknowledged_;
    core::MsgSeqNum next_number_ = kFirstRestNumber;
    std::map<core::MsgSeqNum, OrderExchange> exchanges_;  // waiting, or on their way
};

}  // namespace broker::dxtrade::rest
