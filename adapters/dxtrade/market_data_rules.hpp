// Which subscriptions a profile offers. Pure.
#pragma once

#include "core/quote.hpp"
#include "core/result.hpp"
#include "dxtrade/profile.hpp"

namespace broker::dxtrade {

// NotSupported, SymbolUnknown, or InvalidField for what does not go together; the text names the
// field, the profile and its key.
[[nodiscard]] core::Result<void> check(const core::MarketDataRequest& request,
                                       const Profile& profile);

}  // namespace broker::dxtrade
