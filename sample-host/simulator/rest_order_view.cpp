// Orders as JSON.
#include "simulator/order_codes.hpp"
#include "simulator/rest_symbols.hpp"
#include "simulator/rest_views.hpp"

namespace broker::simulator {
namespace {

using core::OrdType;
using core::TimeInForce;

std::string_view type_name(OrdType type) {
    switch (type) {
        case OrdType::Limit:
            return "LIMIT";
        case OrdType::Stop:
            return "STOP";
        case OrdType::StopLimit:
            return "STOP_LIMIT";
        case OrdType::TrailingStop:
            return "TRAILING_STOP";
        default:
            return "MARKET";
    }
}

std::string_view tif_name(TimeInForce time_in_force) {
    switch (time_in_force) {
        case TimeInForce::Day:
            return "DAY";
        case TimeInForce::GoodTillDate:
            return "GTD";
        case TimeInForce::ImmediateOrCancel:
            return "IOC";
        case TimeInForce::FillOrKill:
            return "FOK";
        default:
            return "GTC";
    }
}

// By PositionEffect (77), which the order repeats of its request, else by the position's code.
std::string_view effect_of(const RestOrder& shown, const RestOptions& options) {
    for (const auto& echo : shown.order->echoes)
        if (echo.tag == 77) return echo.value == "C" ? "CLOSE" : "OPEN";
    if (!options.position_based) return {};
    return shown.position_code == std::to_string(shown.number) ? "OPEN" : "CLOSE";
}

std::string_view side_name(const Order& order) { return is_buy(order) ? "BUY" : "SELL"; }

std::int64_t as_number(std::uint64_t version) { return static_cast<std::int64_t>(version); }

void order_id(JsonWriter& json, const RestOptions& options, const char* name, std::int64_t id) {
    if (options.order_ids_as_strings)
        json.text(name, std::to_string(id));
    else
        json.integer(name, id);
}

}  // namespace

void RestViews::order(JsonWriter& json, const RestOrder& shown, bool is_in_open_list) {
    const Order& order = *shown.order;
    const auto status = shown.status(rest());
    json.begin_object().account(account_name(shown.sender_comp_id));
    json.integer("version", as_number(shown.version));
    order_id(json, rest(), "orderId", shown.number);
    json.text("orderCode", shown.code).text("clientOrderId", shown.client_id());
    json.text("actionCode", shown.code).integer("legCount", 1);
    json.text("type", type_name(order.ord_type));
    json.text("instrument", shown_symbol(rest(), order.symbol)).text("status", status);
    json.boolean("finalStatus", is_final_rest_status(status));
    legs(json, shown);
    json.text("side", side_name(order)).text("tif", tif_name(order.terms.time_in_force));
    if (order.terms.expire_time) json.time("expireDate", *order.terms.expire_time);
    json.time("issueTime", shown.issued).time("transactionTime", shown.changed);
    if (is_in_open_list) links(json, shown);
    executions(json, shown);
    json.key("cashTransactions").begin_array();
    for (const auto& each : shown.cash) cash(json, shown.sender_comp_id, each, &shown);
    json.end_array();
    if (!shown.metadata.empty()) {
        json.key("metadata").begin_object();
        for (const auto& [key, value] : shown.metadata) json.text(key, value);
        json.end_object();
    }
    json.end_object();
}

void RestViews::legs(JsonWriter& json, const RestOrder& shown) {
    const Order& order = *shown.order;
    json.key("legs").begin_array().begin_object();
    json.text("instrument", shown_symbol(rest(), order.symbol));
    json.text_if("positionEffect", effect_of(shown, rest()))
        .text_if("positionCode", shown.position_code);
    json.text("side", side_name(order));
    json.number("price", order.terms.price ? order.terms.price : order.terms.stop_px);
    json.integer("legRatio", 1);
    if (!order.is_attached) json.number("quantity", order.terms.order_qty);
    json.number("filledQuantity", order.cum_qty).number("remainingQuantity", order.leaves_qty());
    if (!order.cum_qty.is_zero()) json.number("averagePrice", order.avg_px());
    json.end_object().end_array();
}

void RestViews::links(JsonWriter& json, const RestOrder& shown) {
    if (shown.contingency.empty()) return;
    const Order& order = *shown.order;
    const bool is_child_on_parent = rest().link_direction == LinkDirection::ChildOnParent;
    json.key("links").begin_array();
    for (const RestOrder* other : open_orders(shown.sender_comp_id)) {
        if (other == &shown || other->order->list_id != order.list_id) continue;
        const bool is_parent = order.list_seq_no == 1;
        const bool is_other_parent = other->order->list_seq_no == 1;
        if (shown.contingency == "IF-THEN" && !is_parent && !is_other_parent) continue;
        std::string_view type = "OCO";
        if (shown.contingency == "IF-THEN")
            type = is_parent == is_child_on_parent ? "CHILD" : "PARENT";
        json.begin_object().text("linkType", type).text("linkedOrder", other->code);
        json.text("linkedClientOrderId", other->client_id()).end_object();
    }
    json.end_array();
}

void RestViews::executions(JsonWriter& json, const RestOrder& shown) {
    json.key("executions").begin_array();
    for (const auto& each : shown.executions) {
        json.begin_object().account(account_name(shown.sender_comp_id));
        json.text("executionCode", each.code).text("orderCode", shown.code);
        order_id(json, rest(), "updateOrderId", each.update_number);
        json.integer("version", as_number(each.version));
        json.text("clientOrderId", shown.client_id());
        json.text("instrument", shown_symbol(rest(), shown.order->symbol));
        json.text("status", each.status);
        json.boolean("finalStatus", is_final_rest_status(each.status));
        json.number("filledQuantity", each.filled).number("lastQuantity", each.last);
        json.number("remainingQuantity", each.remaining).number("lastPrice", each.last_px);
        if (!each.filled.is_zero()) json.number("averagePrice", each.avg_px);
        json.time("transactionTime", each.time).text_if("rejectReason", each.reject_reason);
        json.text_if("rejectCode", each.reject_code).end_object();
    }
    json.end_array();
}

void RestViews::cash(JsonWriter& json, const std::string& session, const RestCash& shown,
                     const RestOrder* order) {
    json.begin_object().account(account_name(session)).text("transactionCode", shown.code);
    if (order != nullptr)
        json.text("orderCode", order->code).text("clientOrderId", order->client_id());
    json.text_if("tradeCode", shown.trade_code).integer("version", as_number(shown.version));
    json.text("type", shown.type).number("value", shown.value).text("currency", "USD");
    json.time("transactionTime", shown.time).text_if("positionCode", shown.position_code);
    json.end_object();
}

}  // namespace broker::simulator
