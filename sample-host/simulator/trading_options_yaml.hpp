// Reads what the simulator's YAML says about trading.
#pragma once

#include "simulator/trading_options.hpp"
#include "simulator/yaml_entry.hpp"

namespace broker::simulator {

// Throws YamlError.
void read_trading_options(const Entry& root, TradingOptions& options);

}  // namespace broker::simulator
