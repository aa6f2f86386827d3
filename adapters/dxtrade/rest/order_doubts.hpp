// Requests that may have reached the venue and have no answer that says so.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/order_exchange.hpp"
#include "dxtrade/rest/order_look_ups.hpp"

namespace broker::dxtrade::rest {

// Tells that they are in doubt and asks the order history until it knows. A new order that it does
// not show is sent once more, the identical request with the same orderCode, inside its time to
// live: 409/100 proves that the first one arrived. A refusal of the second proves nothing about the
// first. What the history still does not show after the grace, read whole, is absent. Owned by
// RestOrders. [event-thread]
class OrderDoubts {
public:
    static constexpr std::size_t kMaxDoubts = 1'024;
    static constexpr std::uint32_t kMaxRounds = 20;

    OrderDoubts(ChannelParts& parts, OrderLookUps& look_ups) : parts_{parts}, look_ups_{look_ups} {}

    void begin(OrderExchange exchange, const core::Error& why);
    // One that an earlier process has sent, from the next tick on; nobody is told that it is in
    // doubt. It is never sent again, and its grace begins here. Orders of one list are one request.
    // Without effect for one that is known.
    void resume(OrderExchange exchange);
    void on_tick();
    [[nodiscard]] std::size_t size() const { return doubts_.size(); }

private:
    struct Doubt {
        OrderExchange exchange;
        std::uint32_t rounds = 0;       // of look-ups that were answered whole
        std::uint32_t tries = 0;        // of rounds
        std::size_t open_look_ups = 0;  // of this round
        bool is_complete = true;        // all of the round's answers could be read whole
        bool is_repeating = false;
        core::MonotonicTime asked;  // the earliest question of the round
        core::MonotonicTime next_round;
    };

    void ask(core::MsgSeqNum number);
    void on_looked_up(core::MsgSeqNum number, const core::ClOrdID& order, const LookedUp& answer);
    [[nodiscard]] bool settles(const Doubt& doubt, const ExchangeMember& member,
                               const LookedUp& answer);
    void end_round(core::MsgSeqNum number);
    [[nodiscard]] bool repeat(Doubt& doubt);
    void on_repeated(core::MsgSeqNum number, net::HttpOutcome outcome);
    void tell_absent(const Doubt& doubt);
    void plan_next_round(Doubt& doubt);

    ChannelParts& parts_;
    OrderLookUps& look_ups_;
    std::map<core::MsgSeqNum, Doubt> doubts_;
};

}  // namespace broker::dxtrade::rest
