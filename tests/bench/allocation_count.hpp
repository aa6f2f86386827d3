// Counts the heap allocations of this process, those of the plugin and of shared libraries
// included.
#pragma once

#include <cstdint>

namespace broker::bench::allocation_count {

// Says whether malloc_hooks.cpp is linked in; without it nothing is counted (sanitizers bring a
// malloc of their own).
[[nodiscard]] bool is_available();

// Off at first. Counting costs each allocation an atomic addition, so latencies are measured
// without it. [any thread]
void start();
// Allocations of all threads but the excluded ones since start().
[[nodiscard]] std::uint64_t stop();

// What the calling thread allocates is not the client's.
void exclude_this_thread();

// By the hooks, for each malloc, calloc, realloc and aligned allocation.
void note() noexcept;

}  // namespace broker::bench::allocation_count
