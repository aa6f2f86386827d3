// The machine's wall clock, which somebody sets: for this process and every library in it. The
// monotonic clock goes on.
#pragma once

#include <chrono>

namespace broker::soak {

// From now on the wall clock is as far from the machine's. 0 at first. [any-thread]
void set_clock_offset(std::chrono::nanoseconds offset);

// The machine's wall clock itself. [any-thread]
[[nodiscard]] std::chrono::sys_time<std::chrono::nanoseconds> machine_time();

}  // namespace broker::soak
