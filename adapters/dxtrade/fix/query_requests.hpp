// Questions as FIX 4.4 messages, each kind by its own message. Pure.
#pragma once

#include <string_view>

#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::dxtrade::fix {

// `id` is our request id. NotSupported for no known kind, else what the kind's translator says.
[[nodiscard]] core::Result<void> query_to_fix(const core::Query& query, std::string_view id,
                                              const Dialect& dialect, core::UtcTime now,
                                              broker::fix::MessageEncoder& encoder);

}  // namespace broker::dxtrade::fix
