// Refuses every configuration, in words of two lines.
#include "parts.h"

static broker_status_t refuse_to_create(const broker_host_t* host,
                                        const broker_create_params_t* params,
                                        broker_adapter_t** adapter, broker_error_t* error) {
    (void)host;
    (void)params;
    *adapter = NULL;
    write_error(error, BROKER_CONFIGURATION_ERROR, BROKER_REASON_CONFIGURATION,
                "accounts.yaml:7: accounts[0].profile:\nno such profile");
    return BROKER_CONFIGURATION_ERROR;
}

const broker_adapter_api_t* broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor,
                                                 broker_error_t* error) {
    static broker_adapter_api_t api;
    (void)host_abi_major;
    (void)host_abi_minor;
    (void)error;
    api = complete_api("create-fails");
    api.create = refuse_to_create;
    return &api;
}
