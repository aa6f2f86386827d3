#include "account/host_queries.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace broker::account {

using core::Query;
using core::QueryKind;
using core::Reason;
using core::Result;

Result<void> HostQueries::ask(const Query& query, dxtrade::TradingChannel& channel,
                              core::MonotonicTime now) {
    const bool is_about_orders =
        query.kind == QueryKind::OrderStatus ||
        (query.kind == QueryKind::MassStatus && !rules_.offered.contains(QueryKind::MassStatus));
    if (is_about_orders) return ask_one_by_one(query, channel, now);
    // Of trades: the host may name the order by any id it has had, the venue knows the one in
    // force.
    Query asked = query;
    if (const core::Order* order = ledger_.find(query.cl_ord_id)) {
        asked.cl_ord_id = order->cl_ord_id;
    }
    return channel.ask(asked);
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

Result<void> HostQueries::ask_one_by_one(const Query& query, dxtrade::TradingChannel& channel,
                                         core::MonotonicTime now) {
    if (open_.size() >= kMaxOpen) {
        return core::fail(Reason::TooManyRequests,
                          std::to_string(open_.size()) + " questions about orders are open");
    }
    Open open{query.kind, query.request_id, now + rules_.timeout, orders_of(query)};
    if (open.orders.empty() && query.kind == QueryKind::OrderStatus) {
        return core::fail(Reason::OrderUnknown,
                          "no order ClOrdID=" + std::string{query.cl_ord_id.view()});
    }
    for (Asked& asked : open.orders) {
        const auto sent = channel.request_status(*ledger_.find(asked.order));
        if (!sent) return sent.error();
        asked.msg_seq_num = sent->msg_seq_num;
    }
    open_.push_back(std::move(open));
    end_complete();  // there may be nothing to ask about
    return {};
}

void HostQueries::note(const core::Order& order, std::vector<std::uint64_t>& request_ids) {
    for (Open& open : open_) {
        const auto is_about = [&](const Asked& asked) {
            return asked.order == order.first_cl_ord_id;
        };
        if (std::erase_if(open.orders, is_about) == 0) continue;
        ++open.count;
        request_ids.push_back(open.request_id);
    }
}

void HostQueries::end(const Open& open, Reason reason, std::string_view text) {
    events_.on_query_done({open.kind, open.request_id, open.count, reason, text});
}

void HostQueries::end_complete() {
    for (std::size_t i = 0; i < open_.size();) {
        if (!open_[i].orders.empty()) {
            ++i;
            continue;
        }
        const Open done = std::move(open_[i]);
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
        end(done, Reason::None, {});
    }
}

bool HostQueries::apply(const core::MessageReject& reject) {
    const auto is_refused = [&](const Asked& asked) {
        return dxtrade::is_reject_of_status_request(reject, asked.msg_seq_num);
    };
    for (auto open = open_.begin(); open != open_.end(); ++open) {
        if (std::none_of(open->orders.begin(), open->orders.end(), is_refused)) continue;
        const Open refused = std::move(*open);
        open_.erase(open);
        end(refused, Reason::RequestRejected, reject.text);
        return true;
    }
    return false;
}

void HostQueries::disconnected() {
    for (const Open& open : std::exchange(open_, {})) {
        end(open, Reason::OutcomeDisconnected, "the session ended before all answers came");
    }
}

void HostQueries::on_tick(core::MonotonicTime now) {
    for (std::size_t i = 0; i < open_.size();) {
        if (open_[i].deadline > now) {
            ++i;
            continue;
        }
        const Open late = std::move(open_[i]);
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
        end(late, Reason::OutcomeTimeout,
            std::to_string(late.orders.size()) + " orders were not answered for in time");
    }
}

}  // namespace broker::account
