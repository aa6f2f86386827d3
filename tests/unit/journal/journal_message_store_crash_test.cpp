// What a process has stored survives its death at any instruction.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <string>

#include "core/clock.hpp"
#include "journal/journal_message_store.hpp"
#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

// Shared with the child, which says here what the store has confirmed.
struct Confirmed {
    std::atomic<core::MsgSeqNum> added;
    std::atomic<core::MsgSeqNum> next_sender;
    std::atomic<core::MsgSeqNum> next_target;
};

class SharedMemory {
public:
    SharedMemory()
        : memory_{::mmap(nullptr, sizeof(Confirmed), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0)} {}
    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;
    ~SharedMemory() { ::munmap(memory_, sizeof(Confirmed)); }
    Confirmed& get() { return *static_cast<Confirmed*>(memory_); }

private:
    void* memory_;
};

std::string message_of(core::MsgSeqNum number) {
    return std::string(number * 37 % 400, static_cast<char>('a' + number % 26)) +
           std::to_string(number);
}

// Never returns: stores messages until it is killed.
[[noreturn]] void store_until_killed(const JournalOptions& options, Confirmed& confirmed) {
    const core::SystemClock clock;
    const auto journal = Journal::open(options);
    if (!journal) ::_exit(1);
    const auto store = JournalMessageStore::open(**journal, clock, {"A->B"});
    if (!store) ::_exit(2);
    while (true) {
        const core::MsgSeqNum number = (*store)->next_sender_msg_seq_num();
        if (!(*store)->add(number, message_of(number))) ::_exit(3);
        confirmed.added = number;
        if (!(*store)->set_next_sender_msg_seq_num(number + 1)) ::_exit(4);
        confirmed.next_sender = number + 1;
        const core::MsgSeqNum received = (*store)->next_target_msg_seq_num();
        if (!(*store)->add_received(received, "report")) ::_exit(5);
        if (!(*store)->set_next_target_msg_seq_num(received + 1)) ::_exit(6);
        confirmed.next_target = received + 1;
    }
}

void expect_nothing_lost(const JournalOptions& options, const Confirmed& confirmed) {
    const core::SystemClock clock;
    const auto journal = Journal::open(options);
    ASSERT_TRUE(journal) << journal.error().detail;
    const auto store = JournalMessageStore::open(**journal, clock, {"A->B"});
    ASSERT_TRUE(store) << store.error().detail;
    EXPECT_GE((*store)->next_sender_msg_seq_num(), confirmed.next_sender);
    EXPECT_LE((*store)->next_sender_msg_seq_num(), confirmed.added + 2);
    EXPECT_GE((*store)->next_target_msg_seq_num(), confirmed.next_target);
    EXPECT_LE((*store)->next_target_msg_seq_num(), confirmed.next_target + 1);
    core::MsgSeqNum last = 0;
    EXPECT_TRUE((*store)->read(1, UINT64_MAX, [&](core::MsgSeqNum number, std::string_view text) {
        EXPECT_EQ(number, last + 1);
        EXPECT_EQ(text, message_of(number));
        last = number;
    }));
    EXPECT_GE(last, confirmed.added);
    EXPECT_EQ((*store)->next_sender_msg_seq_num(), last + 1);
}

TEST(JournalMessageStoreCrash, LosesNothingThatItConfirmedWhenTheProcessIsKilled) {
    std::mt19937 random{20260105};
    for (int session = 0; session < 3; ++session) {
        const test::TemporaryDirectory root;
        const JournalOptions options{root.path() / "s", "A1", 64 * 1024, 4096};
        SharedMemory shared;
        Confirmed& confirmed = shared.get();
        for (int death = 0; death < 40; ++death) {
            const core::MsgSeqNum before = confirmed.added;
            const ::pid_t child = ::fork();
            if (child == 0) store_until_killed(options, confirmed);
            ASSERT_GT(child, 0);
            // Every other life ends while it opens or soon after, the rest while it stores.
            const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{5};
            while (death % 2 == 0 && confirmed.added == before &&
                   std::chrono::steady_clock::now() < give_up) {
                ::sched_yield();
            }
            const ::timespec life{0, static_cast<long>(random() % 6'000'000)};
            ::nanosleep(&life, nullptr);
            ::kill(child, SIGKILL);
            int status = 0;
            ASSERT_EQ(::waitpid(child, &status, 0), child);
            ASSERT_TRUE(WIFSIGNALED(status)) << "child gave up with " << WEXITSTATUS(status);
            expect_nothing_lost(options, confirmed);
            ASSERT_GE(confirmed.added, before);
            if (testing::Test::HasFailure()) return;
        }
        EXPECT_GT(confirmed.added, 20U);
    }
}

}  // namespace
}  // namespace broker::journal
