#include "step_tracer.hpp"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>
#include <string>
#include <system_error>

namespace broker::soak {
namespace {

constexpr int kSystemCallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD

constexpr std::array kWrites{
    SYS_write,     SYS_writev,    SYS_pwrite64, SYS_sendto,   SYS_sendmsg,   SYS_openat,
    SYS_ftruncate, SYS_fallocate, SYS_msync,    SYS_fsync,    SYS_fdatasync, SYS_rename,
    SYS_renameat,  SYS_renameat2, SYS_unlink,   SYS_unlinkat, SYS_mkdir,     SYS_mkdirat};
constexpr std::array kReads{SYS_read, SYS_readv, SYS_recvfrom, SYS_recvmsg};

template <class Calls>
bool is_one_of(const Calls& calls, std::uint64_t call) {
    return std::find(calls.begin(), calls.end(), static_cast<long>(call)) != calls.end();
}

std::set<pid_t> threads_of(pid_t process) {
    std::set<pid_t> threads;
    const std::string folder = "/proc/" + std::to_string(process) + "/task";
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        threads.insert(std::stoi(entry.path().filename().string()));
    return threads;
}

}  // namespace

StepTracer::StepTracer(pid_t process, KillPoint point) : point_{point} {
    thread_ = std::thread{[this, process] { run(process); }};
    attached_.wait(0);
    if (attached_ > 0) return;
    thread_.join();
    throw std::system_error{-attached_, std::generic_category(), "ptrace"};
}

StepTracer::~StepTracer() { (void)wait(); }

int StepTracer::wait() {
    if (thread_.joinable()) thread_.join();
    return status_;
}

void StepTracer::run(pid_t process) {
    try {
        attach(process);
        attached_ = 1;
    } catch (const std::system_error& e) {
        attached_ = -e.code().value();
    }
    attached_.notify_all();
    if (attached_ > 0) follow(process);
}

// Every thread is found: those that begin meanwhile are looked for until there are no further ones,
// and those that begin later are followed by themselves.
void StepTracer::attach(pid_t process) {
    constexpr long kOptions = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    std::set<pid_t> known;
    for (bool is_complete = false; !is_complete;) {
        is_complete = true;
        for (const pid_t thread : threads_of(process)) {
            if (!known.insert(thread).second) continue;
            is_complete = false;
            if (::ptrace(PTRACE_SEIZE, thread, nullptr, kOptions) != 0) {
                if (errno == ESRCH || errno == EPERM) continue;  // ended, or followed already
                throw std::system_error{errno, std::generic_category(), "PTRACE_SEIZE"};
            }
            ::ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
        }
    }
}

void StepTracer::follow(pid_t process) {
    while (const auto event = next_event(process)) {
        if (WIFSTOPPED(event->status)) take_stop(process, event->thread, event->status);
    }
}

// Why all threads are waited for: the end of the first one is told behind that of all others.
std::optional<StepTracer::Event> StepTracer::next_event(pid_t process) {
    if (has_ended_) return std::nullopt;
    int status = 0;
    pid_t thread = -1;
    do {
        thread = ::waitpid(-1, &status, __WALL | __WNOTHREAD);
    } while (thread < 0 && errno == EINTR);
    if (thread < 0) return std::nullopt;
    if (thread != process || WIFSTOPPED(status)) return Event{thread, status};
    status_ = status;
    has_ended_ = true;
    return std::nullopt;
}

void StepTracer::take_stop(pid_t process, pid_t thread, int status) {
    const int signal = WSTOPSIG(status);
    const bool is_event = (status >> 16) != 0;
    long passed_on = 0;
    if (signal == kSystemCallStop) {
        if (!has_killed_ && is_step(thread) && ++steps_ == point_.step) {
            return kill(process, thread);
        }
    } else if (!is_event) {
        passed_on = signal;
    }
    ::ptrace(PTRACE_SYSCALL, thread, nullptr, passed_on);
}

bool StepTracer::is_step(pid_t thread) {
    __ptrace_syscall_info info{};
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return false;
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
        current_calls_[thread] = info.entry.nr;
        return is_one_of(kWrites, info.entry.nr);
    }
    const auto call = current_calls_.find(thread);
    if (info.op != PTRACE_SYSCALL_INFO_EXIT || call == current_calls_.end()) return false;
    if (is_one_of(kReads, call->second)) return info.exit.rval > 0;
    return is_one_of(kWrites, call->second);
}

void StepTracer::kill(pid_t process, pid_t thread) {
    for (std::uint64_t left = point_.instructions; left > 0; --left)
        if (!step_on(process, thread)) break;
    has_killed_ = true;
    if (!has_ended_) ::kill(process, SIGKILL);
}

// One instruction; false: the thread has ended, perhaps with the process, which somebody else may
// kill. Other threads stay where they stop meanwhile.
bool StepTracer::step_on(pid_t process, pid_t thread) {
    if (::ptrace(PTRACE_SINGLESTEP, thread, nullptr, nullptr) != 0) return false;
    while (const auto event = next_event(process))
        if (event->thread == thread) return WIFSTOPPED(event->status);
    return false;
}

}  // namespace broker::soak
