#include "support/wall_clock.hpp"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace broker::test {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::atomic<std::int64_t> still_at{0};  // 0: it goes on
std::atomic<std::int64_t> offset_to_machine{0};

std::int64_t now_ns() { return wall_clock().time_since_epoch().count(); }

}  // namespace

void set_wall_clock(WallTime now) { still_at = now.time_since_epoch().count(); }

void set_wall_clock_offset(std::chrono::nanoseconds offset) {
    offset_to_machine = offset.count();
    still_at = 0;
}

WallTime wall_clock() {
    const std::int64_t still = still_at.load();
    if (still != 0) return WallTime{std::chrono::nanoseconds{still}};
    return machine_clock() + std::chrono::nanoseconds{offset_to_machine.load()};
}

// Not by a name that a program may have replaced.
WallTime machine_clock() {
    timespec now{};
    (void)::syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    return WallTime{std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec}};
}

}  // namespace broker::test

extern "C" time_t time(time_t* result) noexcept {
    const auto seconds = static_cast<time_t>(broker::test::now_ns() / broker::test::kSecond);
    if (result != nullptr) *result = seconds;
    return seconds;
}

extern "C" int gettimeofday(timeval* result, void*) noexcept {
    const std::int64_t now = broker::test::now_ns();
    result->tv_sec = static_cast<time_t>(now / broker::test::kSecond);
    result->tv_usec = static_cast<suseconds_t>(now / 1'000 % 1'000'000);
    return 0;
}
