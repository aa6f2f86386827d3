// What the venue says and is asked, passed on; the account's state is in account_coordinator.cpp.
#include "account/account_coordinator.hpp"

namespace broker::account {

using core::QueryKind;
using core::Reason;

// ---- reports from the venue

void AccountCoordinator::on_execution_report(const core::ExecutionReport& report) {
    thread_.check();
    answered_.clear();
    // A status from where nothing was asked is no answer: it may be old.
    const bool is_status = report.exec_type == core::ExecType::OrderStatus;
    if (report.request_id != 0) answered_.push_back(report.request_id);
    const core::Applied applied = orders_.take(report);
    if (is_status && applied.order != nullptr) {
        queries_.note(*applied.order, report.channel, answered_);
    }
    orders_.tell(report, applied, answered_);
    orders_.publish_counts();
    positions_.book(applied);
    risk_.book(applied, report);
    queries_.end_complete();
    if (is_status && applied.order != nullptr && channels_.is_trading(report.channel)) {
        reconciliation_.note(*applied.order);
        note_changes_without_effect(report, *applied.order);
        end_reconciliation_if_done();
    }
}

void AccountCoordinator::note_changes_without_effect(const core::ExecutionReport& report,
                                                     const core::Order& order) {
    for (const core::ClOrdID& change : change_doubts_.note(report, order)) {
        orders_.without_effect(change);
    }
    orders_.publish_counts();
}

void AccountCoordinator::on_list_status(const core::ListStatus& status) {
    thread_.check();
    orders_.apply(status);
}

void AccountCoordinator::on_order_cancel_reject(const core::OrderCancelReject& reject) {
    thread_.check();
    orders_.apply(reject);
    orders_.publish_counts();
}

void AccountCoordinator::on_message_reject(const core::MessageReject& reject) {
    thread_.check();
    if (queries_.apply(reject)) return;
    if (reconciliation_.apply(reject)) return end_reconciliation_if_done();
    orders_.apply(reject);
    orders_.publish_counts();
}

void AccountCoordinator::on_request_written(std::string_view cl_ord_id,
                                            const dxtrade::SentRequest& sent) {
    thread_.check();
    orders_.written(cl_ord_id, sent);
}

void AccountCoordinator::on_request_not_sent(std::string_view cl_ord_id, const core::Error& error) {
    thread_.check();
    orders_.not_sent(cl_ord_id, error);
    orders_.publish_counts();
}

void AccountCoordinator::on_request_in_doubt(std::string_view cl_ord_id, const core::Error& error) {
    thread_.check();
    const bool is_in_doubt = orders_.in_doubt(cl_ord_id, error);
    orders_.publish_counts();
    const auto id = core::ClOrdID::from(cl_ord_id);
    if (is_in_doubt && state() == AccountState::Ready) {
        reconciliation_.ask_for_status(*id, channels_.trading());
    }
}

// ---- questions and answers

void AccountCoordinator::execute(const core::Query& query) {
    thread_.check();
    const auto route = is_ending(status_) ? std::nullopt : channels_.route(query.kind);
    if (!route) {
        const core::Error error = unanswerable(query.kind);
        return events_.on_query_done({query.kind, query.request_id, 0, error.reason, error.detail});
    }
    if (query.kind == QueryKind::Positions && query.symbol.empty()) {
        positions_.begin_picture(query.request_id, route->id);
        risk_.begin_picture(query.request_id);
    }
    const auto asked = queries_.ask(query, *route, clock_.monotonic());
    if (asked) return;
    on_query_done({query.kind, query.request_id, 0, asked.error().reason, asked.error().detail});
}

// Why a question finds nobody to answer it.
core::Error AccountCoordinator::unanswerable(QueryKind kind) const {
    if (const auto ready = orders_.check_ready(); !ready) return ready.error();
    if (!channels_.all_queries().contains(kind)) {
        return core::fail(
            Reason::ChannelNotConfigured,
            "account " + settings_.orders.id + " has no connection that takes this question");
    }
    return core::fail(Reason::AccountNotReady,
                      "account " + settings_.orders.id + ": REST, which is asked, is " +
                          std::string{state_name(status_.rest_state.load())});
}

core::Result<void> AccountCoordinator::ask(const core::Query& query) {
    const auto route = channels_.route(query.kind);
    if (!route) return unanswerable(query.kind);
    return route->channel->ask(query);
}

void AccountCoordinator::execute(const PositionsFromFills& query) {
    thread_.check();
    positions_.report(query);
}

void AccountCoordinator::execute(const RiskCommand& command) {
    thread_.check();
    risk_.execute(command);
}

void AccountCoordinator::execute(const OperatorCommand& command) {
    thread_.check();
    operator_.execute(command);
}

void AccountCoordinator::on_position(const core::PositionReport& position) {
    thread_.check();
    positions_.take(position);
    risk_.take(position);
}

void AccountCoordinator::on_account_summary(const core::AccountSummary& summary) {
    thread_.check();
    events_.on_account_summary(summary);
    risk_.take(summary);
}

void AccountCoordinator::on_trade(const core::TradeReport& trade) { events_.on_trade(trade); }

void AccountCoordinator::on_instrument(const core::Instrument& instrument) {
    if (!risk_.take(instrument)) events_.on_instrument(instrument);
}

void AccountCoordinator::on_trading_session_status(const core::TradingSessionStatus& status) {
    events_.on_trading_session_status(status);
}

void AccountCoordinator::on_cash_transfer(const core::CashTransfer& transfer) {
    events_.on_cash_transfer(transfer);
}

void AccountCoordinator::on_account_event(const core::AccountEvent& event) {
    events_.on_account_event(event);
}

void AccountCoordinator::on_candle(const core::Candle& candle) { events_.on_candle(candle); }

// Why past the ledger and the positions: what is past has been booked, or was before their time.
void AccountCoordinator::on_past_report(const core::ExecutionReport& report) {
    thread_.check();
    answered_.assign(1, report.request_id);
    orders_.tell(report, core::Applied{}, answered_);
}

void AccountCoordinator::on_conversion_rate(const core::ConversionRate& rate) {
    events_.on_conversion_rate(rate);
    risk_.take(rate);
}

void AccountCoordinator::on_query_done(const core::QueryDone& done) {
    thread_.check();
    if (done.kind == QueryKind::Positions) positions_.end_picture(done);
    risk_.take(done);
    if (done.request_id != 0) return events_.on_query_done(done);
    if (done.kind == QueryKind::MassStatus) {
        reconciliation_.note_mass_status_done(done, channels_.trading(), clock_.monotonic());
        end_reconciliation_if_done();
    }
}

}  // namespace broker::account
