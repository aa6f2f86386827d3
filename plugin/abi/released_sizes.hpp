// The size of each record in the version of the ABI that released it: the least that the other side
// may hand over.
#pragma once

#include <cstddef>

#include "broker/abi/broker.h"

namespace broker::abi {

// Of records that have not grown since.
template <class Record>
inline constexpr std::size_t kReleasedSize = sizeof(Record);

// Of records that have: where their first later field stands.
template <>
inline constexpr std::size_t kReleasedSize<broker_new_order_t> = offsetof(broker_new_order_t,
                                                                          exec_inst);
template <>
inline constexpr std::size_t kReleasedSize<broker_replace_order_t> =
    offsetof(broker_replace_order_t, peg_offset_value);
template <>
inline constexpr std::size_t kReleasedSize<broker_query_t> = offsetof(broker_query_t, candle_type);
template <>
inline constexpr std::size_t kReleasedSize<broker_account_status_t> =
    offsetof(broker_account_status_t, market_data_state);
template <>
inline constexpr std::size_t kReleasedSize<broker_capabilities_t> = offsetof(broker_capabilities_t,
                                                                             exec_insts);

}  // namespace broker::abi
