// Reads the sections market_data and drop_copy of the simulator's YAML.
#pragma once

#include "simulator/drop_copy_options.hpp"
#include "simulator/market_data_options.hpp"
#include "simulator/yaml_entry.hpp"

namespace broker::simulator {

// Throw YamlError.
[[nodiscard]] MarketDataOptions market_data_options_from(const Entry& entry);
[[nodiscard]] DropCopyOptions drop_copy_options_from(const Entry& entry);

}  // namespace broker::simulator
