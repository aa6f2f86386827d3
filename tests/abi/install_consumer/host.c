// Loads an adapter with the C headers alone, starts and stops it.
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "broker/abi/broker.h"

static void on_event(void* host_data, const broker_event_t* event) {
    (void)host_data;
    (void)event;
}

static int run(const broker_adapter_api_t* api) {
    broker_host_t host;
    broker_create_params_t params;
    broker_adapter_t* adapter = NULL;
    int is_ok = 0;

    memset(&host, 0, sizeof host);
    host.abi_major = BROKER_ABI_MAJOR;
    host.abi_minor = BROKER_ABI_MINOR;
    host.on_event = on_event;
    memset(&params, 0, sizeof params);
    params.struct_size = sizeof params;
    if (api->create(&host, &params, &adapter, NULL) != BROKER_OK) return 1;
    is_ok = api->start(adapter, NULL) == BROKER_OK && api->stop(adapter, NULL) == BROKER_OK;
    api->destroy(adapter);
    return is_ok ? 0 : 1;
}

int main(int argc, char** argv) {
    void* library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    void* symbol = library != NULL ? dlsym(library, BROKER_ADAPTER_ENTRY_SYMBOL) : NULL;
    broker_adapter_entry_fn entry = NULL;
    const broker_adapter_api_t* api = NULL;
    int result = 1;

    if (symbol != NULL) {
        // ISO C knows no cast from an object pointer to a function pointer; POSIX makes it work.
        memcpy(&entry, &symbol, sizeof entry);
        api = entry(BROKER_ABI_MAJOR, BROKER_ABI_MINOR, NULL);
    }
    if (api != NULL) result = run(api);
    if (result != 0) fprintf(stderr, "the adapter could not be run\n");
    if (library != NULL) dlclose(library);
    return result;
}
