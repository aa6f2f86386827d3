#include "core/order_evidence.hpp"

#include <algorithm>

#include "core/change_rules.hpp"
#include "core/order_state.hpp"
#include "core/report_faults.hpp"
#include "core/report_rules.hpp"

namespace broker::core {
namespace {

// A status answer of Rejected is also how venues say that they know no such order. It is proof if
// the New request is in doubt; one that is on its way may simply not have arrived yet.
OrdStatus status_after(OrderRecord& record, const IdRecord* named, const ExecutionReport& report) {
    const OrdStatus current = record.order.status;
    if (is_final(current) && is_late(record.order, report)) return current;
    if (has_overtaken_status(record, named, report)) return current;
    if (shows_reopened(record, named, report)) return report.ord_status;
    if (says_rejected(report)) {
        const IdRecord* request = new_request(record);
        const bool is_open = request != nullptr && request->is_open();
        const bool is_in_doubt = is_open && request->request.certainty == Certainty::Unknown;
        if (report.exec_type == ExecType::OrderStatus && is_open && !is_in_doubt) return current;
        if (is_in_doubt) record.is_presumed_absent = true;
    }
    return next_status(current, report.ord_status, report.exec_type);
}

bool is_change_request(const IdRecord* id) {
    return id != nullptr && id->is_ours && id->request.kind != RequestKind::New;
}

// It repeats what was booked, or contradicts it.
bool is_ignored(Familiarity familiarity) {
    return familiarity == Familiarity::Repeated || familiarity == Familiarity::ReusedIgnored;
}

// Nothing that a host must be told again, unless it changes something.
bool may_be_silent(const ExecutionReport& report, Familiarity familiarity) {
    return is_ignored(familiarity) || familiarity == Familiarity::Copy ||
           report.exec_type == ExecType::OrderStatus;
}

}  // namespace

OrderEvidence::OrderEvidence(OrderLedgerLimits limits, OrderIndex& index)
    : limits_{limits},
      index_{index},
      fills_{limits.max_executions, index.memory()},
      finder_{index, fills_},
      settlement_{index} {}

void OrderEvidence::begin(const IdRecord* named) {
    settlement_.begin(named);
    filled_before_ = {};
    finder_.begin();
}

Applied OrderEvidence::apply(const ExecutionReport& report) {
    if (is_usable(report)) return apply_usable(report);
    const ExecutionReport usable = usable_part(report);
    Applied result = apply_usable(usable);
    result.faults = usable.faults;
    return result;
}

Applied OrderEvidence::apply_usable(const ExecutionReport& report) {
    begin(index_.find_id(report.cl_ord_id));
    OrderRecord* record = finder_.find(report);
    const bool is_adopted = record == nullptr;
    if (is_adopted) record = adopt(report);
    if (record == nullptr) {
        Applied unknown;
        unknown.faults = report.faults;
        return unknown;
    }
    filled_before_ = finder_.is_merged() ? finder_.filled_before_merge() : record->order.filled_qty;
    const Familiarity familiarity = fills_.look_up(*record, report);
    record->channels |= bit_of(report.channel);
    if (report.exec_type == ExecType::OrderStatus && !is_witness(*record, report.channel)) {
        record->mentioned_at = index_.newest_serial();
    }
    const bool is_told_always = is_adopted || finder_.is_merged();
    Applied result = may_be_silent(report, familiarity) && !is_told_always
                         ? apply_if_news(*record, report, familiarity)
                         : apply_familiar(*record, report, familiarity);
    result.is_adopted = is_adopted;
    result.is_exec_id_reused =
        familiarity == Familiarity::ReusedIgnored || familiarity == Familiarity::ReusedNews;
    result.faults = report.faults;
    // The trades that the status of another channel than the trading session runs ahead of follow.
    if (report.exec_type == ExecType::OrderStatus && report.channel != Channel::FixTrading) {
        result.is_fill_missing = false;
    }
    return result;
}

// A Duplicate if the report changes neither the order nor what is known of a request.
Applied OrderEvidence::apply_if_news(OrderRecord& record, const ExecutionReport& report,
                                     Familiarity familiarity) {
    const Order before = record.order;
    const IdRecord* id = request_named(record, report);
    const Certainty certainty = id != nullptr ? id->request.certainty : Certainty{};
    Applied result = apply_familiar(record, report, familiarity);
    const bool is_settled = id != nullptr && id->request.certainty != certainty;
    const bool is_news =
        is_settled || !settlement_.also_settled().empty() || before != record.order;
    if (!is_news) result.kind = Applied::Kind::Duplicate;
    return result;
}

Applied OrderEvidence::apply_familiar(OrderRecord& record, const ExecutionReport& report,
                                      Familiarity familiarity) {
    IdRecord* id = request_named(record, report);
    if (is_ignored(familiarity)) {
        if (report.channel == Channel::FixDropCopy) finder_.learn_copied_ids(record, report);
    } else if (is_change_request(id) && report.exec_type == ExecType::Rejected) {
        apply_refusal(*id, report);
    } else {
        apply_to(record, report, familiarity);
    }
    const IdRecord* named = settlement_.named();
    if (named != nullptr && named->order != &record) settlement_.set_named(nullptr);
    return applied(record);
}

// Null if the report's ClOrdID is not one of the order: a drop copy may bring another session's.
IdRecord* OrderEvidence::request_named(const OrderRecord& record, const ExecutionReport& report) {
    IdRecord* id = index_.find_id(report.cl_ord_id);
    return id != nullptr && id->order == &record ? id : nullptr;
}

// Some venues refuse a cancel or replace this way instead of with an OrderCancelReject.
void OrderEvidence::apply_refusal(IdRecord& id, const ExecutionReport& report) {
    OrderRecord& record = *id.order;
    fills_.book(record, report, Familiarity::News);
    take_status_of_refusal(record.order, report.ord_status);
    record.order.leaves_qty = leaves_of(record.order);
    RequestSettlement::mark_answered(id.request, report.received);
    if (!id.took_effect) settlement_.settle(id, Certainty::Rejected, Reason::RejectedByVenue);
    record.order.status = status_without_settled(record);
    finish(record);
}

OrderRecord* OrderEvidence::adopt(const ExecutionReport& report) {
    const auto id = ClOrdID::from(report.cl_ord_id).value_or(ClOrdID{});
    const auto orig_id = ClOrdID::from(report.orig_cl_ord_id).value_or(ClOrdID{});
    const auto order_id = OrderID::from(report.order_id).value_or(OrderID{});
    if (says_rejected(report) || (id.empty() && orig_id.empty() && order_id.empty()))
        return nullptr;
    // Of any status: a finished order may come to live again.
    if (index_.live().size() / 2 >= limits_.max_live_orders) return nullptr;

    OrderRecord& record = index_.add_order();
    Order& order = record.order;
    order.is_unsolicited = true;
    order.cl_ord_id = id_in_force(report, id, orig_id);
    order.first_cl_ord_id = order.cl_ord_id;
    order.symbol = Symbol::from(report.symbol).value_or(Symbol{});
    order.side = report.side;
    order.ord_type = report.ord_type;
    take_terms(order, report);
    const Decimal cum = report.cum_qty.value_or(Decimal{});
    if (!report.order_qty) {
        order.order_qty = cum.plus(report.leaves_qty.value_or(Decimal{})).value_or(cum);
    }
    const bool is_fill = report.exec_type == ExecType::Trade;
    const Decimal fill = is_fill ? report.last_qty.value_or(Decimal{}) : Decimal{};
    record.unseen_qty = std::max(cum.minus(fill).value_or(cum), Decimal{});
    record.first_execution = fills_.next_number();
    return &record;
}

void OrderEvidence::apply_to(OrderRecord& record, const ExecutionReport& report,
                             Familiarity familiarity) {
    Order& order = record.order;
    finder_.learn_ids(record, report);
    IdRecord* id = request_named(record, report);
    settlement_.set_named(id != nullptr ? id : index_.find_id(order.cl_ord_id.view()));

    const bool late = is_late(order, report);
    settlement_.revive_if_absent(record, report);
    if (report.exec_type == ExecType::OrderStatus && !late) {
        settlement_.by_status_answer(record, report);
    }
    if (id != nullptr) settlement_.by_name(*id, report);
    order.status = status_after(record, id, report);
    fills_.book(record, report, familiarity);
    const bool names_id_in_force = report.cl_ord_id == order.cl_ord_id.view();
    const bool has_terms = names_id_in_force && !late && !is_witness(record, report.channel);
    if (has_terms && shows_terms_in_force(report)) take_terms(order, report);
    if (!has_known_qty(order) && report.leaves_qty && !late) order.leaves_qty = *report.leaves_qty;
    order.leaves_qty = leaves_of(order);
    if (is_change_request(id) && report.exec_type == ExecType::Replaced) {
        order.status = status_without_settled(record);
    }
    settlement_.of_new_order(record, report);
    finish(record);
}

// What every change of an order ends with.
void OrderEvidence::finish(OrderRecord& record) {
    settlement_.by_end(record);
    record.order.last_cl_ord_id = last_cl_ord_id(record);
    index_.refile(record);
}

Applied OrderEvidence::apply(const OrderCancelReject& reject) {
    IdRecord* id = index_.find_id(reject.cl_ord_id);
    begin(id);
    OrderRecord* record = finder_.find(reject);
    if (record == nullptr) return {};
    filled_before_ = record->order.filled_qty;
    const bool is_ours = is_change_request(id);
    const bool is_repeated =
        is_ours && id->request.certainty == Certainty::Rejected && !is_without_effect(id->request);

    if (!reject.is_order_unknown) take_status_of_refusal(record->order, reject.ord_status);
    if (IdRecord* made = new_request(*record); reject.is_order_unknown && made != nullptr &&
                                               made->request.certainty == Certainty::Unknown) {
        settlement_.end_as_rejected(*made, Reason::RejectedByVenue);
        record->is_presumed_absent = true;
    }
    if (is_ours) {
        RequestSettlement::mark_answered(id->request, reject.received);
        if (!id->took_effect) settlement_.settle(*id, Certainty::Rejected, Reason::CancelRejected);
        record->order.status = status_without_settled(*record);
    }
    finish(*record);
    Applied result = applied(*record);
    if (is_repeated && settlement_.also_settled().empty()) result.kind = Applied::Kind::Duplicate;
    return result;
}

Applied OrderEvidence::refuse(const OrderIndex::Ids& requests, Reason reason) {
    if (requests.empty()) {
        Applied nothing;
        nothing.kind = Applied::Kind::Duplicate;
        return nothing;
    }
    begin(requests.front());
    for (IdRecord* id : requests) {
        if (id->request.kind == RequestKind::New) {
            settlement_.end_as_rejected(*id, reason);
        } else {
            settlement_.settle(*id, Certainty::Rejected, reason);
            id->order->order.status = status_without_settled(*id->order);
        }
        finish(*id->order);
    }
    const OrderRecord& first = *requests.front()->order;
    filled_before_ = first.order.filled_qty;
    return applied(first);
}

void OrderEvidence::doubt(IdRecord& id, Reason reason) {
    begin(&id);
    settlement_.settle(id, Certainty::Unknown, reason);
    finish(*id.order);
}

Applied OrderEvidence::applied(const OrderRecord& record) const {
    Applied result;
    result.order = &record.order;
    const IdRecord* named = settlement_.named();
    if (named != nullptr && named->is_ours) result.request = &named->request;
    result.is_fill_missing = FillBook::is_fill_missing(record);
    const Decimal filled = record.order.filled_qty;
    result.fill_delta = filled.minus(filled_before_).value_or(Decimal{});
    result.is_merged = finder_.is_merged();
    result.also_settled = settlement_.also_settled();
    return result;
}

}  // namespace broker::core
