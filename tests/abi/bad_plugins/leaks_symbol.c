// Exports a function of its own beside the entry, which may clash with one of the host.
#include "parts.h"

BROKER_EXPORT int connect_to_venue(void);

int connect_to_venue(void) { return 0; }

const broker_adapter_api_t* broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor,
                                                 broker_error_t* error) {
    static broker_adapter_api_t api;
    (void)host_abi_major;
    (void)host_abi_minor;
    (void)error;
    api = complete_api("leaks-symbol");
    return &api;
}
