// Compile-time checks of a record's layout.
#ifndef BROKER_TESTS_LAYOUT_CHECKS_H
#define BROKER_TESTS_LAYOUT_CHECKS_H

#include <stddef.h>

_Static_assert(sizeof(void*) == 8 && sizeof(size_t) == 8, "the figures below are for LP64");

// The first field, and each further one: right behind the field before it, so without padding.
#define FIRST(record, field) \
    _Static_assert(offsetof(record, field) == 0, #record "." #field " has moved")
#define NEXT(record, previous, field, offset)                                               \
    _Static_assert(offsetof(record, field) == (offset), #record "." #field " has moved");   \
    _Static_assert(offsetof(record, previous) + sizeof(((record*)0)->previous) == (offset), \
                   #record " has padding before " #field)
// The size, which the last field ends with.
#define SIZE(record, last, size)                                                  \
    _Static_assert(sizeof(record) == (size), #record " has another size");        \
    _Static_assert(offsetof(record, last) + sizeof(((record*)0)->last) == (size), \
                   #record " has padding at its end")
// Where the fields of version 1.1 begin: right behind the record of version 1.0 (abi_1_0.h). `base`
// is the name of its type without the end.
#define SINCE_1_1(base, field) \
    _Static_assert(offsetof(base##_t, field) == sizeof(base##_1_0_t), #base " of 1.0 has changed")

#endif
