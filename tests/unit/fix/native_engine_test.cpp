// What the scenarios of tests/fix_scenarios do not show of the native engine: secrets, callbacks,
// failures of what is around it, long histories.
#include "unit/fix/native_engine_fixture.hpp"

#include <algorithm>

namespace broker::test {
namespace {

using core::Reason;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Events = std::vector<std::string>;

TEST_F(NativeEngineTest, SendsThePasswordInLogonAlone) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    receive(2, "1", "112=x|");
    receive(3, "2", "7=1|16=0|");
    engine->logout("", clock.now());
    EXPECT_GT(listener.sent.size(), 3U);
    for (const std::string& message : listener.sent)
        EXPECT_EQ(message.find("s3cret"), std::string::npos) << with_bars(message);
    for (const auto& [number, message] : store.added)
        EXPECT_EQ(message.find("s3cret"), std::string::npos);
    ASSERT_EQ(store.added.size(), 1U) << "session messages are not kept";
}

TEST_F(NativeEngineTest, StoresAMessageBeforeItIsSent) {
    log_on();
    const auto sent_order = send_order("A-1");
    ASSERT_TRUE(sent_order);
    EXPECT_EQ(sent_order->msg_seq_num, 2U);
    EXPECT_EQ(sent_order->journaled, clock.monotonic());
    EXPECT_EQ(store.added.at(2), listener.sent.at(0));
}

TEST_F(NativeEngineTest, RefusesAnInvalidMessageAndGoesOn) {
    log_on();
    fix::MessageEncoder invalid;
    EXPECT_EQ(engine->send(invalid, clock.now()).error().reason, Reason::InvalidField);
    EXPECT_TRUE(engine->is_logged_on());
    EXPECT_EQ(store.store.next_sender_msg_seq_num(), 2U);
}

TEST_F(NativeEngineTest, RefusesToSendWheneverItIsNotLoggedOn) {
    make_engine();
    EXPECT_EQ(send_order("A-1").error().reason, Reason::AccountNotReady);
    connect();
    EXPECT_EQ(send_order("A-1").error().reason, Reason::AccountNotReady);
    receive(1, "A", "98=0|108=30|");
    engine->logout("", clock.now());
    EXPECT_EQ(send_order("A-1").error().reason, Reason::AccountNotReady);
    EXPECT_TRUE(store.added.empty());
}

TEST_F(NativeEngineTest, MaySendFromInsideItsCallbacks) {
    listener.when_logged_on = [&] { EXPECT_TRUE(send_order("A-1")); };
    connect();
    receive(1, "A", "98=0|108=30|");
    EXPECT_EQ(sent(34), (Events{"A 1", "D 2"}));
}

TEST_F(NativeEngineTest, EndsWhenTheListenerFailsAndDoesNotHandTheMessageOutAgain) {
    log_on();
    listener.throws = true;
    receive(2, "8", "37=O1|");
    expect_ended(Reason::InternalError, "the listener failed");
    EXPECT_EQ(store.store.next_target_msg_seq_num(), 3U);
}

TEST_F(NativeEngineTest, EndsWhenTheStoreFailsOnReceipt) {
    log_on();
    store.is_failing = true;
    receive(2, "0", "");
    expect_ended(Reason::StorageFailed, "disk full");
}

TEST_F(NativeEngineTest, EndsWhenTheStoreFailsAtLogon) {
    make_engine();
    store.is_failing = true;
    connect();
    EXPECT_TRUE(listener.sent.empty());
    expect_ended(Reason::StorageFailed, "disk full");
}

TEST_F(NativeEngineTest, EndsWhenTheStoreFailsInAResend) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    receive(2, "8", "37=O1|");
    store.is_failing = true;
    receive(3, "2", "7=1|16=0|");
    expect_ended(Reason::StorageFailed, "disk full");
}

TEST_F(NativeEngineTest, SaysAndDoesNothingOnceItHasEnded) {
    log_on();
    receive(1, "8", "37=O1|");
    listener.sent.clear();
    receive(2, "8", "37=O1|");
    engine->on_timer(clock.now());
    engine->logout("", clock.now());
    EXPECT_FALSE(send_order("A-1"));
    EXPECT_TRUE(listener.sent.empty());
    EXPECT_TRUE(listener.messages.empty());
    EXPECT_EQ(listener.ended.size(), 1U);
}

