// Speaks the next major version and does not look at the host's. Its slots mean something else
// then, so the host must not reach for them: they are null here.
#include "parts.h"

const broker_adapter_api_t* broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor,
                                                 broker_error_t* error) {
    static broker_adapter_api_t api;
    (void)host_abi_major;
    (void)host_abi_minor;
    (void)error;
    memset(&api, 0, sizeof api);
    api.abi_major = BROKER_ABI_MAJOR + 1;
    api.name = literal("wrong-abi-major");
    return &api;
}
