#include "bench/core_placement.hpp"

#include <sched.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace broker::bench {
namespace {

int left_core = -1;  // set before the threads that read it start

// `thread` 0: the calling one.
void run_on(const cpu_set_t& cores, pid_t thread = 0) {
    // A system that refuses leaves the threads where they are: the figures show it.
    (void)::sched_setaffinity(thread, sizeof cores, &cores);
}

void set_policy(pid_t thread, int policy) {
    sched_param param{};
    param.sched_priority = policy == SCHED_FIFO ? 1 : 0;
    (void)::sched_setscheduler(thread, policy, &param);
}

std::vector<pid_t> threads(std::string_view wanted) {
    std::vector<pid_t> found;
    for (const auto& thread : std::filesystem::directory_iterator{"/proc/self/task"}) {
        std::ifstream file{thread.path() / "comm"};
        std::string name;
        std::getline(file, name);
        if (name == wanted) found.push_back(std::stoi(thread.path().filename().string()));
    }
    return found;
}

void run_on_last_core(pid_t thread) {
    if (left_core < 0) return;
    cpu_set_t core;
    CPU_ZERO(&core);
    CPU_SET(left_core, &core);
    run_on(core, thread);
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

void take_last_core() { run_on_last_core(0); }

void move_to_last_core(std::string_view thread_name) {
    for (const pid_t thread : threads(thread_name)) run_on_last_core(thread);
}

void run_before_others(std::string_view thread_name) {
    for (const pid_t thread : threads(thread_name))
        if (::sched_getscheduler(thread) != SCHED_IDLE) set_policy(thread, SCHED_FIFO);
}

void run_behind_others() { set_policy(0, SCHED_IDLE); }
void run_among_others() { set_policy(0, SCHED_OTHER); }

}  // namespace broker::bench
