// Logon, Logout and the end of a session.
#include <algorithm>

#include "unit/fix/quickfix_engine_fixture.hpp"

namespace broker::test {
namespace {

using core::Reason;
using Events = std::vector<std::string>;

TEST_F(QuickfixEngineTest, SendsLogonWhenConnected) {
    sender_sub_id = "desk";
    connect();
    ASSERT_EQ(listener.sent.size(), 1u);
    const std::string& logon = listener.sent[0];
    EXPECT_EQ(logon.substr(0, 9), "8=FIX.4.4");
    for (const auto& [tag, value] : std::map<int, std::string>{{35, "A"},
                                                               {34, "1"},
                                                               {49, "US"},
                                                               {56, "PEER"},
                                                               {50, "desk"},
                                                               {98, "0"},
                                                               {108, "30"},
                                                               {553, "user"},
                                                               {554, "s3cret"},
                                                               {141, ""}})
        EXPECT_EQ(field(logon, tag), value) << tag;
    EXPECT_FALSE(engine->is_logged_on());
}

TEST_F(QuickfixEngineTest, IsLoggedOnAfterTheAnswer) {
    connect();
    receive(1, "A", "98=0|108=30|");
    EXPECT_TRUE(engine->is_logged_on());
    EXPECT_EQ(listener.events, Events{"logged on"});
    EXPECT_EQ(next_theirs(), 2u);
}

TEST_F(QuickfixEngineTest, KeepsThePasswordOutOfStoreAndEvents) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    ASSERT_EQ(store.added.size(), 1u);
    EXPECT_EQ(store.added.begin()->first, 2u);
    EXPECT_EQ(store.added.begin()->second.find("s3cret"), std::string::npos);
    receive(2, "2", "7=1|16=0|");
    for (const std::string& message : listener.sent)
        EXPECT_EQ(message.find("s3cret"), std::string::npos);
}

TEST_F(QuickfixEngineTest, EndsWithThePeersWordsWhenLogonIsRefused) {
    connect();
    receive(1, "5", "58=account disabled|");
    expect_ended(Reason::LogonRefused, "account disabled");
}

TEST_F(QuickfixEngineTest, EndsWhenLogonIsRejected) {
    connect();
    receive(1, "3", "45=1|372=A|58=unknown user|");
    expect_ended(Reason::LogonRefused, "unknown user");
}

TEST_F(QuickfixEngineTest, EndsWhenTheFirstMessageIsNotLogon) {
    connect();
    receive(1, "8", execution_report("E1"));
    expect_ended(Reason::ProtocolViolation, "the first message is MsgType=\"8\"");
    EXPECT_EQ(next_theirs(), 1u);
}

TEST_F(QuickfixEngineTest, EndsWhenLogonIsNotAnsweredInTime) {
    connect();
    EXPECT_LE(engine->next_timer(), clock.monotonic() + std::chrono::seconds{1});
    clock.advance(std::chrono::seconds{9});
    engine->on_timer(clock.now());
    EXPECT_TRUE(listener.ended.empty());
    clock.advance(std::chrono::seconds{1});
    engine->on_timer(clock.now());
    expect_ended(Reason::LogonTimeout, "");
    EXPECT_EQ(engine->next_timer(), core::MonotonicTime::max());
}

TEST_F(QuickfixEngineTest, LogsOutAndEndsWithTheAnswer) {
    log_on();
    engine->logout("good night", clock.now());
    EXPECT_EQ(sent(58), Events{"5 good night"});
    EXPECT_FALSE(engine->is_logged_on());
    EXPECT_FALSE(send_order("A-1"));
    receive(2, "5", "");
    expect_ended(Reason::StoppedByHost, "");
}

TEST_F(QuickfixEngineTest, StillDeliversMessagesWhileItLogsOut) {
    log_on();
    engine->logout("", clock.now());
    receive(2, "8", execution_report("E1"));
    EXPECT_EQ(listener.events, Events{"message 2"});
}

TEST_F(QuickfixEngineTest, EndsWhenLogoutIsNotAnsweredInTime) {
    log_on();
    engine->logout("", clock.now());
    clock.advance(std::chrono::seconds{5});
    engine->on_timer(clock.now());
    expect_ended(Reason::LogoutTimeout, "");
}

TEST_F(QuickfixEngineTest, EndsAtOnceWhenStoppedBeforeLogonIsAnswered) {
    connect();
    engine->logout("", clock.now());
    expect_ended(Reason::StoppedByHost, "");
}

TEST_F(QuickfixEngineTest, AnswersThePeersLogoutAndEndsWithItsWords) {
    log_on();
    receive(2, "5", "58=end of day|");
    EXPECT_EQ(sent(34), Events{"5 2"});
    expect_ended(Reason::LogoutByPeer, "end of day");
}

TEST_F(QuickfixEngineTest, DoesNotPassOverTheGapBeforeALogout) {
    log_on();
    receive(5, "5", "");
    expect_ended(Reason::LogoutByPeer, "");
    EXPECT_EQ(next_theirs(), 2u);
}

TEST_F(QuickfixEngineTest, SaysOnceThatTheSessionEnded) {
    log_on();
    receive(2, "5", "");
    receive(3, "5", "");
    engine->on_timer(clock.now());
    engine->logout("", clock.now());
    engine->disconnected(clock.now());
    engine->on_timer(clock.now());
    EXPECT_EQ(listener.ended.size(), 1u);
}

TEST_F(QuickfixEngineTest, IsSilentWhenTheConnectionIsLost) {
    log_on();
    engine->disconnected(clock.now());
    EXPECT_TRUE(listener.events.empty());
    EXPECT_FALSE(engine->is_logged_on());
    EXPECT_EQ(engine->next_timer(), core::MonotonicTime::max());
    EXPECT_FALSE(send_order("A-1"));
    EXPECT_TRUE(store.added.empty());
}

TEST_F(QuickfixEngineTest, ReconnectsWithTheNextNumbers) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    engine->disconnected(clock.now());
    forget();
    connect();
    EXPECT_EQ(sent(34), Events{"A 3"});
    receive(2, "A", "98=0|108=30|");
    EXPECT_TRUE(engine->is_logged_on());
}

