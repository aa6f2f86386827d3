#include "host/script_runner.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "broker/sdk/text.hpp"
#include "host/decimal_sum.hpp"

namespace broker::sample_host {
namespace {

using sdk::borrow;
using sdk::view;
using SteadyClock = std::chrono::steady_clock;

// How long an interruption may go unnoticed while nothing happens.
constexpr std::chrono::milliseconds kInterruptionCheck{50};

// The ABI's monotonic clock is CLOCK_MONOTONIC, as is this one on Linux.
broker_monotonic_t now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               SteadyClock::now().time_since_epoch())
        .count();
}

}  // namespace

void check_accounts(const Script& script, const sdk::Accounts& accounts) {
    std::vector<std::string> known;
    std::string names;
    for (std::uint64_t i = 0; i < accounts.count(); ++i) {
        broker_account_status_t status;
        if (!accounts.get_status_at(i, status).is_ok()) continue;
        known.emplace_back(view(status.account));
        names += (names.empty() ? "" : ", ") + known.back();
    }
    for (const Step& step : script.steps) {
        for (const std::string& account : accounts_of(step)) {
            if (std::find(known.begin(), known.end(), account) != known.end()) continue;
            throw ScriptError{script.name + ":" + std::to_string(step.line) +
                              ": expected one of the configured accounts (" + names +
                              "), found \"" + account + "\""};
        }
    }
}

ScriptResult ScriptRunner::run(const Script& script, const sdk::AdapterHandle& adapter) {
    adapter_ = &adapter;
    ScriptResult result;
    for (const Step& step : script.steps) {
        const std::string problem =
            std::visit([this](const auto& action) { return perform(action); }, step.action);
        result.is_interrupted = is_stopping_;
        if (result.is_interrupted) break;
        if (!problem.empty()) {
            result.failure = script.name + ":" + std::to_string(step.line) + ": " + problem;
            break;
        }
        if (std::holds_alternative<Expect>(step.action)) ++result.expectation_count;
    }
    adapter_ = nullptr;
    return result;
}

bool ScriptRunner::wait_until(const std::function<bool()>& holds,
                              std::chrono::milliseconds timeout) {
    const SteadyClock::time_point deadline = SteadyClock::now() + timeout;
    while (!holds()) {
        if (is_stopping_) return false;
        if (queue_.poll(*this, 1) != 0) continue;
        const auto left = deadline - SteadyClock::now();
        if (left <= SteadyClock::duration::zero()) return false;
        queue_.wait_for(std::min<std::chrono::nanoseconds>(left, kInterruptionCheck));
    }
    return true;
}

// ---- steps

std::string ScriptRunner::perform(const WaitReady& step) {
    const auto is_ready = [this](const std::string& account) {
        return accounts_[account].state == BROKER_ACCOUNT_STATE_READY;
    };
    const auto all_ready = [&] {
        return std::all_of(step.accounts.begin(), step.accounts.end(), is_ready);
    };
    if (wait_until(all_ready, step.timeout)) return {};
    const auto account = std::find_if_not(step.accounts.begin(), step.accounts.end(), is_ready);
    if (account == step.accounts.end()) return {};
    const AccountView& found = accounts_[*account];
    std::string text = "wait_ready: expected " + *account + " to be Ready within " +
                       std::to_string(step.timeout.count()) + " ms, found " +
                       std::string{sdk::account_state_name(found.state)};
    if (!found.last_event.empty()) text += " (" + found.last_event + ")";
    return text;
}

std::string ScriptRunner::perform(const Submit& step) {
    const std::string id = tag_.cl_ord_id(step.id);
    broker_new_order_t order{};
    order.side = step.side;
    order.ord_type = step.type;
    order.time_in_force = step.tif;
    order.account = borrow(step.account);
    order.cl_ord_id = borrow(id);
    order.symbol = borrow(step.symbol);
    order.order_qty = step.qty;
    order.price = step.price;
    order.stop_px = step.stop_px;
    order.signal_time = now();
    orders_.submitting(order);
    note_refusal(step.account, id, adapter_->order_entry()->submit(order));
    return {};
}

std::string ScriptRunner::perform(const Replace& step) {
    const std::string id = tag_.cl_ord_id(step.id);
    const std::string orig = tag_.cl_ord_id(step.orig);
    broker_replace_order_t request{};
    request.account = borrow(step.account);
    request.cl_ord_id = borrow(id);
    request.orig_cl_ord_id = borrow(orig);
    request.order_qty = step.qty;
    request.price = step.price;
    request.signal_time = now();
    orders_.changing(step.account, id, orig);
    note_refusal(step.account, id, adapter_->order_entry()->replace(request));
    return {};
}

std::string ScriptRunner::perform(const Cancel& step) {
    const std::string id = tag_.cl_ord_id(step.id);
    const std::string orig = tag_.cl_ord_id(step.orig);
    broker_cancel_order_t request{};
    request.account = borrow(step.account);
    request.cl_ord_id = borrow(id);
    request.orig_cl_ord_id = borrow(orig);
    request.signal_time = now();
    orders_.changing(step.account, id, orig);
    note_refusal(step.account, id, adapter_->order_entry()->cancel(request));
    return {};
}