TEST_F(NativeEngineTest, RestsWithoutAConnection) {
    make_engine();
    EXPECT_EQ(engine->next_timer(), core::MonotonicTime::max());
    log_on();
    engine->disconnected(clock.now());
    EXPECT_EQ(engine->next_timer(), core::MonotonicTime::max());
    receive(2, "8", "37=O1|");
    EXPECT_TRUE(listener.messages.empty());
}

TEST_F(NativeEngineTest, EndsAtOnceWhenStoppedBeforeLogonIsAnswered) {
    connect();
    engine->logout("", clock.now());
    expect_ended(Reason::StoppedByHost, "");
}

TEST_F(NativeEngineTest, RecordsBothDirectionsInTurnAndNoPassword) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    receive(2, "8", "37=O1|");
    receive(5, "8", "37=O4|");      // behind a gap: recorded in its turn
    receive(6, "1", "112=hello|");  // answered at once: recorded at once, counted later
    receive(3, "4", "123=Y|36=5|43=Y|122=" + now_text() + "|");
    receive(2, "8", "37=O1|43=Y|122=" + now_text() + "|");  // seen already
    receive(1, "A", "98=0|108=30|141=Y|554=s3cret|");
    using Records = std::vector<std::string>;
    EXPECT_EQ(of_record(store.session_messages), (Records{"1 A 1", "3 2 3", "4 0 4", "1 A 1"}));
    EXPECT_EQ(of_record(store.received),
              (Records{"1 A 1", "2 8 2", "0 1 6", "3 4 3", "5 8 5", "0 8 2", "1 A 1"}));
    ASSERT_NE(listener.sent.back().find("554=s3cret"), std::string::npos);
    for (const auto& recorded : {store.session_messages, store.received})
        for (const auto& [number, message] : recorded)
            EXPECT_EQ(message.find("s3cret"), message.npos) << with_bars(message);
    EXPECT_EQ(store.added.size(), 1U);
}

TEST_F(NativeEngineTest, RecordsWhatItSendsAgainAndWhatItGapFills) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    receive(2, "2", "7=1|16=0|");
    engine->on_timer(clock.now());
    EXPECT_EQ(of_record(store.repeats), (std::vector<std::string>{"1 4 1", "2 D 2"}));
    for (const auto& [number, message] : store.repeats)
        EXPECT_NE(message.find("\x01"
                               "43=Y\x01"),
                  message.npos)
            << with_bars(message);
}

TEST_F(NativeEngineTest, RecordsWhatEndsTheSession) {
    log_on();
    receive(1, "0", "");
    expect_ended(Reason::MsgSeqNumTooLow, "expecting 2 but received 1");
    EXPECT_EQ(of_record(store.received), (std::vector<std::string>{"1 A 1", "0 0 1"}));
}

TEST_F(NativeEngineTest, CountsAnEpochForEachReset) {
    log_on();
    EXPECT_EQ(engine->epoch(), 1U);
    receive(1, "A", "98=0|108=30|141=Y|");
    EXPECT_EQ(engine->epoch(), 2U);
    receive(2, "0", "");
    receive(1, "A", "98=0|108=30|141=Y|");
    EXPECT_EQ(engine->epoch(), 3U);
    EXPECT_EQ(std::count(listener.events.begin(), listener.events.end(), "reset"), 2);
}

TEST_F(NativeEngineTest, DropsAResendUnderWayWhenTheNumbersAreReset) {
    settings.recovery.page_messages = 1;
    log_on();
    for (const char* id : {"A-1", "A-2", "A-3"}) ASSERT_TRUE(send_order(id));
    receive(2, "2", "7=2|16=0|");
    receive(1, "A", "98=0|108=30|141=Y|");
    listener.sent.clear();
    let_pass(seconds{10});
    EXPECT_TRUE(listener.sent.empty());
}

