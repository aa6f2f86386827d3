#include "dxtrade/rest/order_exchanges.hpp"

#include <string>
#include <utility>

#include "dxtrade/rest/acknowledgements.hpp"
#include "dxtrade/rest/order_answers.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::MonotonicTime;
using core::Reason;
using core::RequestKind;

// A cancel may meet several changes of other orders; a replace is made again once.
std::uint32_t max_rebuilds(RequestKind kind) { return kind == RequestKind::Cancel ? 3 : 1; }

RequestClass class_of(const OrderExchange& exchange) {
    return exchange.is_change() ? RequestClass::ChangeOrder : RequestClass::NewOrder;
}

}  // namespace

core::Result<RestRequest> replace_request(const core::ReplaceOrder& request, const SentOrder& sent,
                                          const ChannelParts& parts) {
    const core::Order& order = sent.order;
    const RequestContext context = parts.request_context();
    if (!order.list_id.empty() && parts.orders.place_in_list(order) == 0) {
        return core::fail(Reason::NotSupported,
                          "the other orders of its list are not known any more, and a change of "
                          "one alone would take the group apart");
    }
    const auto members = parts.orders.members(order.list_id);
    if (members.size() > 1) {
        return to_rest(request, order, members, sent.contingency, context);
    }
    std::string_view position_code;
    if (order.position_effect == core::PositionEffect::Close) position_code = sent.position_code;
    return to_rest(request, order, position_code, context);
}

// ---- on its way

core::Result<SentRequest> OrderExchanges::submit(OrderExchange exchange) {
    const core::MsgSeqNum number = exchange.number;
    const MonotonicTime journaled = exchange.journaled;
    const bool wants_etag = exchange.is_change() && etag_.must_be_read();
    const auto is_dispatched = wants_etag ? read_etag_first(exchange) : hand_over(exchange);
    if (!is_dispatched) return is_dispatched.error();
    exchanges_.emplace(number, std::move(exchange));
    return SentRequest{*is_dispatched ? number : 0, journaled, {}};
}

void OrderExchanges::resume(OrderExchange exchange) {
    const core::ClOrdID id = exchange.members.front().cl_ord_id;
    for (const auto& [number, known] : exchanges_) {
        if (has_member(known, id)) return;
    }
    doubts_.resume(std::move(exchange));
}

core::Result<bool> OrderExchanges::hand_over(OrderExchange& exchange) {
    RestCall call;
    call.request = exchange.request;
    call.rate_class = RateClass::Trade;
    call.lane = exchange.lane;
    call.not_after = exchange.not_after;
    const core::MsgSeqNum number = exchange.number;
    if (exchange.is_change()) call.if_match = [this] { return etag_.value(); };
    call.on_dispatch = [this, number, alive = parts_.alive()] {
        if (alive.expired()) return;
        const auto at = exchanges_.find(number);
        if (at != exchanges_.end()) tell_written(at->second);
    };
    call.done = [this, number, alive = parts_.alive()](net::HttpOutcome outcome) {
        if (!alive.expired()) on_outcome(number, std::move(outcome));
    };
    return parts_.client.send(std::move(call));
}

core::Result<bool> OrderExchanges::read_etag_first(const OrderExchange& exchange) {
    const auto asked =
        etag_.read(exchange.lane, exchange.not_after,
                   [this, number = exchange.number](const core::Result<void>& result) {
                       on_etag_read(number, result);
                   });
    if (!asked) return asked.error();
    return false;
}

void OrderExchanges::on_etag_read(core::MsgSeqNum number, const core::Result<void>& result) {
    const auto at = exchanges_.find(number);
    if (at == exchanges_.end()) return;
    core::Result<bool> handed_over = false;
    if (!result) {
        handed_over = result.error();
    } else {
        // The orders may have come to other terms by what has been read.
        OrderExchange& exchange = at->second;
        const SentOrder* sent = parts_.orders.find(exchange.members.front().order_id.view());
        if (exchange.kind == RequestKind::Replace && sent != nullptr) {
            auto made = replace_request(exchange.replace, *sent, parts_);
            if (made) exchange.request = std::move(*made);
        }
        handed_over = hand_over(exchange);
        if (handed_over && *handed_over) tell_written(exchange);
    }
    if (handed_over) return;
    const OrderExchange exchange = std::move(at->second);
    exchanges_.erase(at);
    if (exchange.rebuilds == 0) return tell_not_sent(exchange, handed_over.error());
    // It had been sent before, and the venue's answer proved that it was not acted on.
    refuse(exchange, {}, {Proof::PreconditionStale, handed_over.error().reason}, parts_.now());
}

// ---- what came of it

