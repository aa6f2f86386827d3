#include "bench/core_placement.hpp"

#include <sched.h>

namespace broker::bench {
namespace {

int left_core = -1;  // set before the threads that read it start

void run_on(const cpu_set_t& cores) {
    // A system that refuses leaves the threads where they are: the figures show it.
    (void)::sched_setaffinity(0, sizeof cores, &cores);
}

}  // namespace

void leave_last_core() {
    cpu_set_t cores;
    if (::sched_getaffinity(0, sizeof cores, &cores) != 0 || CPU_COUNT(&cores) < 2) return;
    for (int core = 0; core < CPU_SETSIZE; ++core) {
        if (CPU_ISSET(core, &cores)) left_core = core;
    }
    CPU_CLR(left_core, &cores);
    run_on(cores);
}

void take_last_core() {
    if (left_core < 0) return;
    cpu_set_t core;
    CPU_ZERO(&core);
    CPU_SET(left_core, &core);
    run_on(core);
}

}  // namespace broker::bench
