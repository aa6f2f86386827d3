// Commands of the ABI as core records, checked field by field.
#pragma once

#include "account/account_coordinator.hpp"
#include "broker/abi/order.h"
#include "core/order.hpp"
#include "core/result.hpp"

namespace broker::abi {

// Errors: InvalidField, with the name of the field and what was expected. `now` stands in for a
// signal time that is not given, and becomes the time of acceptance.
[[nodiscard]] core::Result<core::NewOrder> to_core(const broker_new_order_t& order,
                                                   core::MonotonicTime now);
[[nodiscard]] core::Result<core::ReplaceOrder> to_core(const broker_replace_order_t& request,
                                                       core::MonotonicTime now);
[[nodiscard]] core::Result<core::CancelOrder> to_core(const broker_cancel_order_t& request,
                                                      core::MonotonicTime now);
[[nodiscard]] core::Result<account::CancelAll> to_core(const broker_cancel_all_t& request,
                                                       core::MonotonicTime now);

template <class Enum>
[[nodiscard]] constexpr std::int32_t value_of(Enum enumerator) {
    return static_cast<std::int32_t>(enumerator);
}
[[nodiscard]] broker_decimal_t to_abi(const core::Decimal& value);
[[nodiscard]] broker_decimal_t to_abi(const std::optional<core::Decimal>& value);  // absent: zeroed
[[nodiscard]] broker_timestamp_t to_abi(const std::optional<core::UtcTime>& time);
[[nodiscard]] broker_monotonic_t to_abi(core::MonotonicTime time);

}  // namespace broker::abi
