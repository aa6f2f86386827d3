// What an account's orders were before the process began; the rest of OrderFlow is in
// order_flow.cpp.
#include <string>
#include <utility>
#include <variant>

#include "account/order_flow.hpp"

namespace broker::account {

using core::LogLevel;
using core::Reason;

core::Result<void> OrderFlow::recover(std::unique_ptr<recovery::RecordLog> log,
                                      const recovery::RecordedLedger::NeverSent& never_sent) {
    const auto recovered = ledger_.recover(std::move(log), never_sent, clock_.monotonic());
    if (!recovered) return recovered.error();
    if (recovered->records == 0) return {};
    const std::string counts = "records=" + std::to_string(recovered->records) +
                               " in_doubt=" + std::to_string(recovered->in_doubt) +
                               " never_sent=" + std::to_string(recovered->never_sent) +
                               " skipped=" + std::to_string(recovered->skipped);
    log_.write(recovered->skipped == 0 ? LogLevel::Info : LogLevel::Warning, "recovered", counts);
    return {};
}

void OrderFlow::report_recovery() {
    publish_counts();
    if (!ledger_.has_untold() && ledger().live_count() == 0) return;
    SnapshotNews news{SnapshotPhase::Begin, status_.state.load(std::memory_order_relaxed), 0,
                      ledger().live_count(), ledger().unknown_count()};
    events_.on_snapshot(news);
    reporter_.set_repeating(true);
    ledger_.take_untold([this](const recovery::LedgerRecord& record) {
        std::visit([this](const auto& body) { tell_again(body); }, record.body);
    });
    reporter_.set_repeating(false);
    report_live_orders();
    news.phase = SnapshotPhase::End;
    events_.on_snapshot(news);
    ledger_.heard();
}

// Why once: what comes into doubt here is the channel's own to follow, and it knows more of it.
void OrderFlow::resume_doubts() {
    if (std::exchange(has_resumed_, true)) return;
    const core::OrderLedger& known = ledger();
    known.for_each_in_doubt([&](const core::Order& order, const core::Request& request) {
        bool has_arrived = !order.order_id.empty();
        if (!order.list_id.empty()) {
            known.for_each_of_list(order.list_id, [&](const core::Order& other) {
                has_arrived = has_arrived || !other.order_id.empty();
            });
        }
        channel_->resume(order, request, has_arrived);
    });
}

void OrderFlow::tell_again(const core::ExecutionReport& report) {
    const auto id = core::ClOrdID::from(report.cl_ord_id).value_or(core::ClOrdID{});
    const core::Order* const order = ledger().find(id);
    const core::Request* const request = ledger().find_request(id);
    OrderNews news{report,
                   order,
                   request,
                   request != nullptr ? request->certainty : core::Certainty::Unspecified,
                   reason_of(report),
                   false};
    news.is_possible_repeat = true;
    events_.on_order(news);
}

void OrderFlow::tell_again(const core::OrderCancelReject& reject) {
    const auto id = core::ClOrdID::from(reject.cl_ord_id).value_or(core::ClOrdID{});
    events_.on_cancel_reject(
        {reject, ledger().find(id), ledger().find_request(id), Reason::CancelRejected, true});
}

void OrderFlow::tell_again(const recovery::Refused& refused) {
    const core::Order* const order = ledger().find(refused.cl_ord_id);
    const core::Request* const request = ledger().find_request(refused.cl_ord_id);
    if (order == nullptr || request == nullptr) return;
    reporter_.rejected(*order, *request, refused.text, {});
}

void OrderFlow::tell_again(const recovery::InDoubt& doubt) {
    const core::Order* const order = ledger().find(doubt.cl_ord_id);
    const core::Request* const request = ledger().find_request(doubt.cl_ord_id);
    if (order == nullptr || request == nullptr) return;
    reporter_.changed(*order, *request);
}

void OrderFlow::tell_again(const recovery::StaleRequest& stale) {
    tell_stale(stale.cl_ord_id, stale.age);
}

// Its outcome stays as it is until the venue is asked: it may have been received and its number
// forgotten. It is not sent again.
void OrderFlow::stale(std::string_view cl_ord_id, core::Duration age) {
    const auto id = core::ClOrdID::from(cl_ord_id);
    if (!id) return;
    ledger_.stale(*id, age);
    tell_stale(*id, age);
    ledger_.heard();
}

void OrderFlow::tell_stale(const core::ClOrdID& request, core::Duration age) {
    const auto age_ms = std::chrono::duration_cast<std::chrono::milliseconds>(age).count();
    log_.write(LogLevel::Warning, "stale-request",
               "ClOrdID=" + std::string{request.view()} + " age_ms=" + std::to_string(age_ms) +
                   " action=gap-filled");
    const core::Order* const order = ledger().find(request);
    const core::Request* const known = ledger().find_request(request);
    if (order != nullptr && known != nullptr) reporter_.stale(*order, *known);
}

}  // namespace broker::account
