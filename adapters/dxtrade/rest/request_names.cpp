#include "dxtrade/rest/request_names.hpp"

#include <algorithm>

#include "core/order_state.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::ExecType;
using core::RequestKind;

// The picture has every term that the replace changes, of which there is one at least.
bool shows_effect(const core::ReplaceOrder& replace, const core::Order& before,
                  const core::ExecutionReport& picture) {
    bool is_change = false;
    const auto matches = [&](const auto& asked, const auto& shown, const auto& old) {
        if (!asked || asked == old) return true;
        is_change = true;
        return asked == shown;
    };
    return matches(replace.order_qty, picture.order_qty, std::optional{before.order_qty}) &&
           matches(replace.price, picture.price, before.price) &&
           matches(replace.stop_px, picture.stop_px, before.stop_px) && is_change;
}

void take_terms(core::Order& order, const core::ReplaceOrder& replace) {
    if (replace.order_qty) order.order_qty = *replace.order_qty;
    if (replace.price) order.price = replace.price;
    if (replace.stop_px) order.stop_px = replace.stop_px;
    if (replace.expire_time) order.expire_time = replace.expire_time;
    if (replace.time_in_force != core::TimeInForce::Unspecified) {
        order.time_in_force = replace.time_in_force;
    }
}

}  // namespace

void RequestNames::name(core::ExecutionReport& report, std::string_view update_order_id) {
    SentOrder* sent = orders_.find(report.cl_ord_id);
    if (sent == nullptr) return;
    sent->is_shown = true;
    if (sent->order.order_id.empty()) {
        sent->order.order_id = core::OrderID::from(report.order_id).value_or(core::OrderID{});
    }
    if (!report.position_code.empty()) sent->position_code = report.position_code;
    if (core::is_final(report.ord_status)) sent->is_final = true;
    switch (report.exec_type) {
        case ExecType::Replaced:
            return name_replaced(*sent, report, update_order_id);
        case ExecType::Canceled:
            return name_canceled(*sent, report);
        case ExecType::OrderStatus:
            return name_picture(*sent, report);
        default:
            named_ = sent->order.cl_ord_id;
            report.cl_ord_id = named_.view();
    }
}

// Replaces come into force in the order of their arrival: those before one that has are done with.
void RequestNames::put_in_force(SentOrder& sent, core::ExecutionReport& report,
                                const core::ClOrdID& replace) {
    named_ = replace;
    orig_ = sent.order.cl_ord_id;
    std::vector<PendingChange>& changes = sent.changes;
    const auto at = std::find_if(changes.begin(), changes.end(), [&](const PendingChange& each) {
        return each.cl_ord_id == named_;
    });
    take_terms(sent.order, at->replace);
    sent.order.cl_ord_id = named_;
    std::size_t before = static_cast<std::size_t>(at - changes.begin()) + 1;
    std::erase_if(changes, [&](const PendingChange& each) {
        const bool is_before = before != 0;
        if (is_before) --before;
        return is_before && each.kind == RequestKind::Replace;
    });
    report.cl_ord_id = named_.view();
    report.orig_cl_ord_id = orig_.view();
}

void RequestNames::name_replaced(SentOrder& sent, core::ExecutionReport& report,
                                 std::string_view update_order_id) {
    const PendingChange* oldest = nullptr;
    for (const PendingChange& change : sent.changes) {
        if (change.kind != RequestKind::Replace) continue;
        const bool is_numbered = !update_order_id.empty() && !change.update_order_id.empty();
        if (is_numbered && change.update_order_id == update_order_id) {
            return put_in_force(sent, report, change.cl_ord_id);
        }
        if (!is_numbered && oldest == nullptr) oldest = &change;
    }
    if (oldest != nullptr) return put_in_force(sent, report, oldest->cl_ord_id);
    named_ = sent.order.cl_ord_id;  // somebody else's
    report.cl_ord_id = named_.view();
}

void RequestNames::name_canceled(SentOrder& sent, core::ExecutionReport& report) {
    orig_ = sent.order.cl_ord_id;
    const auto cancel = std::find_if(
        sent.changes.begin(), sent.changes.end(),
        [](const PendingChange& change) { return change.kind == RequestKind::Cancel; });
    named_ = cancel == sent.changes.end() ? orig_ : cancel->cl_ord_id;
    report.cl_ord_id = named_.view();
    if (named_ != orig_) report.orig_cl_ord_id = orig_.view();
}

void RequestNames::name_picture(SentOrder& sent, core::ExecutionReport& report) {
    const auto newest =
        std::find_if(sent.changes.rbegin(), sent.changes.rend(), [&](const PendingChange& change) {
            return change.kind == RequestKind::Replace &&
                   shows_effect(change.replace, sent.order, report);
        });
    if (newest != sent.changes.rend()) {
        core::ExecutionReport replaced = report;
        replaced.exec_type = ExecType::Replaced;
        const core::ClOrdID id = newest->cl_ord_id;
        put_in_force(sent, replaced, id);
        listener_.on_execution_report(replaced);
    }
    named_ = sent.order.cl_ord_id;
    report.cl_ord_id = named_.view();
    const core::MonotonicTime now = clock_.monotonic();
    const bool may_arrive =
        std::any_of(sent.changes.begin(), sent.changes.end(), [&](const PendingChange& change) {
            return change.kind == RequestKind::Replace && change.is_in_doubt &&
                   now < change.written + absence_grace_;
        });
    if (may_arrive && !core::is_final(report.ord_status)) {
        report.ord_status = core::OrdStatus::PendingReplace;
    }
}

}  // namespace broker::dxtrade::rest
