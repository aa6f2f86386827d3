// Ends a process at one chosen step of what it does, so that every point at which it may die is
// tried and not only those that chance finds.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <thread>

namespace broker::soak {

// Where to end it.
struct KillPoint {
    // Counted from 1; 0: never, the steps are only counted.
    std::uint64_t step = 0;
    // So many machine instructions further on, of the thread that took the step: between two steps
    // a process changes its memory alone, and with it the files that are mapped there.
    std::uint64_t instructions = 0;
};

// A step is what the kernel does for the process and others may see: before and after each write to
// a socket, pipe or file and each change of a directory or of a file's size, and after each read
// that has brought something. Follows the process with ptrace(2) from the call of the constructor
// on, on a thread of its own. What the process maps, it writes between steps.
class StepTracer {
public:
    // The process is this one's child, and is waited for here: nobody else may. Throws
    // std::system_error if it may not be traced.
    StepTracer(pid_t process, KillPoint point);
    ~StepTracer();  // the process must have ended, or be about to
    StepTracer(const StepTracer&) = delete;
    StepTracer& operator=(const StepTracer&) = delete;

    // So far, or at the end.
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    // It was ended where it was to be.
    [[nodiscard]] bool has_killed() const { return has_killed_; }
    // Blocks until the process has ended; its wait status.
    [[nodiscard]] int wait();

private:
    struct Event {
        pid_t thread;
        int status;  // as waitpid() gives it
    };

    void run(pid_t process);
    // Of any thread; null: the process has ended.
    [[nodiscard]] std::optional<Event> next_event(pid_t process);
    void attach(pid_t process);
    void follow(pid_t process);
    void take_stop(pid_t process, pid_t thread, int status);
    [[nodiscard]] bool is_step(pid_t thread);
    void kill(pid_t process, pid_t thread);
    [[nodiscard]] bool step_on(pid_t process, pid_t thread);

    const KillPoint point_;
    std::atomic<std::uint64_t> steps_{0};
    std::atomic<bool> has_killed_{false};
    std::atomic<int> attached_{0};  // 1: yes; below 0: -errno
    // By thread, the system call that it is in: its end does not say which it was. Of thread_.
    std::map<pid_t, std::uint64_t> current_calls_;
    int status_ = 0;
    bool has_ended_ = false;  // status_ is known
    std::thread thread_;
};

}  // namespace broker::soak
