// A host for tests: keeps every event of an adapter and waits for what is expected.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "broker/sdk/event_sink.hpp"
#include "broker/sdk/text.hpp"

namespace broker::test {

// The parts of an event that tests look at, with the text copied.
struct RecordedEvent {
    broker_event_type_t type = BROKER_EVENT_UNSPECIFIED;
    std::string account;
    std::uint64_t event_seq_num = 0;
    std::chrono::steady_clock::time_point called;  // when the callback began
    broker_reason_t reason = BROKER_REASON_NONE;
    std::string text;

    broker_account_state_t state = BROKER_ACCOUNT_STATE_UNSPECIFIED;  // session events
    broker_account_state_t previous_state = BROKER_ACCOUNT_STATE_UNSPECIFIED;
    std::int64_t next_attempt_ms = -1;
    std::string peer;
    std::string suggested_action;

    std::string cl_ord_id;  // order events
    std::string orig_cl_ord_id;
    std::string exec_id;
    broker_exec_type_t exec_type = BROKER_EXEC_TYPE_UNSPECIFIED;
    broker_ord_status_t ord_status = BROKER_ORD_STATUS_UNSPECIFIED;
    broker_certainty_t certainty = BROKER_CERTAINTY_UNSPECIFIED;
    std::string last_qty;
    std::string cum_qty;
    std::string leaves_qty;
    std::string price;
    std::string order_qty;
    std::string stop_px;
    std::string cash_order_qty;
    broker_side_t side = BROKER_SIDE_UNSPECIFIED;
    broker_ord_type_t ord_type = BROKER_ORD_TYPE_UNSPECIFIED;
    broker_time_in_force_t time_in_force = BROKER_TIME_IN_FORCE_UNSPECIFIED;
    broker_position_effect_t position_effect = BROKER_POSITION_EFFECT_UNSPECIFIED;
    broker_timestamp_t expire_time = 0;
    std::string last_px;
    std::string ex_destination;
    std::string position_code;  // positions too
    std::string list_id;
    std::string order_id;
    std::string fields;
    std::uint64_t faults = 0;
    broker_list_order_status_t list_status = BROKER_LIST_ORDER_STATUS_UNSPECIFIED;
    bool is_snapshot = false;
    bool is_unsolicited = false;
    broker_stage_times_t stages{};

    broker_channel_t channel = BROKER_CHANNEL_UNSPECIFIED;  // session events, venue faults

    std::uint64_t request_id = 0;  // market data
    std::string symbol;
    broker_md_status_t md_status = BROKER_MD_STATUS_UNSPECIFIED;
    bool is_stale = false;
    std::uint64_t merged_count = 0;
    std::string bid_px;
    std::string offer_px;
    broker_md_entry_type_t entry_type = BROKER_MD_ENTRY_TYPE_UNSPECIFIED;
    broker_md_update_action_t action = BROKER_MD_UPDATE_ACTION_UNSPECIFIED;
    bool is_last = false;

    broker_query_kind_t query_kind = BROKER_QUERY_KIND_UNSPECIFIED;  // ends of questions
    std::uint64_t count = 0;
    std::string net_qty;  // positions
    std::string net_qty_from_fills;
    bool is_different = false;
    std::string balance;  // account summaries
    std::string equity;
    std::string margin_free;
    std::string currency;
    broker_trad_ses_status_t trading_status = BROKER_TRAD_SES_STATUS_UNSPECIFIED;
    std::string msg_type;  // venue faults
};

// Called from event threads, read from the test's.
class RecordingEvents final : public sdk::EventSink {
public:
    using Match = std::function<bool(const RecordedEvent&)>;
    // Generous, since machines under sanitizers are slow; nothing waits longer than it must.
    static constexpr std::chrono::seconds kPatience{30};

