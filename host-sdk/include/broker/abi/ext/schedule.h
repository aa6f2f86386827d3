// Extension broker.schedule/1: when the accounts of a configuration log on and out. Needs no
// adapter: get_extension gives the table for a null adapter too, so that a person can look while
// another process trades by the same configuration.
#ifndef BROKER_ABI_EXT_SCHEDULE_H
#define BROKER_ABI_EXT_SCHEDULE_H

#include "broker/abi/adapter.h"

BROKER_EXTERN_C_BEGIN

#define BROKER_EXT_SCHEDULE "broker.schedule/1"

typedef int32_t broker_schedule_change_t;
enum {
    BROKER_SCHEDULE_CHANGE_UNSPECIFIED = 0,     // the account has no schedule: up around the clock
    BROKER_SCHEDULE_CHANGE_OPEN = 1,            // its FIX sessions log on
    BROKER_SCHEDULE_CHANGE_CLOSE = 2,           // they are logged out
    BROKER_SCHEDULE_CHANGE_SEQUENCE_RESET = 3,  // the next logon begins with MsgSeqNum 1
};

typedef struct broker_schedule_event {
    uint32_t struct_size;
    broker_schedule_change_t change;
    broker_str_t account;
    broker_timestamp_t time;  // 0 where change is UNSPECIFIED
    broker_str_t local_time;  // for people, by the schedule's zone: "Sun 17:05:00 America/New_York"
} broker_schedule_event_t;

// The event and its text are valid during the call.
typedef void(BROKER_CALL* broker_schedule_visit_t)(void* user_data,
                                                   const broker_schedule_event_t* event);

enum { BROKER_SCHEDULE_EVENTS_MAX = 10000 };

typedef struct broker_schedule {
    // Reads the configuration as create does, but neither credentials nor journals, and calls
    // `visit` for the next `count` events (1 to BROKER_SCHEDULE_EVENTS_MAX) of each account after
    // `from`: account by account as the file names them, each in the order of time. Fewer, if
    // nothing changes within 400 days. [any-thread]
    broker_status_t(BROKER_CALL* read)(broker_str_t config_path, broker_timestamp_t from,
                                       uint32_t count, broker_schedule_visit_t visit,
                                       void* user_data, broker_error_t* error);
} broker_schedule_t;

BROKER_EXTERN_C_END

#endif
