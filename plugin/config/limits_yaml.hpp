// accounts[].limits.
#pragma once

#include "config/settings.hpp"
#include "config/yaml_reader.hpp"

namespace broker::config {

[[nodiscard]] LimitSettings read_limits(const YamlValue& value);

}  // namespace broker::config
