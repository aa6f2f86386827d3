// The REST and push connections of an account, from YAML. Every function throws ConfigError.
#pragma once

#include "config/settings.hpp"
#include "config/yaml_reader.hpp"

namespace broker::config {

// Read the mappings `rest` and `push`, which the account's profile must offer.
[[nodiscard]] RestSettings read_rest_connection(const YamlValue& value,
                                                const dxtrade::Profile& profile);
[[nodiscard]] PushSettings read_push_connection(const YamlValue& value,
                                                const dxtrade::Profile& profile);

}  // namespace broker::config
