// Orders and requests as the ledger records them, made from the commands.
#pragma once

#include <string_view>

#include "core/order_ledger.hpp"

namespace broker::core {

[[nodiscard]] Order order_of(const NewOrder& command);

[[nodiscard]] Request request_of(const NewOrder& command, MonotonicTime deadline);
// With the whole terms: what the command leaves out is as `order` has it. Error: InvalidField if
// the named fields of both together are too long.
[[nodiscard]] Result<Request> request_of(const ReplaceOrder& command, const Order& order,
                                         MonotonicTime deadline);
[[nodiscard]] Request request_of(const CancelOrder& command, const Order& order,
                                 MonotonicTime deadline);

// A message of this MsgType (35) may have carried the request.
[[nodiscard]] bool is_of_type(const Request& request, std::string_view msg_type);

// A request that the ledger does not take.
[[nodiscard]] Error refusal(Reason reason, const ClOrdID& id, std::string_view why);

}  // namespace broker::core
