// What the native engine writes, and how it answers a ResendRequest.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "fix/native/message_writer.hpp"
#include "fix/native/outbound.hpp"
#include "fix/native/resend_responder.hpp"
#include "support/fix_message.hpp"
#include "support/manual_clock.hpp"
#include "unit/fix/engine_doubles.hpp"

namespace broker::fix::native {
namespace {

using core::MsgSeqNum;
using test::fix_message;
using test::with_bars;
using test::with_soh;
using Lines = std::vector<std::string>;

SessionSettings settings() {
    SessionSettings result;
    result.sender_comp_id = "US";
    result.target_comp_id = "PEER";
    result.target_sub_id = "fx";
    return result;
}

TEST(NativeMessageWriter, PutsHeaderAndTrailerAroundABody) {
    MessageWriter writer{settings()};
    test::ManualClock clock;
    const MessageHeader header{"D", 7, clock.utc(), {}, 0};
    EXPECT_EQ(writer.write(header, with_soh("11=A|55=X|")),
              fix_message("35=D|34=7|49=US|56=PEER|57=fx|52=20260105-12:00:00.000|11=A|55=X|"));
}

TEST(NativeMessageWriter, MarksAResentMessage) {
    MessageWriter writer{settings()};
    test::ManualClock clock;
    const MessageHeader header{"D", 7, clock.utc(), "20260105-11:00:00.000", 41};
    EXPECT_EQ(with_bars(writer.write(header, with_soh("11=A|"))),
              with_bars(fix_message("35=D|34=7|49=US|56=PEER|57=fx|52=20260105-12:00:00.000|43=Y|"
                                    "122=20260105-11:00:00.000|369=41|11=A|")));
}

TEST(NativeMessageWriter, WritesBodiesOfEverySize) {
    MessageWriter writer{settings()};
    test::ManualClock clock;
    MessageView view;
    for (std::size_t size = 1; size < 100'000; size += size < 300 ? 1 : size / 3) {
        const std::string body = with_soh("58=" + std::string(size, 'x') + "|");
        const auto text = writer.write({"B", UINT64_MAX / 2, clock.utc(), {}, 0}, body);
        ASSERT_TRUE(view.parse(text)) << size;
        EXPECT_EQ(view.get(58).size(), size);
    }
}

TEST(NativeOutbound, FindsTheBodyOfItsOwnMessagesAndOfQuickfixOnes) {
    MessageView view;
    for (const char* text : {"35=D|34=7|49=US|56=PEER|52=20260105-12:00:00.000|11=A|49=x|",
                             "35=D|34=7|49=US|52=20260105-12:00:00.000|56=PEER|57=fx|11=A|49=x|"}) {
        const std::string message = fix_message(text);
        ASSERT_TRUE(view.parse(message));
        EXPECT_EQ(with_bars(body_of(view)), "11=A|49=x|");
    }
    const std::string empty = fix_message("35=0|34=7|49=US|56=PEER|52=20260105-12:00:00.000|");
    ASSERT_TRUE(view.parse(empty));
    EXPECT_EQ(body_of(view), "");
}

class NativeResendResponder : public testing::Test, public ResendOutput {
protected:
    ResendDecision decide(MsgSeqNum number, const MessageView&) override {
        ++asked;
        return stale_below > number ? ResendDecision::GapFill : ResendDecision::Resend;
    }
    void resend(MsgSeqNum number, const MessageView&) override {
        lines.push_back(std::to_string(number));
    }
    void gap_fill(MsgSeqNum begin, MsgSeqNum new_seq_no) override {
        lines.push_back(std::to_string(begin) + "->" + std::to_string(new_seq_no));
    }
    bool has_room() const override {
        ++asked_for_room;
        return room;
    }
    void keep(std::initializer_list<MsgSeqNum> numbers) {
        for (const MsgSeqNum number : numbers)
            ASSERT_TRUE(store.add(number, fix_message("35=D|34=" + std::to_string(number) + "|")));
    }
    void send_page() { ASSERT_TRUE(responder.send_page(store, *this, now)); }

