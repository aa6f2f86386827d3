#include "account/risk_gate.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace broker::account {
namespace {

using core::PositionEffect;
using core::Reason;
using core::Result;
using core::Side;

core::Error refused(const core::ClOrdID& id, const core::Error& why) {
    return core::fail(why.reason, "ClOrdID=" + std::string{id.view()} + ": " + why.detail);
}

core::Decimal leaves_of(const core::Order& order) {
    if (!order.leaves_qty.is_zero()) return order.leaves_qty;
    return order.order_qty.minus(order.cum_qty).value_or(order.order_qty);
}

}  // namespace

RiskGate::RiskGate(RiskRules rules, const core::LossGuardState& remembered)
    : rules_{std::move(rules)} {
    if (rules_.margin) margin_.emplace(*rules_.margin);
    if (rules_.guard) guard_.emplace(*rules_.guard, remembered);
}

// ---- requests

Result<void> RiskGate::check_kill_switch() const {
    if (!is_killed_) return {};
    return core::fail(Reason::KillSwitchOn, "the kill switch is on");
}

bool RiskGate::watches_exposure() const { return margin_ || guard_ || rules_.max_open_positions; }

RiskGate::Terms RiskGate::terms_of(const core::NewOrder& order, bool is_closing) {
    return {order.cl_ord_id, order.symbol,  order.side, order.ord_type, order.order_qty,
            order.price,     order.stop_px, is_closing, false};
}

Result<void> RiskGate::check(const core::NewOrder& order, const core::OrderLedger& ledger,
                             core::Instant now) {
    if (is_exempt(order.cl_ord_id)) return {};
    if (auto allowed = check_kill_switch(); !allowed) return allowed;
    const Terms terms = terms_of(order, watches_exposure() && is_closing(order, ledger));
    Pending pending = pending_of(ledger, {}, now.monotonic);
    return check(terms, pending, now);
}

Result<void> RiskGate::check(const core::ReplaceOrder& request, const core::OrderLedger& ledger,
                             core::Instant now) {
    if (auto allowed = check_kill_switch(); !allowed) return allowed;
    const core::Order* const order = ledger.find(request.orig_cl_ord_id);
    if (order == nullptr) return {};
    const core::Decimal whole = request.order_qty.value_or(order->order_qty);
    const Terms terms{request.cl_ord_id,
                      order->symbol,
                      order->side,
                      order->ord_type,
                      whole.minus(order->cum_qty).value_or(whole),
                      request.price ? request.price : order->price,
                      request.stop_px ? request.stop_px : order->stop_px,
                      is_closing(*order),
                      true};
    Pending pending = pending_of(ledger, order->first_cl_ord_id, now.monotonic);
    return check(terms, pending, now);
}

Result<void> RiskGate::check(const core::NewOrderList& list, const core::OrderLedger& ledger,
                             core::Instant now) {
    if (auto allowed = check_kill_switch(); !allowed) return allowed;
    const bool has_trigger = list.contingency == core::Contingency::OneTriggersOther ||
                             list.contingency == core::Contingency::Bracket;
    Pending pending = pending_of(ledger, {}, now.monotonic);
    for (const core::NewOrder& order : list.members()) {
        const bool is_triggered = has_trigger && &order != list.orders.data();
        const bool closes_trigger = is_triggered && order.side != list.orders[0].side &&
                                    order.position_effect != PositionEffect::Open;
        const Terms terms =
            terms_of(order, watches_exposure() && (closes_trigger || is_closing(order, ledger)));
        if (auto allowed = check(terms, pending, now); !allowed) return allowed;
    }
    return {};
}

Result<void> RiskGate::check(const Terms& terms, Pending& pending, core::Instant now) {
    if (guard_ && !terms.is_closing) {
        if (const auto allowed = guard_->check(now); !allowed) {
            return refused(terms.cl_ord_id, allowed.error());
        }
    }
    if (auto allowed = check_position_limit(terms, pending); !allowed) return allowed;
    if (rules_.collar) {
        const core::PriceTerms prices{terms.cl_ord_id, terms.symbol, terms.side,
                                      terms.ord_type,  terms.price,  terms.stop_px};
        const auto* top = quotes_.fresh(terms.symbol, rules_.collar->max_age, now.monotonic);
        if (auto allowed = core::check_price_collar(*rules_.collar, prices, top); !allowed) {
            return allowed;
        }
    }
    return check_margin(terms, pending, now);
}

// ---- positions

bool RiskGate::is_reducing(const core::Symbol& symbol, Side side, const core::Decimal& qty) const {
    const auto net = positions_.net(symbol);
    if (!net || net->is_zero() || (side == Side::Buy) == (net->sign() > 0)) return false;
    const auto held = net->sign() < 0 ? core::Decimal{}.minus(*net) : net;
    return held && qty <= *held;
}

bool RiskGate::is_closing(const core::NewOrder& order, const core::OrderLedger& ledger) const {
    if (order.position_effect != PositionEffect::Unspecified) {
        return order.position_effect == PositionEffect::Close;
    }
    if (!order.instructions.position_code.empty()) return true;
    if (positions_.is_by_code() || order.order_qty.is_zero()) return false;
    std::optional<core::Decimal> against = order.order_qty;  // with those under way
    const auto add = [&](const core::Order& live) {
        if (against && live.symbol == order.symbol && live.side == order.side) {
            against = against->plus(leaves_of(live));
        }
    };
    ledger.for_each_live(std::cref(add));  // by reference: nothing to allocate
    return against && is_reducing(order.symbol, order.side, *against);
}

