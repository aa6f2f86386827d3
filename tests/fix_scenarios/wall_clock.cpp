#include "fix_scenarios/wall_clock.hpp"

#include <sys/time.h>
#include <time.h>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace broker::test {
namespace {

std::atomic<std::int64_t> wall_clock_ns{0};  // 0: that of the machine

std::int64_t now_ns() {
    const std::int64_t set = wall_clock_ns.load();
    if (set != 0) return set;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

void set_wall_clock(core::UtcTime now) { wall_clock_ns = now.time_since_epoch().count(); }

}  // namespace broker::test

extern "C" time_t time(time_t* result) noexcept {
    const auto seconds = static_cast<time_t>(broker::test::now_ns() / 1'000'000'000);
    if (result != nullptr) *result = seconds;
    return seconds;
}

extern "C" int gettimeofday(timeval* result, void*) noexcept {
    const std::int64_t now = broker::test::now_ns();
    result->tv_sec = static_cast<time_t>(now / 1'000'000'000);
    result->tv_usec = static_cast<suseconds_t>(now / 1'000 % 1'000'000);
    return 0;
}
