// The one symbol a broker adapter exports.
#ifndef BROKER_ABI_ENTRY_H
#define BROKER_ABI_ENTRY_H

#include "broker/abi/adapter.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_ADAPTER_ENTRY_SYMBOL "broker_adapter_entry"

// Returns the lifecycle table, or null with BROKER_ABI_MISMATCH in `error` when the adapter was
// built for another major version than `host_abi_major`. `error` may be null. The signature is the
// same in every major version.
// [any-thread]
typedef const broker_adapter_api_t*(BROKER_CALL* broker_adapter_entry_fn)(uint32_t host_abi_major,
                                                                          uint32_t host_abi_minor,
                                                                          broker_error_t* error);

BROKER_EXPORT const broker_adapter_api_t* BROKER_CALL
broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor, broker_error_t* error);

BROKER_EXTERN_C_END

#endif
