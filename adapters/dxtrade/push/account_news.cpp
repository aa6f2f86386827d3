#include "dxtrade/push/account_news.hpp"

#include <utility>

namespace broker::dxtrade::push {
namespace {

using core::AccountSummary;
using core::Decimal;
using core::PositionReport;

std::vector<std::optional<Decimal>> figures_of(const AccountSummary& summary) {
    const auto count = [](const std::optional<std::uint64_t>& value) {
        return value ? Decimal::from(static_cast<std::int64_t>(*value), 0) : std::nullopt;
    };
    return {summary.balance,
            summary.equity,
            summary.margin,
            summary.margin_free,
            summary.open_pl,
            summary.total_pl,
            summary.credit,
            summary.available_funds,
            count(summary.open_positions_count),
            count(summary.open_orders_count)};
}

bool is_older(const rest::Version& version, const rest::Version& known) {
    return version && known && *version < *known;
}

}  // namespace

void AccountNews::take_positions(const rest::Portfolio& portfolio,
                                 const rest::ReportContext& context, bool is_repeated,
                                 bool is_whole, std::vector<PositionReport>& news) {
    ++portfolio_count_;
    for (const rest::RestPosition& position : portfolio.positions) {
        PositionReport report = rest::position_report(position, context);
        report.is_unsolicited = true;
        if (take_position(position, report, is_repeated)) news.push_back(report);
    }
    gone_.clear();
    if (!is_whole) return;
    for (auto at = positions_.begin(); at != positions_.end();) {
        const bool is_gone = at->second.seen_in != portfolio_count_;
        if (is_gone) gone_.push_back(std::move(at->second));
        at = is_gone ? positions_.erase(at) : std::next(at);
    }
    for (const Position& position : gone_) {
        PositionReport report;
        report.is_unsolicited = true;
        report.channel = context.channel;
        report.symbol = position.symbol;
        report.position_code = position.position_code;
        report.long_qty = report.short_qty = Decimal{};
        news.push_back(report);
    }
}

// Whether it is news.
bool AccountNews::take_position(const rest::RestPosition& position, const PositionReport& report,
                                bool is_repeated) {
    const std::string& key =
        position.position_code.empty() ? position.symbol : position.position_code;
    auto at = positions_.find(key);
    const bool is_new = at == positions_.end();
    if (is_new && positions_.size() >= max_positions_) return true;
    if (is_new) at = positions_.emplace(key, Position{}).first;
    Position& known = at->second;
    known.seen_in = portfolio_count_;
    if (!is_new && (is_repeated || is_older(position.version, known.version))) return false;
    const bool is_changed = is_new || known.long_qty != report.long_qty ||
                            known.short_qty != report.short_qty || known.avg_px != report.avg_px;
    known.symbol = report.symbol;
    known.position_code = report.position_code;
    known.long_qty = report.long_qty;
    known.short_qty = report.short_qty;
    known.avg_px = report.avg_px;
    known.version = position.version;
    return is_changed;
}

std::optional<Decimal> AccountNews::position_qty(const std::string& position_code) const {
    const auto at = positions_.find(position_code);
    if (at == positions_.end()) return std::nullopt;
    const bool is_long = at->second.long_qty && at->second.long_qty->sign() > 0;
    return is_long ? at->second.long_qty : at->second.short_qty;
}

const rest::AccountDetails* AccountNews::details() const { return details_ ? &*details_ : nullptr; }

std::optional<AccountSummary> AccountNews::take_balances(const rest::Portfolio& portfolio,
                                                         const rest::ReportContext& context) {
    if (has_metrics_ || portfolio.balances.empty()) return std::nullopt;
    return if_changed(rest::account_summary(portfolio, details(), context));
}

std::optional<AccountSummary> AccountNews::take_metrics(const rest::AccountMetrics& metrics,
                                                        const rest::ReportContext& context) {
    if (is_older(metrics.version, metrics_version_)) return std::nullopt;
    if (metrics.version) metrics_version_ = metrics.version;
    has_metrics_ = true;
    return if_changed(rest::account_summary(metrics, details(), context));
}

std::optional<AccountSummary> AccountNews::if_changed(AccountSummary summary) {
    auto figures = figures_of(summary);
    if (figures == figures_) return std::nullopt;
    figures_ = std::move(figures);
    return summary;
}

void AccountNews::forget_versions() {
    metrics_version_.reset();
    for (auto& [key, position] : positions_) position.version.reset();
}

}  // namespace broker::dxtrade::push
