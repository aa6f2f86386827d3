#include "account/host_queries.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace broker::account {

using core::Query;
using core::QueryKind;
using core::Reason;
using core::Result;

Result<void> HostQueries::ask(const Query& query, const QueryRoute& route,
                              core::MonotonicTime now) {
    const bool is_about_orders =
        query.kind == QueryKind::OrderStatus ||
        (query.kind == QueryKind::MassStatus && !route.offered.contains(QueryKind::MassStatus));
    if (is_about_orders) return ask_one_by_one(query, route, now);
    // Of trades: the host may name the order by any id it has had, the venue knows the one in
    // force.
    Query asked = query;
    if (const core::Order* order = ledger_.find(query.cl_ord_id)) {
        asked.cl_ord_id = order->cl_ord_id;
    }
    return route.channel->ask(asked);
}

std::vector<HostQueries::Asked> HostQueries::orders_of(const Query& query) const {
    std::vector<Asked> orders;
    if (query.kind == QueryKind::OrderStatus) {
        if (const core::Order* order = ledger_.find(query.cl_ord_id)) {
            orders.push_back({order->first_cl_ord_id});
        }
        return orders;
    }
    ledger_.for_each_live([&](const core::Order& order) {
        if (query.symbol.empty() || order.symbol == query.symbol) {
            orders.push_back({order.first_cl_ord_id});
        }
    });
    return orders;
}

Result<void> HostQueries::ask_one_by_one(const Query& query, const QueryRoute& route,
                                         core::MonotonicTime now) {
    if (open_.size() >= kMaxOpen) {
        return core::fail(Reason::TooManyRequests,
                          std::to_string(open_.size()) + " questions about orders are open");
    }
    Open open{query.kind, query.request_id, route.id, now + timeout_, orders_of(query)};
    if (open.orders.empty() && query.kind == QueryKind::OrderStatus) {
        return core::fail(Reason::OrderUnknown,
                          "no order ClOrdID=" + std::string{query.cl_ord_id.view()});
    }
    for (Asked& asked : open.orders) {
        const auto sent = route.channel->request_status(*ledger_.find(asked.order));
        if (!sent) return sent.error();
        asked.msg_seq_num = sent->msg_seq_num;
    }
    open_.push_back(std::move(open));
    end_complete();  // there may be nothing to ask about
    return {};
}

void HostQueries::note(const core::Order& order, core::Channel from,
                       std::vector<std::uint64_t>& request_ids) {
    for (Open& open : open_) {
        if (open.channel != from) continue;
        const auto is_about = [&](const Asked& asked) {
            return asked.order == order.first_cl_ord_id;
        };
        if (std::erase_if(open.orders, is_about) == 0) continue;
        ++open.count;
        request_ids.push_back(open.request_id);
    }
}

// Each is first out of the list, then told.
template <class IsOver, class TextOf>
bool HostQueries::end_where(IsOver&& is_over, Reason reason, TextOf&& text_of) {
    bool has_ended = false;
    for (std::size_t i = 0; i < open_.size();) {
        if (!is_over(open_[i])) {
            ++i;
            continue;
        }
        const Open ended = std::move(open_[i]);
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
        events_.on_query_done({ended.kind, ended.request_id, ended.count, reason, text_of(ended)});
        has_ended = true;
    }
    return has_ended;
}

void HostQueries::end_complete() {
    end_where([](const Open& open) { return open.orders.empty(); }, Reason::None,
              [](const Open&) { return std::string{}; });
}

bool HostQueries::apply(const core::MessageReject& reject) {
    const auto is_refused = [&](const Asked& asked) {
        return dxtrade::is_reject_of_status_request(reject, asked.msg_seq_num);
    };
    return end_where(
        [&](const Open& open) {
            return std::any_of(open.orders.begin(), open.orders.end(), is_refused);
        },
        Reason::RequestRejected, [&](const Open&) { return std::string{reject.text}; });
}

void HostQueries::disconnected(core::Channel channel) {
    end_where([channel](const Open& open) { return open.channel == channel; },
              Reason::OutcomeDisconnected,
              [](const Open&) { return std::string{"the session ended before all answers came"}; });
}

void HostQueries::on_tick(core::MonotonicTime now) {
    end_where([&](const Open& open) { return open.deadline <= now; }, Reason::OutcomeTimeout,
              [](const Open& open) {
                  return std::to_string(open.orders.size()) +
                         " orders were not answered for in time";
              });
}

}  // namespace broker::account
