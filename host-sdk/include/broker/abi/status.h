// Result of a call across the ABI, and the text that explains it.
#ifndef BROKER_ABI_STATUS_H
#define BROKER_ABI_STATUS_H

#include "broker/abi/reason.h"
#include "broker/abi/types.h"

BROKER_EXTERN_C_BEGIN

typedef int32_t broker_status_t;
enum {
    BROKER_OK = 0,
    BROKER_INVALID_ARGUMENT = 1,   // null, wrong size, out of range; nothing was done
    BROKER_INVALID_STATE = 2,      // not in this lifecycle state, e.g. start twice
    BROKER_WRONG_THREAD = 3,       // called from a thread or at a moment the slot's tag forbids
    BROKER_REFUSED = 4,            // understood and refused; `reason` says why; nothing was sent
    BROKER_NOT_SUPPORTED = 5,      // this adapter or account has no such ability
    BROKER_WOULD_BLOCK = 6,        // a bounded queue is full; nothing was done
    BROKER_CONFIGURATION_ERROR = 7,
    BROKER_ABI_MISMATCH = 8,       // major versions differ
    BROKER_INTERNAL_ERROR = 9,     // a bug on our side; the text names it
};

// Bytes for the text of a broker_error_t, terminating zero included.
#define BROKER_ERROR_TEXT_SIZE 1008

// Owned by the caller, who sets struct_size; filled by the callee when the status is not BROKER_OK.
// Neither side allocates for the other. A text that does not fit is cut at a character boundary.
typedef struct broker_error {
    uint32_t struct_size;
    broker_status_t status;
    broker_reason_t reason;
    uint32_t text_size;                 // bytes in `text` before its terminating zero
    char text[BROKER_ERROR_TEXT_SIZE];  // for people: names what was wrong and what was expected
} broker_error_t;

BROKER_EXTERN_C_END

#endif
