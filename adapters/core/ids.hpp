// Identifiers with the spelling of the FIX specification.
#pragma once

#include <cstdint>

#include "core/fixed_string.hpp"

namespace broker::core {

using ClOrdID = FixedString<64>;
using OrderID = FixedString<64>;
using ListID = FixedString<64>;
using ExecID = FixedString<64>;
using Symbol = FixedString<64>;
using MsgSeqNum = std::uint64_t;

// Requests that go by a channel without message numbers have numbers of the channel's own, from
// this one on: never those of a FIX message.
inline constexpr MsgSeqNum kFirstOwnMsgSeqNum = MsgSeqNum{1} << 63U;

}  // namespace broker::core
