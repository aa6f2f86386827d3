#include "core/report_rules.hpp"

#include <algorithm>

#include "core/order_state.hpp"

namespace broker::core {

bool is_trade_change(ExecType exec_type) {
    return exec_type == ExecType::TradeCorrect || exec_type == ExecType::TradeCancel;
}

bool says_rejected(const ExecutionReport& report) {
    return report.exec_type == ExecType::Rejected || report.ord_status == OrdStatus::Rejected;
}

bool shows_terms_in_force(const ExecutionReport& report) {
    switch (report.exec_type) {
        case ExecType::Replaced:
            return true;
        case ExecType::Unspecified:
        case ExecType::Rejected:
        case ExecType::PendingNew:
        case ExecType::PendingCancel:
        case ExecType::PendingReplace:
        case ExecType::TradeCorrect:
        case ExecType::TradeCancel:
            return false;
        default:
            return report.ord_status != OrdStatus::PendingReplace &&
                   report.ord_status != OrdStatus::Rejected;
    }
}

bool is_late(const Order& order, const ExecutionReport& report) {
    return report.cum_qty && *report.cum_qty < order.cum_qty && !is_trade_change(report.exec_type);
}

bool has_ended(const Order& order) {
    return is_final(order.status) && order.status != OrdStatus::DoneForDay;
}

bool has_known_qty(const Order& order) {
    return !order.order_qty.is_zero() || !order.instructions.cash_order_qty;
}

Decimal leaves_of(const Order& order) {
    if (is_final(order.status)) return {};
    if (!has_known_qty(order)) return order.leaves_qty;
    return std::max(order.order_qty.minus(order.cum_qty).value_or(Decimal{}), Decimal{});
}

void take_terms(Order& order, const ExecutionReport& report) {
    if (report.order_qty) order.order_qty = *report.order_qty;
    // Why the condition: venues fill in a zero price on market orders.
    if (report.price && order.ord_type != OrdType::Market) order.price = report.price;
    if (report.stop_px && order.ord_type != OrdType::Market) order.stop_px = report.stop_px;
    if (report.time_in_force != TimeInForce::Unspecified) {
        order.time_in_force = report.time_in_force;
    }
}

void take_terms(Order& order, const Request& replace) {
    if (replace.order_qty) order.order_qty = *replace.order_qty;
    order.price = replace.price;
    order.stop_px = replace.stop_px;
    order.time_in_force = replace.time_in_force;
    order.expire_time = replace.expire_time;
    order.instructions.peg_offset_value = replace.peg_offset_value;
    order.instructions.min_qty = replace.min_qty;
    order.instructions.max_floor = replace.max_floor;
    order.instructions.fields = replace.fields;
}

bool shows_effect_of(const Request& replace, const Order& order, const ExecutionReport& report) {
    bool is_change = false;
    const auto matches = [&](const auto& asked, const auto& shown, const auto& before) {
        if (!asked || asked == before) return true;
        is_change = true;
        return asked == shown;
    };
    return matches(replace.order_qty, report.order_qty, std::optional{order.order_qty}) &&
           matches(replace.price, report.price, order.price) &&
           matches(replace.stop_px, report.stop_px, order.stop_px) && is_change;
}

bool shows_other_terms(const Request& replace, const ExecutionReport& report) {
    const auto differs = [](const auto& asked, const auto& shown) {
        return asked && shown && asked != shown;
    };
    return differs(replace.order_qty, report.order_qty) || differs(replace.price, report.price) ||
           differs(replace.stop_px, report.stop_px);
}

ClOrdID id_in_force(const ExecutionReport& report, const ClOrdID& id, const ClOrdID& orig_id) {
    if (orig_id.empty()) return id;
    const bool names_order =
        shows_terms_in_force(report) && report.exec_type != ExecType::Canceled && !id.empty();
    return names_order ? id : orig_id;
}

void take_status_of_refusal(Order& order, OrdStatus reported) {
    const bool is_pending =
        order.status == OrdStatus::PendingCancel || order.status == OrdStatus::PendingReplace;
    if (reported == OrdStatus::Rejected || !(is_pending || is_final(reported))) return;
    order.status = next_status(order.status, reported, ExecType::Unspecified);
    order.leaves_qty = leaves_of(order);
}

}  // namespace broker::core
