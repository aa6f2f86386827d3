#include "host/script_runner.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

using sdk::view;
using SteadyClock = std::chrono::steady_clock;

// How long an interruption may go unnoticed while nothing happens.
constexpr std::chrono::milliseconds kInterruptionCheck{50};

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
        const bool is_expectation = std::holds_alternative<Expect>(step.action) ||
                                    std::holds_alternative<ExpectEvent>(step.action) ||
                                    std::holds_alternative<ExpectRisk>(step.action);
        if (is_expectation) ++result.expectation_count;
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

std::string ScriptRunner::perform(const Snapshot& step) {
    const std::uint64_t request_id = new_request_id(step.account, {});
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

}  // namespace broker::sample_host