std::string ScriptRunner::perform(const CancelAll& step) {
    const std::string prefix = tag_.cl_ord_id(step.prefix) + "-";
    broker_cancel_all_t request{};
    request.account = borrow(step.account);
    request.symbol = borrow(step.symbol);
    request.cl_ord_id_prefix = borrow(prefix);
    request.signal_time = now();
    const sdk::Status status = adapter_->order_entry()->cancel_all(request);
    // Unlike the other commands it stands for no one order that could show the refusal.
    note_refusal(step.account, prefix, status);
    return status.is_ok() ? std::string{} : "cancel_all: " + status.describe();
}

void ScriptRunner::note_refusal(const std::string& account, const std::string& cl_ord_id,
                                const sdk::Status& status) {
    if (status.is_ok()) return;
    orders_.refused(account, cl_ord_id, status);
    if (json_ != nullptr) json_->write_refused(account, cl_ord_id, status);
}

std::string ScriptRunner::perform(const Snapshot& step) {
    const std::uint64_t request_id = ++snapshot_count_;
    const sdk::Status status = adapter_->accounts()->request_snapshot(step.account, request_id);
    if (!status.is_ok()) return "snapshot: " + status.describe();
    const AccountView& account = accounts_[step.account];
    if (wait_until([&] { return account.last_snapshot == request_id; }, step.timeout)) return {};
    return "snapshot: expected the snapshot of " + step.account + " within " +
           std::to_string(step.timeout.count()) + " ms";
}

std::string ScriptRunner::perform(const Wait& step) {
    wait_until([] { return false; }, step.time);
    return {};
}

std::string ScriptRunner::perform(const Expect& step) {
    if (wait_until([&] { return holds(step); }, step.timeout)) return {};
    return describe(step);
}

bool ScriptRunner::holds(const Expect& step) const {
    const RequestState* const request = orders_.find_request(step.account, tag_.cl_ord_id(step.id));
    if (request == nullptr) return false;
    const OrderState* const order = orders_.order_of(*request);
    if (step.certainty && sdk::certainty_name(request->certainty) != *step.certainty) return false;
    if (step.reason && sdk::reason_name(request->reason) != *step.reason) return false;
    if (step.status && (order == nullptr || sdk::ord_status_name(order->status) != *step.status)) {
        return false;
    }
    return step.cum_qty.is_present == 0 ||
           (order != nullptr && is_equal(order->cum_qty, step.cum_qty));
}

// What was expected and what is there, in the same order.
std::string ScriptRunner::describe(const Expect& step) const {
    const RequestState* const request = orders_.find_request(step.account, tag_.cl_ord_id(step.id));
    const OrderState* const order = request == nullptr ? nullptr : orders_.order_of(*request);
    std::string expected;
    std::string found;
    const auto add = [&](std::string_view key, std::string_view wanted, std::string_view actual) {
        const std::string start = (expected.empty() ? "" : ", ") + std::string{key} + " ";
        expected.append(start).append(wanted);
        found.append(start).append(actual.empty() ? "none" : actual);
    };
    if (step.status) {
        add("status", *step.status, order == nullptr ? "" : sdk::ord_status_name(order->status));
    }
    if (step.cum_qty.is_present != 0) {
        add("cum_qty", sdk::decimal_text(step.cum_qty),
            order == nullptr ? "" : sdk::decimal_text(order->cum_qty));
    }
    if (step.certainty) {
        add("certainty", *step.certainty,
            request == nullptr ? "" : sdk::certainty_name(request->certainty));
    }
    if (step.reason) {
        add("reason", *step.reason, request == nullptr ? "" : sdk::reason_name(request->reason));
    }
    std::string text = "expect " + step.account + " " + step.id + ": expected " + expected +
                       " within " + std::to_string(step.timeout.count()) + " ms, found " + found;
    if (request != nullptr && !request->text.empty()) text += " (\"" + request->text + "\")";
    return text;
}

// ---- events

void ScriptRunner::on_session_event(const broker_session_event_t& event) {
    AccountView& account = accounts_[std::string{view(event.event.account)}];
    account.state = event.state;
    // Why not: the next attempt would hide why the last one failed.
    if (event.state != BROKER_ACCOUNT_STATE_CONNECTING) {
        account.last_event = std::string{view(event.reason_name)};
        if (event.text.size != 0) account.last_event.append(": ").append(view(event.text));
    }
    if (json_ != nullptr) json_->write(event);
}

void ScriptRunner::on_execution_report(const broker_execution_report_t& report) {
    orders_.apply(report);
    positions_.apply(report);
    if (json_ != nullptr) json_->write(report);
}

void ScriptRunner::on_order_cancel_reject(const broker_order_cancel_reject_t& reject) {
    orders_.apply(reject);
    if (json_ != nullptr) json_->write(reject);
}

void ScriptRunner::on_snapshot(const broker_snapshot_event_t& snapshot) {
    if (snapshot.phase == BROKER_SNAPSHOT_PHASE_END) {
        accounts_[std::string{view(snapshot.event.account)}].last_snapshot = snapshot.request_id;
    }
    if (json_ != nullptr) json_->write(snapshot);
}

void ScriptRunner::on_account_summary(const broker_account_summary_t& summary) {
    if (json_ != nullptr) json_->write(summary);
}

void ScriptRunner::on_unknown_event(const broker_event_t& event) {
    if (json_ != nullptr) json_->write_unknown(event);
}

void ScriptRunner::on_events_lost(const sdk::LostEvents& lost) {
    if (json_ != nullptr) json_->write(lost);
}

}  // namespace broker::sample_host
