// Host extension broker.thread-check/1: lets the adapter check that lifecycle calls come from where
// the host means them to. Asked in debug builds of the adapter alone.
#ifndef BROKER_ABI_EXT_THREAD_CHECK_H
#define BROKER_ABI_EXT_THREAD_CHECK_H

#include "broker/abi/types.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_THREAD_CHECK "broker.thread-check/1"

typedef struct broker_thread_check {
    // 1 if the calling thread is the one the host uses for [control-thread] calls.
    // [any-thread]
    int32_t(BROKER_CALL* is_control_thread)(void* host_data);
} broker_thread_check_t;

BROKER_EXTERN_C_END

#endif
