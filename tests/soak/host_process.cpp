#include "host_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace broker::soak {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

}  // namespace

HostProcess::HostProcess(const HostCommand& command, OnLine on_line)
    : on_line_{std::move(on_line)} {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) fail("pipe2");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, command.error_file.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    // Why: the simulator's sockets live in this process; a copy of one would keep it open.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    std::string executable = command.executable;
    std::string plugin = command.plugin;
    std::string config = command.config;
    std::array<char*, 4> arguments{executable.data(), plugin.data(), config.data(), nullptr};
    const int error =
        ::posix_spawn(&pid_, executable.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = out[0];
    if (error != 0) {
        ::close(input_);
        ::close(output_);
        throw std::system_error{error, std::generic_category(), "posix_spawn " + executable};
    }
    reader_ = std::thread{[this] { read_lines(); }};
}

HostProcess::~HostProcess() {
    kill();
    ::close(input_);
    ::close(output_);
}

void HostProcess::send(const std::string& line) {
    const std::string text = line + '\n';
    // SIGPIPE is ignored by the runner. A line is shorter than PIPE_BUF: it goes whole or not.
    (void)!::write(input_, text.data(), text.size());
}

// The soft limit alone, so that it can be lifted. The process ignores SIGXFSZ, which a full disk
// does not send: writing fails with EFBIG where it would fail with ENOSPC.
void HostProcess::set_disk_full(bool is_full) {
    rlimit limit{};
    if (pid_ <= 0 || ::prlimit(pid_, RLIMIT_FSIZE, nullptr, &limit) != 0) return;
    limit.rlim_cur = is_full ? 0 : limit.rlim_max;
    (void)::prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr);
}

void HostProcess::trace(KillPoint point) { tracer_ = std::make_unique<StepTracer>(pid_, point); }

void HostProcess::kill() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        reap();
    }
    if (reader_.joinable()) reader_.join();
}

std::optional<int> HostProcess::wait_exit(std::chrono::milliseconds patience) {
    if (pid_ <= 0) return status_;
    const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    if (process < 0) fail("pidfd_open");
    pollfd waited{process, POLLIN, 0};
    const int ready = ::poll(&waited, 1, static_cast<int>(patience.count()));
    ::close(process);
    if (ready <= 0) ::kill(pid_, SIGABRT);
    reap();
    reader_.join();
    if (ready <= 0) return std::nullopt;
    return status_;
}

void HostProcess::reap() {
    int status = 0;
    if (tracer_) {
        status = tracer_->wait();
        last_steps_ = tracer_->steps();
        tracer_.reset();
    } else {
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
    }
    pid_ = -1;
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void HostProcess::read_lines() {
    std::array<char, 16 * 1024> bytes{};
    std::string unread;
    for (;;) {
        const ssize_t size = ::read(output_, bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return;
        unread.append(bytes.data(), static_cast<std::size_t>(size));
        std::size_t begin = 0;
        for (std::size_t end = unread.find('\n'); end != std::string::npos;
             end = unread.find('\n', begin)) {
            on_line_(unread.substr(begin, end - begin));
            begin = end + 1;
        }
        unread.erase(0, begin);
    }
}

}  // namespace broker::soak