    void on_session_event(const broker_session_event_t& event) override {
        RecordedEvent record = begin(event.event);
        record.reason = event.reason;
        record.text = sdk::view(event.text);
        record.state = event.state;
        record.previous_state = event.previous_state;
        record.next_attempt_ms = event.next_attempt_ms;
        record.peer = sdk::view(event.peer);
        record.channel = event.channel;
        record.suggested_action = sdk::view(event.suggested_action);
        add(std::move(record));
    }

    void on_execution_report(const broker_execution_report_t& report) override {
        RecordedEvent record = begin(report.event);
        record.reason = report.reason;
        record.text = sdk::view(report.text);
        record.cl_ord_id = sdk::view(report.cl_ord_id);
        record.orig_cl_ord_id = sdk::view(report.orig_cl_ord_id);
        record.exec_id = sdk::view(report.exec_id);
        record.exec_type = report.exec_type;
        record.ord_status = report.ord_status;
        record.certainty = report.certainty;
        record.last_qty = sdk::decimal_text(report.last_qty);
        record.cum_qty = sdk::decimal_text(report.cum_qty);
        record.leaves_qty = sdk::decimal_text(report.leaves_qty);
        record.price = sdk::decimal_text(report.price);
        record.order_qty = sdk::decimal_text(report.order_qty);
        add_terms(record, report);
        record.is_snapshot = report.is_snapshot != 0;
        record.is_unsolicited = report.is_unsolicited != 0;
        record.stages = report.stages;
        record.channel = report.channel;
        record.request_id = report.request_id;
        add(std::move(record));
    }

    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override {
        RecordedEvent record = begin(reject.event);
        record.reason = reject.reason;
        record.text = sdk::view(reject.text);
        record.cl_ord_id = sdk::view(reject.cl_ord_id);
        record.orig_cl_ord_id = sdk::view(reject.orig_cl_ord_id);
        record.order_id = sdk::view(reject.order_id);
        record.ord_status = reject.ord_status;
        record.certainty = reject.certainty;
        add(std::move(record));
    }

    void on_order_list_status(const broker_order_list_status_t& status) override {
        RecordedEvent record = begin(status.event);
        record.reason = status.reason;
        record.text = sdk::view(status.text);
        record.list_id = sdk::view(status.list_id);
        record.list_status = status.status;
        add(std::move(record));
    }

    void on_snapshot(const broker_snapshot_event_t& snapshot) override {
        add(begin(snapshot.event));
    }
    void on_account_summary(const broker_account_summary_t& summary) override {
        RecordedEvent record = begin(summary.event);
        record.request_id = summary.request_id;
        record.balance = sdk::decimal_text(summary.balance);
        record.equity = sdk::decimal_text(summary.equity);
        record.margin_free = sdk::decimal_text(summary.margin_free);
        record.currency = sdk::view(summary.currency);
        add(std::move(record));
    }

    void on_venue_fault(const broker_venue_fault_t& fault) override {
        RecordedEvent record = begin(fault.event);
        record.reason = fault.reason;
        record.text = sdk::view(fault.text);
        record.channel = fault.channel;
        record.msg_type = sdk::view(fault.msg_type);
        record.cl_ord_id = sdk::view(fault.cl_ord_id);
        record.exec_id = sdk::view(fault.exec_id);
        add(std::move(record));
    }

    void on_position(const broker_position_report_t& position) override {
        RecordedEvent record = begin(position.event);
        record.channel = position.channel;
        record.request_id = position.request_id;
        record.symbol = sdk::view(position.symbol);
        record.position_code = sdk::view(position.position_code);
        record.net_qty = sdk::decimal_text(position.net_qty);
        record.net_qty_from_fills = sdk::decimal_text(position.net_qty_from_fills);
        record.is_different = position.is_different != 0;
        add(std::move(record));
    }

    void on_trade(const broker_trade_report_t& trade) override {
        RecordedEvent record = begin(trade.event);
        record.request_id = trade.request_id;
        record.symbol = sdk::view(trade.symbol);
        record.cl_ord_id = sdk::view(trade.cl_ord_id);
        record.exec_id = sdk::view(trade.exec_id);
        record.last_qty = sdk::decimal_text(trade.last_qty);
        add(std::move(record));
    }

