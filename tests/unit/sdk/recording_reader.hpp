// A QueueReader that writes down what it reads, one line an event.
#pragma once

#include <string>
#include <vector>

#include "broker/sdk/event_queue.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk::test {

class RecordingReader final : public QueueReader {
public:
    void on_session_event(const broker_session_event_t& event) override {
        add("session", event.event, view(event.text));
    }
    void on_execution_report(const broker_execution_report_t& report) override {
        add("report", report.event, view(report.cl_ord_id));
    }
    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override {
        add("cancel-reject", reject.event, view(reject.cl_ord_id));
    }
    void on_snapshot(const broker_snapshot_event_t& snapshot) override {
        add("snapshot", snapshot.event, snapshot_phase_name(snapshot.phase));
    }
    void on_account_summary(const broker_account_summary_t& summary) override {
        add("summary", summary.event, view(summary.currency));
    }
    void on_venue_fault(const broker_venue_fault_t& fault) override {
        add("venue-fault", fault.event, view(fault.text));
    }
    void on_position(const broker_position_report_t& position) override {
        add("position", position.event, view(position.symbol));
    }
    void on_trade(const broker_trade_report_t& trade) override {
        add("trade", trade.event, view(trade.trade_id));
    }
    void on_instrument(const broker_instrument_t& instrument) override {
        add("instrument", instrument.event, view(instrument.symbol));
    }
    void on_trading_session(const broker_trading_session_status_t& status) override {
        add("trading-session", status.event, trad_ses_status_name(status.status));
    }
    void on_request_done(const broker_request_done_t& done) override {
        add("done", done.event, std::to_string(done.request_id));
    }
    void on_quote(const broker_quote_t& quote) override {
        std::string what = std::to_string(quote.request_id) + ' ' + decimal_text(quote.bid_px);
        if (quote.merged_count != 0) what += " merged " + std::to_string(quote.merged_count);
        if (quote.is_snapshot != 0) what += " snapshot";
        add("quote", quote.event, what);
    }
    void on_market_data_entry(const broker_market_data_entry_t& entry) override {
        add("entry", entry.event, md_entry_type_name(entry.entry_type));
    }
    void on_market_data_status(const broker_market_data_status_t& status) override {
        add("status", status.event, md_status_name(status.status));
    }
    void on_order_list_status(const broker_order_list_status_t& status) override {
        add("list", status.event, view(status.list_id));
    }
    void on_cash_transfer(const broker_cash_transfer_t& transfer) override {
        add("cash-transfer", transfer.event, view(transfer.transfer_id));
    }
    void on_account_event(const broker_account_event_t& event) override {
        add("account-event", event.event, view(event.event_type));
    }
    void on_candle(const broker_candle_t& candle) override {
        add("candle", candle.event, view(candle.candle_type));
    }
    void on_conversion_rate(const broker_conversion_rate_t& rate) override {
        add("rate", rate.event, view(rate.to_currency));
    }
    void on_unknown_event(const broker_event_t& event) override {
        add("unknown", event, std::to_string(event.type));
    }
    void on_events_lost(const LostEvents& lost) override {
        std::string line = "lost " + std::to_string(lost.session_events) + '/' +
                           std::to_string(lost.account_summaries) + '/' +
                           std::to_string(lost.unknown_events);
        const auto add_count = [&line](const char* kind, std::uint64_t count) {
            if (count != 0) line.append(" ").append(kind).append("=").append(std::to_string(count));
        };
        add_count("positions", lost.positions);
        add_count("trades", lost.trades);
        add_count("instruments", lost.instruments);
        add_count("trading-sessions", lost.trading_sessions);
        add_count("cash-transfers", lost.cash_transfers);
        add_count("venue-faults", lost.venue_faults);
        add_count("quotes", lost.quotes);
        add_count("entries", lost.market_data_entries);
        for (std::size_t i = 0; i < lost.accounts.size(); ++i) {
            line.append(" ").append(lost.accounts[i]);
        }
        if (!lost.accounts.is_complete()) line.append(" …");
        lines.push_back(line);
    }

    std::vector<std::string> lines;

private:
    void add(const char* kind, const broker_event_t& event, std::string_view what) {
        std::string line = kind;
        line.append(" ").append(view(event.account)).append(" ").append(what);
        lines.push_back(line);
    }
};

template <class Record>
Record make_record(broker_event_type_t type, std::string_view account) {
    Record record{};
    record.event.struct_size = sizeof(Record);
    record.event.type = type;
    record.event.account = borrow(account);
    return record;
}

inline broker_execution_report_t make_report(std::string_view account, std::string_view id) {
    auto report = make_record<broker_execution_report_t>(BROKER_EVENT_EXECUTION_REPORT, account);
    report.cl_ord_id = borrow(id);
    return report;
}

inline broker_session_event_t make_session(std::string_view account, std::string_view text) {
    auto event = make_record<broker_session_event_t>(BROKER_EVENT_SESSION, account);
    event.text = borrow(text);
    return event;
}

inline broker_quote_t make_quote(std::string_view account, std::uint64_t request_id,
                                 std::int64_t bid) {
    auto quote = make_record<broker_quote_t>(BROKER_EVENT_QUOTE, account);
    quote.request_id = request_id;
    quote.symbol = borrow("EURUSD");
    quote.bid_px = {bid, 0, 1};
    return quote;
}

}  // namespace broker::sdk::test