void OrderExchanges::on_outcome(core::MsgSeqNum number, net::HttpOutcome outcome) {
    const auto at = exchanges_.find(number);
    if (at == exchanges_.end()) return;
    OrderExchange exchange = std::move(at->second);
    exchanges_.erase(at);
    if (!outcome.was_written && !outcome.response) {
        if (exchange.rebuilds == 0) return tell_not_sent(exchange, outcome.response.error());
        return refuse(exchange, {}, {Proof::PreconditionStale, outcome.response.error().reason},
                      parts_.now());
    }
    exchange.written = outcome.written;
    tell_written(exchange);
    if (outcome.response) return on_answer(std::move(exchange), *outcome.response);
    core::Error why = outcome.response.error();
    why.reason = doubt_of(why.reason);
    doubts_.begin(std::move(exchange), why);
}

void OrderExchanges::on_answer(OrderExchange exchange, const net::HttpResponse& response) {
    if (response.status / 100 == 2) return on_taken(std::move(exchange), response);
    const RestError error =
        rest_error(response.status, response.header("Content-Type"), response.body);
    const Verdict said = verdict(error, class_of(exchange));
    if (rebuild(exchange, said.proof)) return;
    if (proves_not_done(said.proof)) return refuse(exchange, error, said, response.received);
    exchange.has_arrived = said.proof == Proof::Exists;
    if (exchange.has_arrived) exchange.may_repeat = false;
    doubts_.begin(std::move(exchange), core::fail(doubt_of(said.reason), text_of(error)));
}

void OrderExchanges::on_taken(OrderExchange exchange, const net::HttpResponse& response) {
    etag_.set(exchange.kind == RequestKind::Replace ? response.header("ETag") : "");
    const std::size_t asked = exchange.members.size();
    exchange.members = tell_acknowledged(parts_, exchange, response.body, response.received);
    acknowledged_();
    if (exchange.members.empty()) return;
    // Why: the identical request has the orders in it that were taken. And a venue may show those
    // that a triggering order waits with under other ids, so that their absence proves nothing.
    if (exchange.members.size() != asked) {
        exchange.may_repeat = false;
        exchange.has_arrived = true;
    }
    doubts_.begin(
        std::move(exchange),
        core::fail(Reason::OutcomeUnreadable, "HTTP " + std::to_string(response.status) +
                                                  ": the answer does not say that it was taken"));
}

// The venue has not acted on it for want of an ETag, or of the right one: read, build again, once.
bool OrderExchanges::rebuild(OrderExchange& exchange, Proof proof) {
    const bool is_missing = proof == Proof::PreconditionMissing;
    if (!exchange.is_change() || !(is_missing || proof == Proof::PreconditionStale)) return false;
    if (parts_.rules().orders.if_match == IfMatchRule::Never) return false;
    if (is_missing) etag_.demanded();
    etag_.set({});
    if (exchange.rebuilds >= max_rebuilds(exchange.kind)) return false;
    const std::uint32_t before = exchange.rebuilds++;
    const core::MsgSeqNum number = exchange.number;
    const auto asked = read_etag_first(exchange);
    if (!asked) {
        exchange.rebuilds = before;
        return false;
    }
    exchanges_.emplace(number, std::move(exchange));
    return true;
}

void OrderExchanges::refuse(const OrderExchange& exchange, const RestError& error,
                            const Verdict& said, MonotonicTime received) {
    const std::string text =
        error.status == 0 ? "refused as stale, and not sent again in time" : text_of(error);
    for (const ExchangeMember& member : exchange.members) {
        if (!exchange.is_change()) {
            parts_.listener.on_execution_report(refused_order(member, error, text, received));
            continue;
        }
        SentOrder* sent = parts_.orders.find(member.order_id.view());
        const core::ClOrdID in_force = sent != nullptr ? sent->order.cl_ord_id : member.order_id;
        end_change(exchange, member);
        parts_.listener.on_order_cancel_reject(
            refused_change(exchange, member, in_force, error, text, received));
        // How it has ended, or whether it is there at all, is in the history.
        if (said.proof != Proof::OrderFinal && said.proof != Proof::OrderUnknown) continue;
        (void)look_ups_.look_up(member.order_id, [this](const LookedUp& answer) {
            look_ups_.tell_pictures(answer, 0);
        });
    }
}

void OrderExchanges::tell_written(const OrderExchange& exchange) {
    const SentRequest sent{exchange.number, exchange.journaled, exchange.written};
    for (const ExchangeMember& member : exchange.members) {
        parts_.listener.on_request_written(member.cl_ord_id.view(), sent);
    }
}

void OrderExchanges::tell_not_sent(const OrderExchange& exchange, const core::Error& error) {
    for (const ExchangeMember& member : exchange.members) {
        if (exchange.is_change()) end_change(exchange, member);
        parts_.listener.on_request_not_sent(member.cl_ord_id.view(), error);
    }
}

void OrderExchanges::end_change(const OrderExchange& exchange, const ExchangeMember& member) {
    SentOrder* sent = parts_.orders.find(member.order_id.view());
    if (sent != nullptr && exchange.is_change()) sent->end_change(member.cl_ord_id.view());
}

}  // namespace broker::dxtrade::rest
