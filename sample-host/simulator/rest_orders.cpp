#include "simulator/rest_orders.hpp"

#include <algorithm>

#include "simulator/fix_text.hpp"
#include "simulator/order_codes.hpp"
#include "simulator/own_tags.hpp"
#include "simulator/rest_figures.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;
using core::OrdType;
using core::Side;

Decimal one() { return Decimal::from(1, 0).value(); }

RestRefusal bad_order(const std::string& why) { return {400, rest_error::kBadOrder, why}; }

RestResponse refused(const RestRefusal& refusal) {
    return error_response(refusal.status, refusal.code, refusal.text);
}

// The fields of the order as FIX has them, ClOrdID first.
std::vector<FixField> fields_of(const RestOrderRequest& request, core::UtcTime now) {
    FixMessage fix{"D", {{11, request.order_code}, {55, request.symbol}}};
    fix.add(54, code_of(request.side));
    fix.add(38, request.quantity.value_or(Decimal{}).to_string());
    fix.add(40, code_of(request.type));
    if (request.limit_price) fix.add(44, request.limit_price->to_string());
    if (request.stop_price) fix.add(99, request.stop_price->to_string());
    fix.add(59, code_of(request.time_in_force));
    if (request.expire_time) fix.add(126, timestamp_text(*request.expire_time));
    fix.add(60, timestamp_text(now));
    if (request.effect != PositionEffect::Absent)
        fix.add(77, request.effect == PositionEffect::Close ? "C" : "O");
    if (request.effect == PositionEffect::Open) fix.add(own_tag::kOpensPosition, "Y");
    if (request.effect == PositionEffect::Close) {
        if (request.type != OrdType::Market) fix.add(own_tag::kIsAttached, "Y");
    }
    return std::move(fix.fields);
}

}  // namespace

RestResponse RestOrders::place(const std::string& session, const std::string& body) {
    auto read = order_body_from(body, false, options_);
    if (const auto* refusal = std::get_if<RestRefusal>(&read)) return refused(*refusal);
    if (auto* group = std::get_if<RestGroupRequest>(&read))
        return place_group(session, std::move(*group));
    return place_one(session, std::get<RestOrderRequest>(std::move(read)));
}

RestOrders::Refusal RestOrders::check_ids(const std::string& session,
                                          const RestOrderRequest& request) {
    if (exchange_.venue().book().is_claimed(session, request.order_code))
        return RestRefusal{409, rest_error::kDuplicateId,
                           "order " + request.order_code + " already exists"};
    if (exchange_.market().instrument(request.symbol) == nullptr)
        return RestRefusal{404, rest_error::kNotFound, "instrument not found"};
    return check_terms(request);
}

RestOrders::Refusal RestOrders::prepare(const std::string& session, RestOrderRequest& request) {
    if (auto refusal = check_ids(session, request)) return refusal;
    if (!options_.position_based) {
        if (!request.position_code.empty())
            return bad_order("positionCode on an account without positions of their own");
        request.effect = PositionEffect::Absent;
    } else if (request.effect == PositionEffect::Absent) {
        return bad_order("missing positionEffect");
    }
    if (request.effect == PositionEffect::Close) return prepare_close(session, request);
    if (request.has_no_quantity() || request.quantity->sign() < 0)
        return bad_order("quantity is not positive");
    return std::nullopt;
}

RestOrders::Refusal RestOrders::prepare_close(const std::string& session,
                                              RestOrderRequest& request) {
    if (request.position_code.empty()) return bad_order("missing positionCode");
    for (const auto& position : book_.positions(session)) {
        if (position.code != request.position_code) continue;
        const auto held = magnitude_of(position.position.quantity);
        const bool is_long = position.position.quantity.sign() > 0;
        if (position.position.symbol != request.symbol || is_long == (request.side == Side::Buy))
            return bad_order("instrument or side does not fit the position");
        if (request.type != OrdType::Market && !request.has_no_quantity())
            return bad_order("an attached order has no quantity");
        if (request.has_no_quantity()) request.quantity = held;
        if (*request.quantity > held) return bad_order("quantity is above that of the position");
        return std::nullopt;
    }
    return RestRefusal{404, rest_error::kNotFound, "position not found"};
}

// The exchange's own code of the position that is closed; that of a netted one is empty.
std::string RestOrders::position_key(const std::string& session,
                                     const RestOrderRequest& request) const {
    for (const auto& position : book_.positions(session))
        if (position.code == request.position_code) return position.position.code;
    return {};
}

RestOrders::Refusal RestOrders::refused_by_rule(const std::string& session,
                                                const RestOrderRequest& request) {
    const auto share = async_share_.plus(options_.reject_async_ratio).value_or(one());
    if (share >= one()) return std::nullopt;  // the exchange is to refuse it later
    const auto fields = fields_of(request, exchange_.venue().utc());
    const auto rule = exchange_.behaviour().take(
        Action::RejectNew,
        {session, request.symbol, request.order_code, request.order_code, &fields});
    if (!rule) return std::nullopt;
    async_share_ = share;
    return RestRefusal{409, rest_error::kRefused, rule->text};
}

