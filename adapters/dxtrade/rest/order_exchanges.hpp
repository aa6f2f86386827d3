// Requests about orders on their way: handed over in their turn, and what their answers prove.
#pragma once

#include <functional>
#include <map>
#include <utility>

#include "core/result.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/order_doubts.hpp"
#include "dxtrade/rest/order_exchange.hpp"
#include "dxtrade/rest/order_look_ups.hpp"
#include "dxtrade/rest/orders_etag.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::rest {

// The PUT of a replace: of the order, or of its whole group, since one member alone would take the
// group apart. NotSupported if the group is not known whole.
[[nodiscard]] core::Result<RestRequest> replace_request(const core::ReplaceOrder& request,
                                                        const SentOrder& sent,
                                                        const ChannelParts& parts);

// What each answer proves is the business of rest_error and of OrderDoubts; docs/rest.md has the
// table. Owned by RestOrders. [event-thread]
class OrderExchanges {
public:
    // `acknowledged` is called when an order has changed at the venue and its picture is not known.
    OrderExchanges(ChannelParts& parts, OrderLookUps& look_ups, std::function<void()> acknowledged)
        : parts_{parts},
          look_ups_{look_ups},
          doubts_{parts, look_ups},
          etag_{parts},
          acknowledged_{std::move(acknowledged)} {}

    // An error: nothing of it has left the process, nor will.
    [[nodiscard]] core::Result<SentRequest> submit(OrderExchange exchange);
    // A request in doubt that was sent by an earlier process. Without effect for one that is known.
    void resume(OrderExchange exchange);
    void on_tick() { doubts_.on_tick(); }

private:
    [[nodiscard]] core::Result<bool> hand_over(OrderExchange& exchange);
    // The ETag that the venue wants, where it is not known.
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
    std::map<core::MsgSeqNum, OrderExchange> exchanges_;  // waiting, or on their way
};

}  // namespace broker::dxtrade::rest
