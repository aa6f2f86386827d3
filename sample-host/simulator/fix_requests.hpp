// Reads the requests of a client.
#pragma once

#include <string>
#include <variant>

#include "core/order.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/order_book.hpp"

namespace broker::simulator {

// NewOrderSingle (D) and, with orig_cl_ord_id or order_id, OrderCancelReplaceRequest (G).
struct OrderRequest {
    std::string cl_ord_id;
    std::string orig_cl_ord_id;
    std::string order_id;
    std::string account;
    std::string symbol;
    core::Side side = core::Side::Unspecified;
    core::OrdType ord_type = core::OrdType::Unspecified;
    OrderTerms terms;  // TimeInForce: Unspecified if it is none that we know
};

// OrderCancelRequest (F) and, without orig_cl_ord_id, OrderStatusRequest (H).
struct OrderReference {
    std::string cl_ord_id{};
    std::string orig_cl_ord_id{};
    std::string order_id{};
    std::string symbol{};
    core::Side side = core::Side::Unspecified;
    std::string ord_status_req_id{};
};

// Why a message is no request: for BusinessMessageReject (j).
struct RequestError {
    int business_reject_reason = 0;  // 0: Other, 3: below, 5: ConditionallyRequiredFieldMissing
    std::string text;
};
inline constexpr int kUnsupportedMessageType = 3;

// An enumerator that we do not know becomes Unspecified: the exchange refuses the order itself.
[[nodiscard]] std::variant<OrderRequest, RequestError> order_request_from_fix(
    const FixMessage& fix);
[[nodiscard]] std::variant<OrderReference, RequestError> order_reference_from_fix(
    const FixMessage& fix);

}  // namespace broker::simulator
