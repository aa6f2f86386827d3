#include "account/reconciliation.hpp"

#include <algorithm>

namespace broker::account {

using core::QueryKind;
using core::Reason;

void Reconciliation::begin(dxtrade::TradingChannel& channel, core::MonotonicTime now) {
    cancel();
    ledger_.for_each_live(
        [this](const core::Order& order) { waiting_.push_back({order.first_cl_ord_id}); });
    deadline_ = now + rules_.answer_timeout;
    if (rules_.offered.contains(QueryKind::MassStatus)) {
        core::Query query;
        query.kind = QueryKind::MassStatus;
        mass_status_mark_ = ledger_.begin_mass_status();
        if (const auto asked = channel.ask(query); asked) {
            awaits_mass_status_ = true;
            is_running_ = true;
            return;
        } else {
            log_.write(core::LogLevel::Warning, "mass-status-request",
                       "text=\"" + asked.error().detail + "\"");
        }
    }
    ask_one_by_one(channel, now);
}

void Reconciliation::cancel() {
    waiting_.clear();
    is_running_ = false;
    awaits_mass_status_ = false;
}

void Reconciliation::ask_one_by_one(dxtrade::TradingChannel& channel, core::MonotonicTime now) {
    if (!rules_.offered.contains(QueryKind::OrderStatus)) {
        is_running_ = false;
        return;
    }
    deadline_ = now + rules_.answer_timeout;
    for (Waiting& waiting : waiting_) waiting.msg_seq_num = ask(waiting.order, channel);
    is_running_ = !waiting_.empty();
}

void Reconciliation::ask_for_status(const core::ClOrdID& id, dxtrade::TradingChannel& channel) {
    if (rules_.offered.contains(QueryKind::OrderStatus)) (void)ask(id, channel);
}

core::MsgSeqNum Reconciliation::ask(const core::ClOrdID& id, dxtrade::TradingChannel& channel) {
    const core::Order* order = ledger_.find(id);
    if (order == nullptr) return 0;
    const auto asked = channel.request_status(*order);
    if (asked) return asked->msg_seq_num;
    // The order stays as it is: the deadline or the next logon sees to it.
    log_.write(
        core::LogLevel::Warning, "status-request",
        std::string{"ClOrdID="}.append(id.view()) + " text=\"" + asked.error().detail + "\"");
    return 0;
}

void Reconciliation::note(const core::Order& order) {
    std::erase_if(waiting_,
                  [&](const Waiting& waiting) { return waiting.order == order.first_cl_ord_id; });
    end_if_answered();
}

bool Reconciliation::apply(const core::MessageReject& reject) {
    const auto refused = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& each) {
        return dxtrade::is_reject_of_status_request(reject, each.msg_seq_num);
    });
    if (refused == waiting_.end()) return false;
    refused->is_refused = true;
    log_.write(core::LogLevel::Warning, "status-request",
               std::string{"ClOrdID="}.append(refused->order.view()) + " text=\"" +
                   std::string{reject.text} + "\"");
    end_if_answered();
    return true;
}

void Reconciliation::end_if_answered() {
    const bool is_answered = std::all_of(waiting_.begin(), waiting_.end(),
                                         [](const Waiting& each) { return each.is_refused; });
    if (is_answered && !awaits_mass_status_) is_running_ = false;
}

void Reconciliation::note_mass_status_done(const core::QueryDone& done,
                                           dxtrade::TradingChannel& channel,
                                           core::MonotonicTime now) {
    if (!awaits_mass_status_) return;
    awaits_mass_status_ = false;
    if (done.reason != Reason::None) {
        log_.write(core::LogLevel::Warning, "mass-status",
                   "reason=" + std::string{core::reason_name(done.reason)} + " text=\"" +
                       std::string{done.text} + "\"");
    }
    waiting_.clear();
    ledger_.for_each_unmentioned(mass_status_mark_, [this](const core::Order& order) {
        waiting_.push_back({order.first_cl_ord_id});
    });
    if (waiting_.empty()) {
        is_running_ = false;
    } else {
        ask_one_by_one(channel, now);
    }
}

void Reconciliation::on_tick(dxtrade::TradingChannel& channel, core::MonotonicTime now) {
    if (!is_running_ || now < deadline_) return;
    if (awaits_mass_status_) {
        core::QueryDone late;
        late.reason = Reason::OutcomeTimeout;
        late.text = "no answer in time";
        return note_mass_status_done(late, channel, now);
    }
    is_running_ = false;
}

}  // namespace broker::account
