// Looks at the host's major version, as it should, and refuses it.
#include "parts.h"

const broker_adapter_api_t* broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor,
                                                 broker_error_t* error) {
    (void)host_abi_major;
    (void)host_abi_minor;
    write_error(error, BROKER_ABI_MISMATCH, BROKER_REASON_NONE, "this adapter needs ABI 2");
    return NULL;
}
