// What the host knows of its orders: its own requests, and what the adapter's events say of them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "broker/abi/broker.h"
#include "broker/sdk/status.hpp"

namespace broker::sample_host {

// One order. Decimals are absent until they are known.
struct OrderState {
    std::string account;
    std::string cl_ord_id;  // of the request that made it
    std::string order_id;   // the venue's; empty until it is known
    std::string symbol;
    broker_side_t side = BROKER_SIDE_UNSPECIFIED;
    broker_ord_type_t ord_type = BROKER_ORD_TYPE_UNSPECIFIED;
    broker_ord_status_t status = BROKER_ORD_STATUS_UNSPECIFIED;
    broker_decimal_t order_qty{};
    broker_decimal_t price{};
    broker_decimal_t cum_qty{};
    broker_decimal_t avg_px{};
};

// One request about an order: new, replace or cancel.
struct RequestState {
    std::string account;
    std::string cl_ord_id;
    std::size_t order = 0;  // index into OrderView::orders(), or kNoOrder
    broker_certainty_t certainty = BROKER_CERTAINTY_UNSPECIFIED;
    broker_reason_t reason = BROKER_REASON_NONE;
    std::string text;  // the venue's words, or the adapter's
    broker_stage_times_t stages{};
};

class OrderView {
public:
    static constexpr std::size_t kNoOrder = static_cast<std::size_t>(-1);

    // Notes a command before it is given to the adapter.
    void submitting(const broker_new_order_t& order);
    // `orig_cl_ord_id` may be unknown here; the answer will say so.
    void changing(std::string_view account, std::string_view cl_ord_id,
                  std::string_view orig_cl_ord_id);
    // The adapter did not take the command: nothing was sent and no event will come.
    void refused(std::string_view account, std::string_view cl_ord_id, const sdk::Status& status);

    void apply(const broker_execution_report_t& report);
    void apply(const broker_order_cancel_reject_t& reject);

    // In the order in which they appeared.
    [[nodiscard]] const std::vector<OrderState>& orders() const { return orders_; }
    [[nodiscard]] const std::vector<RequestState>& requests() const { return requests_; }

    // Null if there is no such request. Both are valid until the next change.
    [[nodiscard]] const RequestState* find_request(std::string_view account,
                                                   std::string_view cl_ord_id) const;
    [[nodiscard]] const OrderState* order_of(const RequestState& request) const;

private:
    using Key = std::pair<std::string, std::string>;  // account and ClOrdID

    RequestState& add_request(std::string_view account, std::string_view cl_ord_id,
                              std::size_t order);
    RequestState& request_of(const broker_execution_report_t& report);
    [[nodiscard]] std::size_t order_by_cl_ord_id(std::string_view account,
                                                 std::string_view cl_ord_id) const;
    [[nodiscard]] std::size_t order_by_order_id(std::string_view account,
                                                std::string_view order_id) const;

    std::vector<OrderState> orders_;
    std::vector<RequestState> requests_;
    std::map<Key, std::size_t> by_cl_ord_id_;  // into requests_
};

}  // namespace broker::sample_host
