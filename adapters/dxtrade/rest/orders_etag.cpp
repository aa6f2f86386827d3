#include "dxtrade/rest/orders_etag.hpp"

#include <utility>

#include "dxtrade/rest/record_reader.hpp"
#include "net/uri.hpp"

namespace broker::dxtrade::rest {

bool OrdersEtag::is_demanded() const {
    return is_learned_ || parts_.rules().orders.if_match == IfMatchRule::Always;
}

void OrdersEtag::set(std::string_view etag) {
    value_ = parts_.rules().orders.if_match == IfMatchRule::Never ? std::string_view{} : etag;
}

core::Result<void> OrdersEtag::read(net::HttpLane lane, core::MonotonicTime not_after, Done done) {
    if (waiting_.empty()) {
        RestCall call;
        call.request.target =
            "/accounts/" + net::encode_segment(parts_.settings.account) + "/orders";
        call.lane = lane;
        call.not_after = not_after;
        call.done = [this, alive = parts_.alive()](net::HttpOutcome outcome) {
            if (!alive.expired()) on_answer(std::move(outcome));
        };
        const auto sent = parts_.client.send(std::move(call));
        if (!sent) return sent.error();
    }
    waiting_.push_back(std::move(done));
    return {};
}

void OrdersEtag::on_answer(net::HttpOutcome outcome) {
    const std::vector<Done> waiting = std::exchange(waiting_, {});
    const ReadAnswer answer = read_answer(std::move(outcome), "open orders");
    core::Result<void> result;
    if (answer.response) {
        set(answer.response->header("ETag"));
        json::ReadFaults faults;
        const auto page = orders_from_json(answer.response->body, faults);
        parts_.tell_faults(faults, "open orders");
        if (page) {
            parts_.tracker.on_orders(page->orders, core::Channel::Rest, answer.response->received);
        } else {
            result = page.error();
        }
    } else {
        result = answer.response.error();
    }
    for (const Done& done : waiting) done(result);
}

}  // namespace broker::dxtrade::rest
