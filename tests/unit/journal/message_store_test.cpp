// The contract of MessageStore, kept by every implementation.
#include "journal/message_store.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "journal/journal_message_store.hpp"
#include "support/temporary_directory.hpp"

namespace broker::journal {
namespace {

using Stored = std::vector<std::pair<core::MsgSeqNum, std::string>>;

enum class Implementation { Memory, Journal };

class MessageStoreContract : public testing::TestWithParam<Implementation> {
protected:
    MessageStoreContract() {
        if (GetParam() == Implementation::Memory) {
            store_ = std::make_unique<MemoryMessageStore>(64 * 1024);
        } else {
            journal_ = Journal::open({directory_.path() / "s", "A1", 64 * 1024, 4096}).value();
            store_ = JournalMessageStore::open(*journal_, clock_, {"A->B"}).value();
        }
    }
    Stored read(core::MsgSeqNum begin, core::MsgSeqNum end) {
        Stored found;
        EXPECT_TRUE(store_->read(begin, end, [&](core::MsgSeqNum number, std::string_view message) {
            found.emplace_back(number, message);
        }));
        return found;
    }

    test::TemporaryDirectory directory_;
    core::SystemClock clock_;
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<MessageStore> store_;
};

INSTANTIATE_TEST_SUITE_P(All, MessageStoreContract,
                         testing::Values(Implementation::Memory, Implementation::Journal),
                         [](const auto& parameter) {
                             return parameter.param == Implementation::Memory ? "Memory"
                                                                              : "Journal";
                         });

TEST_P(MessageStoreContract, BeginsWithNumberOneOnBothSides) {
    EXPECT_EQ(store_->next_sender_msg_seq_num(), 1U);
    EXPECT_EQ(store_->next_target_msg_seq_num(), 1U);
    EXPECT_TRUE(read(1, 1000).empty());
}

TEST_P(MessageStoreContract, KeepsBothNumbersApart) {
    ASSERT_TRUE(store_->set_next_sender_msg_seq_num(5));
    ASSERT_TRUE(store_->set_next_target_msg_seq_num(9));
    EXPECT_EQ(store_->next_sender_msg_seq_num(), 5U);
    EXPECT_EQ(store_->next_target_msg_seq_num(), 9U);
}

TEST_P(MessageStoreContract, GivesTheRangeInOrderAndPassesOverHoles) {
    for (const core::MsgSeqNum n : {2, 3, 5, 9}) {
        ASSERT_TRUE(store_->add(n, std::string{"m"}.append(std::to_string(n))));
    }
    EXPECT_EQ(read(3, 8), (Stored{{3, "m3"}, {5, "m5"}}));
    EXPECT_EQ(read(1, 1), Stored{});
    EXPECT_EQ(read(9, UINT64_MAX), (Stored{{9, "m9"}}));
    EXPECT_EQ(read(5, 3), Stored{});
}

TEST_P(MessageStoreContract, ReadsALongRangeInPages) {
    for (const core::MsgSeqNum n : {2, 3, 5, 9}) {
        ASSERT_TRUE(store_->add(n, std::string{"m"}.append(std::to_string(n))));
    }
    std::vector<core::MsgSeqNum> seen;
    const auto page = [&](core::MsgSeqNum begin, core::MsgSeqNum end, std::size_t max_messages) {
        seen.clear();
        return store_
            ->read_page(begin, end, max_messages,
                        [&](core::MsgSeqNum number, std::string_view) { seen.push_back(number); })
            .value();
    };
    EXPECT_EQ(page(1, 20, 2), 5U);
    EXPECT_EQ(seen, (std::vector<core::MsgSeqNum>{2, 3}));
    EXPECT_EQ(page(5, 20, 2), 21U);
    EXPECT_EQ(seen, (std::vector<core::MsgSeqNum>{5, 9}));
    EXPECT_EQ(page(5, 8, 2), 9U);
    EXPECT_EQ(seen, std::vector<core::MsgSeqNum>{5});
    EXPECT_EQ(page(10, 20, 2), 21U);
    EXPECT_TRUE(seen.empty());
}

TEST_P(MessageStoreContract, KeepsBytesAsTheyAre) {
    const std::string message{"8=FIX.4.4\0019=5\001\0\xFF", 17};
    ASSERT_TRUE(store_->add(1, message));
    EXPECT_EQ(read(1, 1), (Stored{{1, message}}));
}

TEST_P(MessageStoreContract, ALowerNumberReplacesWhatFollows) {
    for (core::MsgSeqNum n = 1; n <= 5; ++n) ASSERT_TRUE(store_->add(n, "old"));
    ASSERT_TRUE(store_->add(3, "new"));
    EXPECT_EQ(read(1, 9), (Stored{{1, "old"}, {2, "old"}, {3, "new"}}));
    ASSERT_TRUE(store_->add(3, "newer"));
    EXPECT_EQ(read(3, 9), (Stored{{3, "newer"}}));
}

TEST_P(MessageStoreContract, ResetForgetsEverything) {
    ASSERT_TRUE(store_->add(7, "m"));
    ASSERT_TRUE(store_->set_next_sender_msg_seq_num(8));
    ASSERT_TRUE(store_->set_next_target_msg_seq_num(8));
    const std::uint64_t epoch = store_->epoch();
    ASSERT_TRUE(store_->reset());
    EXPECT_EQ(store_->epoch(), epoch + 1);
    EXPECT_EQ(store_->next_sender_msg_seq_num(), 1U);
    EXPECT_EQ(store_->next_target_msg_seq_num(), 1U);
    EXPECT_TRUE(read(1, 1000).empty());
    ASSERT_TRUE(store_->add(1, "first"));
    EXPECT_EQ(read(1, 1000), (Stored{{1, "first"}}));
}

TEST(MemoryMessageStore, ForgetsTheOldestWhenItIsFull) {
    MemoryMessageStore store{64 * 1024};
    const std::string message(1000, 'x');
    for (core::MsgSeqNum n = 1; n <= 500; ++n) ASSERT_TRUE(store.add(n, message));
    Stored kept;
    ASSERT_TRUE(store.read(1, 500, [&](core::MsgSeqNum number, std::string_view text) {
        kept.emplace_back(number, text);
    }));
    EXPECT_GT(kept.size(), 50U);
    EXPECT_LT(kept.size(), 67U);
    EXPECT_EQ(kept.back().first, 500U);
    EXPECT_EQ(kept.front().first, 501 - kept.size());
}

TEST_P(MessageStoreContract, GivesNoSessionMessagesAndNoneOfThePeer) {
    ASSERT_TRUE(store_->add_session_message(1, "Logon"));
    ASSERT_TRUE(store_->set_next_sender_msg_seq_num(2));
    ASSERT_TRUE(store_->add_received(1, "Logon"));
    ASSERT_TRUE(store_->set_next_target_msg_seq_num(2));
    ASSERT_TRUE(store_->add(2, "order"));
    ASSERT_TRUE(store_->set_next_sender_msg_seq_num(3));
    EXPECT_EQ(read(1, 9), (Stored{{2, "order"}}));
}

TEST_P(MessageStoreContract, RefusesAMessageThatCannotFit) {
    const auto result = store_->add(1, std::string(64 * 1024 + 1, 'x'));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, core::Reason::StorageFailed);
    EXPECT_TRUE(read(1, 1).empty());
}

}  // namespace
}  // namespace broker::journal
