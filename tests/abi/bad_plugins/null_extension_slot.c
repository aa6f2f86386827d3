// Offers order entry, but cannot cancel.
#include "parts.h"

static broker_status_t submit(broker_adapter_t* adapter, const broker_new_order_t* order,
                              broker_error_t* error) {
    (void)adapter;
    (void)order;
    (void)error;
    return BROKER_OK;
}

static const void* get_extension(const broker_adapter_t* adapter, broker_str_t id) {
    static broker_order_entry_t order_entry;
    (void)adapter;
    if (id.size != strlen(BROKER_EXT_ORDER_ENTRY)) return NULL;
    if (memcmp(id.data, BROKER_EXT_ORDER_ENTRY, id.size) != 0) return NULL;
    order_entry.submit = submit;
    return &order_entry;
}

const broker_adapter_api_t* broker_adapter_entry(uint32_t host_abi_major, uint32_t host_abi_minor,
                                                 broker_error_t* error) {
    static broker_adapter_api_t api;
    (void)host_abi_major;
    (void)host_abi_minor;
    (void)error;
    api = complete_api("null-extension-slot");
    api.get_extension = get_extension;
    return &api;
}
