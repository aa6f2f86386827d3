// Orders as FIX 4.4 messages. Pure functions.
#pragma once

#include <string>

#include "core/clock.hpp"
#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "dxtrade/profile.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::dxtrade::fix {

// What every request of an account carries.
struct OrderContext {
    const Profile& profile;
    const std::string& account;   // DXtrade's name: Account (1)
    core::UtcTime transact_time;  // TransactTime (60)
};

// Each writes the message type and the body into `encoder`; is_valid() of it tells whether all
// fitted. `order` is the order as the ledger has it: the request mirrors its terms, and OrigClOrdID
// is the id in force.

// NewOrderSingle (D).
void to_fix(const core::NewOrder& order, const OrderContext& context,
            broker::fix::MessageEncoder& encoder);
// OrderCancelReplaceRequest (G). What the request leaves out goes as it is in `order`.
void to_fix(const core::ReplaceOrder& request, const core::Order& order,
            const OrderContext& context, broker::fix::MessageEncoder& encoder);
// OrderCancelRequest (F).
void to_fix(const core::CancelOrder& request, const core::Order& order, const OrderContext& context,
            broker::fix::MessageEncoder& encoder);
// OrderStatusRequest (H).
void order_status_request_to_fix(const core::Order& order, const OrderContext& context,
                                 broker::fix::MessageEncoder& encoder);

}  // namespace broker::dxtrade::fix
