// The thread that makes journals durable.
#pragma once

#include <semaphore.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "core/clock.hpp"

namespace broker::journal {

class Journal;

struct JournalSyncOptions {
    std::chrono::milliseconds interval{200};      // of Durability::Async
    std::chrono::milliseconds retry_pause{1000};  // after a segment could not be made
    // Of the header. It may be older than the log: what is behind its positions is in the log.
    std::chrono::milliseconds header_interval{1000};
};

// One thread for all journals of an adapter: makes what was appended durable, several records at a
// time, and the next segments before they are needed. After a full disk it tries again by itself.
// Made, used and destroyed on the control thread, before and after the journals' event threads run.
class JournalSync {
public:
    explicit JournalSync(JournalSyncOptions options = {});
    JournalSync(const JournalSync&) = delete;
    JournalSync& operator=(const JournalSync&) = delete;
    ~JournalSync();  // takes its leave of every journal

    void add(Journal& journal);
    // Makes the journal durable and leaves it alone. The journal's event thread has ended.
    void remove(Journal& journal);

    // There is something to do. No lock; a system call only if the thread sleeps. [any-thread]
    void wake() noexcept;

private:
    void run();
    void serve_all(core::MonotonicTime now);

    const JournalSyncOptions options_;
    core::SystemClock clock_;
    sem_t signal_;
    std::atomic<bool> is_signaled_{false};
    std::atomic<bool> is_stopping_{false};
    std::mutex mutex_;  // guards journals_, and is held while they are served
    std::vector<Journal*> journals_;
    std::thread thread_;
};

}  // namespace broker::journal
