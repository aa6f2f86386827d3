// What an account's checks are made of, from its settings and profile.
#pragma once

#include <filesystem>

#include "account/risk_desk.hpp"
#include "config/settings.hpp"
#include "core/cl_ord_id_generator.hpp"

namespace broker::runtime {

// `folder` is the account's in the journal directory. Throws config::ConfigError if what is
// remembered of the account cannot be read, or if the profile cannot do what the limits ask for.
[[nodiscard]] account::RiskSettings risk_settings(const config::AccountSettings& account,
                                                  const std::filesystem::path& folder,
                                                  core::ClOrdIDGenerator& cl_ord_ids);

}  // namespace broker::runtime
