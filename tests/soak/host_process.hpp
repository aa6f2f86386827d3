// A soak_host as a child process: commands go in, lines come out, and it may be killed.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "step_tracer.hpp"

namespace broker::soak {

struct HostCommand {
    std::string executable;
    std::string plugin;
    std::string config;
    std::string error_file;  // standard error is appended there
};

class HostProcess {
public:
    // Called with each whole line on a thread of the process's own, until join().
    using OnLine = std::function<void(const std::string&)>;

    // Throws std::system_error if it cannot be started.
    HostProcess(const HostCommand& command, OnLine on_line);
    ~HostProcess();  // kills it if it still runs
    HostProcess(const HostProcess&) = delete;
    HostProcess& operator=(const HostProcess&) = delete;

    // A command that a dead process does not read is lost, as a host's decision would be.
    void send(const std::string& line);
    // No file of its own grows any longer, as on a disk that is full; or it does again. A process
    // that is started later is free of it.
    void set_disk_full(bool is_full);
    // From now on its steps are counted, and it ends at this point. Throws std::system_error if
    // processes may not be traced here.
    void trace(KillPoint point);
    [[nodiscard]] std::uint64_t steps() const { return tracer_ ? tracer_->steps() : last_steps_; }

    // SIGKILL; every line that it had written has been handed on when this returns.
    void kill();
    // Waits for its end by itself. Its exit status, or 128 + the signal; none: it did not end in
    // time and has been killed (SIGABRT, so that a core can tell why).
    [[nodiscard]] std::optional<int> wait_exit(std::chrono::milliseconds patience);

private:
    void read_lines();
    void reap();

    pid_t pid_ = -1;
    int input_ = -1;   // its standard input
    int output_ = -1;  // its standard output
    OnLine on_line_;
    std::thread reader_;
    std::unique_ptr<StepTracer> tracer_;  // null: it is not traced
    std::uint64_t last_steps_ = 0;
    int status_ = 0;
};

}  // namespace broker::soak
