// The wall clock of the process for libraries that read it themselves, set by the test.
#pragma once

#include <chrono>

namespace broker::test {

using WallTime = std::chrono::sys_time<std::chrono::nanoseconds>;

// wall_clock.cpp replaces time() and gettimeofday() in a test's executable: both say what
// wall_clock() does, which is the machine's clock until one of these is called. [any-thread]

// It stands still at `now`. Why: QuickFIX reads it itself, and has no way to be given another one.
void set_wall_clock(WallTime now);
// It is as far from the machine's, and goes on.
void set_wall_clock_offset(std::chrono::nanoseconds offset);

[[nodiscard]] WallTime wall_clock();
// The machine's, by the kernel alone.
[[nodiscard]] WallTime machine_clock();

}  // namespace broker::test
