// Section `adapter` of the configuration. Every function throws ConfigError.
#pragma once

#include <filesystem>

#include "config/settings.hpp"
#include "config/yaml_reader.hpp"

namespace broker::config {

// Absolute, for the paths of a file that are relative to it.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& file);

// All of Settings but its accounts.
void read_adapter(const YamlValue& value, Settings& settings);

// Fails at the key that would change what cannot change while an adapter runs; `running` is what it
// was made of.
void check_unchanged(const YamlValue& adapter, const Settings& now, const Settings& running);

}  // namespace broker::config
