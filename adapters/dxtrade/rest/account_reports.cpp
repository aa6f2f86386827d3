#include "dxtrade/rest/account_reports.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Decimal;

std::string_view host_symbol(const std::string& symbol, const ReportContext& context) {
    std::string no_suffix;
    return context.symbols.to_host(symbol, {}, no_suffix);
}

core::AccountSummary summary_of(const AccountDetails* details, const ReportContext& context) {
    core::AccountSummary summary;
    summary.request_id = context.request_id;
    summary.channel = context.channel;
    if (details != nullptr) {
        summary.currency = details->base_currency;
        summary.account_status = details->account_status;
    }
    return summary;
}

const RestBalance* balance_in(const Portfolio& portfolio, std::string_view currency) {
    for (const RestBalance& balance : portfolio.balances) {
        if (!currency.empty() && balance.currency == currency) return &balance;
    }
    const bool is_only = currency.empty() && portfolio.balances.size() == 1;
    return is_only ? &portfolio.balances.front() : nullptr;
}

}  // namespace

std::optional<Decimal> signed_quantity(const RestPosition& position) {
    const auto& quantity = position.quantity;
    if (!quantity || position.side == core::Side::Unspecified) return quantity;
    const bool is_negative = quantity->sign() < 0;
    const bool is_short = position.side == core::Side::Sell;
    return is_negative == is_short ? quantity : Decimal{}.minus(*quantity);
}

core::PositionReport position_report(const RestPosition& position, const ReportContext& context) {
    core::PositionReport report;
    report.request_id = context.request_id;
    report.channel = context.channel;
    report.symbol = host_symbol(position.symbol, context);
    report.position_code = position.position_code;
    report.avg_px = position.open_price;
    report.as_of = position.last_update_time;
    if (const auto quantity = signed_quantity(position)) {
        const bool is_short = quantity->sign() < 0;
        const auto size = is_short ? Decimal{}.minus(*quantity) : quantity;
        report.long_qty = is_short && size ? Decimal{} : size;
        report.short_qty = is_short ? size : Decimal{};
    }
    return report;
}

core::AccountSummary account_summary(const AccountMetrics& metrics, const AccountDetails* details,
                                     const ReportContext& context) {
    core::AccountSummary summary = summary_of(details, context);
    summary.balance = metrics.balance;
    summary.equity = metrics.equity;
    summary.margin = metrics.margin;
    summary.margin_free = metrics.margin_free;
    summary.open_pl = metrics.open_pl;
    summary.total_pl = metrics.total_pl;
    summary.credit = metrics.credit;
    summary.available_funds = metrics.available_funds;
    summary.open_positions_count = metrics.open_positions_count;
    summary.open_orders_count = metrics.open_orders_count;
    summary.version = metrics.version.value_or(0);
    return summary;
}

core::AccountSummary account_summary(const Portfolio& portfolio, const AccountDetails* details,
                                     const ReportContext& context) {
    core::AccountSummary summary = summary_of(details, context);
    summary.version = portfolio.version.value_or(0);
    if (const RestBalance* balance = balance_in(portfolio, summary.currency)) {
        summary.balance = balance->value;
        summary.currency = balance->currency;
    }
    return summary;
}

void cash_transfers(const RestCashTransfer& transfer, const ReportContext& context,
                    const VisitCashTransfer& visit) {
    core::CashTransfer record;
    record.request_id = context.request_id;
    record.transfer_id = transfer.transfer_code;
    record.comment = transfer.comment;
    record.transact_time = transfer.transaction_time;
    if (transfer.cash_transactions.empty()) visit(record);
    for (const RestCashTransaction& transaction : transfer.cash_transactions) {
        record.transaction_id = transaction.transaction_code;
        record.type = transaction.type;
        record.currency = transaction.currency;
        record.order_id = transaction.order_code;
        record.cl_ord_id = transaction.client_order_id;
        record.position_code = transaction.position_code;
        record.value = transaction.value;
        record.transact_time =
            transaction.transaction_time ? transaction.transaction_time : transfer.transaction_time;
        visit(record);
    }
}

core::AccountEvent account_event(const RestAccountEvent& event, const ReportContext& context) {
    core::AccountEvent record;
    record.request_id = context.request_id;
    record.channel = context.channel;
    record.type = event.event_type;
    record.text = event.reason;
    record.threshold = event.risk_level_threshold;
    record.risk_level = event.actual_risk_level;
    record.transact_time = event.time;
    return record;
}

}  // namespace broker::dxtrade::rest
