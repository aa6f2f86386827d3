#include "simulator/order_entry.hpp"

#include <algorithm>
#include <utility>

#include "simulator/own_tags.hpp"

namespace broker::simulator {
namespace {

using core::ExecType;
using core::OrdStatus;

RuleSubject subject_of(const Order& order, std::string_view cl_ord_id, const FixMessage& fix) {
    return {order.sender_comp_id, order.symbol, cl_ord_id, order.cl_ord_id, &fix.fields};
}

OrderReference reference_of(const OrderRequest& request) {
    return {.cl_ord_id = request.cl_ord_id,
            .orig_cl_ord_id = request.orig_cl_ord_id,
            .order_id = request.order_id,
            .symbol = request.symbol,
            .side = request.side};
}

}  // namespace

void OrderEntry::place(const std::string& session, const OrderRequest& request,
                       const FixMessage& fix) {
    Order draft = draft_of(session, request, fix);
    venue_.begin_request(subject_of(draft, request.cl_ord_id, fix), true);
    auto refusal = check_new(draft, fix);
    if (refusal && refusal->code == ord_rej::kDuplicateOrder) {
        draft.order_id = "NONE";  // the ClOrdID goes on to stand for the first order
        return report_refusal(draft, *refusal);
    }
    if (refusal) draft.ord_status = OrdStatus::Rejected;
    Order* order = add(draft);
    if (order == nullptr) {
        draft.order_id = "NONE";
        return report_refusal(draft, {ord_rej::kOther, "the simulator holds too many orders"});
    }
    if (refusal) return report_refusal(*order, *refusal);

    order->is_silent = venue_.behaviour()
                           .take(Action::LoseReports, subject_of(*order, order->cl_ord_id, fix))
                           .has_value();
    if (venue_.sends_pending())
        venue_.report(*order,
                      {.exec_type = ExecType::PendingNew, .pending_status = OrdStatus::PendingNew});
    venue_.report(*order, {.exec_type = ExecType::New});
    obey_rules(*order, fix);
    venue_.match(*order);
}

Order OrderEntry::draft_of(const std::string& session, const OrderRequest& request,
                           const FixMessage& fix) const {
    Order order;
    order.cl_ord_id = request.cl_ord_id;
    order.sender_comp_id = session;
    order.account = request.account;
    order.symbol = request.symbol;
    order.side = request.side;
    order.ord_type = request.ord_type;
    order.terms = request.terms;
    order.echoes = request.echoes;
    if (const int tag = venue_.options().position_code_tag; tag != 0) {
        order.position_code = fix.value(tag);
        std::erase_if(order.echoes, [tag](const FixField& field) { return field.tag == tag; });
    }
    if (const auto* code = fix.find(own_tag::kPositionCode)) order.position_code = *code;
    order.opens_position = fix.find(own_tag::kOpensPosition) != nullptr;
    order.is_attached = fix.find(own_tag::kIsAttached) != nullptr;
    return order;
}

std::optional<Refusal> OrderEntry::check_new(Order& draft, const FixMessage& fix) {
    if (!venue_.book().claim(draft.sender_comp_id, draft.cl_ord_id))
        return Refusal{ord_rej::kDuplicateOrder, "duplicate ClOrdID " + draft.cl_ord_id};
    const VenueAccount* account = venue_.account(draft.sender_comp_id);
    if (account == nullptr || (!draft.account.empty() && draft.account != account->name))
        return Refusal{ord_rej::kUnknownAccount, "unknown Account " + draft.account};
    const auto* instrument = venue_.market().instrument(draft.symbol);
    const auto quote = venue_.market().quote(draft.symbol);
    if (draft.terms.cash_order_qty && quote) size_by_cash(draft, *instrument, *quote);
    if (auto refusal = check_order(draft, instrument, venue_.utc())) return refusal;
    if (auto refusal = check_participation(draft, *quote)) return refusal;
    if (auto refusal = check_sale(draft, fix, venue_.options())) return refusal;
    if (auto refusal = check_position(draft)) return refusal;
    if (const auto rule =
            venue_.behaviour().take(Action::RejectNew, subject_of(draft, draft.cl_ord_id, fix)))
        return Refusal{ord_rej::kOther, rule->text};
    return std::nullopt;
}

// A position code closes the position that it names.
std::optional<Refusal> OrderEntry::check_position(const Order& draft) const {
    if (draft.position_code.empty()) return std::nullopt;
    const auto positions = venue_.account(draft.sender_comp_id)->book.positions();
    const bool is_known =
        std::any_of(positions.begin(), positions.end(), [&](const Position& held) {
            return held.code == draft.position_code && held.symbol == draft.symbol &&
                   (held.quantity.sign() > 0) != is_buy(draft);
        });
    if (is_known) return std::nullopt;
    return Refusal{ord_rej::kOther, "no position " + draft.position_code + " to close"};
}

Order* OrderEntry::add(Order draft) {
    draft.order_id = venue_.next_order_id();
    const bool names_position = venue_.options().position_code_tag != 0 || draft.opens_position;
    if (names_position && draft.position_code.empty() && !draft.is_attached)
        draft.position_code = draft.order_id;
    return venue_.book().add(std::move(draft));
}

void OrderEntry::report_refusal(Order& order, const Refusal& refusal) {
    order.ord_status = OrdStatus::Rejected;
    venue_.report(
        order,
        {.exec_type = ExecType::Rejected, .ord_rej_reason = refusal.code, .text = refusal.text});
}

void OrderEntry::obey_rules(Order& order, const FixMessage& fix) {
    const auto subject = subject_of(order, order.cl_ord_id, fix);
    auto& behaviour = venue_.behaviour();
    if (behaviour.take(Action::LeaveWorking, subject)) order.is_held = true;
    if (const auto rule = behaviour.take(Action::FillInParts, subject)) fill_in_parts(order, *rule);
    desk_.obey_order_rules(order, subject);
}

void OrderEntry::fill_in_parts(Order& order, const Rule& rule) {
    order.is_held = true;
    const auto quote = venue_.market().quote(order.symbol).value();
    const auto price = order.terms.price.value_or(is_buy(order) ? quote.ask : quote.bid);

    // Parts are whole steps of the instrument; the last one takes what division leaves over.
    const Wide total = to_fixed(order.terms.order_qty).value();
    Wide step = 1;
    const int quantity_scale = venue_.market().instrument(order.symbol)->quantity_scale;
    for (int i = quantity_scale; i < kFixedScale; ++i) step *= 10;
    const Wide share = std::max(total / rule.parts / step * step, step);
    for (int part = 1; part <= rule.filled_parts && order.is_working(); ++part) {
        const auto quantity =
            part == rule.parts ? order.open_qty() : std::min(from_fixed(share), order.open_qty());
        venue_.book_trade(order, quantity, price);
    }
}

// What a cancel and a replace have in common: a new ClOrdID, the rules, an order that can be
// changed.
std::optional<Refusal> OrderEntry::begin_change(const Change& change, const FixMessage& fix) {
    const auto& [session, order, details, request] = change;
    if (!venue_.book().claim(session, request.cl_ord_id))
        return Refusal{cxl_rej::kDuplicateClOrdID, "duplicate ClOrdID"};
    if (order != nullptr) {
        const auto subject = subject_of(*order, request.cl_ord_id, fix);
        venue_.begin_request(subject, true);
        const Action action = details.is_replace ? Action::RefuseReplace : Action::RefuseCancel;
        if (const auto rule = venue_.behaviour().take(action, subject))
            return Refusal{cxl_rej::kOther, rule->text};
    }
    return check_change(order, request.orig_cl_ord_id);
}

void OrderEntry::refuse_change(Change change, Refusal refusal) {
    auto& [session, order, details, request] = change;
    details.cxl_rej_reason = refusal.code;
    details.text = std::move(refusal.text);
    details.now = venue_.utc();
    if (order != nullptr && order->is_silent) return;
    venue_.answer(session, order,
                  venue_.options().rejects_changes_by_report
                      ? change_rejected_report(order, details, request, venue_.next_exec_id(order))
                      : order_cancel_reject(order, details));
}

void OrderEntry::report_pending(Order& order, const Change& change) {
    if (!venue_.sends_pending()) return;
    const bool is_replace = change.details.is_replace;
    venue_.report(
        order,
        {.exec_type = is_replace ? ExecType::PendingReplace : ExecType::PendingCancel,
         .cl_ord_id = change.request.cl_ord_id,
         .orig_cl_ord_id = change.request.orig_cl_ord_id,
         .pending_status = is_replace ? OrdStatus::PendingReplace : OrdStatus::PendingCancel});
}

void OrderEntry::cancel(const std::string& session, const OrderReference& request,
                        const FixMessage& fix) {
    Order* order = venue_.find(session, request.orig_cl_ord_id, request.order_id);
    const Change change{session,
                        order,
                        {.cl_ord_id = request.cl_ord_id, .orig_cl_ord_id = request.orig_cl_ord_id},
                        request};
    if (auto refusal = begin_change(change, fix)) return refuse_change(change, std::move(*refusal));
    report_pending(*order, change);
    venue_.book().rename(*order, request.cl_ord_id);
    venue_.cancel(*order, {.orig_cl_ord_id = order->orig_cl_ord_id});
}

std::optional<Refusal> OrderEntry::check_replacement(const Order& order,
                                                     const OrderRequest& request) {
    const auto* instrument = venue_.market().instrument(order.symbol);
    Order draft = order;
    draft.terms = request.terms;
    if (draft.terms.cash_order_qty)
        size_by_cash(draft, *instrument, venue_.market().quote(order.symbol).value());
    OrderRequest sized = request;
    sized.terms = draft.terms;
    if (auto refusal = check_replace(order, sized)) return refusal;
    auto refusal = check_order(draft, instrument, venue_.utc());
    if (refusal) refusal->code = cxl_rej::kOther;
    return refusal;
}

void OrderEntry::replace(const std::string& session, const OrderRequest& request,
                         const FixMessage& fix) {
    Order* order = venue_.find(session, request.orig_cl_ord_id, request.order_id);
    const Change change{session,
                        order,
                        {.cl_ord_id = request.cl_ord_id,
                         .orig_cl_ord_id = request.orig_cl_ord_id,
                         .is_replace = true},
                        reference_of(request)};
    auto refusal = begin_change(change, fix);
    if (!refusal) refusal = check_replacement(*order, request);
    if (refusal) return refuse_change(change, std::move(*refusal));

    report_pending(*order, change);
    venue_.book().rename(*order, request.cl_ord_id);
    order->terms = request.terms;
    if (order->terms.cash_order_qty)
        size_by_cash(*order, *venue_.market().instrument(order->symbol),
                     venue_.market().quote(order->symbol).value());
    order->pegged_price.reset();
    order->echoes = merged_echoes(order->echoes, request.echoes);
    if (venue_.options().new_order_id_on_replace)
        venue_.book().renumber(*order, venue_.next_order_id());
    if (order->open_qty().is_zero()) order->ord_status = OrdStatus::Filled;
    venue_.report(*order,
                  {.exec_type = ExecType::Replaced, .orig_cl_ord_id = order->orig_cl_ord_id});
    venue_.match(*order);
}

void OrderEntry::tell_status(const std::string& session, const OrderReference& request,
                             const FixMessage& fix) {
    Order* order = venue_.find(session, request.cl_ord_id, request.order_id);
    if (order == nullptr)
        return venue_.answer(session, nullptr, unknown_order_report(request, venue_.utc()));
    // Why none of them is lost: a lost acknowledgement is found out by asking for the status.
    venue_.begin_request(subject_of(*order, request.cl_ord_id, fix), false);
    const bool has_moved_on = order->cl_ord_id != request.cl_ord_id;
    venue_.report_status(*order, {.orig_cl_ord_id = has_moved_on ? request.cl_ord_id : "",
                                  .ord_status_req_id = request.ord_status_req_id});
}

}  // namespace broker::simulator
