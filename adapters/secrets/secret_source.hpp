// Where credentials come from.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/secret.hpp"

namespace broker::secrets {

// A reference as the configuration writes it: `env:NAME` (environment variable) or `file:PATH` (the
// file's bytes without one trailing line end; PATH relative to `base`). The reference itself is not
// secret; a plain value is refused, so that no password stands in a configuration file.
//
// Errors: Configuration for a malformed reference or an unknown scheme (the detail leaves the text
// out: it may be a password in the wrong place), CredentialUnavailable if the source does not yield
// (variable not set, file missing, empty, larger than 1 MiB, not a regular file, or readable by
// users outside the owner's group). The detail then names the reference, never the content.
[[nodiscard]] core::Result<core::Secret> load_secret(std::string_view reference,
                                                     const std::filesystem::path& base);

// The same for material that is not secret (certificates): no check of permissions.
[[nodiscard]] core::Result<std::string> load_text(std::string_view reference,
                                                  const std::filesystem::path& base);

}  // namespace broker::secrets
