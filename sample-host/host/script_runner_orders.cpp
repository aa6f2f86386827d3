#include <array>
#include <chrono>
#include <string>

#include "broker/sdk/text.hpp"
#include "host/order_records.hpp"
#include "host/script_runner.hpp"

// The steps about orders.
namespace broker::sample_host {
namespace {

using sdk::borrow;
using Clock = std::chrono::system_clock;

// The ABI's monotonic clock is CLOCK_MONOTONIC, as is this one on Linux.
broker_monotonic_t now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

std::string ScriptRunner::perform(const Submit& step) {
    const std::string id = tag_.cl_ord_id(step.id);
    broker_new_order_t order = record_of(step, step.account, id, Clock::now());
    order.signal_time = now();
    orders_.submitting(order);
    note_refusal(step.account, id, adapter_->order_entry()->submit(order));
    return {};
}

std::string ScriptRunner::perform(const Replace& step) {
    const std::string id = tag_.cl_ord_id(step.id);
    const std::string orig = tag_.cl_ord_id(step.orig);
    broker_replace_order_t request = record_of(step, id, orig, Clock::now());
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

std::string ScriptRunner::perform(const SubmitList& step) {
    if (adapter_->order_lists() == nullptr) return missing("submit_list", BROKER_EXT_ORDER_LIST);
    const std::string list_id = tag_.cl_ord_id(step.id);
    std::array<std::string, 3> ids;  // borrowed by the orders
    sdk::OrderList list;
    list.contingency = step.contingency;
    list.list_id = borrow(list_id);
    list.signal_time = now();
    for (const OrderTerms& terms : step.orders) {
        std::string& id = ids.at(list.order_count);
        id = tag_.cl_ord_id(terms.id);
        broker_new_order_t& order = list.orders.at(list.order_count++);
        order = record_of(terms, step.account, id, Clock::now());
        orders_.submitting(order);
    }
    const sdk::Status status = adapter_->order_lists()->submit(list);
    for (std::size_t i = 0; i < list.order_count; ++i) note_refusal(step.account, ids[i], status);
    return {};
}

std::string ScriptRunner::perform(const CancelList& step) {
    if (adapter_->order_lists() == nullptr) return missing("cancel_list", BROKER_EXT_ORDER_LIST);
    const std::string list_id = tag_.cl_ord_id(step.list);
    const std::string prefix = tag_.cl_ord_id(step.prefix) + "-";
    broker_cancel_order_list_t request{};
    request.account = borrow(step.account);
    request.list_id = borrow(list_id);
    request.cl_ord_id_prefix = borrow(prefix);
    request.signal_time = now();
    const sdk::Status status = adapter_->order_lists()->cancel(request);
    note_refusal(step.account, prefix, status);
    return status.is_ok() ? std::string{} : "cancel_list: " + status.describe();
}

}  // namespace broker::sample_host
