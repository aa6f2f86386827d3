// Where profiles and dictionaries lie unless the configuration says.
#pragma once

#include <filesystem>

namespace broker::abi {

// `config` beside the library.
[[nodiscard]] std::filesystem::path default_data_dir();

}  // namespace broker::abi
