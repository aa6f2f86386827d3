#include "simulator/desk.hpp"

#include <array>
#include <utility>

#include "simulator/order_checks.hpp"
#include "simulator/order_matching.hpp"
#include "simulator/reference_data.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;
using core::ExecType;
using core::OrdStatus;

constexpr int kRestatedForOtherReason = 99;

constexpr std::array kOrderActions = {Action::CancelUnsolicited, Action::Expire,
                                      Action::FinishForDay,      Action::Suspend,
                                      Action::Restate,           Action::ReplaceUnsolicited};

// Whether the day's end ends it.
bool is_for_the_day(const Order& order) {
    const auto time_in_force = order.terms.time_in_force;
    return time_in_force != core::TimeInForce::GoodTillCancel &&
           time_in_force != core::TimeInForce::GoodTillDate;
}

}  // namespace

// What was put off comes first, so that the desk sees the order as the client may see it.
Order* Desk::working(std::string_view session, std::string_view cl_ord_id) {
    venue_.run_due();
    Order* order = venue_.book().find(session, cl_ord_id);
    return order != nullptr && order->is_working() ? order : nullptr;
}

bool Desk::fill(std::string_view session, std::string_view cl_ord_id, const Decimal& quantity,
                const Decimal& price) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr || !is_amount(quantity) || !is_amount(price)) return false;
    if (quantity > order->leaves_qty()) return false;
    venue_.book_trade(*order, quantity, price);
    venue_.book().sweep();
    return true;
}

bool Desk::cancel(std::string_view session, std::string_view cl_ord_id, const std::string& text) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr) return false;
    venue_.cancel(*order, {.text = text});
    venue_.book().sweep();
    return true;
}

bool Desk::expire(std::string_view session, std::string_view cl_ord_id, const std::string& text) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr) return false;
    venue_.finish(*order, OrdStatus::Expired, {.exec_type = ExecType::Expired, .text = text});
    venue_.book().sweep();
    return true;
}

bool Desk::finish_for_day(std::string_view session, std::string_view cl_ord_id) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr) return false;
    venue_.finish(*order, OrdStatus::DoneForDay, {.exec_type = ExecType::DoneForDay});
    venue_.book().sweep();
    return true;
}

bool Desk::amend(Order& order, const Amendment& amendment) const {
    for (const auto* value : {&amendment.order_qty, &amendment.price, &amendment.stop_px})
        if (*value && !is_amount(**value)) return false;
    Order draft = order;
    if (amendment.order_qty) draft.terms.order_qty = *amendment.order_qty;
    if (amendment.price) draft.terms.price = amendment.price;
    if (amendment.stop_px) draft.terms.stop_px = amendment.stop_px;
    if (amendment.time_in_force) {
        draft.terms.time_in_force = *amendment.time_in_force;
        draft.terms.expire_time = amendment.expire_time;
    }
    if (draft.terms.order_qty < order.cum_qty ||
        check_order(draft, venue_.market().instrument(order.symbol), venue_.utc()))
        return false;
    order.terms = draft.terms;
    if (order.open_qty().is_zero() && !order.is_waiting) order.ord_status = OrdStatus::Filled;
    return true;
}

bool Desk::replace(std::string_view session, std::string_view cl_ord_id,
                   const Amendment& amendment) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr || !amend(*order, amendment)) return false;
    venue_.report(*order, {.exec_type = ExecType::Replaced, .text = amendment.text});
    venue_.match(*order);
    venue_.book().sweep();
    return true;
}

bool Desk::restate(std::string_view session, std::string_view cl_ord_id, int reason,
                   const Amendment& amendment) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr || !amend(*order, amendment)) return false;
    venue_.report(*order, {.exec_type = ExecType::Restated,
                           .exec_restatement_reason = reason,
                           .text = amendment.text});
    venue_.match(*order);
    venue_.book().sweep();
    return true;
}

bool Desk::suspend(std::string_view session, std::string_view cl_ord_id) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr || order->is_suspended) return false;
    order->is_suspended = true;
    order->ord_status = OrdStatus::Suspended;
    venue_.report(*order, {.exec_type = ExecType::Suspended});
    return true;
}

bool Desk::resume(std::string_view session, std::string_view cl_ord_id) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr || !order->is_suspended) return false;
    order->is_suspended = false;
    order->ord_status = status_by_fills(*order);
    venue_.report(*order, {.exec_type = ExecType::Restated,
                           .exec_restatement_reason = kRestatedForOtherReason,
                           .text = "resumed"});
    venue_.match(*order);
    venue_.book().sweep();
    return true;
}

