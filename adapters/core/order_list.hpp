// What a venue says of a list of orders. Enumerator values are those of broker/abi/order_list.h.
#pragma once

#include <cstdint>
#include <string_view>

namespace broker::core {

// ListOrderStatus (431).
enum class ListOrderStatus : std::int32_t {
    Unspecified = 0,
    InBiddingProcess = 1,
    ReceivedForExecution = 2,
    Executing = 3,
    Canceling = 4,
    Alert = 5,
    AllDone = 6,
    Reject = 7,
};

// FIX ListStatus (N) without its orders, which come as execution reports. Text is borrowed for the
// call that passes it.
struct ListStatus {
    ListOrderStatus status = ListOrderStatus::Unspecified;
    std::string_view list_id;
    std::string_view raw_status;
    std::string_view text;
};

}  // namespace broker::core
