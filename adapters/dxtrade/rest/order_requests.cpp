#include "dxtrade/rest/order_requests.hpp"

#include <vector>

#include "core/named_fields.hpp"
#include "dxtrade/json/json_writer.hpp"
#include "dxtrade/rest/enum_words.hpp"
#include "dxtrade/rest/history.hpp"
#include "dxtrade/rest/request_rules.hpp"
#include "net/uri.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::fail;
using core::NewOrder;
using core::OrdType;
using core::PositionEffect;
using core::Reason;
using core::Result;
using json::Writer;

// How an order is put: by itself or as a member of a group, new or changed.
struct Form {
    bool has_type = true;
    std::string_view position_code;
};

core::Result<std::string> venue_symbol(std::string_view symbol, const RequestContext& context) {
    const auto venue = context.symbols.to_venue(symbol);
    if (!venue) {
        return fail(Reason::SymbolUnknown, "symbol: profile " + context.profile.name +
                                               " does not have " + std::string{symbol} +
                                               " (symbols.map)");
    }
    if (!venue->sfx.empty()) {
        return fail(Reason::NotSupported, "symbol: REST has no suffix of symbols (symbols.map)");
    }
    return std::string{venue->symbol};
}

std::string account_path(const RequestContext& context) {
    return "/accounts/" + net::encode_segment(context.account);
}

// A limit or stop order that closes a position always closes all of it: with a quantity it would be
// refused.
std::optional<core::Decimal> quantity_of(const NewOrder& order, const RequestContext& context) {
    const bool is_attached = context.is_position_based &&
                             order.position_effect == PositionEffect::Close &&
                             order.ord_type != OrdType::Market;
    return is_attached ? std::nullopt : std::optional{order.order_qty};
}

void write_position(const NewOrder& order, const Form& form, const RequestContext& context,
                    Writer& writer) {
    if (!context.is_position_based) return;
    writer.member("positionEffect", word_of(order.position_effect));
    if (order.position_effect == PositionEffect::Close && !form.position_code.empty()) {
        writer.member("positionCode", form.position_code);
    }
}

void write_prices(const NewOrder& order, Writer& writer) {
    if (order.price) writer.member("limitPrice", *order.price);
    if (order.stop_px) writer.member("stopPrice", *order.stop_px);
    const auto& offset = order.instructions.peg_offset_value;
    if (offset) writer.member("priceOffset", *offset);
}

void write_time_in_force(const NewOrder& order, const RequestContext& context, Writer& writer) {
    const bool is_gtc_anyway =
        order.ord_type == OrdType::Market && context.profile.rest.orders.sends_tif_gtc_for_market;
    const auto tif = is_gtc_anyway ? core::TimeInForce::GoodTillCancel : order.time_in_force;
    writer.member("tif", word_of(tif));
    if (order.expire_time) writer.member("expireDate", timestamp_text(*order.expire_time));
}

void write_metadata(const NewOrder& order, Writer& writer) {
    std::string_view rest = order.instructions.fields.view();
    if (rest.empty()) return;
    writer.key("metadata").begin_object();
    while (const auto field = core::next_field(rest)) writer.member(field->name, field->value);
    writer.end_object();
}

// SingleOrderRequest of an order that has passed the rules.
Result<void> write_order(const NewOrder& order, const Form& form, const RequestContext& context,
                         Writer& writer) {
    const auto symbol = venue_symbol(order.symbol.view(), context);
    if (!symbol) return symbol.error();
    writer.begin_object();
    writer.member("orderCode", order.cl_ord_id.view());
    if (form.has_type) writer.member("type", word_of(order.ord_type));
    writer.member("instrument", *symbol);
    if (const auto quantity = quantity_of(order, context)) writer.member("quantity", *quantity);
    write_position(order, form, context, writer);
    writer.member("side", word_of(order.side));
    write_prices(order, writer);
    write_time_in_force(order, context, writer);
    write_metadata(order, writer);
    writer.end_object();
    return {};
}

Result<RestRequest> order_request(net::HttpMethod method, const NewOrder& order, const Form& form,
                                  const RequestContext& context) {
    Writer writer;
    if (const auto result = write_order(order, form, context, writer); !result) {
        return result.error();
    }
    return RestRequest{method, account_path(context) + "/orders", writer.take()};
}

std::string_view contingency_word(core::Contingency contingency) {
    return contingency == core::Contingency::OneCancelsOther ? "OCO" : "IF-THEN";
}

