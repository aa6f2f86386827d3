#include "abi/host_config.hpp"

#include <string>

#include "abi/data_dir.hpp"
#include "abi/record.hpp"
#include "config/settings_yaml.hpp"

namespace broker::abi {
config::Settings load_config(broker_str_t path, const config::Settings* running) {
    return config::load_settings(std::string{view(path)}, default_data_dir(), running);
}

broker_status_t refuse_no_config(broker_error_t* error) {
    return write_error(error, BROKER_INVALID_ARGUMENT, core::Reason::InvalidField,
                       "config_path: expected the path of a YAML file");
}

}  // namespace broker::abi
