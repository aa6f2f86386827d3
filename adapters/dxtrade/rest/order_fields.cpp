// Orders and what is inside them; the other records are in account_fields.cpp and
// instrument_fields.cpp.
#include "core/named_fields.hpp"
#include "dxtrade/json/scalars.hpp"
#include "dxtrade/rest/enum_words.hpp"
#include "dxtrade/rest/record_fields.hpp"

namespace broker::dxtrade::rest {
namespace {

// A word and the enumerator it stands for; one that we do not know is a fault.
template <class Enum>
Enum read_word(ObjectReader& object, std::string_view name, Enum (*from_word)(std::string_view),
               std::string& raw) {
    raw = object.text(name);
    const Enum value = from_word(raw);
    if (value == Enum{} && !raw.empty()) object.unknown(name, raw);
    return value;
}

// A quantity that is not negative: of an order or a leg.
std::optional<core::Decimal> read_quantity(ObjectReader& object, std::string_view name) {
    auto quantity = object.decimal(name);
    if (!quantity || quantity->sign() >= 0) return quantity;
    object.negative(name, *quantity);
    return std::nullopt;
}

RestLeg read_leg(ObjectReader& object) {
    RestLeg leg;
    leg.instrument = object.text("instrument");
    leg.position_effect =
        read_word(object, "positionEffect", &position_effect_from_word, leg.raw_position_effect);
    leg.position_code = object.id("positionCode");
    std::string raw_side;
    leg.side = read_word(object, "side", &side_from_word, raw_side);
    leg.price = object.decimal("price");
    leg.quantity = read_quantity(object, "quantity");
    leg.filled_quantity = read_quantity(object, "filledQuantity");
    leg.remaining_quantity = read_quantity(object, "remainingQuantity");
    leg.average_price = object.decimal("averagePrice");
    return leg;
}

RestLink read_link(ObjectReader& object) {
    return {object.text("linkType"), object.id("linkedOrder"), object.id("linkedClientOrderId")};
}

RestExecution read_execution(ObjectReader& object) {
    RestExecution execution;
    execution.execution_code = object.id("executionCode");
    execution.order_code = object.id("orderCode");
    execution.update_order_id = object.id("updateOrderId");
    execution.client_order_id = object.id("clientOrderId");
    execution.action_code = object.id("actionCode");
    execution.instrument = object.text("instrument");
    execution.status = read_word(object, "status", &order_status_from_word, execution.raw_status);
    execution.is_final = object.boolean("finalStatus");
    execution.version = object.count("version");
    execution.filled_quantity = read_quantity(object, "filledQuantity");
    execution.last_quantity = object.decimal("lastQuantity");
    execution.remaining_quantity = read_quantity(object, "remainingQuantity");
    execution.last_price = object.decimal("lastPrice");
    execution.average_price = object.decimal("averagePrice");
    execution.reject_reason = object.text("rejectReason");
    execution.reject_code = object.id("rejectCode");
    execution.transaction_time = object.timestamp("transactionTime");
    execution.faults = object.faults();
    return execution;
}

bool fits_named_fields(std::string_view name, std::string_view value) {
    return !name.empty() && !value.empty() && name.find('=') == std::string_view::npos &&
           name.find(core::kFieldEnd) == std::string_view::npos &&
           value.find(core::kFieldEnd) == std::string_view::npos;
}

// Twice what the API takes.
constexpr std::size_t kMaxMetadata = 64;

std::string read_metadata(ObjectReader& order) {
    std::string fields;
    order.object("metadata", [&](ObjectReader& object) {
        std::size_t count = 0;
        for (const json::Value member : object.value()) {
            if (++count > kMaxMetadata) {
                order.fault(core::Reason::FieldUnreadable, "metadata", "more pairs than 64");
                break;
            }
            if (member.kind() == json::Kind::Null) continue;
            const std::string name{member.key()};
            const std::string value = object.text(name);
            // Of members with one name the last counts, and stands once.
            if (value.empty() || !core::find_field(fields, name).empty()) continue;
            if (!fits_named_fields(name, value)) {
                object.fault(core::Reason::FieldUnreadable, json::clipped(name, 40),
                             "cannot be kept as a named field");
                continue;
            }
            fields.append(name).append(1, '=').append(value).append(1, core::kFieldEnd);
        }
    });
    return fields;
}

void read_legs(ObjectReader& object, RestOrder& order) {
    core::EnumSet<core::ReportFault> faults;
    object.each("legs", [&](ObjectReader& leg) {
        order.legs.push_back(read_leg(leg));
        faults.add(leg.faults());
    });
    if (order.legs.size() > 1) {
        object.fault(core::Reason::ValueUnknown, "legs",
                     "expected one, found " + std::to_string(order.legs.size()));
    }
    order.faults.add(faults);
}

void read_terms(ObjectReader& object, RestOrder& order) {
    order.type = read_word(object, "type", &ord_type_from_word, order.raw_type);
    order.instrument = object.text("instrument");
    order.status = read_word(object, "status", &order_status_from_word, order.raw_status);
    order.is_final = object.boolean("finalStatus");
    order.side = read_word(object, "side", &side_from_word, order.raw_side);
    order.tif = read_word(object, "tif", &time_in_force_from_word, order.raw_tif);
    order.expire_date = object.timestamp("expireDate");
    order.limit_price = object.decimal("limitPrice");
    order.stop_price = object.decimal("stopPrice");
    order.price_offset = object.decimal("priceOffset");
    order.price_link = object.text("priceLink");
    order.issue_time = object.timestamp("issueTime");
    order.transaction_time = object.timestamp("transactionTime");
}

}  // namespace

RestCashTransaction read_cash_transaction(ObjectReader& object) {
    RestCashTransaction transaction;
    transaction.account = object.account("account");
    transaction.transaction_code = object.id("transactionCode");
    transaction.order_code = object.id("orderCode");
    transaction.trade_code = object.id("tradeCode");
    transaction.client_order_id = object.id("clientOrderId");
    transaction.type = object.text("type");
    transaction.currency = object.text("currency");
    transaction.position_code = object.id("positionCode");
    transaction.value = object.decimal("value");
    transaction.version = object.count("version");
    transaction.transaction_time = object.timestamp("transactionTime");
    return transaction;
}

RestOrder read_order(ObjectReader& object) {
    RestOrder order;
    order.account = object.account("account");
    order.version = object.count("version");
    order.order_id = object.id("orderId");
    order.order_code = object.id("orderCode");
    order.client_order_id = object.id("clientOrderId");
    order.action_code = object.id("actionCode");
    order.external_order_id = object.id("externalOrderId");
    read_terms(object, order);
    read_legs(object, order);
    read_list(object, "links", &read_link, order.links);
    read_list(object, "executions", &read_execution, order.executions);
    read_list(object, "cashTransactions", &read_cash_transaction, order.cash_transactions);
    order.metadata = read_metadata(object);
    // Some deployments have these in the leg alone.
    if (!order.legs.empty()) {
        const RestLeg& leg = order.legs.front();
        if (order.side == core::Side::Unspecified) order.side = leg.side;
        if (order.instrument.empty()) order.instrument = leg.instrument;
    }
    if (order.order_id.empty() && order.client_order_id.empty()) object.missing("orderId");
    order.faults.add(object.faults());
    return order;
}

}  // namespace broker::dxtrade::rest
