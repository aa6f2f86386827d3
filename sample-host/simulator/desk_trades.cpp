// The desk's corrections of trades.
#include <utility>

#include "simulator/desk.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;
using core::ExecType;
using core::OrdStatus;

// An order that its fills did not end keeps the state in which it is.
OrdStatus status_after_settling(const Order& order, OrdStatus before, bool may_reopen) {
    switch (before) {
        case OrdStatus::New:
        case OrdStatus::PartiallyFilled:
            return status_by_fills(order);
        case OrdStatus::Filled:
            return order.open_qty().is_zero() || may_reopen ? status_by_fills(order)
                                                            : OrdStatus::Canceled;
        case OrdStatus::Canceled:
        case OrdStatus::Suspended:
        case OrdStatus::Stopped:
            return order.open_qty().is_zero() ? OrdStatus::Filled : before;
        default:
            return before;
    }
}

}  // namespace

Trade* Desk::find_trade(std::string_view session, const TradeReference& reference) {
    for (auto& trade : venue_.trades()) {
        const bool is_it = trade.sender_comp_id == session && trade.exec_id == reference.exec_id;
        if (is_it && !trade.is_canceled &&
            (reference.order_id.empty() || trade.order->order_id == reference.order_id))
            return &trade;
    }
    return nullptr;
}

bool Desk::correct_trade(std::string_view session, const TradeReference& reference,
                         const Decimal& quantity, const Decimal& price) {
    venue_.run_due();
    Trade* trade = find_trade(session, reference);
    if (trade == nullptr || !is_amount(quantity) || !is_amount(price)) return false;
    return settle(*trade, quantity, price, ExecType::TradeCorrect);
}

bool Desk::cancel_trade(std::string_view session, const TradeReference& reference) {
    venue_.run_due();
    Trade* trade = find_trade(session, reference);
    return trade != nullptr && settle(*trade, {}, trade->price, ExecType::TradeCancel);
}

// Takes the trade back and, unless it is canceled, books it again as it should have been.
bool Desk::settle(Trade& trade, const Decimal& quantity, const Decimal& price, ExecType type) {
    Order& order = *trade.order;
    const Decimal rest = order.cum_qty.minus(trade.quantity).value();
    if (rest.plus(quantity).value_or(order.terms.order_qty) > order.terms.order_qty) return false;
    const bool is_canceled = type == ExecType::TradeCancel;
    const Decimal reported = is_canceled ? trade.quantity : quantity;
    const auto status = order.ord_status;
    unbook_fill(order, trade.quantity, trade.price);
    if (!is_canceled) book_fill(order, quantity, price);

    order.ord_status = status_after_settling(order, status, venue_.options().reopens_busted_orders);
    if (status == OrdStatus::Filled && order.is_working()) venue_.book().reopen(order);

    trade.is_canceled = is_canceled;
    if (!is_canceled) {
        trade.quantity = quantity;
        trade.price = price;
    }
    rebuild_account(trade.sender_comp_id);
    venue_.report(
        order,
        {.exec_type = type, .last_qty = reported, .last_px = price, .exec_ref_id = trade.exec_id});
    venue_.book().sweep();
    return true;
}

void Desk::rebuild_account(const std::string& session) {
    VenueAccount& account = *venue_.account(session);
    account.book = AccountBook{account.start_cash};
    for (const auto& trade : venue_.trades())
        if (trade.sender_comp_id == session && !trade.is_canceled)
            account.book.fill(trade.order->symbol, trade.order->side, trade.quantity, trade.price,
                              trade.order->position_code);
}

void Desk::obey_trade_rules(Order& order, const Trade& trade) {
    const RuleSubject subject{order.sender_comp_id, order.symbol, order.cl_ord_id, order.cl_ord_id,
                              &order.echoes};
    for (const Action action : {Action::CorrectTrade, Action::CancelTrade}) {
        const auto rule = venue_.behaviour().take(action, subject);
        if (!rule) continue;
        venue_.run_later(rule->delay, [this, rule = *rule, exec_id = trade.exec_id,
                                       session = order.sender_comp_id, &order] {
            Trade* later = find_trade(session, {exec_id, order.order_id});
            if (later == nullptr) return;
            const bool is_canceled = rule.action == Action::CancelTrade;
            // A correction beyond the order's quantity is left out, as by the desk itself.
            if (is_canceled)
                static_cast<void>(settle(*later, {}, later->price, ExecType::TradeCancel));
            else
                static_cast<void>(settle(*later, rule.quantity.value_or(later->quantity),
                                         rule.price.value_or(later->price),
                                         ExecType::TradeCorrect));
        });
    }
}

}  // namespace broker::simulator
