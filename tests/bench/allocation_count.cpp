#include "bench/allocation_count.hpp"

#include <atomic>
#include <cstdlib>

namespace broker::bench::allocation_count {
namespace {

std::atomic<bool> is_counting{false};
std::atomic<std::uint64_t> counted{0};
thread_local bool is_excluded = false;

}  // namespace

bool is_available() {
    start();
    // Why volatile: an allocation that nobody uses may be left out.
    void* volatile block = std::malloc(1);
    std::free(block);
    return stop() != 0;
}

void start() {
    counted.store(0, std::memory_order_relaxed);
    is_counting.store(true, std::memory_order_release);
}

std::uint64_t stop() {
    is_counting.store(false, std::memory_order_release);
    return counted.load(std::memory_order_relaxed);
}

void exclude_this_thread() { is_excluded = true; }

void note() noexcept {
    if (!is_counting.load(std::memory_order_relaxed) || is_excluded) return;
    counted.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace broker::bench::allocation_count
