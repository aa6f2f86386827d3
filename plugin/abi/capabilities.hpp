// What an account offers, from its profile and its configured sessions.
#pragma once

#include <cstddef>

#include "broker/abi/ext/capabilities.h"
#include "config/settings.hpp"

namespace broker::abi {

// The record's size in version 1.0, which has the fields before this one.
inline constexpr std::size_t kCapabilitiesSizeIn1_0 = offsetof(broker_capabilities_t, exec_insts);

// Which questions some channel of the account answers.
[[nodiscard]] core::EnumSet<core::QueryKind> offered_queries(
    const config::AccountSettings& settings);

// Whether some channel of the account can be subscribed to.
[[nodiscard]] bool has_market_data(const config::AccountSettings& settings);

// All but struct_size.
[[nodiscard]] broker_capabilities_t capabilities_of(const config::AccountSettings& settings);

}  // namespace broker::abi
