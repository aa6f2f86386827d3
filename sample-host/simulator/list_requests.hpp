// NewOrderList (E) and the messages about lists.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "simulator/fix_message.hpp"
#include "simulator/fix_requests.hpp"
#include "simulator/trading_options.hpp"

namespace broker::simulator {

enum class Contingency {
    OneCancelsOther,   // an execution of one member cancels the others
    OneTriggersOther,  // the first member triggers the others
    Bracket            // so it does, and these cancel each other
};

struct ListRequest {
    std::string list_id;
    Contingency contingency = Contingency::OneCancelsOther;
    std::vector<OrderRequest> orders;  // two or three, the entry order first
    std::vector<FixMessage> members;   // the same as they came
};

// By ClOrdLinkID (583) an order names the ClOrdID of its entry order: one such order makes an OTO,
// two make a bracket. Orders with the same ClOrdLinkID that names none of them are an OCO.
[[nodiscard]] std::variant<ListRequest, RequestError> list_request_from_fix(
    const FixMessage& fix, const ListOptions& options);

// One member as ListStatus (N) shows it.
[[nodiscard]] FixMessage list_status(const std::string& list_id, int list_status_type,
                                     int list_order_status, const std::vector<const Order*>& orders,
                                     core::UtcTime now, const std::string& text = {});

}  // namespace broker::simulator
