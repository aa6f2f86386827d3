// Value types that cross the ABI. All are passed by value inside records; none owns memory.
// A zeroed value means "absent" for every type in this file.
#ifndef BROKER_ABI_TYPES_H
#define BROKER_ABI_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include "broker/abi/export.h"

BROKER_EXTERN_C_BEGIN

// UTF-8 text of `size` bytes, not terminated. Borrowed: valid until the call that carries it
// returns; whoever keeps it copies it. Absent: size 0 (data may be null).
typedef struct broker_str {
    const char* data;
    size_t size;
} broker_str_t;

// An exact decimal: coefficient * 10^-scale. Prices and quantities are never binary floating point.
// Two decimals with different scales may be equal in value (1.5 and 1.50).
typedef struct broker_decimal {
    int64_t coefficient;
    int32_t scale;       // digits after the decimal point, 0 to 18
    int32_t is_present;  // 1: a value (which may be zero); 0: absent, and the rest must be zero
} broker_decimal_t;

// Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted. 0: absent.
typedef int64_t broker_timestamp_t;

// Nanoseconds of the machine's monotonic clock (CLOCK_MONOTONIC). Only differences have a meaning,
// and only within one boot of one machine. 0: absent (the stage was not reached).
typedef int64_t broker_monotonic_t;

BROKER_EXTERN_C_END

#endif
