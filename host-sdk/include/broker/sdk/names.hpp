// Names of the ABI's enum values for logs and screens, spelled as in the FIX specification, and the
// way back for what people write in orders. A value this build does not know is "Unrecognized". The
// tables behind the functions are there for whoever offers a choice: every value with its name, in
// the order of the values.
#pragma once

#include <array>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/event_names.hpp"
#include "broker/sdk/name_table.hpp"
#include "broker/sdk/order_names.hpp"

namespace broker::sdk {

namespace names {

inline constexpr std::array kStatuses{
    Name{BROKER_OK, "Ok"},
    Name{BROKER_INVALID_ARGUMENT, "InvalidArgument"},
    Name{BROKER_INVALID_STATE, "InvalidState"},
    Name{BROKER_WRONG_THREAD, "WrongThread"},
    Name{BROKER_REFUSED, "Refused"},
    Name{BROKER_NOT_SUPPORTED, "NotSupported"},
    Name{BROKER_WOULD_BLOCK, "WouldBlock"},
    Name{BROKER_CONFIGURATION_ERROR, "ConfigurationError"},
    Name{BROKER_ABI_MISMATCH, "AbiMismatch"},
    Name{BROKER_INTERNAL_ERROR, "InternalError"},
};

inline constexpr std::array kLogLevels{
    Name{BROKER_LOG_LEVEL_UNSPECIFIED, "Unspecified"},
    Name{BROKER_LOG_LEVEL_DEBUG, "Debug"},
    Name{BROKER_LOG_LEVEL_INFO, "Info"},
    Name{BROKER_LOG_LEVEL_WARNING, "Warning"},
    Name{BROKER_LOG_LEVEL_ERROR, "Error"},
};

}  // namespace names

[[nodiscard]] constexpr std::string_view status_name(broker_status_t value) {
    return names::find_name(names::kStatuses, value);
}
[[nodiscard]] constexpr std::string_view log_level_name(broker_log_level_t value) {
    return names::find_name(names::kLogLevels, value);
}

}  // namespace broker::sdk
