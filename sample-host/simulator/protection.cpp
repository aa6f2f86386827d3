#include "simulator/protection.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;
using core::ExecType;

constexpr int kBrokerOption = 4;  // ExecRestatementReason (378)

Decimal magnitude(const Decimal& value) {
    return value.sign() < 0 ? Decimal{}.minus(value).value() : value;
}

}  // namespace

Decimal Protection::held_by(const Order& order) {
    for (const auto& position : venue_.account(order.sender_comp_id)->book.positions())
        if (position.symbol == order.symbol && position.code == order.position_code)
            return position.quantity;
    return {};
}

void Protection::traded(const Order& order) {
    std::vector<Order*> attached;
    for (Order* each : venue_.book().working())
        if (each->is_attached && each->is_working() && !each->is_waiting &&
            each->sender_comp_id == order.sender_comp_id && each->symbol == order.symbol &&
            each->position_code == order.position_code)
            attached.push_back(each);
    if (attached.empty()) return;
    const Decimal held = held_by(order);
    for (Order* each : attached) {
        if (!each->is_working()) continue;
        const bool covers = held.sign() != 0 && (held.sign() > 0) != is_buy(*each);
        if (!covers) {
            venue_.cancel(*each, {.text = "the position is closed"});
        } else if (each->open_qty() != magnitude(held)) {
            each->terms.order_qty = each->cum_qty.plus(magnitude(held)).value();
            venue_.report(
                *each, {.exec_type = ExecType::Restated, .exec_restatement_reason = kBrokerOption});
        }
    }
}

}  // namespace broker::simulator
