// The configuration as a host hands it over.
#pragma once

#include "abi/exception_barrier.hpp"
#include "broker/abi/status.h"
#include "config/settings.hpp"

namespace broker::abi {

// `path` is that of a YAML file. `running`: see config::load_settings. Throws config::ConfigError.
[[nodiscard]] config::Settings load_config(broker_str_t path,
                                           const config::Settings* running = nullptr);

// Of a path that is empty.
broker_status_t refuse_no_config(broker_error_t* error);

}  // namespace broker::abi
