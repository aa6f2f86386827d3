// Refusals by a profile, and the rules that several requests share.
#pragma once

#include <optional>
#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "dxtrade/profile.hpp"

namespace broker::dxtrade {

// `<field>: profile <name> <what> (<key>)`.
[[nodiscard]] core::Error refusal(core::Reason reason, std::string_view field,
                                  const Profile& profile, std::string_view what,
                                  std::string_view key);

// `<field>: profile <name> does not offer <what> (<key>)`: NotSupported.
[[nodiscard]] core::Error not_offered(std::string_view field, std::string_view what,
                                      std::string_view key, const Profile& profile);

// Size and alphabet.
[[nodiscard]] core::Result<void> check_id(std::string_view field, std::string_view id,
                                          const Profile& profile);

// SymbolUnknown if a complete map does not have it.
[[nodiscard]] core::Result<void> check_symbol(std::string_view symbol, const Profile& profile);

// Where ExpireDate (432) alone goes, a time within the day would be lost.
[[nodiscard]] core::Result<void> check_expire_time(const std::optional<core::UtcTime>& time,
                                                   const Profile& profile);

[[nodiscard]] core::Result<void> check_offers_lists(const Profile& profile);

}  // namespace broker::dxtrade
