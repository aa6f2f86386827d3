// Reads the options of REST and push.
#pragma once

#include <vector>

#include "simulator/rest_faults.hpp"
#include "simulator/rest_options.hpp"
#include "simulator/yaml_entry.hpp"

namespace broker::simulator {

// Into what is there already. Throws YamlError.
void read_rest_options(const Entry& entry, RestOptions& options);
void read_push_options(const Entry& entry, PushOptions& options);
[[nodiscard]] RestFaultRule rest_fault_rule_from(const Entry& entry);

}  // namespace broker::simulator