bool Desk::stop(std::string_view session, std::string_view cl_ord_id, const Decimal& quantity,
                const Decimal& price) {
    Order* order = working(session, cl_ord_id);
    if (order == nullptr || !is_amount(quantity) || !is_amount(price)) return false;
    if (quantity > order->leaves_qty()) return false;
    order->ord_status = OrdStatus::Stopped;
    venue_.report(*order, {.exec_type = ExecType::Stopped, .last_qty = quantity, .last_px = price});
    return true;
}

bool Desk::calculate(std::string_view session, std::string_view cl_ord_id) {
    venue_.run_due();
    Order* order = venue_.book().find(session, cl_ord_id);
    if (order == nullptr ||
        (order->ord_status != OrdStatus::Filled && order->ord_status != OrdStatus::DoneForDay))
        return false;
    order->ord_status = OrdStatus::Calculated;
    venue_.report(*order, {.exec_type = ExecType::Calculated});
    return true;
}

void Desk::close_market(std::string_view symbol) { set_open(symbol, false); }

void Desk::open_market(std::string_view symbol) { set_open(symbol, true); }

void Desk::set_open(std::string_view symbol, bool is_open) {
    venue_.run_due();
    for (const auto& each : venue_.market().symbols()) {
        if (!symbol.empty() && symbol != each) continue;
        const auto takes_part = is_open ? is_for_opening : is_for_close;
        for (Order* order : venue_.book().working())
            if (order->symbol == each && takes_part(*order)) venue_.run_auction(*order);
        const bool is_change = venue_.is_open(each) != is_open;
        venue_.set_open(each, is_open);
        if (is_change) tell_trading_session(each);
        if (!is_open) continue;
        for (Order* order : venue_.book().working())
            if (order->symbol == each) venue_.match(*order);
    }
    venue_.book().sweep();
}

void Desk::tell_trading_session(const std::string& symbol) {
    if (!venue_.options().answers.trading_session) return;
    for (const auto& [session, account] : venue_.accounts())
        venue_.answer(session, nullptr, trading_session_status(venue_, symbol, {}));
}

void Desk::end_of_day() {
    venue_.run_due();
    const bool is_done = venue_.options().ends_day_as_done_for_day;
    for (Order* order : venue_.book().working()) {
        if (!order->is_working() || !is_for_the_day(*order)) continue;
        venue_.finish(*order, is_done ? OrdStatus::DoneForDay : OrdStatus::Expired,
                      {.exec_type = is_done ? ExecType::DoneForDay : ExecType::Expired,
                       .text = "the end of the day"});
    }
    venue_.book().sweep();
}

void Desk::obey_order_rules(Order& order, const RuleSubject& subject) {
    for (const Action action : kOrderActions) {
        const auto rule = venue_.behaviour().take(action, subject);
        if (!rule) continue;
        order.is_held = true;  // or it might be filled before it is its turn
        venue_.run_later(rule->delay, [this, &order, rule = *rule] { act_by_rule(order, rule); });
    }
}

void Desk::act_by_rule(Order& order, const Rule& rule) {
    if (!order.is_working()) return;
    const Amendment amendment{.order_qty = rule.quantity, .price = rule.price, .text = rule.text};
    switch (rule.action) {
        case Action::CancelUnsolicited:
            return venue_.cancel(order, {.text = rule.text});
        case Action::Expire:
            return venue_.finish(order, OrdStatus::Expired,
                                 {.exec_type = ExecType::Expired, .text = rule.text});
        case Action::FinishForDay:
            return venue_.finish(order, OrdStatus::DoneForDay,
                                 {.exec_type = ExecType::DoneForDay, .text = rule.text});
        case Action::Suspend:
            order.is_suspended = true;
            order.ord_status = OrdStatus::Suspended;
            venue_.report(order, {.exec_type = ExecType::Suspended, .text = rule.text});
            return;
        default:
            break;
    }
    if (!amend(order, amendment)) return;
    ReportDetails details{.exec_type = ExecType::Replaced, .text = rule.text};
    if (rule.action == Action::Restate) {
        details.exec_type = ExecType::Restated;
        details.exec_restatement_reason = rule.reason;
    }
    venue_.report(order, std::move(details));
}

}  // namespace broker::simulator