Result<RestRequest> group_request(net::HttpMethod method, std::span<const NewOrder> orders,
                                  core::Contingency contingency, const RequestContext& context) {
    Writer writer;
    writer.begin_object().member("contingencyType", contingency_word(contingency));
    writer.key("orders").begin_array();
    for (const NewOrder& order : orders) {
        if (const auto result = write_order(order, {}, context, writer); !result) {
            return result.error();
        }
    }
    writer.end_array().end_object();
    return RestRequest{method, account_path(context) + "/orders", writer.take()};
}

// The request that would make the order as it is. orderCode is its first ClOrdID: it stays through
// all changes.
NewOrder restated(const core::Order& order) {
    NewOrder result;
    result.cl_ord_id = order.first_cl_ord_id;
    result.symbol = order.symbol;
    result.side = order.side;
    result.ord_type = order.ord_type;
    result.time_in_force = order.time_in_force;
    result.position_effect = order.position_effect;
    result.order_qty = order.order_qty;
    result.price = order.price;
    result.stop_px = order.stop_px;
    result.expire_time = order.expire_time;
    result.instructions = order.instructions;
    return result;
}

// The order as it is to be.
Result<NewOrder> changed(const core::Order& order, const core::ReplaceOrder& request) {
    NewOrder result = restated(order);
    const auto fields = core::merge_fields(order.instructions.fields, request.fields);
    if (!fields) return fail(Reason::InvalidField, "fields: expected at most 255 bytes in all");
    result.instructions.fields = *fields;
    if (request.order_qty) result.order_qty = *request.order_qty;
    if (request.price) result.price = request.price;
    if (request.stop_px) result.stop_px = request.stop_px;
    if (request.peg_offset_value) result.instructions.peg_offset_value = request.peg_offset_value;
    if (request.expire_time) result.expire_time = request.expire_time;
    if (request.time_in_force != core::TimeInForce::Unspecified) {
        result.time_in_force = request.time_in_force;
        // An expiry goes with GoodTillDate, and not beyond it.
        if (request.time_in_force != core::TimeInForce::GoodTillDate && !request.expire_time) {
            result.expire_time.reset();
        }
    }
    return result;
}

// Percent-encoded.
Result<std::string> order_code_of(const core::Order& order, std::string_view venue_order_code) {
    const std::string_view own = order.first_cl_ord_id.view();
    const std::string_view code = own.empty() ? venue_order_code : own;
    if (code.empty()) {
        return fail(Reason::NotSupported, "orig_cl_ord_id: order " +
                                              std::string{order.order_id.view()} +
                                              " has no code that REST could name it by");
    }
    return net::encode_segment(code);
}

}  // namespace

bool is_position_based(PositionModel model, std::optional<bool> reported) {
    switch (model) {
        case PositionModel::PositionBased:
            return true;
        case PositionModel::Net:
            return false;
        default:
            return reported.value_or(true);
    }
}

Result<RestRequest> to_rest(const NewOrder& order, const RequestContext& context) {
    if (auto result = check_order(order, context); !result) return result.error();
    return order_request(net::HttpMethod::Post, order,
                         {true, order.instructions.position_code.view()}, context);
}

Result<RestRequest> to_rest(const core::NewOrderList& list, const RequestContext& context) {
    if (auto result = check_group(list.members(), list.contingency, context); !result) {
        return result.error();
    }
    return group_request(net::HttpMethod::Post, list.members(), list.contingency, context);
}

Result<RestRequest> to_rest(const core::ReplaceOrder& request, const core::Order& order,
                            std::string_view position_code, const RequestContext& context) {
    if (auto result = check_replace(request, context); !result) return result.error();
    auto target = changed(order, request);
    if (!target) return target.error();
    if (!position_code.empty()) {
        const auto code = core::FixedString<64>::from(position_code);
        if (!code) return fail(Reason::InvalidField, "position_code: expected at most 64 bytes");
        target->instructions.position_code = *code;
    }
    // The venue's pictures name the position that an order opens; a request must not.
    if (target->position_effect != PositionEffect::Close) target->instructions.position_code = {};
    if (auto result = check_order(*target, context); !result) return result.error();
    if (request.order_qty && !quantity_of(*target, context)) {
        return fail(Reason::InvalidField,
                    "order_qty: expected none, since the order closes all of its position");
    }
    return order_request(
        net::HttpMethod::Put, *target,
        {context.profile.rest.orders.sends_type_in_put, target->instructions.position_code.view()},
        context);
}

