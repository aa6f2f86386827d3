#include "core/clock.hpp"

namespace broker::core {

MonotonicTime SystemClock::monotonic() const { return std::chrono::steady_clock::now(); }

UtcTime SystemClock::utc() const { return std::chrono::system_clock::now(); }

}  // namespace broker::core