TEST_F(QuickfixEngineTest, ContinuesTheNumbersOfAnotherEngineOnTheSameStore) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    receive(2, "8", execution_report("E1"));
    engine.reset();
    forget();
    connect();
    EXPECT_EQ(sent(34), Events{"A 3"});
    receive(3, "A", "98=0|108=30|");
    EXPECT_TRUE(engine->is_logged_on());
    EXPECT_EQ(next_theirs(), 4u);
}

TEST_F(QuickfixEngineTest, ResetsTheNumbersWithEveryLogonIfSet) {
    reset_on_logon = true;
    for (int i = 0; i < 2; ++i) {
        forget();
        connect();
        ASSERT_EQ(listener.sent.size(), 1u);
        EXPECT_EQ(field(listener.sent[0], 141), "Y");
        EXPECT_EQ(field(listener.sent[0], 34), "1");
        receive(1, "A", "98=0|108=30|141=Y|");
        EXPECT_EQ(listener.events, (Events{"reset", "logged on"}));
        ASSERT_TRUE(send_order("A-1"));
        EXPECT_EQ(next_theirs(), 2u);
        engine->disconnected(clock.now());
    }
}

TEST_F(QuickfixEngineTest, FollowsAResetByThePeer) {
    ASSERT_TRUE(store.store.set_next_sender_msg_seq_num(7));
    ASSERT_TRUE(store.store.set_next_target_msg_seq_num(9));
    connect();
    receive(1, "A", "98=0|108=30|141=Y|");
    EXPECT_EQ(listener.events, (Events{"reset", "logged on"}));
    EXPECT_EQ(sent(34), (Events{"A 7", "A 1"}));
    EXPECT_EQ(next_theirs(), 2u);
    receive(2, "8", execution_report("E1"));
    EXPECT_EQ(listener.messages.size(), 1u);
}

TEST_F(QuickfixEngineTest, KeepsItsOwnHeartBtIntWhateverThePeerSays) {
    connect();
    receive(1, "A", "98=0|108=0|141=Y|");
    EXPECT_TRUE(engine->is_logged_on());
    EXPECT_EQ(field(listener.sent.back(), 108), "30");
    forget();
    for (int i = 0; i < 100; ++i) engine->on_timer(clock.now());
    EXPECT_TRUE(listener.sent.empty());
}

TEST_F(QuickfixEngineTest, RefusesANegativeHeartBtInt) {
    for (const char* value : {"-5", "x", "99999999999"}) {
        listener.ended.clear();
        engine.reset();
        connect();
        receive(1, "A", std::string{"98=0|108="} + value + "|");
        expect_ended(Reason::ProtocolViolation, "tag 108");
    }
}

// The one test that needs real time, as QuickFIX's timers read the wall clock: 2.4 seconds.
TEST_F(QuickfixEngineTest, SendsHeartbeatsThenATestRequestAndEndsWhenThePeerStaysSilent) {
    heart_bt_int = std::chrono::seconds{1};
    log_on();
    const auto start = std::chrono::steady_clock::now();
    while (listener.ended.empty() &&
           std::chrono::steady_clock::now() - start < std::chrono::seconds{20})
        engine->on_timer(clock.now());
    expect_ended(Reason::HeartbeatTimeout, "");
    const Events all = sent(112);
    EXPECT_GE(std::count(all.begin(), all.end(), "0 "), 1);
    // QuickFIX counts in whole seconds of the wall clock: where in a second the session begins
    // decides whether it asks once or twice. It never floods.
    EXPECT_GE(std::count(all.begin(), all.end(), "1 TEST"), 1);
    EXPECT_LE(std::count(all.begin(), all.end(), "1 TEST"), 2);
    EXPECT_LE(all.size(), 6u);
}

TEST_F(QuickfixEngineTest, MaySendFromInsideItsCallbacks) {
    listener.when_logged_on = [&] { EXPECT_TRUE(send_order("A-1")); };
    connect();
    receive(1, "A", "98=0|108=30|");
    EXPECT_EQ(sent(34), (Events{"A 1", "D 2"}));
}

TEST_F(QuickfixEngineTest, EndsWhenTheListenerFails) {
    log_on();
    listener.throws = true;
    receive(2, "8", execution_report("E1"));
    expect_ended(Reason::InternalError, "the listener failed");
}

TEST_F(QuickfixEngineTest, RefusesADictionaryThatDoesNotLoad) {
    fix::SessionSettings wrong = settings();
    wrong.dictionary_path = "/nonexistent.xml";
    EXPECT_THROW((void)fix::make_quickfix_engine(
                     std::move(wrong), std::make_unique<SharedStore>(store), clock, listener),
                 std::runtime_error);
}

TEST_F(QuickfixEngineTest, WorksTwiceWithTheSameCompIds) {
    log_on();
    SharedStore::State other_store;
    RecordingListener other_listener;
    const auto other = fix::make_quickfix_engine(
        settings(), std::make_unique<SharedStore>(other_store), clock, other_listener);
    other->connected(clock.now());
    EXPECT_EQ(other_listener.sent.size(), 1u);
    EXPECT_TRUE(send_order("A-1"));
    EXPECT_EQ(other_listener.sent.size(), 1u);
}

}  // namespace
}  // namespace broker::test
