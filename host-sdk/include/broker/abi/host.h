// What the host gives to an adapter.
#ifndef BROKER_ABI_HOST_H
#define BROKER_ABI_HOST_H

#include "broker/abi/event.h"
#include "broker/abi/types.h"

BROKER_EXTERN_C_BEGIN

// Frozen within a major version. The host keeps it alive from create until destroy returns.
typedef struct broker_host {
    uint32_t abi_major;
    uint32_t abi_minor;
    void* host_data;     // passed back in every call; the adapter does not look inside

    // Delivers one event. The record and all its strings are valid until the call returns. Events
    // of one account come in order and from one thread; accounts pinned to different event threads
    // may call concurrently. The host should return quickly: while it works, the accounts of that
    // thread wait. It may call [any-thread] functions of the adapter from here; lifecycle functions
    // answer BROKER_WRONG_THREAD. Nothing may be thrown through it.
    // [event-thread]
    void(BROKER_CALL* on_event)(void* host_data, const broker_event_t* event);

    // Returns the table of a host extension (see ext/log.h, ext/thread_check.h), or null. Called
    // from start, stop and destroy; the table must live until destroy returns. May itself be null.
    // [control-thread]
    const void*(BROKER_CALL* get_extension)(void* host_data, broker_str_t id);
} broker_host_t;

BROKER_EXTERN_C_END

#endif
