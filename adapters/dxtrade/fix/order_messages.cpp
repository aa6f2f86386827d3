#include "dxtrade/fix/order_messages.hpp"

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

using broker::fix::MessageEncoder;

// The terms that D and G share (FIX 4.4 volume 4, NewOrderSingle).
struct Terms {
    core::Side side;
    core::OrdType ord_type;
    core::TimeInForce time_in_force;
    core::PositionEffect position_effect;
    const core::Decimal& order_qty;
    const std::optional<core::Decimal>& price;
    const std::optional<core::Decimal>& stop_px;
    const std::optional<core::UtcTime>& expire_time;
};

void add_account(const OrderContext& context, MessageEncoder& encoder) {
    if (context.profile.sends_account) encoder.add(tag::kAccount, context.account);
}

void add_terms(const Terms& terms, std::string_view symbol, const OrderContext& context,
               MessageEncoder& encoder) {
    if (!context.profile.orders.handl_inst.empty()) {
        encoder.add(tag::kHandlInst, context.profile.orders.handl_inst);
    }
    encoder.add(tag::kSymbol, symbol);
    encoder.add(tag::kSide, to_fix(terms.side));
    encoder.add_utc_timestamp(tag::kTransactTime, context.transact_time);
    encoder.add(tag::kOrderQty, terms.order_qty);
    encoder.add(tag::kOrdType, to_fix(terms.ord_type));
    if (terms.price) encoder.add(tag::kPrice, *terms.price);
    if (terms.stop_px) encoder.add(tag::kStopPx, *terms.stop_px);
    // Why: an absent TimeInForce means Day by the standard, but venues differ, so it always goes.
    encoder.add(tag::kTimeInForce, to_fix(terms.time_in_force));
    if (terms.expire_time) encoder.add_utc_timestamp(tag::kExpireTime, *terms.expire_time);
    if (terms.position_effect != core::PositionEffect::Unspecified) {
        encoder.add(tag::kPositionEffect, to_fix(terms.position_effect));
    }
}

void add_order_id(const core::Order& order, MessageEncoder& encoder) {
    if (!order.order_id.empty()) encoder.add(tag::kOrderID, order.order_id.view());
}

}  // namespace

void to_fix(const core::NewOrder& order, const OrderContext& context, MessageEncoder& encoder) {
    encoder.clear("D");
    encoder.add(tag::kClOrdID, order.cl_ord_id.view());
    add_account(context, encoder);
    add_terms({order.side, order.ord_type, order.time_in_force, order.position_effect,
               order.order_qty, order.price, order.stop_px, order.expire_time},
              order.symbol.view(), context, encoder);
}

void to_fix(const core::ReplaceOrder& request, const core::Order& order,
            const OrderContext& context, MessageEncoder& encoder) {
    encoder.clear("G");
    add_order_id(order, encoder);
    encoder.add(tag::kOrigClOrdID, order.cl_ord_id.view());
    encoder.add(tag::kClOrdID, request.cl_ord_id.view());
    add_account(context, encoder);
    const bool keeps_time_in_force = request.time_in_force == core::TimeInForce::Unspecified;
    add_terms({order.side, order.ord_type,
               keeps_time_in_force ? order.time_in_force : request.time_in_force,
               order.position_effect, request.order_qty ? *request.order_qty : order.order_qty,
               request.price ? request.price : order.price,
               request.stop_px ? request.stop_px : order.stop_px,
               request.expire_time ? request.expire_time : order.expire_time},
              order.symbol.view(), context, encoder);
}

void to_fix(const core::CancelOrder& request, const core::Order& order, const OrderContext& context,
            MessageEncoder& encoder) {
    encoder.clear("F");
    add_order_id(order, encoder);
    encoder.add(tag::kOrigClOrdID, order.cl_ord_id.view());
    encoder.add(tag::kClOrdID, request.cl_ord_id.view());
    add_account(context, encoder);
    encoder.add(tag::kSymbol, order.symbol.view());
    encoder.add(tag::kSide, to_fix(order.side));
    encoder.add_utc_timestamp(tag::kTransactTime, context.transact_time);
    encoder.add(tag::kOrderQty, order.order_qty);
}

void order_status_request_to_fix(const core::Order& order, const OrderContext& context,
                                 MessageEncoder& encoder) {
    encoder.clear("H");
    add_order_id(order, encoder);
    encoder.add(tag::kClOrdID, order.cl_ord_id.view());
    add_account(context, encoder);
    encoder.add(tag::kSymbol, order.symbol.view());
    encoder.add(tag::kSide, to_fix(order.side));
}

}  // namespace broker::dxtrade::fix
