#include "dxtrade/rest/rest_orders.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/order_requests.hpp"
#include "dxtrade/rest/request_rules.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::MonotonicTime;
using core::Reason;
using core::RequestKind;

PendingChange change_of(RequestKind kind, const core::ClOrdID& id) {
    PendingChange change;
    change.kind = kind;
    change.cl_ord_id = id;
    return change;
}

// With the terms that show whether it is in force.
core::ReplaceOrder replace_of(const core::Request& request) {
    core::ReplaceOrder replace;
    replace.cl_ord_id = request.cl_ord_id;
    replace.orig_cl_ord_id = request.orig_cl_ord_id;
    replace.order_qty = request.order_qty;
    replace.price = request.price;
    replace.stop_px = request.stop_px;
    replace.expire_time = request.expire_time;
    replace.time_in_force = request.time_in_force;
    return replace;
}

}  // namespace

// ---- what is sent

// Why the signal: the order's age is counted from the moment that made it worth sending.
OrderExchange RestOrders::exchange_of(RequestKind kind, const core::StageTimes& stages) {
    OrderExchange exchange;
    exchange.number = next_number_++;
    exchange.kind = kind;
    exchange.journaled = parts_.now();
    const bool has_signal = stages.signal != MonotonicTime{};
    const MonotonicTime from = has_signal ? stages.signal : exchange.journaled;
    switch (kind) {
        case RequestKind::New:
            exchange.lane = net::HttpLane::New;
            exchange.not_after = from + parts_.settings.order_ttl;
            break;
        case RequestKind::Replace:
            exchange.lane = net::HttpLane::Replace;
            exchange.not_after = from + parts_.settings.order_ttl;
            exchange.may_repeat = false;
            break;
        case RequestKind::Cancel:
            exchange.lane = net::HttpLane::Cancel;
            exchange.not_after = exchange.journaled + parts_.settings.cancel_ttl;
            exchange.may_repeat = false;
            break;
    }
    return exchange;
}

// A limit or stop that closes a position carries no quantity and closes all of it (reference 7.2).
core::Result<void> RestOrders::check_closes_all(const core::NewOrder& order) const {
    if (!has_no_quantity(order, parts_.request_context())) return {};
    const std::string_view code = order.instructions.position_code.view();
    const auto held = parts_.tracker.position_qty(code);
    if (held && *held == order.order_qty) return {};
    return core::fail(Reason::InvalidField,
                      "order_qty: a limit or stop order closes all of a position: expected " +
                          (held ? held->to_string() : std::string{"that of a known one"}) +
                          " of position_code " + std::string{code});
}

core::Result<SentRequest> RestOrders::send(const core::NewOrder& order) {
    if (const auto whole = check_closes_all(order); !whole) return whole.error();
    auto request = to_rest(order, parts_.request_context());
    if (!request) return request.error();
    OrderExchange exchange = exchange_of(RequestKind::New, order.stages);
    exchange.members.push_back({order.cl_ord_id, order.cl_ord_id});
    exchange.request = std::move(*request);
    const auto sent = exchanges_.submit(std::move(exchange));
    if (sent) parts_.orders.put(core::order_of(order), core::Contingency::Unspecified);
    return sent;
}

core::Result<SentRequest> RestOrders::send(const core::NewOrderList& list) {
    auto request = to_rest(list, parts_.request_context());
    if (!request) return request.error();
    OrderExchange exchange = exchange_of(RequestKind::New, list.orders[0].stages);
    for (const core::NewOrder& order : list.members()) {
        exchange.members.push_back({order.cl_ord_id, order.cl_ord_id, exchange.members.size()});
    }
    exchange.list_id = list.list_id;
    exchange.responses = exchange.members.size();
    exchange.request = std::move(*request);
    const auto sent = exchanges_.submit(std::move(exchange));
    if (!sent) return sent;
    for (const core::NewOrder& each : list.members()) {
        core::Order order = core::order_of(each);
        order.list_id = list.list_id;
        parts_.orders.put(order, list.contingency);
    }
    return sent;
}

core::Result<SentRequest> RestOrders::send(const core::ReplaceOrder& request,
                                           const core::Order& order) {
    SentOrder& sent = parts_.orders.put(order, core::Contingency::Unspecified);
    auto made = replace_request(request, sent, parts_);
    if (!made) return made.error();
    OrderExchange exchange = exchange_of(RequestKind::Replace, request.stages);
    exchange.members.push_back({request.cl_ord_id, order.first_cl_ord_id});
    if (const auto group = parts_.orders.members(order.list_id); group.size() > 1) {
        const auto place = std::find(group.begin(), group.end(), &sent.order) - group.begin();
        exchange.members.front().place = static_cast<std::size_t>(place);
        exchange.responses = group.size();
    }
    exchange.request = std::move(*made);
    exchange.replace = request;
    const auto taken = exchanges_.submit(std::move(exchange));
    if (!taken) return taken;
    PendingChange change = change_of(RequestKind::Replace, request.cl_ord_id);
    change.replace = request;
    parts_.orders.add_change(sent, std::move(change));
    return taken;
}