    core::MonotonicTime now{std::chrono::hours{1}};
    journal::MemoryMessageStore store;
    ResendResponder responder{{3, std::chrono::milliseconds{5}}};
    MsgSeqNum stale_below = 0;
    int asked = 0;
    bool room = true;
    mutable int asked_for_room = 0;
    Lines lines;
};

TEST_F(NativeResendResponder, FillsTheGapsBetweenMessages) {
    keep({3, 5, 6});
    ASSERT_TRUE(responder.add({1, 8}, now));
    send_page();
    EXPECT_EQ(lines, (Lines{"1->3", "3", "4->5", "5", "6", "7->9"}));
    EXPECT_EQ(responder.next_page(), core::MonotonicTime::max());
}

TEST_F(NativeResendResponder, AnswersALongRangeInPagesWithPauses) {
    keep({1, 2, 3, 4, 5, 6, 7});
    ASSERT_TRUE(responder.add({1, 7}, now));
    EXPECT_EQ(responder.next_page(), now);
    send_page();
    EXPECT_EQ(lines, (Lines{"1", "2", "3"}));
    EXPECT_EQ(responder.next_page(), now + std::chrono::milliseconds{5});
    send_page();
    send_page();
    EXPECT_EQ(lines, (Lines{"1", "2", "3", "4", "5", "6", "7"}));
    EXPECT_EQ(responder.next_page(), core::MonotonicTime::max());
}

TEST_F(NativeResendResponder, EndsAPageWhenThereIsNoRoomLeft) {
    responder = ResendResponder{{100, std::chrono::milliseconds{5}}};
    for (MsgSeqNum number = 1; number <= 30; ++number) keep({number});
    ASSERT_TRUE(responder.add({1, 30}, now));
    room = false;
    send_page();
    EXPECT_EQ(lines.size(), 8U) << "so many in any case";
    EXPECT_EQ(responder.next_page(), now + std::chrono::milliseconds{5});
    room = true;
    send_page();
    Lines all;
    for (MsgSeqNum number = 1; number <= 30; ++number) all.push_back(std::to_string(number));
    EXPECT_EQ(lines, all);
}

TEST_F(NativeResendResponder, FillsOneGapOfAPageHoweverOftenItAsksForRoom) {
    responder = ResendResponder{{100, std::chrono::milliseconds{5}}};
    for (MsgSeqNum number = 1; number <= 40; ++number) keep({number});
    stale_below = 35;
    ASSERT_TRUE(responder.add({1, 36}, now));
    send_page();
    EXPECT_EQ(lines, (Lines{"1->35", "35", "36"}));
    EXPECT_GE(asked_for_room, 4);
}

TEST_F(NativeResendResponder, PausesBeforeAnotherAnswerToAPeerThatAsksAgainAndAgain) {
    keep({1, 2});
    ASSERT_TRUE(responder.add({1, 2}, now));
    send_page();
    ASSERT_TRUE(responder.add({1, 2}, now));
    EXPECT_EQ(responder.next_page(), now + std::chrono::milliseconds{5});
    ASSERT_TRUE(responder.add({5, 6}, now + std::chrono::hours{1}));
    EXPECT_EQ(responder.next_page(), now + std::chrono::milliseconds{5}) << "the first one's";
}

TEST_F(NativeResendResponder, TellsAtEachPageHowFarItIsWhenAllIsStale) {
    keep({1, 2, 3, 4, 5});
    stale_below = 5;
    ASSERT_TRUE(responder.add({1, 5}, now));
    send_page();
    EXPECT_EQ(lines, Lines{"1->4"});
    send_page();
    EXPECT_EQ(lines, (Lines{"1->4", "4->5", "5"}));
}

TEST_F(NativeResendResponder, GapFillsWhatTheStoreHasDamaged) {
    ASSERT_TRUE(store.add(1, "not a message"));
    keep({2});
    ASSERT_TRUE(responder.add({1, 2}, now));
    send_page();
    EXPECT_EQ(lines, (Lines{"1->2", "2"}));
}

TEST_F(NativeResendResponder, TakesARangeOnceAndSoManyAtMost) {
    keep({1, 2, 3, 4, 5, 6});
    ASSERT_TRUE(responder.add({1, 6}, now));
    EXPECT_TRUE(responder.add({2, 5}, now)) << "part of the first";
    EXPECT_TRUE(responder.add({1, 9}, now)) << "the first, longer";
    send_page();
    send_page();
    EXPECT_EQ(lines, (Lines{"1", "2", "3", "4", "5", "6", "7->10"}));
    bool is_taken = true;
    int ranges = 0;
    for (MsgSeqNum begin = 100; is_taken && ranges < 1000; begin += 10, ++ranges)
        is_taken = responder.add({begin, begin + 1}, now);
    EXPECT_LT(ranges, 100);
}

TEST_F(NativeResendResponder, CrossesAHugeGapInOneStep) {
    keep({5});
    ASSERT_TRUE(responder.add({1, 1'000'000'000'000}, now));
    send_page();
    EXPECT_EQ(lines, (Lines{"1->5", "5", "6->1000000000001"}));
}

// The one of MessageStore reads the range.
TEST_F(NativeResendResponder, ReadsPagesFromAStoreThatHasNone) {
    test::SharedStore::State state;
    state.has_pages = false;
    for (const MsgSeqNum number : {1, 2, 3, 4, 5})
        ASSERT_TRUE(
            state.store.add(number, fix_message("35=D|34=" + std::to_string(number) + "|")));
    const test::SharedStore plain{state};
    ASSERT_TRUE(responder.add({1, 6}, now));
    ASSERT_TRUE(responder.send_page(plain, *this, now));
    EXPECT_EQ(lines, (Lines{"1", "2", "3"}));
    ASSERT_TRUE(responder.send_page(plain, *this, now));
    EXPECT_EQ(lines, (Lines{"1", "2", "3", "4", "5", "6->7"}));
}

TEST_F(NativeResendResponder, SaysWhenTheStoreFails) {
    test::SharedStore::State state;
    state.is_failing = true;
    ASSERT_TRUE(responder.add({1, 5}, now));
    EXPECT_FALSE(responder.send_page(test::SharedStore{state}, *this, now));
}

}  // namespace
}  // namespace broker::fix::native
