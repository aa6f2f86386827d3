// What a request's 200 means for the host and for what the channel remembers.
#pragma once

#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/order_exchange.hpp"

namespace broker::dxtrade::rest {

// Tells each member's acknowledgement, unless the venue has shown more of it already, and has the
// tracker expect new orders. Returns the members that the answer leaves out or, if it cannot be
// read, all of them: those are in doubt.
[[nodiscard]] std::vector<ExchangeMember> tell_acknowledged(ChannelParts& parts,
                                                            const OrderExchange& exchange,
                                                            std::string_view body,
                                                            core::MonotonicTime received);

}  // namespace broker::dxtrade::rest
