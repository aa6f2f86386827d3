// In soak_host the clock that somebody sets is the C++ library's too: its name goes before libc's.
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "support/wall_clock.hpp"

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
        return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    const auto now = broker::test::wall_clock().time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    *time = {seconds.count(), (now - seconds).count()};
    return 0;
}
