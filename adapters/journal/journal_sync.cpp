#include "journal/journal_sync.hpp"

#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <csignal>

#include "journal/journal.hpp"

namespace broker::journal {
namespace {

// Signals are the host's: its handlers run on threads of its own.
class BlockedSignals {
public:
    BlockedSignals() {
        ::sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;
    ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    ::sigset_t before_;
};

}  // namespace

JournalSync::JournalSync(JournalSyncOptions options) : options_{options} {
    ::sem_init(&signal_, 0, 0);
    const BlockedSignals blocked;
    thread_ = std::thread{[this] { run(); }};
    ::pthread_setname_np(thread_.native_handle(), "dxtrade-journal");
}

JournalSync::~JournalSync() {
    is_stopping_ = true;
    wake();
    thread_.join();
    while (!journals_.empty()) remove(*journals_.back());
    ::sem_destroy(&signal_);
}

void JournalSync::add(Journal& journal) {
    const std::lock_guard lock{mutex_};
    journal.sync_ = this;
    journals_.push_back(&journal);
}

void JournalSync::remove(Journal& journal) {
    const std::lock_guard lock{mutex_};
    std::erase(journals_, &journal);
    journal.serve(clock_.monotonic(), options_, true);
    journal.sync_ = nullptr;
}

void JournalSync::wake() noexcept {
    if (!is_signaled_.exchange(true, std::memory_order_acq_rel)) ::sem_post(&signal_);
}

void JournalSync::run() {
    while (!is_stopping_) {
        const core::MonotonicTime now = clock_.monotonic();
        serve_all(now);
        const auto until = (now + options_.interval).time_since_epoch();
        const auto seconds = std::chrono::floor<std::chrono::seconds>(until);
        const ::timespec deadline{seconds.count(), (until - seconds).count()};
        // Woken, late or interrupted: there may be something to do.
        (void)::sem_clockwait(&signal_, CLOCK_MONOTONIC, &deadline);
        is_signaled_.store(false, std::memory_order_release);
    }
}

void JournalSync::serve_all(core::MonotonicTime now) {
    const std::lock_guard lock{mutex_};
    for (Journal* const journal : journals_) journal->serve(now, options_, false);
}

}  // namespace broker::journal
