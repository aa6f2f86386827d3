#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dxtrade/rest/history.hpp"
#include "dxtrade/rest/query_reader.hpp"
#include "dxtrade/rest/record_reader.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::QueryKind;

// Transactions are asked for again that far back: the venue's clock may differ from ours.
constexpr auto kOverlap = std::chrono::minutes{1};

constexpr std::string_view kCutShort = "the venue had more orders than are read";

[[nodiscard]] core::Result<OrderPage> page_of(const ChannelParts& parts,
                                              const net::HttpResponse& response) {
    json::ReadFaults faults;
    auto page = orders_from_json(response.body, faults);
    parts.tell_faults(faults, "orders");
    return page;
}

HistoryFilter filter_of(const core::Query& query, std::string_view venue_symbol,
                        std::optional<core::UtcTime> from) {
    HistoryFilter filter;
    filter.from = from;
    filter.to = query.to;
    filter.client_order_id = query.cl_ord_id.view();
    filter.venue_symbol = venue_symbol;
    return filter;
}

// The open orders, then those that have changed since the last time, ended or not. Of a single
// order the history alone.
class MassStatusReader final : public QueryReader {
public:
    MassStatusReader(ChannelParts& parts, const core::Query& query)
        : QueryReader{parts, query},
          symbol_{venue_symbol_of(parts, query).value()},
          began_{parts.host.clock().utc()},
          is_reading_open_{query.kind == QueryKind::MassStatus},
          pages_{parts.settings.account, filter(), parts.rules()} {}

    [[nodiscard]] RestRequest request() const override {
        return get(is_reading_open_ ? account_path(parts_, "/orders") : pages_.target());
    }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        auto page = page_of(parts_, response);
        if (!page) return page.error();
        const bool was_open = std::exchange(is_reading_open_, false);
        const bool is_more = was_open || pages_.take(*page);
        parts_.tracker.on_orders(page->orders, core::Channel::Rest, response.received);
        for (const RestOrder& order : page->orders) tell(order, response.received);
        const bool has_all = query_.kind == QueryKind::MassStatus && query_.symbol.empty();
        if (!is_more && has_all && !pages_.is_cut_short()) parts_.history_from = began_ - kOverlap;
        return is_more && !is_full();
    }

    [[nodiscard]] std::string_view cut_short() const override {
        return pages_.is_cut_short() ? kCutShort : std::string_view{};
    }

private:
    [[nodiscard]] HistoryFilter filter() const {
        if (query_.kind == QueryKind::OrderStatus) return filter_of(query_, {}, {});
        return filter_of(query_, symbol_, parts_.history_from);
    }

    void tell(const RestOrder& order, core::MonotonicTime received) {
        const bool is_named =
            query_.cl_ord_id.empty() || order.client_order_id == query_.cl_ord_id.view();
        if (!is_named || !(symbol_.empty() || order.instrument == symbol_) || !count_one()) return;
        core::ExecutionReport report =
            order_picture(order, parts_.report_context(received, query_.request_id));
        parts_.names.name(report, {});
        parts_.listener.on_execution_report(report);
    }

    std::string symbol_;
    core::UtcTime began_;
    bool is_reading_open_;
    HistoryPages pages_;
};

// Orders of a time range: pictures and executions (OrderHistory), or fills alone (Trades). What is
// told informs and is no evidence: it does not pass the tracker.
class HistoryReader final : public QueryReader {
public:
    HistoryReader(ChannelParts& parts, const core::Query& query)
        : QueryReader{parts, query},
          symbol_{venue_symbol_of(parts, query).value()},
          pages_{parts.settings.account, filter_of(query, symbol_, query.from), parts.rules()} {}

    [[nodiscard]] RestRequest request() const override { return get(pages_.target()); }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        auto page = page_of(parts_, response);
        if (!page) return page.error();
        const bool is_more = pages_.take(*page);
        for (const RestOrder& order : page->orders) {
            execution_reports(order, parts_.report_context(response.received, query_.request_id),
                              reports_);
            if (query_.kind == QueryKind::Trades) {
                tell_trades(order);
            } else {
                tell_order(order, response.received);
            }
        }
        return is_more && !is_full();
    }

    [[nodiscard]] std::string_view cut_short() const override {
        return pages_.is_cut_short() ? kCutShort : std::string_view{};
    }

private:
    // max_answers counts orders.
    void tell_order(const RestOrder& order, core::MonotonicTime received) {
        if (!is_in_range(order.transaction_time) || !count_one()) return;
        for (const OrderReport& each : reports_) parts_.listener.on_past_report(each.report);
        parts_.listener.on_past_report(
            order_picture(order, parts_.report_context(received, query_.request_id)));
    }

    void tell_trades(const RestOrder& order) {
        for (const OrderReport& each : reports_) {
            const core::ExecutionReport& report = each.report;
            if (report.exec_type != core::ExecType::Trade) continue;
            if (!is_in_range(report.transact_time) || !count_one()) continue;
            core::TradeReport trade;
            trade.request_id = query_.request_id;
            trade.side = report.side;
            trade.trade_id = report.exec_id;
            trade.exec_id = report.exec_id;
            trade.order_id = order.order_id;
            trade.cl_ord_id = order.client_order_id;
            trade.symbol = report.symbol;
            trade.last_qty = report.last_qty;
            trade.last_px = report.last_px;
            trade.transact_time = report.transact_time;
            parts_.listener.on_trade(trade);
        }
    }

    // The venue's bounds are inclusive and those of an order's last transaction.
    [[nodiscard]] bool is_in_range(const std::optional<core::UtcTime>& time) const {
        if (!time) return true;
        return !(query_.from && *time < *query_.from) && !(query_.to && *time >= *query_.to);
    }

    std::string symbol_;
    HistoryPages pages_;
    std::vector<OrderReport> reports_;
};

}  // namespace

std::unique_ptr<QueryReader> make_mass_status_reader(ChannelParts& parts,
                                                     const core::Query& query) {
    return std::make_unique<MassStatusReader>(parts, query);
}

std::unique_ptr<QueryReader> make_history_reader(ChannelParts& parts, const core::Query& query) {
    return std::make_unique<HistoryReader>(parts, query);
}

}  // namespace broker::dxtrade::rest
