// Counts allocations of the whole process. A test that uses it adds allocation_count.cpp to its
// sources: that file replaces the global operator new.
#pragma once

#include <cstddef>

namespace broker::test {

[[nodiscard]] std::size_t allocation_count();

}  // namespace broker::test
