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

#include "journal/mapped_message_store.hpp"
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
[[noreturn]] void store_until_killed(const MappedMessageStoreOptions& options,
                                     Confirmed& confirmed) {
    const auto store = MappedMessageStore::open(options);
    if (!store) ::_exit(1);
    while (true) {
        const core::MsgSeqNum number = (*store)->next_sender_msg_seq_num();
        if (!(*store)->add(number, message_of(number))) ::_exit(2);
        confirmed.added = number;
        if (!(*store)->set_next_sender_msg_seq_num(number + 1)) ::_exit(3);
        confirmed.next_sender = number + 1;
        if (!(*store)->set_next_target_msg_seq_num(number * 3)) ::_exit(4);
        confirmed.next_target = number * 3;
    }
}

void expect_nothing_lost(const MappedMessageStoreOptions& options, const Confirmed& confirmed) {
    const auto store = MappedMessageStore::open(options);
    ASSERT_TRUE(store) << store.error().detail;
    EXPECT_GE((*store)->next_sender_msg_seq_num(), confirmed.next_sender);
    EXPECT_LE((*store)->next_sender_msg_seq_num(), confirmed.added + 1);
    EXPECT_GE((*store)->next_target_msg_seq_num(), confirmed.next_target);
    core::MsgSeqNum last = 0;
    std::size_t count = 0;
    EXPECT_TRUE((*store)->read(1, UINT64_MAX, [&](core::MsgSeqNum number, std::string_view text) {
        EXPECT_TRUE(last == 0 || number == last + 1) << number << " after " << last;
        EXPECT_EQ(text, message_of(number));
        last = number;
        ++count;
    }));
    EXPECT_GE(last, confirmed.added);
    // The ring keeps what fits: at least three quarters of it, with records of about 230 bytes.
    const std::size_t kept_at_least = options.max_message_bytes * 3 / 4 / 440;
    EXPECT_GE(count, std::min<std::size_t>(last, kept_at_least));
}

TEST(MappedMessageStoreCrash, LosesNothingThatItConfirmedWhenTheProcessIsKilled) {
    std::mt19937 random{20260105};
    for (int session = 0; session < 3; ++session) {
        const test::TemporaryDirectory root;
        const MappedMessageStoreOptions options{root.path() / "s", "A->B", 64 * 1024};
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
