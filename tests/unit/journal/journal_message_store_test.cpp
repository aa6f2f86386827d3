#include "journal/journal_message_store.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "support/manual_clock.hpp"
#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using core::MsgSeqNum;
using Stored = std::vector<std::pair<MsgSeqNum, std::string>>;

constexpr std::size_t kSegmentBytes = 4096;

class JournalMessageStoreTest : public testing::Test {
protected:
    struct Opened {
        std::unique_ptr<Journal> journal;
        std::unique_ptr<JournalMessageStore> store;
        void close() {
            store.reset();
            journal.reset();
        }
    };
    [[nodiscard]] std::filesystem::path path() const { return directory_.path() / "A1"; }
    [[nodiscard]] Opened open(std::uint64_t reach_bytes = 1024 * 1024,
                              const std::string& stream = "US->PEER") const {
        Opened opened;
        opened.journal = Journal::open({path(), "A1", kSegmentBytes, 1024}).value();
        opened.store =
            JournalMessageStore::open(*opened.journal, clock_, {stream, reach_bytes}).value();
        return opened;
    }
    // A copy of the directory as it is: what a process leaves that dies at this instant.
    [[nodiscard]] std::filesystem::path copy(const std::string& name) const {
        const auto to = directory_.path() / name;
        std::filesystem::remove_all(to);
        std::filesystem::copy(path(), to);
        return to;
    }
    void restore(const std::filesystem::path& from) const {
        std::filesystem::remove_all(path());
        std::filesystem::copy(from, path());
    }
    static void send(MessageStore& store, const std::string& text) {
        const MsgSeqNum number = store.next_sender_msg_seq_num();
        ASSERT_TRUE(store.add(number, text));
        ASSERT_TRUE(store.set_next_sender_msg_seq_num(number + 1));
    }
    static void send_session_message(MessageStore& store) {
        const MsgSeqNum number = store.next_sender_msg_seq_num();
        ASSERT_TRUE(store.add_session_message(number, "heartbeat"));
        ASSERT_TRUE(store.set_next_sender_msg_seq_num(number + 1));
    }
    static void receive(MessageStore& store) {
        const MsgSeqNum number = store.next_target_msg_seq_num();
        ASSERT_TRUE(store.add_received(number, "report"));
        ASSERT_TRUE(store.set_next_target_msg_seq_num(number + 1));
    }
    static Stored read(const MessageStore& store) {
        Stored found;
        EXPECT_TRUE(store.read(1, UINT64_MAX - 1, [&](MsgSeqNum number, std::string_view message) {
            found.emplace_back(number, message);
        }));
        return found;
    }
    static std::vector<std::string> records(const Journal& journal) {
        std::vector<std::string> found;
        EXPECT_TRUE(journal.read(0, [&](const Record& record) {
            found.push_back(std::to_string(static_cast<int>(record.header.kind)) + " e" +
                            std::to_string(record.header.epoch) + " n" +
                            std::to_string(record.header.msg_seq_num) + ' ' +
                            std::string{record.payload});
            return true;
        }));
        return found;
    }

    test::TemporaryDirectory directory_;
    test::ManualClock clock_;
};

TEST_F(JournalMessageStoreTest, FindsNumbersAndMessagesAgainAfterReopening) {
    {
        auto opened = open();
        send_session_message(*opened.store);
        send(*opened.store, "one");
        receive(*opened.store);
        send(*opened.store, "two");
        ASSERT_TRUE(opened.store->set_next_target_msg_seq_num(9));
    }
    auto opened = open();
    EXPECT_EQ(opened.store->next_sender_msg_seq_num(), 4U);
    EXPECT_EQ(opened.store->next_target_msg_seq_num(), 9U);
    EXPECT_EQ(read(*opened.store), (Stored{{2, "one"}, {3, "two"}}));
}

TEST_F(JournalMessageStoreTest, StreamsOfOneJournalKnowNothingOfEachOther) {
    auto opened = open();
    auto other = JournalMessageStore::open(*opened.journal, clock_, {"US->DROPCOPY"}).value();
    send(*opened.store, "one");
    send(*other, "other");
    receive(*other);
    ASSERT_TRUE(other->reset());
    send(*other, "again");
    send(*opened.store, "two");
    EXPECT_EQ(read(*opened.store), (Stored{{1, "one"}, {2, "two"}}));
    EXPECT_EQ(read(*other), (Stored{{1, "again"}}));
    EXPECT_EQ(opened.store->next_target_msg_seq_num(), 1U);
    EXPECT_EQ(opened.store->epoch(), 1U);
    EXPECT_EQ(other->epoch(), 2U);
}

TEST_F(JournalMessageStoreTest, TheLogTellsWhatBecameOfTheNumbers) {
    auto opened = open();
    send(*opened.store, "order");
    receive(*opened.store);
    ASSERT_TRUE(opened.store->set_next_sender_msg_seq_num(7));
    ASSERT_TRUE(opened.store->set_next_target_msg_seq_num(5));
    ASSERT_TRUE(opened.store->set_next_target_msg_seq_num(5));
    ASSERT_TRUE(opened.store->reset());
    send_session_message(*opened.store);
    EXPECT_THAT(records(*opened.journal),
                testing::ElementsAre("1 e1 n1 order", "2 e1 n1 report", "4 e1 n7 sender",
                                     "4 e1 n5 target", "3 e2 n0 ", "12 e2 n1 heartbeat"));
}

