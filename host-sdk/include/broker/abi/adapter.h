// The life of an adapter: create -> start -> stop -> destroy.
#ifndef BROKER_ABI_ADAPTER_H
#define BROKER_ABI_ADAPTER_H

#include "broker/abi/host.h"
#include "broker/abi/status.h"

BROKER_EXTERN_C_BEGIN

typedef struct broker_adapter broker_adapter_t;  // opaque; freed by destroy

typedef struct broker_create_params {
    uint32_t struct_size;
    int32_t must_be_zero;
    broker_str_t config_path;  // the YAML file; relative paths inside it are relative to its folder
    // -- 1.1 fields go below this line --
} broker_create_params_t;

// Frozen within a major version. Static: valid while the library is loaded. The host never overlaps
// two calls about one adapter, except of [any-thread] extension functions.
typedef struct broker_adapter_api {
    uint32_t abi_major;
    uint32_t abi_minor;
    broker_str_t name;     // "dxtrade"
    broker_str_t version;  // of the adapter, "1.2.3"

    // Reads and checks the whole configuration. Calls no host function, opens no connection and
    // starts no thread. On failure *adapter is null and `error` names file, line and key. `error`
    // may be null here and below.
    // [control-thread]
    broker_status_t(BROKER_CALL* create)(const broker_host_t* host,
                                         const broker_create_params_t* params,
                                         broker_adapter_t** adapter, broker_error_t* error);

    // Starts the event threads and begins to connect every account; does not wait for them.
    // [control-thread & created]
    broker_status_t(BROKER_CALL* start)(broker_adapter_t* adapter, broker_error_t* error);

    // Refuses further orders, logs every session out, waits for the answers at most the configured
    // time, closes, and joins all threads. Orders stay as they are at the venue. After it returns
    // no callback comes. Not restartable.
    // [control-thread & started]
    broker_status_t(BROKER_CALL* stop)(broker_adapter_t* adapter, broker_error_t* error);

    // Frees the adapter; stops it first if need be. Null is ignored.
    // [control-thread]
    void(BROKER_CALL* destroy)(broker_adapter_t* adapter);

    // Returns the table of an extension, e.g. BROKER_EXT_ORDER_ENTRY, or null if the adapter has no
    // such extension. The table is static, the same for every adapter of the library. `adapter` is
    // null for those that need none (BROKER_EXT_SCHEDULE), and gives null for the others.
    // [any-thread]
    const void*(BROKER_CALL* get_extension)(const broker_adapter_t* adapter, broker_str_t id);
} broker_adapter_api_t;

BROKER_EXTERN_C_END

#endif
