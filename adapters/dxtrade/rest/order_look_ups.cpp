#include "dxtrade/rest/order_look_ups.hpp"

#include <utility>

#include "dxtrade/rest/history.hpp"
#include "dxtrade/rest/record_reader.hpp"

namespace broker::dxtrade::rest {

void OrderLookUps::for_tracker(const push::OrderLookUp& order) {
    if (ask(order, true, {})) return;
    parts_.host.transport().call_at(parts_.now(), [this, order, alive = parts_.alive()] {
        if (!alive.expired()) parts_.tracker.on_look_up_failed(order);
    });
}

core::Result<void> OrderLookUps::look_up(const core::ClOrdID& client_id, Done done) {
    push::OrderLookUp order;
    order.client_order_id = client_id.view();
    return ask(order, false, std::move(done));
}

core::Result<void> OrderLookUps::ask(const push::OrderLookUp& order, bool is_for_tracker,
                                     Done done) {
    const bool has_client_id = !order.client_order_id.empty();
    if (!has_client_id && order.order_id.empty()) {
        return core::fail(core::Reason::OrderUnknown, "the order has no name to be asked for by");
    }
    const std::string key = has_client_id ? 'c' + order.client_order_id : 'o' + order.order_id;
    if (const auto running = open_.find(key); running != open_.end()) {
        running->second.is_for_tracker |= is_for_tracker;
        if (done) running->second.waiting.push_back(std::move(done));
        return {};
    }
    if (open_.size() >= kMaxOpen) {
        return core::fail(core::Reason::TooManyRequests, "too many orders are looked up already");
    }
    HistoryFilter filter;
    filter.client_order_id = order.client_order_id;
    if (!has_client_id) filter.order_id = order.order_id;
    RestCall call;
    call.request.target = order_history_target(parts_.settings.account, filter, parts_.rules());
    call.lane = net::HttpLane::New;  // before questions that no order hangs on
    call.not_after = parts_.now() + parts_.settings.query_timeout;
    call.done = [this, key, alive = parts_.alive()](net::HttpOutcome outcome) {
        if (!alive.expired()) on_answer(key, std::move(outcome));
    };
    const auto sent = parts_.client.send(std::move(call));
    if (!sent) return sent.error();
    Open& open = open_[key];
    open.order = order;
    open.asked = parts_.now();
    open.is_for_tracker = is_for_tracker;
    if (done) open.waiting.push_back(std::move(done));
    return {};
}

void OrderLookUps::on_answer(const std::string& key, net::HttpOutcome outcome) {
    const auto at = open_.find(key);
    if (at == open_.end()) return;
    Open open = std::move(at->second);
    open_.erase(at);
    const ReadAnswer answer = read_answer(std::move(outcome), "order history");
    if (!answer.response) return tell(std::move(open), nullptr, {});
    json::ReadFaults faults;
    const auto page = orders_from_json(answer.response->body, faults);
    parts_.tell_faults(faults, "order history");
    LookedUp told;
    told.is_answered = page.has_value();
    told.is_complete = page.has_value() && faults.empty();
    told.received = answer.response->received;
    tell(std::move(open), page ? &*page : nullptr, told);
}

void OrderLookUps::tell(Open open, const OrderPage* page, LookedUp answer) {
    answer.asked = open.asked;
    std::vector<RestOrder> found;  // why filtered: a venue may ignore a filter it does not know
    if (page != nullptr) {
        for (const RestOrder& order : page->orders) {
            const bool is_meant = !open.order.client_order_id.empty()
                                      ? order.client_order_id == open.order.client_order_id
                                      : order.order_id == open.order.order_id;
            if (is_meant) found.push_back(order);
        }
    }
    answer.found = found;
    if (open.is_for_tracker) {
        if (answer.is_complete || !answer.found.empty()) {
            parts_.tracker.on_looked_up(open.order, answer.found, answer.received);
        } else {
            parts_.tracker.on_look_up_failed(open.order);
        }
    } else if (answer.is_answered) {
        parts_.tracker.on_orders(answer.found, core::Channel::Rest, answer.received);
    }
    for (const Done& done : open.waiting) done(answer);
}

void OrderLookUps::tell_pictures(const LookedUp& answer, std::uint64_t request_id) {
    for (const RestOrder& order : answer.found) {
        core::ExecutionReport report =
            order_picture(order, parts_.report_context(answer.received, request_id));
        parts_.names.name(report, {});
        parts_.listener.on_execution_report(report);
    }
}

void OrderLookUps::drop() {
    auto open = std::exchange(open_, {});
    for (auto& [key, each] : open) tell(std::move(each), nullptr, {});
}

}  // namespace broker::dxtrade::rest