bool RiskGate::is_closing(const core::Order& order) const {
    if (order.position_effect != PositionEffect::Unspecified) {
        return order.position_effect == PositionEffect::Close;
    }
    if (!order.instructions.position_code.empty()) return true;
    return !positions_.is_by_code() && is_reducing(order.symbol, order.side, leaves_of(order));
}

// Whether the account has one position more once the order is filled.
bool RiskGate::opens_position(const Terms& terms) {
    if (terms.is_closing || terms.is_replace) return false;
    if (positions_.is_by_code()) return true;
    if (std::find(opening_.begin(), opening_.end(), terms.symbol) != opening_.end()) return false;
    const auto net = positions_.net(terms.symbol);
    return !net || net->is_zero();
}

Result<void> RiskGate::check_position_limit(const Terms& terms, Pending& pending) {
    if (!rules_.max_open_positions || !opens_position(terms)) return {};
    const auto pictured = positions_.count();
    const auto open = pictured ? std::optional<std::uint64_t>{*pictured} : told_count_;
    if (!open) {
        return core::fail(Reason::PositionLimitExceeded,
                          "ClOrdID=" + std::string{terms.cl_ord_id.view()} +
                              ": the open positions are not known");
    }
    if (*open + pending.new_positions + 1 > *rules_.max_open_positions) {
        return core::fail(Reason::PositionLimitExceeded,
                          "ClOrdID=" + std::string{terms.cl_ord_id.view()} + ": " +
                              std::to_string(*open) + " positions are open and " +
                              std::to_string(pending.new_positions) +
                              " orders may open more, max_open_positions is " +
                              std::to_string(*rules_.max_open_positions));
    }
    ++pending.new_positions;
    opening_.push_back(terms.symbol);
    return {};
}

// ---- margin

// At the price of the order or of the market, whichever is dearer: a sell limit may be executed
// above its price.
Result<core::Decimal> RiskGate::margin_of(const Terms& terms, core::MonotonicTime now) const {
    std::optional<core::Decimal> px = terms.price ? terms.price : terms.stop_px;
    const auto* top = quotes_.fresh(terms.symbol, rules_.margin->max_age, now);
    const bool is_buy = terms.side == Side::Buy;
    const auto quoted = top == nullptr ? std::nullopt : (is_buy ? top->offer : top->bid);
    const bool may_be_dearer = !px || !is_buy || !terms.price;
    if (quoted && may_be_dearer) px = px ? std::max(*px, *quoted) : *quoted;
    if (!px) {
        return core::fail(Reason::MarginUnknown,
                          "neither a price nor a quote of " + std::string{terms.symbol.view()});
    }
    if (terms.qty.sign() <= 0) {
        return core::fail(Reason::MarginUnknown, "no quantity to compute the margin of");
    }
    return margin_->margin_of(terms.symbol, terms.qty, *px, now);
}

Result<void> RiskGate::check_margin(const Terms& terms, Pending& pending, core::Instant now) {
    if (!margin_ || terms.is_closing) return {};
    if (pending.unknown) return refused(terms.cl_ord_id, *pending.unknown);
    const auto required = margin_of(terms, now.monotonic);
    if (!required) return refused(terms.cl_ord_id, required.error());
    if (const auto enough = margin_->check(*required, pending.margin, now.monotonic); !enough) {
        return refused(terms.cl_ord_id, enough.error());
    }
    pending.margin = pending.margin.plus(*required).value_or(pending.margin);
    return {};
}

RiskGate::Pending RiskGate::pending_of(const core::OrderLedger& ledger,
                                       const core::ClOrdID& without, core::MonotonicTime now) {
    Pending pending;
    opening_.clear();
    if (!margin_ && !rules_.max_open_positions) return pending;
    const auto add = [&](const core::Order& order) {
        if (order.first_cl_ord_id != without) add_pending(pending, order, now);
    };
    ledger.for_each_live(std::cref(add));
    return pending;
}

void RiskGate::add_pending(Pending& pending, const core::Order& order, core::MonotonicTime now) {
    const bool is_done = order.status == core::OrdStatus::Filled || leaves_of(order).sign() <= 0;
    if (is_done || is_closing(order)) return;
    const Terms terms{order.cl_ord_id, order.symbol,  order.side, order.ord_type, leaves_of(order),
                      order.price,     order.stop_px, false,      false};
    // One that is filled in part has its position already.
    if (rules_.max_open_positions && order.cum_qty.is_zero() && opens_position(terms)) {
        ++pending.new_positions;
        opening_.push_back(order.symbol);
    }
    if (!margin_ || pending.unknown) return;
    const auto margin = margin_of(terms, now);
    const auto sum = margin ? pending.margin.plus(*margin) : std::nullopt;
    if (sum) {
        pending.margin = *sum;
    } else {
        pending.unknown = margin ? core::fail(Reason::MarginUnknown,
                                              "the margin of the pending orders is out of range")
                                 : refused(order.cl_ord_id, margin.error());
    }
}

void RiskGate::book(const core::Applied& applied, const std::optional<core::Decimal>& px,
                    core::MonotonicTime now) {
    const core::Order* const order = applied.order;
    const bool was_closing = order != nullptr && is_closing(*order);
    positions_.book(applied);
    if (!margin_ || order == nullptr || was_closing || applied.fill_delta.sign() <= 0) return;
    const auto at = px ? px : order->avg_px;
    const auto margin = at ? margin_->margin_of(order->symbol, applied.fill_delta, *at, now)
                           : Result<core::Decimal>{core::fail(Reason::MarginUnknown, {})};
    // Unknown here is unknown for the next order of the symbol too, which is refused by itself.
    if (margin) margin_->filled(*margin);
}

}  // namespace broker::account