RestOrders::Refusal RestOrders::outcome(const std::string& session, const RestOrderRequest& request,
                                        const std::string& contingency) {
    RestOrder* record = book_.find(session, request.order_code);
    if (record == nullptr) return RestRefusal{409, rest_error::kRefused, "the order was refused"};
    record->metadata = request.metadata;
    record->contingency = contingency;
    if (request.effect == PositionEffect::Close && !request.position_code.empty())
        record->position_code = request.position_code;
    if (record->order->ord_status != core::OrdStatus::Rejected) return std::nullopt;
    async_share_ = async_share_.plus(options_.reject_async_ratio).value_or(one());
    if (async_share_ >= one()) {
        async_share_ = async_share_.minus(one()).value();
        return std::nullopt;
    }
    record->is_hidden = true;
    const auto& executions = record->executions;
    return RestRefusal{
        409, rest_error::kRefused,
        executions.empty() ? "the order was refused" : executions.back().reject_reason};
}

RestResponse RestOrders::place_one(const std::string& session, RestOrderRequest request) {
    if (const auto refusal = prepare(session, request)) return refused(*refusal);
    if (const auto refusal = refused_by_rule(session, request)) return refused(*refusal);
    FixMessage fix{"D", fields_of(request, exchange_.venue().utc())};
    if (request.effect == PositionEffect::Close)
        fix.add(own_tag::kPositionCode, position_key(session, request));
    exchange_.receive(session, fix);
    if (const auto refusal = outcome(session, request, {})) return refused(*refusal);
    return answer(session, {request.order_code}, false);
}

void RestOrders::resolve_offset(const RestOrderRequest& parent, RestOrderRequest& child) {
    if (!child.price_offset) return;
    const auto quote = exchange_.market().quote(child.symbol).value();
    const auto of_quote = parent.side == Side::Buy ? quote.ask : quote.bid;
    const auto reference = parent.limit_price.value_or(parent.stop_price.value_or(of_quote));
    const auto price = reference.plus(*child.price_offset);
    (child.type == OrdType::Stop ? child.stop_price : child.limit_price) = price;
}

RestOrders::Refusal RestOrders::prepare_group(const std::string& session, RestGroupRequest& group) {
    if (!options_.position_based) return bad_order("groups need an account with positions");
    auto& first = group.orders.front();
    if (auto refusal = prepare(session, first)) return refusal;
    if (first.effect != PositionEffect::Open)
        return bad_order("the first order of a group opens a position");
    const bool is_oco = group.contingency == "OCO";
    if (is_oco && group.orders.size() != 2) return bad_order("an OCO group has two orders");
    for (std::size_t i = 1; i < group.orders.size(); ++i) {
        auto& other = group.orders[i];
        if (other.order_code == first.order_code)
            return RestRefusal{409, rest_error::kDuplicateId, "order code is there twice"};
        if (is_oco) {
            if (auto refusal = prepare(session, other)) return refusal;
            if (other.effect != PositionEffect::Open || *other.quantity != *first.quantity)
                return bad_order("the orders of an OCO group open the same quantity");
            continue;
        }
        if (auto refusal = check_ids(session, other)) return refusal;
        if (other.effect != PositionEffect::Close || other.side == first.side ||
            other.type == OrdType::Market || !other.has_no_quantity())
            return bad_order("an order behind another closes its position, without a quantity");
        resolve_offset(first, other);
    }
    return std::nullopt;
}

RestResponse RestOrders::place_group(const std::string& session, RestGroupRequest group) {
    if (const auto refusal = prepare_group(session, group)) return refused(*refusal);
    std::vector<std::string> codes;
    const char* kind = group.contingency == "OCO" ? own_tag::kOco
                       : group.orders.size() == 2 ? own_tag::kOto
                                                  : own_tag::kBracket;
    const std::string count = std::to_string(group.orders.size());
    FixMessage list{"E", {{66, "G-" + group.orders.front().order_code}, {68, count}}};
    list.add(own_tag::kContingency, kind);
    list.add(73, count);
    for (const auto& order : group.orders) {
        if (const auto refusal = refused_by_rule(session, order)) return refused(*refusal);
        codes.push_back(order.order_code);
        for (auto& field : fields_of(order, exchange_.venue().utc()))
            list.fields.push_back(std::move(field));
    }
    exchange_.receive(session, list);
    for (const auto& order : group.orders)
        if (const auto refusal = outcome(session, order, group.contingency))
            return refused(*refusal);
    return answer(session, codes, true);
}

RestResponse RestOrders::answer(const std::string& session, const std::vector<std::string>& codes,
                                bool is_group) {
    if (options_.empty_200_body) return {.status = 200, .body = {}};
    JsonWriter json{style_of(options_)};
    if (is_group) json.begin_object().key("orderResponses").begin_array();
    for (const auto& code : codes) {
        const RestOrder* record = book_.find(session, code);
        if (record == nullptr) continue;
        json.begin_object();
        if (options_.order_ids_as_strings) {
            json.text("orderId", std::to_string(record->number));
            json.text("updateOrderId", std::to_string(record->update_number));
        } else {
            json.integer("orderId", record->number);
            json.integer("updateOrderId", record->update_number);
        }
        json.end_object();
    }
    if (is_group) json.end_array().end_object();
    return {.status = 200, .body = json.str()};
}

}  // namespace broker::simulator
