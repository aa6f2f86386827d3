// Host extension broker.log/1: where the adapter's log lines go.
#ifndef BROKER_ABI_EXT_LOG_H
#define BROKER_ABI_EXT_LOG_H

#include "broker/abi/types.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_LOG "broker.log/1"

typedef int32_t broker_log_level_t;
enum {
    BROKER_LOG_LEVEL_UNSPECIFIED = 0,
    BROKER_LOG_LEVEL_DEBUG = 1,
    BROKER_LOG_LEVEL_INFO = 2,
    BROKER_LOG_LEVEL_WARNING = 3,
    BROKER_LOG_LEVEL_ERROR = 4,  // a person must act
};

typedef struct broker_log {
    // One event a line, key=value, without a line end and without secrets. Without this extension
    // the adapter writes its lines to standard error.
    // [any-thread]
    void(BROKER_CALL* write)(void* host_data, broker_log_level_t level, broker_str_t line);
} broker_log_t;

BROKER_EXTERN_C_END

#endif
