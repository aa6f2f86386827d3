// Brackets and OCO pairs: how they are built, and broker.order-list/1 as a C++ class.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/extension_call.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

// A list of orders by value. Its texts are borrowed until it has been submitted.
struct OrderList {
    broker_contingency_t contingency = BROKER_CONTINGENCY_UNSPECIFIED;
    broker_str_t list_id{};
    std::array<broker_new_order_t, 3> orders{};
    std::size_t order_count = 0;
    broker_monotonic_t signal_time = 0;  // 0: the time of the call
};

// Two orders of which a fill of one cancels the other.
[[nodiscard]] inline OrderList oco(std::string_view list_id, const broker_new_order_t& first,
                                   const broker_new_order_t& second) {
    return {BROKER_CONTINGENCY_ONE_CANCELS_OTHER, borrow(list_id), {first, second}, 2};
}

// Two orders of which the first, once filled, makes the second live.
[[nodiscard]] inline OrderList oto(std::string_view list_id, const broker_new_order_t& first,
                                   const broker_new_order_t& second) {
    return {BROKER_CONTINGENCY_ONE_TRIGGERS_OTHER, borrow(list_id), {first, second}, 2};
}

// An entry that, once filled, makes two exits live, of which one cancels the other.
[[nodiscard]] inline OrderList bracket(std::string_view list_id, const broker_new_order_t& entry,
                                       const broker_new_order_t& stop_loss,
                                       const broker_new_order_t& take_profit) {
    return {BROKER_CONTINGENCY_BRACKET, borrow(list_id), {entry, stop_loss, take_profit}, 3};
}

// How a position is left again: what makes the exits of an entry.
struct Exits {
    std::string_view stop_loss_id;  // ClOrdIDs
    std::string_view take_profit_id;
    broker_decimal_t stop_px{};
    broker_decimal_t take_profit_px{};
    broker_time_in_force_t time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL;
};

// The order that leaves what `entry` enters: its quantity on the other side.
[[nodiscard]] inline broker_new_order_t exit_of(const broker_new_order_t& entry,
                                                std::string_view cl_ord_id) {
    broker_new_order_t exit{};
    exit.struct_size = sizeof(exit);
    exit.side = entry.side == BROKER_SIDE_BUY ? BROKER_SIDE_SELL : BROKER_SIDE_BUY;
    exit.account = entry.account;
    exit.cl_ord_id = borrow(cl_ord_id);
    exit.symbol = entry.symbol;
    exit.order_qty = entry.order_qty;
    exit.ex_destination = entry.ex_destination;
    if (entry.position_effect == BROKER_POSITION_EFFECT_OPEN) {
        exit.position_effect = BROKER_POSITION_EFFECT_CLOSE;
    }
    return exit;
}

// An entry with a stop loss (a stop order) and a take profit (a limit order).
[[nodiscard]] inline OrderList bracket(std::string_view list_id, const broker_new_order_t& entry,
                                       const Exits& exits) {
    broker_new_order_t stop_loss = exit_of(entry, exits.stop_loss_id);
    stop_loss.ord_type = BROKER_ORD_TYPE_STOP;
    stop_loss.time_in_force = exits.time_in_force;
    stop_loss.stop_px = exits.stop_px;
    broker_new_order_t take_profit = exit_of(entry, exits.take_profit_id);
    take_profit.ord_type = BROKER_ORD_TYPE_LIMIT;
    take_profit.time_in_force = exits.time_in_force;
    take_profit.price = exits.take_profit_px;
    return bracket(list_id, entry, stop_loss, take_profit);
}

// broker.order-list/1. An ok Status means "will be sent"; the outcome arrives as events. Made by
// AdapterHandle; valid while it lives. [any-thread & started]
class OrderLists {
public:
    OrderLists(broker_adapter_t* adapter, const broker_order_lists_t* table) noexcept
        : adapter_{adapter}, table_{table} {}

    // The list's account is that of its first order.
    Status submit(OrderList list) const {
        for (broker_new_order_t& order : list.orders) order.struct_size = sizeof(order);
        const auto member = [&list](std::size_t index) {
            return index < list.order_count ? &list.orders[index] : nullptr;
        };
        broker_order_list_t record{};
        record.contingency = list.contingency;
        record.account = list.orders[0].account;
        record.list_id = list.list_id;
        record.first = member(0);
        record.second = member(1);
        record.third = member(2);
        record.signal_time = list.signal_time;
        return detail::call_with_record(adapter_, table_->submit, record);
    }
    Status cancel(broker_cancel_order_list_t request) const {
        return detail::call_with_record(adapter_, table_->cancel, request);
    }

private:
    broker_adapter_t* adapter_;
    const broker_order_lists_t* table_;
};

}  // namespace broker::sdk
