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
    void on_unknown_event(const broker_event_t& event) override {
        add("unknown", event, std::to_string(event.type));
    }
    void on_events_lost(const LostEvents& lost) override {
        std::string line = "lost " + std::to_string(lost.session_events) + '/' +
                           std::to_string(lost.account_summaries) + '/' +
                           std::to_string(lost.unknown_events);
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

}  // namespace broker::sdk::test