// Every pair of an older header and a newer log, and the other way round: a loss of power may keep
// either of the two files and lose the other's last changes.
TEST_F(JournalMessageStoreTest, NumbersAndRecordsAgreeWhicheverFileIsOlder) {
    struct Step {
        MsgSeqNum next_sender;
        MsgSeqNum next_target;
        std::uint64_t epoch;
        Stored stored;
    };
    std::vector<Step> steps;
    std::vector<std::filesystem::path> copies;
    {
        auto opened = open();
        const auto keep = [&] {
            steps.push_back({opened.store->next_sender_msg_seq_num(),
                             opened.store->next_target_msg_seq_num(), opened.store->epoch(),
                             read(*opened.store)});
            copies.push_back(copy("step" + std::to_string(copies.size())));
        };
        keep();
        for (int n = 0; n < 4; ++n) {
            send(*opened.store, std::string(900, 'a'));
            keep();
            receive(*opened.store);
            keep();
            send_session_message(*opened.store);
            keep();
        }
        ASSERT_TRUE(opened.store->set_next_sender_msg_seq_num(4));
        keep();
        send(*opened.store, std::string(900, 'b'));
        keep();
        ASSERT_TRUE(opened.store->set_next_target_msg_seq_num(2));
        keep();
        ASSERT_TRUE(opened.store->reset());
        keep();
        send(*opened.store, "c");
        receive(*opened.store);
        keep();
    }
    for (std::size_t log = 0; log < steps.size(); ++log) {
        for (std::size_t header = 0; header < steps.size(); ++header) {
            restore(copies[log]);
            std::filesystem::copy_file(copies[header] / "header", path() / "header",
                                       std::filesystem::copy_options::overwrite_existing);
            auto opened = open();
            const Step& newer = steps[std::max(log, header)];
            SCOPED_TRACE(std::to_string(log) + " " + std::to_string(header));
            ASSERT_EQ(opened.store->next_sender_msg_seq_num(), newer.next_sender);
            ASSERT_EQ(opened.store->next_target_msg_seq_num(), newer.next_target);
            ASSERT_EQ(opened.store->epoch(), newer.epoch);
            if (log >= header) {
                ASSERT_EQ(read(*opened.store), newer.stored);
            }
            // It goes on from there, and says the same after another start.
            send(*opened.store, "next");
            const Stored after = read(*opened.store);
            ASSERT_EQ(after.back(), (std::pair{newer.next_sender, std::string{"next"}}));
            opened.close();
            opened = open();
            ASSERT_EQ(read(*opened.store), after);
            ASSERT_EQ(opened.store->next_sender_msg_seq_num(), newer.next_sender + 1);
        }
    }
}

TEST_F(JournalMessageStoreTest, ARecordWithoutItsCountCountsAfterACrash) {
    auto opened = open();
    send(*opened.store, "one");
    ASSERT_TRUE(opened.store->add(2, "two"));
    auto crashed = copy("a");
    ASSERT_TRUE(opened.store->set_next_sender_msg_seq_num(3));
    receive(*opened.store);
    ASSERT_TRUE(opened.store->add_received(2, "report"));
    ASSERT_TRUE(opened.store->add_received(9, "behind a gap"));
    ASSERT_TRUE(opened.store->add_received(0, "of no count"));
    auto crashed_in = copy("b");
    opened.close();

    restore(crashed);
    opened = open();
    EXPECT_EQ(opened.store->next_sender_msg_seq_num(), 3U);
    EXPECT_EQ(read(*opened.store), (Stored{{1, "one"}, {2, "two"}}));
    opened.close();
    restore(crashed_in);
    opened = open();
    EXPECT_EQ(opened.store->next_target_msg_seq_num(), 3U);
}

TEST_F(JournalMessageStoreTest, AnEpochHasNothingOfTheOneBefore) {
    auto opened = open();
    for (int n = 0; n < 50; ++n) send(*opened.store, "old");
    ASSERT_TRUE(opened.store->reset());
    send(*opened.store, "new");
    opened.close();
    opened = open();
    EXPECT_EQ(opened.store->epoch(), 2U);
    EXPECT_EQ(read(*opened.store), (Stored{{1, "new"}}));
}

TEST_F(JournalMessageStoreTest, OpeningReadsNoFurtherBackThanItsReach) {
    {
        auto opened = open();
        for (int n = 0; n < 200; ++n) send(*opened.store, std::string(200, 'x'));
        EXPECT_EQ(read(*opened.store).size(), 200U);
    }
    auto opened = open(3 * kSegmentBytes);
    EXPECT_EQ(opened.store->next_sender_msg_seq_num(), 201U);
    const Stored found = read(*opened.store);
    EXPECT_EQ(found.back().first, 200U);
    EXPECT_GT(found.size(), 16U);
    EXPECT_LT(found.size(), 50U);
    opened.close();
    opened = open(0);
    EXPECT_EQ(read(*opened.store).back().first, 200U);
}

