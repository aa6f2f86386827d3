#include "dxtrade/rest/order_doubts.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "dxtrade/rest/acknowledgements.hpp"
#include "dxtrade/rest/order_answers.hpp"
#include "dxtrade/rest/record_reader.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Duration;
using core::MonotonicTime;
using core::RequestKind;

constexpr Duration kFirstWait = std::chrono::milliseconds{500};
constexpr Duration kLongestWait = std::chrono::seconds{30};

Duration wait_before(std::uint32_t round) {
    return std::min(kFirstWait * (1U << std::min(round, 6U)), kLongestWait);
}

}  // namespace

void OrderDoubts::begin(OrderExchange exchange, const core::Error& why) {
    for (const ExchangeMember& member : exchange.members) {
        SentOrder* sent = parts_.orders.find(member.order_id.view());
        PendingChange* change =
            sent != nullptr ? sent->find_change(member.cl_ord_id.view()) : nullptr;
        if (change != nullptr) {
            change->is_in_doubt = true;
            change->written = exchange.written;
        }
    }
    const std::vector<ExchangeMember> members = exchange.members;
    const core::MsgSeqNum number = exchange.number;
    const bool is_kept = doubts_.size() < kMaxDoubts;
    if (is_kept) {
        Doubt& doubt = doubts_[number];
        doubt.exchange = std::move(exchange);
        doubt.next_round = parts_.now();
    }
    for (const ExchangeMember& member : members) {
        parts_.listener.on_request_in_doubt(member.cl_ord_id.view(), why);
    }
    if (is_kept) ask(number);
}

void OrderDoubts::resume(OrderExchange exchange) {
    const core::ClOrdID id = exchange.members.front().cl_ord_id;
    Doubt* of_list = nullptr;
    for (auto& [number, doubt] : doubts_) {
        if (has_member(doubt.exchange, id)) return;
        const bool is_same =
            doubt.exchange.list_id == exchange.list_id && !doubt.exchange.is_change();
        if (is_same && !exchange.list_id.empty() && !exchange.is_change()) of_list = &doubt;
    }
    if (of_list != nullptr && of_list->tries == 0 && of_list->open_look_ups == 0) {
        of_list->exchange.members.push_back(exchange.members.front());
        of_list->exchange.has_arrived |= exchange.has_arrived;
        return;
    }
    if (doubts_.size() >= kMaxDoubts) return;
    // What the list's other orders have come to is past: their being there is no news any more.
    if (of_list != nullptr) exchange.has_arrived = true;
    Doubt& doubt = doubts_[exchange.number];
    doubt.exchange = std::move(exchange);
    doubt.next_round = parts_.now();
}

void OrderDoubts::on_tick() {
    std::vector<core::MsgSeqNum> due;
    for (const auto& [number, doubt] : doubts_) {
        const bool is_idle = doubt.open_look_ups == 0 && !doubt.is_repeating;
        if (is_idle && doubt.next_round <= parts_.now()) due.push_back(number);
    }
    for (const core::MsgSeqNum number : due) ask(number);
}

// ---- a round of look-ups

void OrderDoubts::ask(core::MsgSeqNum number) {
    const auto at = doubts_.find(number);
    if (at == doubts_.end()) return;
    Doubt& doubt = at->second;
    doubt.is_complete = true;
    doubt.asked = parts_.now();
    for (const ExchangeMember& member : doubt.exchange.members) {
        const auto asked = look_ups_.look_up(
            member.order_id, [this, number, order = member.order_id](const LookedUp& answer) {
                on_looked_up(number, order, answer);
            });
        if (asked) {
            ++doubt.open_look_ups;
        } else {
            doubt.is_complete = false;
        }
    }
    if (doubt.open_look_ups == 0) plan_next_round(doubt);
}

void OrderDoubts::on_looked_up(core::MsgSeqNum number, const core::ClOrdID& order,
                               const LookedUp& answer) {
    const auto at = doubts_.find(number);
    if (at == doubts_.end()) return;
    Doubt& doubt = at->second;
    --doubt.open_look_ups;
    doubt.asked = std::min(doubt.asked, answer.asked);
    if (!answer.is_complete) doubt.is_complete = false;
    look_ups_.tell_pictures(answer, 0);
    std::vector<ExchangeMember>& members = doubt.exchange.members;
    const auto member =
        std::find_if(members.begin(), members.end(),
                     [&](const ExchangeMember& each) { return each.order_id == order; });
    if (member != members.end() && settles(doubt, *member, answer)) {
        members.erase(member);
        doubt.exchange.has_arrived = true;  // the others with it
    }
    if (doubt.open_look_ups == 0) end_round(number);
}

