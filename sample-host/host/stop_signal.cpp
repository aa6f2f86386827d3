#include "host/stop_signal.hpp"

#include <csignal>

namespace broker::sample_host {
namespace {

// Why global: a signal handler can reach nothing else.
std::atomic<bool> is_stopping{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not lock");

void stop(int /*signal*/) { is_stopping = true; }

}  // namespace

const std::atomic<bool>& catch_stop_signals() {
    struct sigaction action {};
    action.sa_handler = &stop;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return is_stopping;
}

}  // namespace broker::sample_host