core::Result<SentRequest> RestOrders::send(const core::CancelOrder& request,
                                           const core::Order& order) {
    OrderExchange exchange = exchange_of(RequestKind::Cancel, request.stages);
    exchange.members.push_back({request.cl_ord_id, order.first_cl_ord_id});
    auto made = cancel_to_rest(order, parts_.request_context());
    if (!made) return made.error();
    exchange.request = std::move(*made);
    SentOrder& sent = parts_.orders.put(order, core::Contingency::Unspecified);
    const auto taken = exchanges_.submit(std::move(exchange));
    if (taken) {
        parts_.orders.add_change(sent, change_of(RequestKind::Cancel, request.cl_ord_id));
    }
    return taken;
}

core::Result<SentRequest> RestOrders::send(const core::CancelOrderList& request) {
    if (!parts_.settings.profile.order_lists.can_cancel_list) {
        return core::fail(Reason::NotSupported,
                          "cancel of a list: profile key order_lists.can_cancel_list is false");
    }
    const auto members = parts_.orders.members(request.list_id);
    if (members.empty()) {
        return core::fail(Reason::OrderUnknown,
                          "no live order of list " + std::string{request.list_id.view()});
    }
    OrderExchange exchange = exchange_of(RequestKind::Cancel, request.stages);
    for (const core::Order* order : members) {
        std::string id{request.cl_ord_id_prefix.view()};
        id += std::to_string(parts_.orders.place_in_list(*order));
        exchange.members.push_back(
            {core::ClOrdID::from(id).value(), order->first_cl_ord_id, exchange.members.size()});
    }
    exchange.responses = exchange.members.size();
    const core::Contingency contingency =
        parts_.orders.find(members.front()->first_cl_ord_id.view())->contingency;
    auto made = cancel_group_to_rest(members, contingency, parts_.request_context());
    if (!made) return made.error();
    exchange.request = std::move(*made);
    const std::vector<ExchangeMember> cancels = exchange.members;
    const auto taken = exchanges_.submit(std::move(exchange));
    if (!taken) return taken;
    for (const ExchangeMember& cancel : cancels) {
        parts_.orders.add_change(*parts_.orders.find(cancel.order_id.view()),
                                 change_of(RequestKind::Cancel, cancel.cl_ord_id));
    }
    return taken;
}

// Why written now: when it was is not known, and what is late may arrive until the grace is over.
void RestOrders::resume(const core::Order& order, const core::Request& request, bool has_arrived) {
    OrderExchange exchange;
    exchange.number = next_number_++;
    exchange.kind = request.kind;
    exchange.members.push_back({request.cl_ord_id, order.first_cl_ord_id});
    exchange.written = parts_.now();
    exchange.has_arrived = has_arrived;
    exchange.may_repeat = false;
    if (!exchange.is_change()) exchange.list_id = order.list_id;
    SentOrder& sent = parts_.orders.put(order, core::Contingency::Unspecified);
    if (exchange.is_change() && sent.find_change(request.cl_ord_id.view()) == nullptr) {
        PendingChange change = change_of(request.kind, request.cl_ord_id);
        if (request.kind == RequestKind::Replace) change.replace = replace_of(request);
        change.is_in_doubt = true;
        change.written = exchange.written;
        parts_.orders.add_change(sent, std::move(change));
    }
    exchanges_.resume(std::move(exchange));
}

core::Result<SentRequest> RestOrders::request_status(const core::Order& order) {
    const core::MsgSeqNum number = next_number_++;
    const auto asked =
        look_ups_.look_up(order.first_cl_ord_id, [this, number](const LookedUp& answer) {
            if (!answer.found.empty()) return look_ups_.tell_pictures(answer, 0);
            core::MessageReject none;
            none.reason = Reason::RejectedByApplication;
            none.ref_seq_num = number;
            none.ref_msg_type = "H";
            none.text = answer.is_answered ? "the venue's order history does not have the order"
                                           : "the venue has not said what became of the order";
            none.received = parts_.now();
            parts_.listener.on_message_reject(none);
        });
    if (!asked) return asked.error();
    return SentRequest{number, parts_.now(), {}};
}

}  // namespace broker::dxtrade::rest
