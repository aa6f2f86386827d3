#include "broker/sdk/text.hpp"
#include "host/decimal_sum.hpp"
#include "host/script_runner.hpp"

// What a script expects of orders and events.
namespace broker::sample_host {

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

std::string ScriptRunner::perform(const ExpectEvent& step) {
    EventPattern pattern{step, std::nullopt};
    if (!step.of.empty()) pattern.request_id = request_ids_[{step.account, step.of}];
    const auto are_there = [&] { return events_.count(pattern, tag_) >= step.times; };
    if (wait_until(are_there, step.timeout)) return {};
    std::string expected = std::to_string(step.times) + " " + step.type;
    if (!step.of.empty()) expected += " of " + step.of;
    for (const auto& [key, value] : step.values) expected += ", " + key + " " + value;
    return "expect_event " + step.account + ": expected " + expected + " within " +
           std::to_string(step.timeout.count()) + " ms, found " +
           events_.describe_nearest(pattern, tag_);
}

}  // namespace broker::sample_host
