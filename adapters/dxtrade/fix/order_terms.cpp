#include "dxtrade/fix/order_terms.hpp"

#include <array>
#include <string_view>

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

constexpr int kExecInsts = static_cast<int>(core::ExecInst::TryToStop);

template <class Value>
const std::optional<Value>& first_given(const std::optional<Value>& a,
                                        const std::optional<Value>& b) {
    return a ? a : b;
}

void add_decimal(std::int32_t tag, const std::optional<core::Decimal>& value,
                 RequestWriter& writer) {
    if (value) writer.add(tag, *value);
}

// ExecInst (18): one character each, with a space between them. A trailing stop has one more, by
// the profile.
void add_exec_inst(core::EnumSet<core::ExecInst> set, std::string_view trailing,
                   RequestWriter& writer) {
    if (set.empty() && trailing.empty()) return;
    std::array<char, 2 * kExecInsts + 32> text;
    std::size_t size = 0;
    const auto append = [&](std::string_view value) {
        if (value.empty() || size + value.size() + 1 > text.size()) return;
        if (size != 0) text[size++] = ' ';
        for (const char c : value) text[size++] = c;
    };
    for (int value = 1; value <= kExecInsts; ++value) {
        const auto exec_inst = static_cast<core::ExecInst>(value);
        if (!set.contains(exec_inst)) continue;
        const char code = to_fix(exec_inst);
        if (trailing != std::string_view{&code, 1}) append({&code, 1});
    }
    append(trailing);
    writer.add_if_given(tag::kExecInst, {text.data(), size});
}

// ExpireDate (432) or ExpireTime (126), both in UTC.
void add_expiry(core::UtcTime time, RequestWriter& writer) {
    const ExpiryField field = writer.dialect().profile().orders.expiry;
    const bool is_midnight = time == std::chrono::floor<std::chrono::days>(time);
    if (field == ExpiryField::ExpireDate || (field == ExpiryField::DateIfMidnight && is_midnight)) {
        writer.add_date(tag::kExpireDate, time);
    } else {
        writer.add_timestamp(tag::kExpireTime, time);
    }
}

void add_peg(const OrderTerms& terms, bool is_trailing, RequestWriter& writer) {
    const TrailingStopEncoding& trailing = writer.dialect().profile().orders.trailing_stop;
    add_decimal(is_trailing ? trailing.offset_tag : tag::kPegOffsetValue, terms.peg_offset_value,
                writer);
    if (!is_trailing || trailing.sends_offset_type) {
        writer.add_code(tag::kPegOffsetType, to_fix(terms.instructions.peg_offset_type));
    }
}

}  // namespace

OrderTerms terms_of(const core::NewOrder& order) {
    return {order.side,
            order.ord_type,
            order.time_in_force,
            order.position_effect,
            order.order_qty,
            order.price,
            order.stop_px,
            order.expire_time,
            order.instructions.peg_offset_value,
            order.instructions.min_qty,
            order.instructions.max_floor,
            order.instructions,
            {order.instructions.fields.view(), {}}};
}

OrderTerms terms_of(const core::ReplaceOrder& request, const core::Order& order) {
    const bool keeps_time_in_force = request.time_in_force == core::TimeInForce::Unspecified;
    // Why: an order that no longer is good till a date has none.
    const bool keeps_expiry =
        keeps_time_in_force || request.time_in_force == core::TimeInForce::GoodTillDate;
    return {
        order.side,
        order.ord_type,
        keeps_time_in_force ? order.time_in_force : request.time_in_force,
        order.position_effect,
        request.order_qty ? *request.order_qty : order.order_qty,
        first_given(request.price, order.price),
        first_given(request.stop_px, order.stop_px),
        keeps_expiry ? first_given(request.expire_time, order.expire_time) : request.expire_time,
        first_given(request.peg_offset_value, order.instructions.peg_offset_value),
        first_given(request.min_qty, order.instructions.min_qty),
        first_given(request.max_floor, order.instructions.max_floor),
        order.instructions,
        {request.fields.view(), order.instructions.fields.view()}};
}

void add_quantity(const core::Decimal& order_qty, const core::OrderInstructions& instructions,
                  RequestWriter& writer) {
    if (order_qty.is_zero() && instructions.cash_order_qty) {
        writer.add(tag::kCashOrderQty, *instructions.cash_order_qty);
    } else {
        writer.add(tag::kOrderQty, order_qty);
    }
}

void add_terms(const OrderTerms& terms, const VenueSymbol& symbol, core::UtcTime transact_time,
               RequestWriter& writer) {
    const OrderRules& rules = writer.dialect().profile().orders;
    const core::OrderInstructions& instructions = terms.instructions;
    const bool is_trailing = terms.ord_type == core::OrdType::TrailingStop;

    writer.add_if_given(tag::kHandlInst, rules.handl_inst);
    add_exec_inst(instructions.exec_inst,
                  is_trailing ? std::string_view{rules.trailing_stop.exec_inst} : "", writer);
    add_decimal(tag::kMinQty, terms.min_qty, writer);
    add_decimal(tag::kMaxFloor, terms.max_floor, writer);
    writer.add_if_given(tag::kExDestination, instructions.ex_destination.view());
    writer.add_symbol(symbol);
    writer.add_code(tag::kSide, to_fix(terms.side));
    writer.add_code(tag::kLocateReqd, to_fix(instructions.locate_reqd));
    writer.add_timestamp(tag::kTransactTime, transact_time);
    add_quantity(terms.order_qty, instructions, writer);
    if (is_trailing) {
        writer.add(tag::kOrdType, std::string_view{rules.trailing_stop.ord_type});
    } else {
        writer.add_code(tag::kOrdType, to_fix(terms.ord_type));
    }
    add_decimal(tag::kPrice, terms.price, writer);
    add_decimal(tag::kStopPx, terms.stop_px, writer);
    writer.add_if_given(tag::kCurrency, rules.currency);
    // Why: an absent TimeInForce means Day by the standard, but venues differ, so it always goes.
    writer.add_code(tag::kTimeInForce, to_fix(terms.time_in_force));
    if (terms.expire_time) add_expiry(*terms.expire_time, writer);
    writer.add_code(tag::kPositionEffect, to_fix(terms.position_effect));
    if (rules.position_code_tag != 0) {
        writer.add_if_given(rules.position_code_tag, instructions.position_code.view());
    }
    add_peg(terms, is_trailing, writer);
    writer.add_fields(terms.fields);
}

}  // namespace broker::dxtrade::fix
