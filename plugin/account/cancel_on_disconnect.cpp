#include "account/cancel_on_disconnect.hpp"

#include <utility>
#include <vector>

namespace broker::account {

CancelOnDisconnect::CancelOnDisconnect(std::optional<CancelOnDisconnectRules> rules,
                                       OrderFlow& orders, Tell tell)
    : rules_{std::move(rules)}, orders_{orders}, tell_{std::move(tell)} {}

void CancelOnDisconnect::session_lost(core::MonotonicTime now) {
    if (!rules_ || due_ || orders_.ledger().live_count() == 0) return;
    due_ = now + rules_->after;
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(rules_->after);
    tell_("cancel on disconnect: " + std::to_string(orders_.ledger().live_count()) +
          " live orders are canceled over REST in " + std::to_string(wait.count()) +
          " ms unless the session is back");
}

void CancelOnDisconnect::session_back() {
    due_.reset();
    is_told_impossible_ = false;
    cancels_.clear();
}

void CancelOnDisconnect::on_tick(core::MonotonicTime now, bool is_possible) {
    if (!due_ || now < *due_) return;
    if (!is_possible) {
        if (!std::exchange(is_told_impossible_, true)) {
            tell_("cancel on disconnect: REST is not logged on; orders stay until it is");
        }
        return;
    }
    due_ = now + rules_->repeat;
    cancel_all();
}

bool CancelOnDisconnect::is_being_canceled(const core::Order& order) const {
    const auto known = cancels_.find(order.first_cl_ord_id);
    if (known == cancels_.end()) return false;
    const core::Request* request = orders_.ledger().find_request(known->second);
    return request != nullptr && request->certainty != core::Certainty::Rejected;
}

void CancelOnDisconnect::cancel_all() {
    std::vector<core::ClOrdID> orders;  // first the list: each cancel changes the ledger
    orders_.ledger().for_each_live([&](const core::Order& order) {
        if (!is_being_canceled(order)) orders.push_back(order.first_cl_ord_id);
    });
    if (orders.empty()) return;
    tell_("cancel on disconnect: canceling " + std::to_string(orders.size()) +
          " live orders over REST");
    for (const core::ClOrdID& order : orders) {
        core::CancelOrder cancel;
        cancel.cl_ord_id = rules_->next_cl_ord_id();
        cancel.orig_cl_ord_id = order;
        cancel.stages.signal = cancel.stages.accepted = orders_.now();
        cancels_[order] = cancel.cl_ord_id;
        orders_.execute(cancel);
    }
}

}  // namespace broker::account