Result<RestRequest> to_rest(const core::ReplaceOrder& request, const core::Order& order,
                            std::span<const core::Order* const> members,
                            core::Contingency contingency, const RequestContext& context) {
    if (auto result = check_replace(request, context); !result) return result.error();
    std::vector<NewOrder> orders;
    bool has_order = false;
    for (const core::Order* member : members) {
        const bool is_changed = member->first_cl_ord_id == order.first_cl_ord_id;
        has_order = has_order || is_changed;
        auto target = is_changed ? changed(*member, request) : restated(*member);
        if (!target) return target.error();
        target->instructions.position_code = {};
        orders.push_back(*target);
    }
    if (!has_order) return fail(Reason::InternalError, "replace: the order is not of the group");
    // The quantity of children is the parent's, whichever of them it is changed by.
    if (contingency != core::Contingency::OneCancelsOther) {
        if (request.order_qty && orders.front().cl_ord_id != order.first_cl_ord_id) {
            return fail(Reason::InvalidField,
                        "order_qty: expected a change of the first order of the group");
        }
        for (NewOrder& child : orders) child.order_qty = orders.front().order_qty;
    }
    if (auto result = check_group(orders, contingency, context); !result) return result.error();
    return group_request(net::HttpMethod::Put, orders, contingency, context);
}

Result<RestRequest> cancel_to_rest(const core::Order& order, const RequestContext& context,
                                   std::string_view venue_order_code) {
    const auto code = order_code_of(order, venue_order_code);
    if (!code) return code.error();
    return RestRequest{net::HttpMethod::Delete, account_path(context) + "/orders/" + *code, {}};
}

Result<RestRequest> cancel_group_to_rest(std::span<const core::Order* const> members,
                                         core::Contingency contingency,
                                         const RequestContext& context) {
    std::string codes;
    for (const core::Order* member : members) {
        const auto code = order_code_of(*member, {});
        if (!code) return code.error();
        if (!codes.empty()) codes += ',';
        codes += *code;
    }
    if (codes.empty()) return fail(Reason::InternalError, "cancel: the group has no orders");
    return RestRequest{net::HttpMethod::Delete,
                       account_path(context) + "/orders/group?order-codes=" + codes +
                           "&contingency-type=" + std::string{contingency_word(contingency)},
                       {}};
}

Result<RestRequest> to_rest(const CloseAll& request, const RequestContext& context) {
    if (!context.profile.rest.orders.can_close_all) {
        return fail(Reason::NotSupported, "close: profile " + context.profile.name +
                                              " does not offer it (rest.orders.can_close_all)");
    }
    Writer writer;
    writer.begin_object();
    if (!request.symbol.empty()) {
        const auto symbol = venue_symbol(request.symbol, context);
        if (!symbol) return symbol.error();
        writer.member("instrument", *symbol);
    }
    writer.key("closePositions").boolean(request.closes_positions);
    writer.key("cancelOrders").boolean(request.cancels_orders);
    if (!request.comment.empty()) writer.member("comment", request.comment);
    writer.end_object();
    return RestRequest{net::HttpMethod::Post, account_path(context) + "/close", writer.take()};
}

Result<RestRequest> to_rest(const ClosePosition& request, const RequestContext& context) {
    const auto symbol = venue_symbol(request.symbol, context);
    if (!symbol) return symbol.error();
    const bool is_long = request.side == core::Side::Buy;
    if (!is_long && request.side != core::Side::Sell) {
        return fail(Reason::InvalidField, "side: expected the position's, Buy or Sell");
    }
    if (!context.is_position_based && !request.quantity) {
        return fail(Reason::InvalidField,
                    "quantity: expected one, since a net position is closed by an opposite order");
    }
    if (context.is_position_based && request.position_code.empty()) {
        return fail(Reason::InvalidField, "position_code: expected with an order that closes");
    }
    Writer writer;
    writer.begin_object().member("orderCode", request.cl_ord_id).member("type", "MARKET");
    writer.member("instrument", *symbol);
    if (request.quantity) writer.member("quantity", *request.quantity);
    if (context.is_position_based) {
        writer.member("positionEffect", "CLOSE").member("positionCode", request.position_code);
    }
    writer.member("side", is_long ? "SELL" : "BUY").member("tif", "GTC").end_object();
    return RestRequest{net::HttpMethod::Post, account_path(context) + "/orders", writer.take()};
}

}  // namespace broker::dxtrade::rest
