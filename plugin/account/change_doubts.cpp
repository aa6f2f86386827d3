#include "account/change_doubts.hpp"

#include "core/report_rules.hpp"

namespace broker::account {
namespace {

using core::OrdStatus;

bool is_at_work(OrdStatus status) {
    return status == OrdStatus::New || status == OrdStatus::PartiallyFilled ||
           status == OrdStatus::Replaced;
}

}  // namespace

// The order works, and not by the terms of a replace.
bool ChangeDoubts::shows_as_before(const core::ClOrdID& change,
                                   const core::ExecutionReport& report) const {
    if (!is_at_work(report.ord_status)) return false;
    const core::Request* const request = ledger_.find_request(change);
    const bool is_replace = request != nullptr && request->kind == core::RequestKind::Replace;
    return !is_replace || core::shows_other_terms(*request, report);
}

void ChangeDoubts::look(core::MonotonicTime now) {
    for (auto& [change, doubt] : doubts_) doubt.is_seen = false;
    ledger_.for_each_in_doubt([&](const core::Order& order, const core::Request& request) {
        if (request.kind == core::RequestKind::New) return;
        const auto [known, is_new] = doubts_.try_emplace(request.cl_ord_id);
        known->second.is_seen = true;
        if (!is_new) return;
        known->second.order = order.first_cl_ord_id;
        known->second.due = now + grace_;
    });
    std::erase_if(doubts_, [](const auto& entry) { return !entry.second.is_seen; });
}

void ChangeDoubts::on_tick(core::MonotonicTime now,
                           const std::function<void(const core::ClOrdID&)>& ask) {
    look(now);
    due_.clear();
    for (auto& [change, doubt] : doubts_) {
        if (doubt.due > now) continue;
        doubt.due = now + grace_;
        doubt.is_asked = true;
        due_.insert(doubt.order);
    }
    for (const core::ClOrdID& order : due_) ask(order);
}

const std::vector<core::ClOrdID>& ChangeDoubts::note(const core::ExecutionReport& report,
                                                     const core::Order& order) {
    without_effect_.clear();
    for (auto& [change, doubt] : doubts_) {
        if (!doubt.is_asked || doubt.order != order.first_cl_ord_id) continue;
        if (report.is_poss_dup) continue;  // of the time before a gap
        doubt.is_asked = false;
        if (!is_at_work(report.ord_status)) doubt.answers = 0;
        if (!shows_as_before(change, report)) continue;
        ++doubt.answers;
        if (doubt.answers == kAnswers) without_effect_.push_back(change);
    }
    return without_effect_;
}

}  // namespace broker::account
