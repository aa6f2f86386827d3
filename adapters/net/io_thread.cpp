#include "net/io_thread.hpp"

#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>

namespace broker::net {
namespace {

constexpr std::size_t kMaxThreadName = 15;

int make_event_descriptor() {
    const int descriptor = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    return descriptor;
}

// Blocks every signal but those that a fault raises on the faulting thread itself, and the
// profiler's.
void block_host_signals() {
    sigset_t signals;
    sigfillset(&signals);
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, SIGPROF}) {
        sigdelset(&signals, own);
    }
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

EventLoop::EventLoop(LoopMode mode)
    : mode_{mode}, context_{1}, wake_event_{context_, make_event_descriptor()} {}

bool EventLoop::is_current_thread() const {
    return thread_.load(std::memory_order_relaxed) == std::this_thread::get_id();
}

void EventLoop::wake() {
    // Why an exchange on both sides: whoever finds the flag already set is ordered before the
    // loop's own exchange, so that the turn that follows sees what was written before wake().
    if (wake_pending_.exchange(true, std::memory_order_acq_rel)) return;
    if (mode_ == LoopMode::Spin) return;
    const std::uint64_t one = 1;
    // A counter at its limit would refuse the write, and be readable all the same.
    [[maybe_unused]] const auto written = ::write(wake_event_.native_handle(), &one, sizeof one);
}

void EventLoop::await_wake() {
    wake_event_.async_wait(wake_event_.wait_read, [this](const boost::system::error_code& error) {
        if (error) return;
        std::uint64_t count = 0;
        [[maybe_unused]] const auto read =
            ::read(wake_event_.native_handle(), &count, sizeof count);
        await_wake();
    });
}

void EventLoop::run() {
    thread_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    await_wake();  // also keeps the loop from running out of work
    while (!context_.stopped()) {
        ++turn_;
        if (mode_ == LoopMode::Block) {
            context_.run_one();
        } else {
            context_.poll_one();
        }
        // Why before on_turn: a wake() during on_turn must lead to another turn.
        wake_pending_.exchange(false, std::memory_order_acq_rel);
        if (on_turn_) on_turn_();
    }
    thread_.store({}, std::memory_order_relaxed);
}

IoThread::IoThread(LoopMode mode, std::string name)
    : loop_{mode}, name_{std::move(name).substr(0, kMaxThreadName)} {}

IoThread::~IoThread() { stop(); }

void IoThread::start() {
    thread_ = std::thread{[this] {
        block_host_signals();
        pthread_setname_np(pthread_self(), name_.c_str());
        loop_.run();
    }};
}

void IoThread::stop() {
    if (!thread_.joinable()) return;
    loop_.context_.stop();
    thread_.join();
}

}  // namespace broker::net
