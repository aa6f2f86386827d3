#include <string>
#include <utility>
#include <vector>

#include "dxtrade/rest/account_reports.hpp"
#include "dxtrade/rest/history.hpp"
#include "dxtrade/rest/query_reader.hpp"
#include "dxtrade/rest/record_reader.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::QueryKind;

class PositionsReader final : public QueryReader {
public:
    using QueryReader::QueryReader;

    [[nodiscard]] RestRequest request() const override {
        return get(account_path(parts_, "/positions"));
    }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        json::ReadFaults faults;
        const auto positions = positions_from_json(response.body, faults);
        parts_.tell_faults(faults, "positions");
        if (!positions) return positions.error();
        const ReportContext context = parts_.report_context(response.received, query_.request_id);
        for (const RestPosition& each : *positions) {
            const core::PositionReport report = position_report(each, context);
            const bool is_meant = query_.symbol.empty() || report.symbol == query_.symbol.view();
            if (is_meant && count_one()) parts_.listener.on_position(report);
        }
        return false;
    }
};

class MetricsReader final : public QueryReader {
public:
    using QueryReader::QueryReader;

    [[nodiscard]] RestRequest request() const override {
        return get(account_path(parts_, "/metrics"));
    }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        json::ReadFaults faults;
        const auto metrics = metrics_from_json(response.body, faults);
        parts_.tell_faults(faults, "metrics");
        if (!metrics) return metrics.error();
        const ReportContext context = parts_.report_context(response.received, query_.request_id);
        for (const AccountMetrics& each : *metrics) {
            if (!each.account.empty() && each.account != parts_.settings.account) continue;
            if (!count_one()) break;
            parts_.listener.on_account_summary(account_summary(each, &parts_.details, context));
        }
        return false;
    }
};

// Transfers and events: lists that are counted from a first entry.
class AccountListReader final : public QueryReader {
public:
    using QueryReader::QueryReader;

    [[nodiscard]] RestRequest request() const override {
        const AccountList list =
            query_.kind == QueryKind::CashTransfers ? AccountList::Transfers : AccountList::Events;
        return get(account_list_target(parts_.settings.account, list, query_.from, query_.to,
                                       start_from_, parts_.rules()));
    }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        const auto entries = query_.kind == QueryKind::CashTransfers ? take_transfers(response)
                                                                     : take_events(response);
        if (!entries) return entries.error();
        start_from_ += *entries;
        const bool may_be_more = *entries != 0 && *entries >= parts_.rules().page_size;
        is_cut_short_ = may_be_more && start_from_ >= kMaxEntries;
        return may_be_more && !is_cut_short_ && !is_full();
    }

    [[nodiscard]] std::string_view cut_short() const override {
        return is_cut_short_ ? "the venue had more entries than are read" : std::string_view{};
    }

private:
    static constexpr std::uint32_t kMaxEntries = 100'000;

    core::Result<std::uint32_t> take_transfers(const net::HttpResponse& response) {
        json::ReadFaults faults;
        const auto transfers = cash_transfers_from_json(response.body, faults);
        parts_.tell_faults(faults, "transfers");
        if (!transfers) return transfers.error();
        const ReportContext context = parts_.report_context(response.received, query_.request_id);
        for (const RestCashTransfer& each : *transfers) {
            cash_transfers(each, context, [&](const core::CashTransfer& transfer) {
                if (is_before_end(transfer.transact_time) && count_one()) {
                    parts_.listener.on_cash_transfer(transfer);
                }
            });
        }
        return static_cast<std::uint32_t>(transfers->size());
    }

    core::Result<std::uint32_t> take_events(const net::HttpResponse& response) {
        json::ReadFaults faults;
        const auto events = account_events_from_json(response.body, faults);
        parts_.tell_faults(faults, "events");
        if (!events) return events.error();
        const ReportContext context = parts_.report_context(response.received, query_.request_id);
        for (const RestAccountEvent& each : *events) {
            if (is_before_end(each.time) && count_one()) {
                parts_.listener.on_account_event(account_event(each, context));
            }
        }
        return static_cast<std::uint32_t>(events->size());
    }

    // The venue's bound is inclusive, the question's is not.
    [[nodiscard]] bool is_before_end(const std::optional<core::UtcTime>& time) const {
        return !time || !query_.to || *time < *query_.to;
    }

    std::uint32_t start_from_ = 0;
    bool is_cut_short_ = false;
};

}  // namespace

std::unique_ptr<QueryReader> make_positions_reader(ChannelParts& parts, const core::Query& query) {
    return std::make_unique<PositionsReader>(parts, query);
}

std::unique_ptr<QueryReader> make_metrics_reader(ChannelParts& parts, const core::Query& query) {
    return std::make_unique<MetricsReader>(parts, query);
}

std::unique_ptr<QueryReader> make_account_list_reader(ChannelParts& parts,
                                                      const core::Query& query) {
    return std::make_unique<AccountListReader>(parts, query);
}

}  // namespace broker::dxtrade::rest
