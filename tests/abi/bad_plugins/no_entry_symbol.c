// A shared library, but not an adapter.
#include "broker/abi/export.h"

BROKER_EXPORT int some_other_function(void);

int some_other_function(void) { return 1; }
