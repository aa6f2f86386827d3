#include "core/order_state.hpp"

namespace broker::core {
namespace {

bool is_trade_change(ExecType exec_type) {
    return exec_type == ExecType::TradeCorrect || exec_type == ExecType::TradeCancel;
}

bool may_leave_final(OrdStatus current, ExecType exec_type) {
    switch (current) {
        case OrdStatus::Filled:
            return exec_type == ExecType::Replaced;
        case OrdStatus::DoneForDay:
            return exec_type == ExecType::Restated || exec_type == ExecType::OrderStatus;
        default:
            return false;
    }
}

// How far an order has come; only the states that never go back have a place in the order.
int progress(OrdStatus status) {
    switch (status) {
        case OrdStatus::PendingNew:
        case OrdStatus::AcceptedForBidding:
            return 1;
        case OrdStatus::New:
        case OrdStatus::Replaced:
            return 2;
        default:
            return 3;
    }
}

bool is_pending_change(OrdStatus status) {
    return status == OrdStatus::PendingCancel || status == OrdStatus::PendingReplace;
}

// Suspended, stopped and pending states lie over the others: an order returns from them to New.
bool may_return_to_new(OrdStatus current, ExecType exec_type) {
    if (is_pending_change(current)) return exec_type != ExecType::New;
    return current != OrdStatus::PartiallyFilled;
}

}  // namespace

bool is_final(OrdStatus status) {
    switch (status) {
        case OrdStatus::Filled:
        case OrdStatus::Canceled:
        case OrdStatus::Rejected:
        case OrdStatus::Expired:
        case OrdStatus::DoneForDay:
            return true;
        default:
            return false;
    }
}

OrdStatus next_status(OrdStatus current, OrdStatus reported, ExecType exec_type) {
    if (reported == OrdStatus::Unspecified) return current;
    if (current == OrdStatus::Unspecified || is_trade_change(exec_type)) return reported;
    if (is_final(current)) return may_leave_final(current, exec_type) ? reported : current;
    if (progress(reported) >= progress(current)) return reported;
    if (progress(reported) == 2 && may_return_to_new(current, exec_type)) return reported;
    return current;
}

}  // namespace broker::core
