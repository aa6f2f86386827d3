// Leaves two functions out of the lifecycle table.
#include "parts.h"

const broker_adapter_api_t* broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor,
                                                 broker_error_t* error) {
    static broker_adapter_api_t api;
    (void)host_abi_major;
    (void)host_abi_minor;
    (void)error;
    api = complete_api("null-slot");
    api.stop = NULL;
    api.get_extension = NULL;
    return &api;
}