TEST_F(JournalMessageStoreTest, PagesOfALongHistoryGoOnWhereTheLastOneEnded) {
    auto opened = open();
    for (int n = 1; n <= 3000; ++n) {
        if (n % 3 == 0) send_session_message(*opened.store);
        send(*opened.store, "m" + std::to_string(n));
        receive(*opened.store);
    }
    const Stored all = read(*opened.store);
    ASSERT_EQ(all.size(), 3000U);
    Stored paged;
    for (MsgSeqNum next = 1; next <= 4000;) {
        next = opened.store
                   ->read_page(next, 4000, 7,
                               [&](MsgSeqNum number, std::string_view message) {
                                   paged.emplace_back(number, message);
                               })
                   .value();
        if (next == 2001) send(*opened.store, "meanwhile");
    }
    EXPECT_EQ(paged, all);
}

// Messages with much else between and behind them: a page looks through a bounded part of the log.
TEST_F(JournalMessageStoreTest, PagesAreBoundedWhereMuchElseLiesBetweenMessages) {
    const auto journal = Journal::open({directory_.path() / "B2", "B2", 1024 * 1024, 4096}).value();
    const auto store = JournalMessageStore::open(*journal, clock_, {"US->PEER"}).value();
    const std::string other(60'000, 'x');
    for (int n = 0; n < 3; ++n) {
        send(*store, "m");
        for (int i = 0; i < 70; ++i) ASSERT_TRUE(journal->append({}, other));
    }
    Stored found;
    int pages = 0;
    for (MsgSeqNum next = 1; next <= 3; ++pages) {
        ASSERT_LT(pages, 100);
        next = store
                   ->read_page(next, 3, 10,
                               [&](MsgSeqNum number, std::string_view message) {
                                   found.emplace_back(number, message);
                               })
                   .value();
    }
    EXPECT_EQ(found, (Stored{{1, "m"}, {2, "m"}, {3, "m"}}));
    EXPECT_GT(pages, 7) << "the 8 MiB between them are not looked through at once";
    EXPECT_LT(pages, 12) << "nor are the 4 MiB behind them";
}

// A full disk ends no session: what is for the record alone is left out, and the numbers go on.
TEST_F(JournalMessageStoreTest, OnAFullDiskTheNumbersGoOnWithoutRecordsOfSessionMessages) {
    auto opened = open();
    const auto obstacle = path() / "0000000001.segment.new";
    std::filesystem::create_directory(obstacle);
    while (true) {
        const MsgSeqNum number = opened.store->next_sender_msg_seq_num();
        if (!opened.store->add(number, std::string(200, 'x'))) break;
        ASSERT_TRUE(opened.store->set_next_sender_msg_seq_num(number + 1));
    }
    const MsgSeqNum full_at = opened.store->next_sender_msg_seq_num();
    for (int n = 0; n < 20; ++n) {
        send_session_message(*opened.store);
        receive(*opened.store);
    }
    EXPECT_EQ(opened.store->next_sender_msg_seq_num(), full_at + 20);
    opened.close();
    std::filesystem::remove(obstacle);
    opened = open();
    EXPECT_EQ(opened.store->next_sender_msg_seq_num(), full_at + 20);
    EXPECT_EQ(opened.store->next_target_msg_seq_num(), 21U);
    EXPECT_EQ(read(*opened.store).size(), full_at - 1);
}

TEST_F(JournalMessageStoreTest, SaysWhyAStreamCannotBeMade) {
    auto opened = open();
    const auto refused = JournalMessageStore::open(*opened.journal, clock_, {std::string{}});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, testing::HasSubstr((path() / "header").string()));
}

// As an engine does while it answers a ResendRequest: what it reads is recorded as sent again, and
// the log goes into further segments meanwhile.
TEST_F(JournalMessageStoreTest, RepeatsAreRecordedWhileThePageIsReadAndCountNoNumber) {
    auto opened = open();
    for (int i = 0; i < 40; ++i) send(*opened.store, "message " + std::string(100, 'x'));
    MsgSeqNum last = 0;
    ASSERT_TRUE(opened.store->read(1, 40, [&](MsgSeqNum number, std::string_view message) {
        EXPECT_EQ(number, ++last);
        ASSERT_TRUE(opened.store->add_repeat(number, message));
        EXPECT_EQ(message, "message " + std::string(100, 'x'));
    }));
    EXPECT_EQ(last, 40U);
    EXPECT_EQ(opened.store->next_sender_msg_seq_num(), 41U);
    opened.close();
    opened = open();
    EXPECT_EQ(opened.store->next_sender_msg_seq_num(), 41U);
    EXPECT_EQ(read(*opened.store).size(), 40U);
}

}  // namespace
}  // namespace broker::journal