// The history has shown the order: whether that says what became of the request. The pictures have
// been told, so that the ledger knows what they prove.
bool OrderDoubts::settles(const Doubt& doubt, const ExchangeMember& member,
                          const LookedUp& answer) {
    if (answer.found.empty()) return false;
    if (doubt.exchange.kind == RequestKind::New) return true;
    SentOrder* sent = parts_.orders.find(member.order_id.view());
    if (sent == nullptr || sent->find_change(member.cl_ord_id.view()) == nullptr) return true;
    const bool has_ended = std::any_of(answer.found.begin(), answer.found.end(),
                                       [](const RestOrder& order) { return is_final(order); });
    const bool may_arrive = answer.asked < doubt.exchange.written + parts_.settings.absence_grace;
    if (!has_ended && may_arrive) return false;
    if (!has_ended) {
        const RestError none;
        parts_.listener.on_order_cancel_reject(
            refused_change(doubt.exchange, member, sent->order.cl_ord_id, none,
                           "the order works on as before: the request has not reached the venue",
                           answer.received));
    }
    sent->end_change(member.cl_ord_id.view());
    return true;
}

void OrderDoubts::end_round(core::MsgSeqNum number) {
    const auto at = doubts_.find(number);
    if (at == doubts_.end()) return;
    Doubt& doubt = at->second;
    const OrderExchange& exchange = doubt.exchange;
    ++doubt.tries;
    if (doubt.is_complete) ++doubt.rounds;
    if (exchange.members.empty()) {
        doubts_.erase(at);
        return;
    }
    const bool is_absent = exchange.kind == RequestKind::New && doubt.is_complete;
    if (is_absent && repeat(doubt)) return;
    const bool has_had_time = doubt.asked >= exchange.written + parts_.settings.absence_grace;
    if (is_absent && !exchange.has_arrived && has_had_time) {
        const Doubt ended = std::move(doubt);
        doubts_.erase(at);
        return tell_absent(ended);
    }
    if (doubt.rounds < kMaxRounds) return plan_next_round(doubt);
    parts_.listener.on_notice(core::Channel::Rest,
                              std::string{"ClOrdID="}
                                  .append(exchange.members.front().cl_ord_id.view())
                                  .append(": the order history does not say what became of it"));
    doubts_.erase(at);
}

void OrderDoubts::plan_next_round(Doubt& doubt) {
    const MonotonicTime now = parts_.now();
    const MonotonicTime grace_ends = doubt.exchange.written + parts_.settings.absence_grace;
    doubt.next_round = now + wait_before(doubt.tries);
    if (now < grace_ends) doubt.next_round = std::min(doubt.next_round, grace_ends);
}

// Why the text counts from the last attempt: either of the two might have been late.
void OrderDoubts::tell_absent(const Doubt& doubt) {
    const auto waited =
        std::chrono::duration_cast<std::chrono::milliseconds>(doubt.asked - doubt.exchange.written);
    const std::string text = "the venue's order history does not have it " +
                             std::to_string(waited.count()) + " ms after it was sent";
    for (const ExchangeMember& member : doubt.exchange.members) {
        parts_.listener.on_execution_report(absent_order(member, text, parts_.now()));
    }
}

// ---- once more

bool OrderDoubts::repeat(Doubt& doubt) {
    OrderExchange& exchange = doubt.exchange;
    if (!exchange.may_repeat || exchange.has_arrived || parts_.now() >= exchange.not_after) {
        return false;
    }
    exchange.may_repeat = false;
    RestCall call;
    call.request = exchange.request;
    call.rate_class = RateClass::Trade;
    call.lane = exchange.lane;
    call.not_after = exchange.not_after;
    call.done = [this, number = exchange.number, alive = parts_.alive()](net::HttpOutcome outcome) {
        if (!alive.expired()) on_repeated(number, std::move(outcome));
    };
    doubt.is_repeating = parts_.client.send(std::move(call)).has_value();
    return doubt.is_repeating;
}

void OrderDoubts::on_repeated(core::MsgSeqNum number, net::HttpOutcome outcome) {
    const auto at = doubts_.find(number);
    if (at == doubts_.end()) return;
    Doubt& doubt = at->second;
    doubt.is_repeating = false;
    if (outcome.was_written) doubt.exchange.written = outcome.written;
    const bool is_answered = outcome.response.has_value();
    const unsigned status = is_answered ? outcome.response->status : 0;
    const bool is_taken = status / 100 == 2;
    bool exists = false;
    if (is_answered && !is_taken) {
        const net::HttpResponse& response = *outcome.response;
        const RestError error = rest_error(status, response.header("Content-Type"), response.body);
        exists = verdict(error, RequestClass::NewOrder).proof == Proof::Exists;
    }
    if (!is_taken && !exists) return plan_next_round(doubt);
    Doubt ended = std::move(doubt);
    doubts_.erase(at);
    const std::string_view body = is_taken ? std::string_view{outcome.response->body} : "";
    if (tell_acknowledged(parts_, ended.exchange, body, outcome.response->received).empty()) return;
    ended.exchange.has_arrived = true;  // taken, by an answer that cannot be read
    doubts_.emplace(number, std::move(ended)).first->second.next_round = parts_.now();
}

}  // namespace broker::dxtrade::rest