    void on_instrument(const broker_instrument_t& instrument) override {
        RecordedEvent record = begin(instrument.event);
        record.request_id = instrument.request_id;
        record.symbol = sdk::view(instrument.symbol);
        record.currency = sdk::view(instrument.currency);
        add(std::move(record));
    }

    void on_trading_session(const broker_trading_session_status_t& status) override {
        RecordedEvent record = begin(status.event);
        record.request_id = status.request_id;
        record.symbol = sdk::view(status.symbol);
        record.trading_status = status.status;
        add(std::move(record));
    }

    void on_request_done(const broker_request_done_t& done) override {
        RecordedEvent record = begin(done.event);
        record.query_kind = done.kind;
        record.request_id = done.request_id;
        record.count = done.count;
        record.reason = done.reason;
        record.text = sdk::view(done.text);
        add(std::move(record));
    }

    void on_quote(const broker_quote_t& quote) override {
        RecordedEvent record = begin(quote.event);
        record.request_id = quote.request_id;
        record.symbol = sdk::view(quote.symbol);
        record.is_stale = quote.is_stale != 0;
        record.is_snapshot = quote.is_snapshot != 0;
        record.merged_count = quote.merged_count;
        record.bid_px = sdk::decimal_text(quote.bid_px);
        record.offer_px = sdk::decimal_text(quote.offer_px);
        add(std::move(record));
    }

    void on_market_data_entry(const broker_market_data_entry_t& entry) override {
        RecordedEvent record = begin(entry.event);
        record.request_id = entry.request_id;
        record.symbol = sdk::view(entry.symbol);
        record.is_snapshot = entry.is_snapshot != 0;
        record.entry_type = entry.entry_type;
        record.action = entry.action;
        record.is_last = entry.is_last != 0;
        record.price = sdk::decimal_text(entry.px);
        add(std::move(record));
    }

    void on_market_data_status(const broker_market_data_status_t& status) override {
        RecordedEvent record = begin(status.event);
        record.request_id = status.request_id;
        record.symbol = sdk::view(status.symbol);
        record.md_status = status.status;
        record.reason = status.reason;
        record.text = sdk::view(status.text);
        add(std::move(record));
    }

    // Called with each event on the thread that brings it, before waiting tests see it. Set before
    // the adapter starts.
    void on_each(std::function<void(const RecordedEvent&)> call) { on_each_ = std::move(call); }

    // From here on events of this account are not kept.
    void ignore(std::string account) {
        const std::lock_guard lock{mutex_};
        ignored_ = std::move(account);
    }

    // Waits for an event that matches, those from before included; false after kPatience.
    [[nodiscard]] bool wait_for(const Match& match) { return wait_for_count(match, 1); }
    [[nodiscard]] bool wait_for_count(const Match& match, std::size_t count) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, kPatience, [&] { return count_locked(match) >= count; });
    }

    // Waits until `holds` does, which may look at the events: judged at once and after each further
    // one. False after kPatience.
    template <class Holds>
    [[nodiscard]] bool wait_until(Holds&& holds) {
        const auto limit = std::chrono::steady_clock::now() + kPatience;
        std::unique_lock lock{mutex_};
        while (true) {
            const std::uint64_t seen = kept_;
            lock.unlock();
            if (holds()) return true;
            lock.lock();
            if (!changed_.wait_until(lock, limit, [&] { return kept_ != seen; })) return false;
        }
    }

    [[nodiscard]] std::vector<RecordedEvent> find(const Match& match) const {
        const std::lock_guard lock{mutex_};
        std::vector<RecordedEvent> found;
        for (const RecordedEvent& event : events_) {
            if (match(event)) found.push_back(event);
        }
        return found;
    }
    [[nodiscard]] std::size_t count(const Match& match) const {
        const std::lock_guard lock{mutex_};
        return count_locked(match);
    }
    // Every text that reached the host, for searching.
    [[nodiscard]] std::string all_text() const {
        const std::lock_guard lock{mutex_};
        std::string text;
        for (const RecordedEvent& event : events_)
            text += event.text + event.suggested_action + "\n";
        return text;
    }
    void clear() {
        const std::lock_guard lock{mutex_};
        events_.clear();
    }

