// What the plugins of this folder have in common: a lifecycle that does nothing, so that each file
// shows its own defect alone.
#ifndef BROKER_TESTS_BAD_PLUGINS_PARTS_H
#define BROKER_TESTS_BAD_PLUGINS_PARTS_H

#include <string.h>

#include "broker/abi/broker.h"

struct broker_adapter {
    int is_started;
};

static struct broker_adapter the_adapter;

static broker_str_t literal(const char* text) {
    broker_str_t result;
    result.data = text;
    result.size = strlen(text);
    return result;
}

static inline void write_error(broker_error_t* error, broker_status_t status,
                               broker_reason_t reason, const char* text) {
    if (error == NULL) return;
    error->status = status;
    error->reason = reason;
    error->text_size = (uint32_t)strlen(text);
    memcpy(error->text, text, error->text_size + 1);
}

static inline broker_status_t create_nothing(const broker_host_t* host,
                                             const broker_create_params_t* params,
                                             broker_adapter_t** adapter, broker_error_t* error) {
    (void)host;
    (void)params;
    (void)error;
    *adapter = &the_adapter;
    return BROKER_OK;
}

static inline broker_status_t start_nothing(broker_adapter_t* adapter, broker_error_t* error) {
    if (adapter->is_started) {
        write_error(error, BROKER_INVALID_STATE, BROKER_REASON_NONE, "started already");
        return BROKER_INVALID_STATE;
    }
    adapter->is_started = 1;
    return BROKER_OK;
}

static inline broker_status_t stop_nothing(broker_adapter_t* adapter, broker_error_t* error) {
    (void)error;
    adapter->is_started = 0;
    return BROKER_OK;
}

static inline void destroy_nothing(broker_adapter_t* adapter) { (void)adapter; }

static inline const void* no_extension(const broker_adapter_t* adapter, broker_str_t id) {
    (void)adapter;
    (void)id;
    return NULL;
}

// A whole and correct table; a defect is put in by the caller.
static inline broker_adapter_api_t complete_api(const char* name) {
    broker_adapter_api_t api;
    api.abi_major = BROKER_ABI_MAJOR;
    api.abi_minor = BROKER_ABI_MINOR;
    api.name = literal(name);
    api.version = literal("0.0.1");
    api.create = create_nothing;
    api.start = start_nothing;
    api.stop = stop_nothing;
    api.destroy = destroy_nothing;
    api.get_extension = no_extension;
    return api;
}

#endif