TEST_F(NativeEngineTest, AsksForWhatFollowsAMessageThatEndsAGapInAnother) {
    log_on();
    receive(4, "8", "37=O4|");
    receive(8, "8", "37=O8|");
    EXPECT_EQ(sent(16), Events{"2 3"});
    receive(2, "4", "43=Y|122=" + now_text() + "|123=Y|36=4|");
    EXPECT_EQ(sent(16), (Events{"2 3", "2 7"}));
    EXPECT_EQ(listener.events, Events{"message 4"});
}

TEST_F(NativeEngineTest, TakesALogoutTextWithSohInIt) {
    log_on();
    engine->logout(with_soh("bye|35=D|") + std::string(1000, 'x'), clock.now());
    EXPECT_EQ(field(listener.sent.at(0), 58).substr(0, 9), "bye 35=D ");
}

// A resend of everything ever sent: the work at once is a page, and heartbeats stay on time.
TEST_F(NativeEngineTest, AnswersALongHistoryInPagesAndKeepsItsHeartbeats) {
    settings.recovery.page_messages = 100;
    settings.recovery.page_interval = seconds{1};
    const std::string order = fix_message("35=D|34=3|49=US|52=20260105-12:00:00|56=PEER|11=A|");
    for (core::MsgSeqNum number = 1; number <= 20'000; ++number)
        ASSERT_TRUE(store.store.add(number, order));
    ASSERT_TRUE(store.store.set_next_sender_msg_seq_num(20'001));
    log_on();
    receive(2, "2", "7=1|16=0|");
    EXPECT_EQ(listener.sent.size(), 100U);
    listener.backlog = 10'000'000;
    let_pass(seconds{35});
    EXPECT_EQ(sent(112).back(), "0 ");
    EXPECT_EQ(listener.sent.size(), 101U);
    listener.backlog = 0;
    receive(3, "0", "");
    ASSERT_TRUE(send_order("live"));
    for (core::MsgSeqNum number = 4; number < 30; ++number) {
        let_pass(seconds{10});
        receive(number, "0", "");
    }
    EXPECT_EQ(std::count_if(
                  listener.sent.begin(), listener.sent.end(),
                  [](const std::string& m) { return field(m, 43) == "Y" && field(m, 35) == "D"; }),
              20'000);
    EXPECT_TRUE(engine->is_logged_on());
}

TEST_F(NativeEngineTest, EndsAPageOfAResendWhenItsTimeIsOver) {
    settings.recovery.page_time = std::chrono::microseconds{50};
    log_on();
    for (int order = 0; order < 60; ++order) ASSERT_TRUE(send_order("A-1"));
    listener.sent.clear();
    listener.when_resent = [this] { clock.advance(std::chrono::microseconds{5}); };
    receive(2, "2", "7=2|16=0|");
    EXPECT_EQ(listener.sent.size(), 16U) << "8 take 40 us, 16 take 80";
    EXPECT_EQ(listener.pages.size(), 1U);
    let_pass(seconds{1});
    EXPECT_EQ(listener.sent.size(), 60U);
    EXPECT_EQ(sent(43), Events(60, "D Y"));
}

TEST_F(NativeEngineTest, EndsAPageOfAResendWhenTooMuchWaitsForTheSocket) {
    log_on();
    for (int order = 0; order < 60; ++order) ASSERT_TRUE(send_order("A-1"));
    listener.sent.clear();
    listener.when_resent = [this] { listener.backlog += 64 * 1024; };
    receive(2, "2", "7=2|16=0|");
    EXPECT_EQ(listener.sent.size(), 8U);
    let_pass(seconds{1});
    EXPECT_EQ(listener.sent.size(), 8U);
    listener.when_resent = {};
    listener.backlog = 0;
    let_pass(seconds{1});
    EXPECT_EQ(listener.sent.size(), 60U);
}

TEST_F(NativeEngineTest, TellsWhatMayGoToTheConnectionTogether) {
    settings.recovery.page_messages = 2;
    log_on();
    for (const char* id : {"A-1", "A-2", "A-3"}) ASSERT_TRUE(send_order(id));
    EXPECT_TRUE(listener.pages.empty()) << "an order goes at once";
    listener.sent.clear();
    receive(2, "2", "7=1|16=0|");
    let_pass(seconds{1});
    using Pages = std::vector<std::pair<std::size_t, std::size_t>>;
    EXPECT_EQ(listener.pages, (Pages{{0, 3}, {3, 4}})) << "the Logon's gap and two orders, one";
}

// A gap that closes may have thousands of messages behind it.
TEST_F(NativeEngineTest, LeavesWhatWaitedBehindAGapToLaterTurnsWhenOthersWait) {
    log_on();
    for (core::MsgSeqNum number = 3; number <= 12; ++number) receive(number, "8", "37=O|");
    ASSERT_TRUE(listener.events.empty());
    listener.others_wait = true;
    receive(2, "8", "37=O|");
    EXPECT_EQ(listener.events, (Events{"message 2", "message 3"}));
    for (int turn = 0; turn < 100 && engine->has_more(); ++turn) {
        const std::size_t before = listener.events.size();
        engine->go_on(clock.now());
        EXPECT_EQ(listener.events.size(), before + 1);
    }
    EXPECT_EQ(listener.events.size(), 11U);
    EXPECT_EQ(listener.events.back(), "message 12");
    EXPECT_EQ(sent(7), Events{"2 2"}) << "and asks for nothing that it has";
    receive(13, "8", "37=O|");
    EXPECT_EQ(listener.events.back(), "message 13");
}

TEST_F(NativeEngineTest, HasNothingMoreToDeliverWhenTheConnectionIsGone) {
    log_on();
    for (core::MsgSeqNum number = 3; number <= 12; ++number) receive(number, "8", "37=O|");
    listener.others_wait = true;
    receive(2, "8", "37=O|");
    ASSERT_TRUE(engine->has_more());
    engine->disconnected(clock.now());
    EXPECT_FALSE(engine->has_more());
    listener.events.clear();
    engine->go_on(clock.now());
    EXPECT_TRUE(listener.events.empty());
    EXPECT_EQ(store.store.next_target_msg_seq_num(), 4U) << "the rest is asked for again";
}

TEST_F(NativeEngineTest, KeepsNothingOfAPeerThatJumpsAhead) {
    settings.recovery.max_gap_messages = 100;
    settings.heart_bt_int = std::chrono::hours{1};
    log_on();
    for (core::MsgSeqNum number = 1'000'000'000; number < 1'000'002'000; ++number)
        receive(number, "8", "37=O1|");
    EXPECT_EQ(sent(7), Events{"2 2"});
    EXPECT_EQ(sent(16), Events{"2 1001"}) << "a part of the gap";
    let_pass(seconds{31});
    expect_ended(Reason::ProtocolViolation, "MsgSeqNum 2 does not come");
}

// The engine's answer to n hostile messages is about n messages, whatever they are.
TEST_F(NativeEngineTest, DoesNotMultiplyWhatAPeerAsksFor) {
    log_on();
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(send_order("A-" + std::to_string(i)));
    listener.sent.clear();
    for (core::MsgSeqNum number = 2; number < 500; ++number) receive(number, "2", "7=1|16=0|");
    EXPECT_LT(listener.sent.size(), 60U * 500);
    listener.sent.clear();
    let_pass(seconds{5});
    EXPECT_LT(listener.sent.size(), 60U * 20);
}

TEST_F(NativeEngineTest, FiresItsTimersOnlyWhenSomethingIsDue) {
    settings.recovery.request_timeout = seconds{10};
    log_on();
    receive(4, "8", "37=O4|");
    EXPECT_LT(let_pass(seconds{100}), 50);
}

TEST_F(NativeEngineTest, TellsOfASequenceResetThatLosesMessages) {
    log_on();
    receive(2, "4", "36=50|");
    ASSERT_EQ(listener.notices.size(), 1U);
    EXPECT_NE(listener.notices[0].find("from MsgSeqNum 2 to 50"), std::string::npos);
}

TEST_F(NativeEngineTest, RefusesADictionaryThatDoesNotLoadForFullValidation) {
    settings.validation = fix::ValidationLevel::Full;
    settings.dictionary_path = "/nonexistent.xml";
    EXPECT_THROW(make_engine(), std::runtime_error);
}

}  // namespace
}  // namespace broker::test
