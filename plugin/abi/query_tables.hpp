// The extensions that ask the venue.
#pragma once

#include <cstdint>

#include "broker/abi/adapter.h"

namespace broker::abi {

[[nodiscard]] const void* mass_status_table();
[[nodiscard]] const void* positions_table();
[[nodiscard]] const void* trades_table();
[[nodiscard]] const void* reference_data_table();
[[nodiscard]] const void* history_table();
[[nodiscard]] const void* conversion_table();

// request_summary of broker.account/1.
[[nodiscard]] broker_status_t ask_account_summary(broker_adapter_t* adapter, broker_str_t account,
                                                  std::uint64_t request_id, broker_error_t* error);

}  // namespace broker::abi
