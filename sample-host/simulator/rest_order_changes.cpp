// Changes and cancels of orders over REST.
#include <algorithm>

#include "simulator/own_tags.hpp"
#include "simulator/rest_figures.hpp"
#include "simulator/rest_orders.hpp"
#include "simulator/rest_symbols.hpp"

namespace broker::simulator {
namespace {

RestRefusal not_found() { return {404, rest_error::kNotFound, "order not found"}; }

RestRefusal final_order(const RestOrder& record) {
    return {409, rest_error::kFinalOrder, "order " + record.client_id() + " is final"};
}

RestRefusal conflict(const std::string& why) { return {409, rest_error::kRefused, why}; }

RestResponse refused(const RestRefusal& refusal) {
    return error_response(refusal.status, refusal.code, refusal.text);
}

bool is_open_entry(const RestOrder& record) { return record.order->list_seq_no == 1; }

}  // namespace

RestOrders::Refusal RestOrders::refused_change(const RestOrder& record, Action action) {
    const Order& order = *record.order;
    const auto rule = exchange_.behaviour().take(
        action,
        {order.sender_comp_id, order.symbol, order.cl_ord_id, order.cl_ord_id, &order.echoes});
    if (!rule) return std::nullopt;
    return conflict(rule->text);
}

RestResponse RestOrders::replace(const std::string& session, const std::string& body) {
    const auto read = order_body_from(body, true, options_);
    if (const auto* refusal = std::get_if<RestRefusal>(&read)) return refused(*refusal);
    if (const auto* group = std::get_if<RestGroupRequest>(&read))
        return replace_group(session, *group);
    const auto& request = std::get<RestOrderRequest>(read);
    if (const auto refusal = change(session, request, false)) return refused(*refusal);
    return answer(session, {request.order_code}, false);
}

RestOrders::Refusal RestOrders::change(const std::string& session, const RestOrderRequest& given,
                                       bool is_in_group) {
    RestOrder* record = book_.find(session, given.order_code);
    if (record == nullptr) return not_found();
    const Order& order = *record->order;
    if (!order.is_working()) return final_order(*record);
    RestOrderRequest request = given;
    if (request.type == core::OrdType::Unspecified) request.type = order.ord_type;
    if (request.symbol != order.symbol) return conflict("instrument cannot be changed");
    if (request.side != order.side) return conflict("side cannot be changed");
    if (request.type != order.ord_type) return conflict("type cannot be changed");
    if (auto refusal = check_terms(request)) return refusal;
    if (order.is_attached && !request.has_no_quantity())
        return RestRefusal{400, rest_error::kBadOrder, "an attached order has no quantity"};
    if (!order.is_attached && request.has_no_quantity())
        return RestRefusal{400, rest_error::kBadOrder, "missing quantity"};
    if (!is_in_group && order.is_waiting)
        return conflict("the group of a waiting order is changed as a whole");
    if (auto refusal = refused_change(*record, Action::RefuseReplace)) return refusal;
    if (!is_in_group) drop_others(*record, {request.order_code});
    Amendment amendment{.price = request.limit_price, .stop_px = request.stop_price};
    if (!order.is_attached) amendment.order_qty = request.quantity;
    amendment.time_in_force = request.time_in_force;
    amendment.expire_time = request.expire_time;
    if (exchange_.desk().replace(session, order.cl_ord_id, amendment)) return std::nullopt;
    return conflict("the change was refused");
}

// A member of a group that is restated alone is an order of its own from then on: what has not
// become effective of the group is gone.
void RestOrders::drop_others(const RestOrder& record, const std::vector<std::string>& kept) {
    if (record.contingency.empty() || !record.order->is_working()) return;
    const bool drops = record.contingency == "OCO" || is_open_entry(record);
    if (!drops) return;
    for (const RestOrder* other : book_.orders(record.sender_comp_id)) {
        const Order& order = *other->order;
        const bool is_kept = std::find(kept.begin(), kept.end(), order.cl_ord_id) != kept.end() ||
                             std::find(kept.begin(), kept.end(), other->code) != kept.end();
        if (other == &record || is_kept || !order.is_working() ||
            order.list_id != record.order->list_id)
            continue;
        // It is working, so the desk finds it.
        static_cast<void>(exchange_.desk().cancel(record.sender_comp_id, order.cl_ord_id,
                                                  "the order is no longer of the group"));
    }
}

RestResponse RestOrders::replace_group(const std::string& session, const RestGroupRequest& group) {
    std::vector<std::string> codes;
    if (group.orders.empty())
        return refused({400, rest_error::kBadOrder, "a group without orders"});
    const RestOrder* first = book_.find(session, group.orders.front().order_code);
    if (first == nullptr) return refused(not_found());
    for (const auto& order : group.orders) {
        const RestOrder* record = book_.find(session, order.order_code);
        if (record == nullptr) return refused(not_found());
        if (record->order->list_id != first->order->list_id || first->contingency.empty())
            return refused(conflict("the orders are of no group"));
        codes.push_back(order.order_code);
    }
    for (const auto& order : group.orders)
        if (const auto refusal = change(session, order, true)) return refused(*refusal);
    drop_others(*first, codes);
    return answer(session, codes, true);
}

RestOrders::Refusal RestOrders::cancel_one(const std::string& session, const std::string& code) {
    const RestOrder* record = book_.find(session, code);
    if (record == nullptr) return not_found();
    if (!record->order->is_working()) return final_order(*record);
    if (auto refusal = refused_change(*record, Action::RefuseCancel)) return refusal;
    if (exchange_.desk().cancel(session, record->order->cl_ord_id, {})) return std::nullopt;
    return final_order(*record);
}

RestResponse RestOrders::cancel(const std::string& session, const std::string& code) {
    if (const auto refusal = cancel_one(session, code)) return refused(*refusal);
    return answer(session, {code}, false);
}

RestResponse RestOrders::cancel_group(const std::string& session,
                                      const std::vector<std::string>& codes) {
    if (codes.empty()) return error_response(400, rest_error::kBadParameter, "<order-codes>");
    const RestOrder* first = book_.find(session, codes.front());
    if (first == nullptr) return refused(not_found());
    if (!first->order->is_working()) return refused(final_order(*first));
    for (const auto& code : codes) {
        const RestOrder* record = book_.find(session, code);
        if (record == nullptr) return refused(not_found());
        if (!record->order->is_working()) continue;  // it went with the first one
        if (const auto refusal = cancel_one(session, code)) return refused(*refusal);
    }
    return answer(session, codes, true);
}

RestResponse RestOrders::close_positions(const std::string& session, const std::string& body) {
    const auto json = json_from(body);
    if (!json || json->kind != JsonValue::Kind::Object)
        return error_response(400, rest_error::kBadParameter, "<body>");
    const std::string instrument = json->scalar_of("instrument");
    const std::string symbol = known_symbol(options_, instrument);
    const auto is_meant = [&](const std::string& each) {
        return instrument.empty() || symbol == each;
    };
    if (const auto* cancels = json->find("cancelOrders"); cancels != nullptr && cancels->is_true())
        for (const RestOrder* record : book_.orders(session))
            if (record->order->is_working() && is_meant(record->order->symbol))
                static_cast<void>(
                    exchange_.desk().cancel(session, record->order->cl_ord_id, "closed"));
    const auto* closes = json->find("closePositions");
    if (closes == nullptr || !closes->is_true()) return {.status = 200, .body = "{}"};
    for (const auto& position : book_.positions(session)) {
        const auto& held = position.position;
        if (!is_meant(held.symbol)) continue;
        RestOrderRequest request;
        request.order_code = "close-" + position.code + "-" + std::to_string(++close_count_);
        request.symbol = held.symbol;
        request.side = held.quantity.sign() > 0 ? core::Side::Sell : core::Side::Buy;
        request.type = core::OrdType::Market;
        request.quantity = magnitude_of(held.quantity);
        request.effect = options_.position_based ? PositionEffect::Close : PositionEffect::Absent;
        if (options_.position_based) request.position_code = position.code;
        auto placed = place_one(session, std::move(request));
        if (placed.status != 200) return placed;
    }
    return {.status = 200, .body = "{}"};
}

}  // namespace broker::simulator
