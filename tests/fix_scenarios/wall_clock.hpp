// The wall clock of the process as QuickFIX reads it, set by the test.
#pragma once

#include "core/clock.hpp"

namespace broker::test {

// From here on time() and gettimeofday() say this. Why: QuickFIX reads them itself, and has no way
// to be given another clock. wall_clock.cpp replaces both functions in a test's executable.
void set_wall_clock(core::UtcTime now);

}  // namespace broker::test
