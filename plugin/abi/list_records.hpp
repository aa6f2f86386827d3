// Lists of orders of the ABI as core records, checked field by field.
#pragma once

#include "broker/abi/order_list.h"
#include "core/order.hpp"
#include "core/result.hpp"

namespace broker::abi {

// Errors: InvalidField, with the name of the field (of a member: `second.price`) and what was
// expected. `now` as for orders.
[[nodiscard]] core::Result<core::NewOrderList> to_core(const broker_order_list_t& list,
                                                       core::MonotonicTime now);
[[nodiscard]] core::Result<core::CancelOrderList> to_core(const broker_cancel_order_list_t& request,
                                                          core::MonotonicTime now);

}  // namespace broker::abi
