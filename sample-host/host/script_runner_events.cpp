#include <utility>

#include "broker/sdk/text.hpp"
#include "host/script_runner.hpp"

// What the events say.
namespace broker::sample_host {

using sdk::view;

template <class Record>
void ScriptRunner::note_event(const Record& record) {
    boost::json::object event = to_json(record);
    if (json_ != nullptr) json_->write(event);
    events_.add(std::move(event));
}

void ScriptRunner::on_session_event(const broker_session_event_t& event) {
    AccountView& account = accounts_[std::string{view(event.event.account)}];
    account.state = event.state;
    // Why not: the next attempt would hide why the last one failed.
    if (event.state != BROKER_ACCOUNT_STATE_CONNECTING) {
        account.last_event = std::string{view(event.reason_name)};
        if (event.text.size != 0) account.last_event.append(": ").append(view(event.text));
    }
    note_event(event);
}

void ScriptRunner::on_execution_report(const broker_execution_report_t& report) {
    orders_.apply(report);
    positions_.apply(report);
    note_event(report);
}

void ScriptRunner::on_order_cancel_reject(const broker_order_cancel_reject_t& reject) {
    orders_.apply(reject);
    note_event(reject);
}

void ScriptRunner::on_snapshot(const broker_snapshot_event_t& snapshot) {
    if (snapshot.phase == BROKER_SNAPSHOT_PHASE_END) {
        accounts_[std::string{view(snapshot.event.account)}].last_snapshot = snapshot.request_id;
    }
    note_event(snapshot);
}

void ScriptRunner::on_account_summary(const broker_account_summary_t& summary) {
    // The one answer to its question, whether or not an end follows.
    if (summary.request_id != 0) answers_.try_emplace(summary.request_id, Answers{{}, {}, 1});
    note_event(summary);
}

void ScriptRunner::on_venue_fault(const broker_venue_fault_t& fault) { note_event(fault); }

void ScriptRunner::on_trade(const broker_trade_report_t& trade) { note_event(trade); }

void ScriptRunner::on_instrument(const broker_instrument_t& instrument) { note_event(instrument); }

void ScriptRunner::on_trading_session(const broker_trading_session_status_t& status) {
    note_event(status);
}

void ScriptRunner::on_market_data_entry(const broker_market_data_entry_t& entry) {
    note_event(entry);
}

void ScriptRunner::on_market_data_status(const broker_market_data_status_t& status) {
    note_event(status);
}

void ScriptRunner::on_order_list_status(const broker_order_list_status_t& status) {
    note_event(status);
}

void ScriptRunner::on_cash_transfer(const broker_cash_transfer_t& transfer) {
    note_event(transfer);
}

void ScriptRunner::on_account_event(const broker_account_event_t& event) { note_event(event); }

void ScriptRunner::on_candle(const broker_candle_t& candle) { note_event(candle); }

void ScriptRunner::on_conversion_rate(const broker_conversion_rate_t& rate) { note_event(rate); }

void ScriptRunner::on_position(const broker_position_report_t& position) {
    venue_.apply(position);
    note_event(position);
}

void ScriptRunner::on_quote(const broker_quote_t& quote) {
    venue_.apply(quote);
    note_event(quote);
}

void ScriptRunner::on_request_done(const broker_request_done_t& done) {
    answers_[done.request_id] = {done.reason, std::string{view(done.text)}, done.count};
    note_event(done);
}

void ScriptRunner::on_unknown_event(const broker_event_t& event) {
    if (json_ != nullptr) json_->write_unknown(event);
}

void ScriptRunner::on_events_lost(const sdk::LostEvents& lost) {
    if (json_ != nullptr) json_->write(lost);
}

}  // namespace broker::sample_host
