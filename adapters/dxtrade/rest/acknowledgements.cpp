#include "dxtrade/rest/acknowledgements.hpp"

#include <string>

#include "dxtrade/rest/order_answers.hpp"
#include "dxtrade/rest/record_reader.hpp"

namespace broker::dxtrade::rest {
namespace {

void tell_one(ChannelParts& parts, const OrderExchange& exchange, const ExchangeMember& member,
              const OrderResponse& response, core::MonotonicTime received) {
    SentOrder* sent = parts.orders.find(member.order_id.view());
    core::ClOrdID in_force = member.order_id;
    bool is_news = true;
    if (sent != nullptr) {
        in_force = sent->order.cl_ord_id;
        PendingChange* change = sent->find_change(member.cl_ord_id.view());
        if (change != nullptr) change->update_order_id = response.update_order_id;
        is_news = exchange.is_change() ? change != nullptr : !sent->is_shown;
        if (sent->order.order_id.empty()) {
            sent->order.order_id = core::OrderID::from(response.order_id).value_or(core::OrderID{});
        }
    }
    if (!exchange.is_change()) {
        push::OrderLookUp expected;
        expected.client_order_id = member.order_id.view();
        expected.order_id = response.order_id;
        parts.tracker.expect(expected);
    }
    if (!is_news) return;
    parts.listener.on_execution_report(
        acknowledged(exchange, member, in_force, response, parts.report_context(received)));
}

}  // namespace

std::vector<ExchangeMember> tell_acknowledged(ChannelParts& parts, const OrderExchange& exchange,
                                              std::string_view body, core::MonotonicTime received) {
    const std::vector<ExchangeMember>& members = exchange.members;
    json::ReadFaults faults;
    const auto responses = order_responses_from_json(body, exchange.responses, faults);
    parts.tell_faults(faults, "order response");
    if (!responses) return members;
    // An answer without any names none; one that names some leaves the others out.
    const OrderResponse unnamed;
    std::vector<ExchangeMember> left_out;
    for (const ExchangeMember& member : members) {
        if (!responses->empty() && member.place >= responses->size()) {
            left_out.push_back(member);
            continue;
        }
        const OrderResponse& response = responses->empty() ? unnamed : (*responses)[member.place];
        tell_one(parts, exchange, member, response, received);
    }
    return left_out;
}

}  // namespace broker::dxtrade::rest
