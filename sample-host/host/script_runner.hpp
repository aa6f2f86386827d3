// Plays a script against an adapter and keeps what its events say.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "broker/sdk/adapter_handle.hpp"
#include "broker/sdk/event_queue.hpp"
#include "host/event_history.hpp"
#include "host/json_lines.hpp"
#include "host/order_view.hpp"
#include "host/positions.hpp"
#include "host/run_tag.hpp"
#include "host/script.hpp"
#include "host/venue_view.hpp"

namespace broker::sample_host {

// How a script ended.
struct ScriptResult {
    std::string failure;                // one line; empty: every expectation was met
    bool is_interrupted = false;        // by the stop flag
    std::size_t expectation_count = 0;  // that were met

    [[nodiscard]] bool is_passed() const { return failure.empty() && !is_interrupted; }
};

// Throws ScriptError if the script has an account that the adapter has not. Why before the start: a
// script for other accounts must not send half of its orders.
void check_accounts(const Script& script, const sdk::Accounts& accounts);

// What is wrong with a step whose extension the adapter has not.
[[nodiscard]] std::string missing(std::string_view step, std::string_view extension);

// Reads the queue between its steps, and from AdapterHandle::stop. [control-thread]
class ScriptRunner final : public sdk::QueueReader {
public:
    // `json` may be null. `is_stopping` ends the script when it becomes true.
    ScriptRunner(sdk::EventQueue& queue, JsonLines* json, const std::atomic<bool>& is_stopping)
        : queue_{queue}, json_{json}, is_stopping_{is_stopping} {}

    // The adapter is started, has the extensions for orders and accounts, and outlives the call. A
    // step that needs another one fails if the adapter has it not.
    [[nodiscard]] ScriptResult run(const Script& script, const sdk::AdapterHandle& adapter);

    [[nodiscard]] const OrderView& orders() const { return orders_; }
    [[nodiscard]] const Positions& positions() const { return positions_; }
    [[nodiscard]] const VenueView& venue() const { return venue_; }
    [[nodiscard]] const RunTag& tag() const { return tag_; }

    // QueueReader
    void on_session_event(const broker_session_event_t& event) override;
    void on_execution_report(const broker_execution_report_t& report) override;
    void on_order_cancel_reject(const broker_order_cancel_reject_t& reject) override;
    void on_snapshot(const broker_snapshot_event_t& snapshot) override;
    void on_account_summary(const broker_account_summary_t& summary) override;
    void on_venue_fault(const broker_venue_fault_t& fault) override;
    void on_position(const broker_position_report_t& position) override;
    void on_trade(const broker_trade_report_t& trade) override;
    void on_instrument(const broker_instrument_t& instrument) override;
    void on_trading_session(const broker_trading_session_status_t& status) override;
    void on_request_done(const broker_request_done_t& done) override;
    void on_quote(const broker_quote_t& quote) override;
    void on_market_data_entry(const broker_market_data_entry_t& entry) override;
    void on_market_data_status(const broker_market_data_status_t& status) override;
    void on_order_list_status(const broker_order_list_status_t& status) override;
    void on_cash_transfer(const broker_cash_transfer_t& transfer) override;
    void on_account_event(const broker_account_event_t& event) override;
    void on_candle(const broker_candle_t& candle) override;
    void on_conversion_rate(const broker_conversion_rate_t& rate) override;
    void on_unknown_event(const broker_event_t& event) override;
    void on_events_lost(const sdk::LostEvents& lost) override;

private:
    struct AccountView {
        broker_account_state_t state = BROKER_ACCOUNT_STATE_UNSPECIFIED;
        std::string last_event;           // for people
        std::uint64_t last_snapshot = 0;  // request_id of the last one that is complete
    };
    // How the answers to a question ended.
    struct Answers {
        broker_reason_t reason = BROKER_REASON_NONE;
        std::string text;
        std::uint64_t count = 0;
    };
    using Label = std::pair<std::string, std::string>;  // account and id

    // Each returns what is wrong, or an empty text.
    std::string perform(const WaitReady& step);
    std::string perform(const Submit& step);
    std::string perform(const Replace& step);
    std::string perform(const Cancel& step);
    std::string perform(const CancelAll& step);
    std::string perform(const SubmitList& step);
    std::string perform(const CancelList& step);
    std::string perform(const Query& step);
    std::string perform(const Subscribe& step);
    std::string perform(const Unsubscribe& step);
    std::string perform(const Expect& step);
    std::string perform(const ExpectEvent& step);
    std::string perform(const Snapshot& step);
    std::string perform(const Wait& step);

    // Reads events until the condition holds, judged after each one. False: it did not in time, or
    // the run is interrupted.
    bool wait_until(const std::function<bool()>& holds, std::chrono::milliseconds timeout);
    void note_refusal(const std::string& account, const std::string& cl_ord_id,
                      const sdk::Status& status);
    [[nodiscard]] std::uint64_t new_request_id(const std::string& account,
                                               const std::string& label);
    // Null: the adapter lacks the extension.
    [[nodiscard]] std::optional<sdk::Status> ask(const Query& step, std::uint64_t request_id) const;
    template <class Record>
    void note_event(const Record& record);
    [[nodiscard]] bool holds(const Expect& step) const;
    [[nodiscard]] std::string describe(const Expect& step) const;

    sdk::EventQueue& queue_;
    JsonLines* const json_;
    const std::atomic<bool>& is_stopping_;
    const RunTag tag_;
    const sdk::AdapterHandle* adapter_ = nullptr;  // while run() lasts
    std::map<std::string, AccountView, std::less<>> accounts_;
    OrderView orders_;
    Positions positions_;
    VenueView venue_;
    EventHistory events_;
    std::uint64_t request_count_ = 0;             // snapshots, questions and subscriptions
    std::map<Label, std::uint64_t> request_ids_;  // of those that have a label
    std::map<std::uint64_t, Answers> answers_;    // complete ones, by request_id
};

}  // namespace broker::sample_host
