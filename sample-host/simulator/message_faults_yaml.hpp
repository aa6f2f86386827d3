// Reads the section message_faults of the simulator's YAML.
#pragma once

#include "simulator/message_faults.hpp"
#include "simulator/yaml_entry.hpp"

namespace broker::simulator {

// The plan of one listener. Throws YamlError.
[[nodiscard]] MessageFaultPlan message_fault_plan_from(const Entry& entry);

}  // namespace broker::simulator