private:
    static RecordedEvent begin(const broker_event_t& event) {
        RecordedEvent record;
        record.called = std::chrono::steady_clock::now();
        record.type = event.type;
        record.account = sdk::view(event.account);
        record.event_seq_num = event.event_seq_num;
        return record;
    }
    static void add_terms(RecordedEvent& record, const broker_execution_report_t& report) {
        record.stop_px = sdk::decimal_text(report.stop_px);
        record.cash_order_qty = sdk::decimal_text(report.cash_order_qty);
        record.side = report.side;
        record.ord_type = report.ord_type;
        record.time_in_force = report.time_in_force;
        record.position_effect = report.position_effect;
        record.expire_time = report.expire_time;
        record.last_px = sdk::decimal_text(report.last_px);
        record.ex_destination = sdk::view(report.ex_destination);
        record.position_code = sdk::view(report.position_code);
        record.list_id = sdk::view(report.list_id);
        record.order_id = sdk::view(report.order_id);
        record.fields = sdk::view(report.fields);
        record.faults = report.faults;
    }
    void add(RecordedEvent event) {
        if (on_each_) on_each_(event);
        {
            const std::lock_guard lock{mutex_};
            if (!ignored_.empty() && event.account == ignored_) return;
            events_.push_back(std::move(event));
            ++kept_;
        }
        changed_.notify_all();
    }
    [[nodiscard]] std::size_t count_locked(const Match& match) const {
        return static_cast<std::size_t>(std::count_if(events_.begin(), events_.end(), match));
    }

    mutable std::mutex mutex_;  // guards events_, kept_ and ignored_
    std::condition_variable changed_;
    std::vector<RecordedEvent> events_;
    std::uint64_t kept_ = 0;  // ever, those that were cleared included
    std::function<void(const RecordedEvent&)> on_each_;
    std::string ignored_;
};

// -- matches

inline RecordingEvents::Match state_is(std::string account, broker_account_state_t state) {
    return [account = std::move(account), state](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_SESSION && event.account == account &&
               event.state == state;
    };
}

inline RecordingEvents::Match session_reason(std::string account, broker_reason_t reason) {
    return [account = std::move(account), reason](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_SESSION && event.account == account &&
               event.reason == reason;
    };
}

inline RecordingEvents::Match order_status(std::string cl_ord_id, broker_ord_status_t status) {
    return [id = std::move(cl_ord_id), status](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT && !event.is_snapshot &&
               event.cl_ord_id == id && event.ord_status == status;
    };
}

inline RecordingEvents::Match order_certainty(std::string cl_ord_id, broker_certainty_t certainty) {
    return [id = std::move(cl_ord_id), certainty](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT && !event.is_snapshot &&
               event.cl_ord_id == id && event.certainty == certainty;
    };
}

inline RecordingEvents::Match cancel_reject(std::string cl_ord_id) {
    return [id = std::move(cl_ord_id)](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_ORDER_CANCEL_REJECT && event.cl_ord_id == id;
    };
}

// The end of the host's question with this id.
inline RecordingEvents::Match request_done(std::uint64_t request_id) {
    return [request_id](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_REQUEST_DONE && event.request_id == request_id;
    };
}

inline RecordingEvents::Match venue_fault(broker_reason_t reason) {
    return [reason](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_VENUE_FAULT && event.reason == reason;
    };
}

inline RecordingEvents::Match fill_of(std::string cl_ord_id) {
    return [id = std::move(cl_ord_id)](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT && event.cl_ord_id == id &&
               event.exec_type == BROKER_EXEC_TYPE_TRADE;
    };
}

}  // namespace broker::test
