// One request about orders, from being taken to certainty.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/order_requests.hpp"
#include "net/https_pool.hpp"

namespace broker::dxtrade::rest {

// A request of the host, of one order or of a list: the names by which the host knows it and those
// by which the venue knows its order.
struct ExchangeMember {
    core::ClOrdID cl_ord_id;  // of the request
    core::ClOrdID order_id;   // the order's first ClOrdID
    std::size_t place = 0;    // of its response in the venue's answer
};

struct OrderExchange {
    core::MsgSeqNum number = 0;  // with the top bit set
    core::RequestKind kind = core::RequestKind::New;
    std::vector<ExchangeMember> members;  // those whose outcome is open
    core::ListID list_id;                 // of a list's orders; empty: an order by itself
    RestRequest request;
    net::HttpLane lane = net::HttpLane::New;
    core::ReplaceOrder replace;  // of a Replace: to make the request again
    core::MonotonicTime not_after;
    core::MonotonicTime journaled;
    core::MonotonicTime written;  // the latest attempt that was; unset: none
    std::uint32_t rebuilds = 0;   // after a stale or missing precondition
    std::size_t responses = 1;    // in the venue's answer: one for each order of the request
    bool has_arrived = false;     // the venue has said so: absence proves nothing any more
    bool may_repeat = true;       // the identical request may go once more

    [[nodiscard]] bool is_change() const { return kind != core::RequestKind::New; }
};

[[nodiscard]] inline bool has_member(const OrderExchange& exchange, const core::ClOrdID& request) {
    return std::any_of(exchange.members.begin(), exchange.members.end(),
                       [&](const ExchangeMember& each) { return each.cl_ord_id == request; });
}

}  // namespace broker::dxtrade::rest
