#include "abi/abi_records.hpp"

#include <string>

#include "abi/field_reader.hpp"
#include "abi/record.hpp"

namespace broker::abi {
namespace {

using core::OrdType;
using core::Result;

bool has_price(OrdType type) {
    return type == OrdType::Limit || type == OrdType::StopLimit || type == OrdType::LimitOnClose;
}

bool may_have_price(OrdType type) { return has_price(type) || type == OrdType::Pegged; }

bool has_stop_px(OrdType type) {
    return type == OrdType::Stop || type == OrdType::StopLimit || type == OrdType::MarketIfTouched;
}

bool may_have_stop_px(OrdType type) { return has_stop_px(type) || type == OrdType::TrailingStop; }

bool may_have_peg_offset(OrdType type) {
    return type == OrdType::Pegged || type == OrdType::TrailingStop;
}

// What the order type demands and forbids (FIX 4.4 volume 4, NewOrderSingle).
void check_prices(const core::NewOrder& order, FieldReader& read) {
    const OrdType type = order.ord_type;
    const core::OrderInstructions& extra = order.instructions;
    read.require(!has_price(type) || order.price, "price", "a price: it is a limit order");
    read.require(!order.price || may_have_price(type), "price",
                 "no price: the order type has none");
    read.require(!has_stop_px(type) || order.stop_px, "stop_px",
                 "a stop price: it is a stop order");
    read.require(!order.stop_px || may_have_stop_px(type), "stop_px",
                 "no stop price: the order type has none");
    read.require(!extra.peg_offset_value || may_have_peg_offset(type), "peg_offset_value",
                 "no peg offset: the order type has none");
    read.require(type != OrdType::TrailingStop || extra.peg_offset_value, "peg_offset_value",
                 "a peg offset: it is a trailing stop order");
    read.require(type != OrdType::TrailingStop || !extra.peg_offset_value ||
                     extra.peg_offset_value->sign() > 0,
                 "peg_offset_value", "a distance above zero: it is a trailing stop order");
    read.require(extra.peg_offset_type == core::PegOffsetType::Unspecified ||
                     extra.peg_offset_value.has_value(),
                 "peg_offset_type", "a peg_offset_value with it");
}

// Everything else that one field demands of another.
void check_terms(const core::NewOrder& order, bool has_qty, FieldReader& read) {
    const core::OrderInstructions& extra = order.instructions;
    read.require(has_qty || extra.cash_order_qty, "order_qty", "a value above zero");
    read.require(!has_qty || !extra.cash_order_qty, "cash_order_qty",
                 "either a quantity or an amount of cash");
    read.require(!extra.min_qty || !has_qty || *extra.min_qty <= order.order_qty, "min_qty",
                 "at most order_qty");
    read.require(!extra.max_floor || !has_qty || *extra.max_floor <= order.order_qty, "max_floor",
                 "at most order_qty");
    read.require(
        (order.time_in_force == core::TimeInForce::GoodTillDate) == order.expire_time.has_value(),
        "expire_time", "a time with time_in_force GoodTillDate, and only then");
    const bool is_short =
        order.side == core::Side::SellShort || order.side == core::Side::SellShortExempt;
    read.require(extra.locate_reqd == core::LocateReqd::Unspecified || is_short, "locate_reqd",
                 "a sell short order with it");
}

void read_instructions(const broker_new_order_t& order, core::OrderInstructions& target,
                       FieldReader& read) {
    read(target.exec_inst, read_enum_set("exec_inst", order.exec_inst, core::ExecInst::TryToStop));
    read(target.locate_reqd,
         read_enumerator("locate_reqd", order.locate_reqd, 0, core::LocateReqd::Required));
    read(target.peg_offset_type, read_enumerator("peg_offset_type", order.peg_offset_type, 0,
                                                 core::PegOffsetType::PriceTier));
    read(target.peg_offset_value, read_decimal("peg_offset_value", order.peg_offset_value));
    read(target.min_qty, read_positive("min_qty", order.min_qty));
    read(target.max_floor, read_positive("max_floor", order.max_floor));
    read(target.cash_order_qty, read_positive("cash_order_qty", order.cash_order_qty));
    read(target.ex_destination, read_optional_id<core::FixedString<BROKER_MAX_EX_DESTINATION>>(
                                    "ex_destination", order.ex_destination));
    read(target.position_code, read_optional_id<core::FixedString<BROKER_MAX_POSITION_CODE>>(
                                   "position_code", order.position_code));
    read(target.fields, read_fields(order.fields));
}

}  // namespace

Result<core::NewOrder> to_core(const broker_new_order_t& order, core::MonotonicTime now) {
    core::NewOrder result;
    std::optional<core::Decimal> qty;
    FieldReader read;
    read.require_zero(order.must_be_zero);
    read(result.cl_ord_id, read_id<core::ClOrdID>("cl_ord_id", order.cl_ord_id));
    read(result.symbol, read_id<core::Symbol>("symbol", order.symbol));
    read(result.side, read_enumerator("side", order.side, 1, core::Side::SellShortExempt));
    read(result.ord_type, read_enumerator("ord_type", order.ord_type, 1, OrdType::TrailingStop));
    read(result.time_in_force,
         read_enumerator("time_in_force", order.time_in_force, 1, core::TimeInForce::AtTheClose));
    read(result.position_effect,
         read_enumerator("position_effect", order.position_effect, 0, core::PositionEffect::Close));
    read(qty, read_positive("order_qty", order.order_qty));
    read(result.price, read_decimal("price", order.price));
    read(result.stop_px, read_decimal("stop_px", order.stop_px));
    read(result.expire_time, read_time("expire_time", order.expire_time));
    read(result.stages, read_stages(order.signal_time, now));
    read_instructions(order, result.instructions, read);
    if (qty) result.order_qty = *qty;
    check_prices(result, read);
    check_terms(result, qty.has_value(), read);
    return read.finish(result);
}

Result<core::ReplaceOrder> to_core(const broker_replace_order_t& request, core::MonotonicTime now) {
    core::ReplaceOrder result;
    FieldReader read;
    read(result.cl_ord_id, read_id<core::ClOrdID>("cl_ord_id", request.cl_ord_id));
    read(result.orig_cl_ord_id, read_id<core::ClOrdID>("orig_cl_ord_id", request.orig_cl_ord_id));
    read(result.time_in_force,
         read_enumerator("time_in_force", request.time_in_force, 0, core::TimeInForce::AtTheClose));
    read(result.order_qty, read_positive("order_qty", request.order_qty));
    read(result.price, read_decimal("price", request.price));
    read(result.stop_px, read_decimal("stop_px", request.stop_px));
    read(result.expire_time, read_time("expire_time", request.expire_time));
    read(result.stages, read_stages(request.signal_time, now));
    read(result.peg_offset_value, read_decimal("peg_offset_value", request.peg_offset_value));
    read(result.min_qty, read_positive("min_qty", request.min_qty));
    read(result.max_floor, read_positive("max_floor", request.max_floor));
    read(result.fields, read_fields(request.fields));
    const bool changes_something = result.order_qty || result.price || result.stop_px ||
                                   result.expire_time ||
                                   result.time_in_force != core::TimeInForce::Unspecified ||
                                   result.peg_offset_value || result.min_qty || result.max_floor;
    read.require(changes_something, "order_qty",
                 "a change of quantity, price, stop price, time in force, expiry, peg offset, "
                 "minimum or shown quantity; the request has none");
    return read.finish(result);
}

Result<core::CancelOrder> to_core(const broker_cancel_order_t& request, core::MonotonicTime now) {
    core::CancelOrder result;
    FieldReader read;
    read.require_zero(request.must_be_zero);
    read(result.cl_ord_id, read_id<core::ClOrdID>("cl_ord_id", request.cl_ord_id));
    read(result.orig_cl_ord_id, read_id<core::ClOrdID>("orig_cl_ord_id", request.orig_cl_ord_id));
    read(result.stages, read_stages(request.signal_time, now));
    return read.finish(result);
}

Result<account::CancelAll> to_core(const broker_cancel_all_t& request, core::MonotonicTime now) {
    account::CancelAll result;
    FieldReader read;
    read.require_zero(request.must_be_zero);
    read(result.symbol, read_optional_id<core::Symbol>("symbol", request.symbol));
    read(result.cl_ord_id_prefix,
         read_id<core::FixedString<48>>("cl_ord_id_prefix", request.cl_ord_id_prefix));
    read(result.stages, read_stages(request.signal_time, now));
    return read.finish(result);
}

broker_decimal_t to_abi(const core::Decimal& value) {
    return {value.coefficient(), value.scale(), 1};
}

broker_decimal_t to_abi(const std::optional<core::Decimal>& value) {
    return value ? to_abi(*value) : broker_decimal_t{0, 0, 0};
}

broker_timestamp_t to_abi(const std::optional<core::UtcTime>& time) {
    return time ? time->time_since_epoch().count() : 0;
}

broker_monotonic_t to_abi(core::MonotonicTime time) { return time.time_since_epoch().count(); }

}  // namespace broker::abi
