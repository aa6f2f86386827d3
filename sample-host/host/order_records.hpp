// The ABI's records of a script's orders. Their texts are borrowed from the arguments.
#pragma once

#include <chrono>
#include <string_view>

#include "broker/abi/broker.h"
#include "host/script_steps.hpp"

namespace broker::sample_host {

// `cl_ord_id` is that of the order; `now` is what expire_in is counted from.
[[nodiscard]] broker_new_order_t record_of(const OrderTerms& terms, std::string_view account,
                                           std::string_view cl_ord_id,
                                           std::chrono::system_clock::time_point now);
[[nodiscard]] broker_replace_order_t record_of(const Replace& step, std::string_view cl_ord_id,
                                               std::string_view orig_cl_ord_id,
                                               std::chrono::system_clock::time_point now);

}  // namespace broker::sample_host
