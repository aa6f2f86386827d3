// The FIX sessions of an account, from YAML. Every function throws ConfigError.
#pragma once

#include <string>

#include "config/settings.hpp"
#include "config/yaml_reader.hpp"

namespace broker::config {

// A text that goes into a FIX field: one without SOH.
[[nodiscard]] std::string fix_text(const YamlValue& value);

// env:NAME or file:PATH. The error does not repeat what stands there: it may be a password.
[[nodiscard]] std::string secret_reference(const YamlValue& value);

[[nodiscard]] ReconnectSettings read_reconnect(const YamlValue& value);

// Reads the mapping `fix` into the account, whose profile says which sessions there may be: the
// trading session if orders go by it, and not otherwise.
void read_fix_sessions(const YamlValue& value, AccountSettings& account);

// Two sessions with the same CompIDs are an error: a venue takes them for one.
void check_comp_ids(const YamlValue& value, const AccountSettings& account);
void check_comp_ids(const YamlValue& value, const AccountSettings& account,
                    const AccountSettings& other);

}  // namespace broker::config
