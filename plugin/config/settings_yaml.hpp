// Settings from YAML files.
#pragma once

#include <filesystem>

#include "config/settings.hpp"
#include "config/yaml_reader.hpp"

namespace broker::config {

// Reads `file`, what it includes, and the profiles its accounts name. `default_data_dir` is used
// unless the file gives adapter.data_dir. `running`: the settings of an adapter that runs, of which
// the file may change accounts and on_bad_account alone; null: none runs. Throws ConfigError.
[[nodiscard]] Settings load_settings(const std::filesystem::path& file,
                                     const std::filesystem::path& default_data_dir,
                                     const Settings* running = nullptr);
[[nodiscard]] Settings read_settings(const YamlValue& top,
                                     const std::filesystem::path& default_data_dir,
                                     const Settings* running = nullptr);

// Reads one profile, whose name must be that of its file. Throws ConfigError.
[[nodiscard]] dxtrade::Profile read_profile(const YamlValue& top);
[[nodiscard]] dxtrade::Profile load_profile(const std::filesystem::path& file);

}  // namespace broker::config
