// Correct, but without any extension: it can be loaded and run, and no order can be sent through
// it.
#include "parts.h"

const broker_adapter_api_t* broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor,
                                                 broker_error_t* error) {
    static broker_adapter_api_t api;
    (void)host_abi_minor;
    if (host_abi_major != BROKER_ABI_MAJOR) {
        write_error(error, BROKER_ABI_MISMATCH, BROKER_REASON_NONE, "this adapter needs ABI 1");
        return NULL;
    }
    api = complete_api("missing-extension");
    return &api;
}
