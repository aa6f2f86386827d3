// Market data requests of the ABI as core records, checked field by field.
#pragma once

#include "broker/abi/market_data.h"
#include "core/quote.hpp"
#include "core/result.hpp"

namespace broker::abi {

// Errors: InvalidField, with the name of the field and what was expected.
[[nodiscard]] core::Result<core::MarketDataRequest> to_core(
    const broker_market_data_request_t& request);

}  // namespace broker::abi
