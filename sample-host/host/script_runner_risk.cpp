#include <algorithm>
#include <chrono>

#include "broker/sdk/text.hpp"
#include "host/script_runner.hpp"

// The steps about what stops an account from trading.
namespace broker::sample_host {
namespace {

// How often what guards an account is read: nothing tells of every change of it.
constexpr std::chrono::milliseconds kReading{20};

// Empty if it went out.
std::string problem_of(std::string_view step, const sdk::Status& status) {
    return status.is_ok() ? std::string{} : std::string{step} + ": " + status.describe();
}

std::string_view word(bool is_so) { return is_so ? "true" : "false"; }

// What was expected and what is there, of the members that are to be looked at.
class RiskComparison {
public:
    RiskComparison(const ExpectRisk& step, const broker_risk_status_t& found) {
        if (step.is_kill_switch_on) {
            add("kill_switch", word(*step.is_kill_switch_on), word(found.is_kill_switch_on != 0));
        }
        if (step.guard) add("guard", *step.guard, sdk::reason_name(found.guard_reason));
        if (step.is_flattening) {
            add("flattening", word(*step.is_flattening), word(found.is_flattening != 0));
        }
        if (step.open_positions) {
            add("open_positions", std::to_string(*step.open_positions),
                found.open_positions < 0 ? "none" : std::to_string(found.open_positions));
        }
    }

    [[nodiscard]] bool is_met() const { return expected_ == found_; }
    [[nodiscard]] const std::string& expected() const { return expected_; }
    [[nodiscard]] const std::string& found() const { return found_; }

private:
    void add(std::string_view key, std::string_view wanted, std::string_view actual) {
        const std::string start = (expected_.empty() ? "" : ", ") + std::string{key} + " ";
        expected_.append(start).append(wanted);
        found_.append(start).append(actual);
    }

    std::string expected_;
    std::string found_;
};

}  // namespace

std::string ScriptRunner::perform(const KillSwitch& step) {
    if (adapter_->risk() == nullptr) return missing("kill_switch", BROKER_EXT_RISK);
    const sdk::Status status =
        adapter_->risk()->set_kill_switch(step.account, step.is_on, step.has_flatten);
    return problem_of("kill_switch", status);
}

std::string ScriptRunner::perform(const Flatten& step) {
    if (adapter_->risk() == nullptr) return missing("flatten", BROKER_EXT_RISK);
    return problem_of("flatten", adapter_->risk()->flatten(step.account));
}

std::string ScriptRunner::perform(const ResetGuard& step) {
    if (adapter_->risk() == nullptr) return missing("reset_guard", BROKER_EXT_RISK);
    return problem_of("reset_guard", adapter_->risk()->reset_guard(step.account));
}

std::string ScriptRunner::perform(const ExpectRisk& step) {
    if (adapter_->risk() == nullptr) return missing("expect_risk", BROKER_EXT_RISK);
    const auto end = std::chrono::steady_clock::now() + step.timeout;
    for (;;) {
        broker_risk_status_t found{};
        const sdk::Status status = adapter_->risk()->read(step.account, found);
        if (!status.is_ok()) return problem_of("expect_risk", status);
        const RiskComparison comparison{step, found};
        if (comparison.is_met() || is_stopping_) return {};
        if (std::chrono::steady_clock::now() >= end) {
            return "expect_risk " + step.account + ": expected " + comparison.expected() +
                   " within " + std::to_string(step.timeout.count()) + " ms, found " +
                   comparison.found();
        }
        wait_until([] { return false; }, kReading);
    }
}

}  // namespace broker::sample_host
