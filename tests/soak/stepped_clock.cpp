#include "stepped_clock.hpp"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace broker::soak {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::atomic<std::int64_t> clock_offset{0};

// Not by the name that stands in for it.
int kernel_time(clockid_t clock, timespec* time) {
    return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
}

std::int64_t machine_nanoseconds() {
    timespec time{};
    (void)kernel_time(CLOCK_REALTIME, &time);
    return time.tv_sec * kSecond + time.tv_nsec;
}

std::int64_t nanoseconds() { return machine_nanoseconds() + clock_offset.load(); }

}  // namespace

void set_clock_offset(std::chrono::nanoseconds offset) { clock_offset = offset.count(); }

std::chrono::sys_time<std::chrono::nanoseconds> machine_time() {
    return std::chrono::sys_time<std::chrono::nanoseconds>{
        std::chrono::nanoseconds{machine_nanoseconds()}};
}

}  // namespace broker::soak

// The program's names go before those of libc, whoever calls.
extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
        return broker::soak::kernel_time(clock, time);
    const std::int64_t now = broker::soak::nanoseconds();
    *time = {now / broker::soak::kSecond, now % broker::soak::kSecond};
    return 0;
}

int gettimeofday(timeval* time, void* /*zone*/) noexcept {
    const std::int64_t now = broker::soak::nanoseconds();
    *time = {now / broker::soak::kSecond, now % broker::soak::kSecond / 1000};
    return 0;
}

time_t time(time_t* to) noexcept {
    const time_t seconds = broker::soak::nanoseconds() / broker::soak::kSecond;
    if (to != nullptr) *to = seconds;
    return seconds;
}

}  // extern "C"
