// Section schedule of an account.
#pragma once

#include "config/settings.hpp"
#include "config/yaml_reader.hpp"

namespace broker::config {

// Throws ConfigError.
[[nodiscard]] ScheduleSettings read_schedule(const YamlValue& value);

}  // namespace broker::config
