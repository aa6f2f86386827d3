// Messages while logged on: numbers, gaps, resends, and what is wrong with them.
#include "unit/fix/quickfix_engine_fixture.hpp"

namespace broker::test {
namespace {

using core::Reason;
using Events = std::vector<std::string>;

TEST_F(QuickfixEngineTest, NumbersStoresAndSends) {
    log_on();
    const auto sent_message = send_order("A-1");
    ASSERT_TRUE(sent_message);
    EXPECT_EQ(sent_message->msg_seq_num, 2u);
    EXPECT_EQ(sent_message->journaled, clock.monotonic());
    ASSERT_EQ(listener.sent.size(), 1u);
    EXPECT_EQ(field(listener.sent[0], 11), "A-1");
    EXPECT_EQ(store.added.at(2), listener.sent[0]);
}

TEST_F(QuickfixEngineTest, KeepsRepeatingGroupsInOrder) {
    log_on();
    fix::MessageEncoder list;
    list.clear("E");
    for (const auto& [tag, value] : std::vector<std::pair<int, const char*>>{{66, "L"},
                                                                             {394, "3"},
                                                                             {68, "2"},
                                                                             {73, "2"},
                                                                             {11, "A"},
                                                                             {67, "1"},
                                                                             {55, "X"},
                                                                             {54, "1"},
                                                                             {38, "1"},
                                                                             {11, "B"},
                                                                             {67, "2"},
                                                                             {55, "X"},
                                                                             {54, "2"},
                                                                             {38, "2"}})
        list.add(tag, value);
    ASSERT_TRUE(engine->send(list, clock.now()));
    EXPECT_NE(with_bars(listener.sent[0])
                  .find("|73=2|11=A|67=1|55=X|54=1|38=1|11=B|67=2|55=X|54=2|38=2|394=3|10="),
              std::string::npos)
        << with_bars(listener.sent[0]);
}

TEST_F(QuickfixEngineTest, KeepsTagsThatTheDictionaryDoesNotHaveInTheOrdersOfAList) {
    log_on();
    fix::MessageEncoder list;
    list.clear("E");
    for (const auto& [tag, value] : std::vector<std::pair<int, const char*>>{
             {66, "L"},  {394, "3"}, {7002, "Z"}, {68, "2"}, {73, "2"},   {11, "A"},   {67, "1"},
             {453, "1"}, {448, "I"}, {452, "5"},  {55, "X"}, {54, "1"},   {7001, "U"}, {1385, "1"},
             {11, "B"},  {67, "2"},  {55, "X"},   {54, "2"}, {7001, "V"}, {1385, "1"}})
        list.add(tag, value);
    ASSERT_TRUE(engine->send(list, clock.now()));
    const std::string sent = with_bars(listener.sent[0]);
    EXPECT_NE(sent.find("|73=2|11=A|67=1|453=1|448=I|452=5|55=X|54=1|7001=U|1385=1|"
                        "11=B|67=2|55=X|54=2|7001=V|1385=1|394=3|7002=Z|10="),
              std::string::npos)
        << sent;
}

TEST_F(QuickfixEngineTest, RefusesToSendBeforeLogon) {
    make_engine();
    EXPECT_EQ(send_order("A-1").error().reason, Reason::AccountNotReady);
    connect();
    EXPECT_EQ(send_order("A-1").error().reason, Reason::AccountNotReady);
    EXPECT_TRUE(store.added.empty());
    EXPECT_EQ(listener.sent.size(), 1u);
    receive(1, "A", "98=0|108=30|");
    EXPECT_EQ(listener.sent.size(), 1u);
}

TEST_F(QuickfixEngineTest, RefusesAnInvalidMessage) {
    log_on();
    fix::MessageEncoder message;
    EXPECT_EQ(engine->send(message, clock.now()).error().reason, Reason::InvalidField);
    EXPECT_TRUE(engine->is_logged_on());
}

TEST_F(QuickfixEngineTest, SendsNothingThatTheStoreHasNotTaken) {
    log_on();
    store.is_failing = true;
    const auto result = send_order("A-1");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, Reason::StorageFailed);
    EXPECT_TRUE(listener.sent.empty());
    expect_ended(Reason::StorageFailed, "disk full");
}

TEST_F(QuickfixEngineTest, EndsWhenTheStoreFailsOnReceipt) {
    log_on();
    store.is_failing = true;
    receive(2, "0", "");
    expect_ended(Reason::StorageFailed, "disk full");
}

TEST_F(QuickfixEngineTest, RecordsBothDirectionsInTurnAndNoPassword) {
    log_on();
    ASSERT_TRUE(send_order("A-1"));
    receive(2, "8", execution_report("E1"));
    receive(5, "8", execution_report("E4"));  // behind a gap: recorded in its turn
    receive(3, "4", "43=Y|122=" + now_text() + "|123=Y|36=5|");
    receive(2, "8", "43=Y|122=" + now_text() + "|" + execution_report("E1"));  // seen already
    receive(6, "1", "112=hello|");
    using Records = std::vector<std::string>;
    EXPECT_EQ(of_record(store.session_messages), (Records{"1 A 1", "3 2 3", "4 0 4"}));
    EXPECT_EQ(of_record(store.received),
              (Records{"1 A 1", "2 8 2", "3 4 3", "5 8 5", "0 8 2", "6 1 6"}));
    for (const auto& [number, message] : store.session_messages)
        EXPECT_EQ(message.find("s3cret"), message.npos) << with_bars(message);
    EXPECT_EQ(store.added.size(), 1U);
}

TEST_F(QuickfixEngineTest, AnswersATestRequest) {
    log_on();
    receive(2, "1", "112=ping|");
    EXPECT_EQ(sent(112), Events{"0 ping"});
    EXPECT_EQ(next_theirs(), 3u);
}

TEST_F(QuickfixEngineTest, AcceptsAHeartbeatSilently) {
    log_on();
    receive(2, "0", "");
    EXPECT_TRUE(listener.sent.empty());
    EXPECT_EQ(next_theirs(), 3u);
}

TEST_F(QuickfixEngineTest, DeliversTheOriginalBytes) {
    log_on();
    const std::string text = "35=8|34=2|49=PEER|56=US|52=" + now_text() + "|58=z|" +
                             execution_report("E1", "9945=77|12345=unknown|7777=|");
    receive_text(text);
    EXPECT_EQ(listener.messages, Events{fix_message(text)});
}

// A fill must not be lost over what the dictionary does not know.
TEST_F(QuickfixEngineTest, DeliversWhatTheDictionaryDoesNotKnow) {
    log_on();
    receive(2, "8", "37=O1|17=E1|150=Z|39=?|54=x|32=abc|");  // enums, formats, missing fields
    receive(3, "8", execution_report("E2", "453=3|448=only one|37=again|"));
    receive(4, "ZZ", "1=x|");
    EXPECT_EQ(listener.events, (Events{"message 2", "message 3", "message 4"}));
    EXPECT_TRUE(listener.sent.empty());
    EXPECT_EQ(next_theirs(), 5u);
}

TEST_F(QuickfixEngineTest, ReadsSendingTimeWithAnyFraction) {
    log_on();
    const std::string seconds = now_text().substr(0, 17);
    receive_text("35=0|34=2|49=PEER|56=US|52=" + seconds + "|");
    receive_text("35=0|34=3|49=PEER|56=US|52=" + seconds + ".123456|");
    receive_text("35=0|34=4|49=PEER|56=US|52=" + seconds + ".123456789|");
    EXPECT_EQ(next_theirs(), 5u);
}

TEST_F(QuickfixEngineTest, AsksForAGapAndDeliversInOrderOnce) {
    log_on();
    receive(4, "8", execution_report("E4"));
    receive(5, "8", execution_report("E5"));
    EXPECT_EQ(sent(7), Events{"2 2"});
    EXPECT_TRUE(listener.events.empty());
    const std::string dup = "43=Y|122=" + now_text() + "|";
    receive(2, "8", dup + execution_report("E2"));
    receive(3, "8", dup + execution_report("E3"));
    receive(4, "8", dup + execution_report("E4"));
    receive(5, "8", dup + execution_report("E5"));
    EXPECT_EQ(listener.events, (Events{"message 2", "message 3", "message 4", "message 5"}));
    EXPECT_EQ(field(listener.messages[2], 17), "E4");
    EXPECT_EQ(next_theirs(), 6u);
}

TEST_F(QuickfixEngineTest, FollowsAGapFill) {
    log_on();
    receive(6, "8", execution_report("E6"));
    receive(2, "4", "43=Y|122=" + now_text() + "|123=Y|36=6|");
    EXPECT_EQ(listener.events, Events{"message 6"});
    EXPECT_EQ(next_theirs(), 7u);
}

TEST_F(QuickfixEngineTest, AsksForAGapFoundAtLogon) {
    connect();
    forget();
    receive(4, "A", "98=0|108=30|");
    EXPECT_TRUE(engine->is_logged_on());
    EXPECT_EQ(sent(7), Events{"2 1"});
}

TEST_F(QuickfixEngineTest, DoesNotPassOverTheGapBeforeAReject) {
    log_on();
    receive(5, "3", "45=2|");
    EXPECT_EQ(next_theirs(), 2u);
}

TEST_F(QuickfixEngineTest, EndsWhenTheGapStaysOpenForTooLong) {
    log_on();
    const std::string text(64 * 1024, 'x');
    for (core::MsgSeqNum number = 3; number < 1000 && listener.ended.empty(); ++number)
        receive(number, "8", execution_report("E", "58=" + text + "|"));
    expect_ended(Reason::ProtocolViolation, "stays open");
}

TEST_F(QuickfixEngineTest, EndsWhenANumberIsTooLow) {
    log_on();
    receive(2, "0", "");
    receive(2, "8", execution_report("E2"));
    EXPECT_EQ(sent(35), Events{"5 5"});
    expect_ended(Reason::MsgSeqNumTooLow, "expecting 3 but received 2");
    EXPECT_TRUE(listener.messages.empty());
}

TEST_F(QuickfixEngineTest, EndsWhenTheLogonNumberIsTooLow) {
    ASSERT_TRUE(store.store.set_next_target_msg_seq_num(9));
    connect();
    receive(1, "A", "98=0|108=30|");
    expect_ended(Reason::MsgSeqNumTooLow, "expecting 9 but received 1");
}

TEST_F(QuickfixEngineTest, IgnoresAPossibleDuplicateThatItHasSeen) {
    log_on();
    receive(2, "8", execution_report("E2"));
    receive(2, "8", "43=Y|122=" + now_text() + "|" + execution_report("E2"));
    EXPECT_EQ(listener.events, Events{"message 2"});
    EXPECT_TRUE(listener.sent.empty());
    EXPECT_EQ(next_theirs(), 3u);
}

TEST_F(QuickfixEngineTest, RejectsAPossibleDuplicateWithoutOrigSendingTimeUnderItsOwnType) {
    log_on();
    receive(2, "8", execution_report("E2"));
    receive(2, "8", "43=Y|" + execution_report("E2"));
    EXPECT_EQ(sent(372), Events{"3 8"});
    EXPECT_EQ(field(listener.sent[0], 371), "122");
}

TEST_F(QuickfixEngineTest, ReportsTheRejectOfAMessage) {
    log_on();
    const auto order = send_order("A-1");
    receive(2, "3", "45=" + std::to_string(order->msg_seq_num) + "|373=12345|58=no|");
    EXPECT_EQ(listener.events, Events{"reject of 2"});
    EXPECT_TRUE(engine->is_logged_on());
    EXPECT_EQ(next_theirs(), 3u);
}

TEST_F(QuickfixEngineTest, ResendsFreshOrdersAndFillsTheGapOfStaleOnes) {
    log_on();
    for (const char* id : {"A-2", "A-3", "A-4"}) ASSERT_TRUE(send_order(id));
    receive(2, "1", "112=x|");  // answered under number 5
    forget();
    listener.stale[3] = true;
    receive(3, "2", "7=1|16=0|");
    EXPECT_EQ(listener.events, (Events{"resend 2 A-2", "resend 3 A-3", "resend 4 A-4"}));
    EXPECT_EQ(sent(34), (Events{"4 1", "D 2", "4 3", "D 4", "4 5"}));
    EXPECT_EQ(sent(36), (Events{"4 2", "D ", "4 4", "D ", "4 6"}));
    for (const std::string& message : listener.sent) EXPECT_EQ(field(message, 43), "Y");
    EXPECT_EQ(field(listener.sent[1], 11), "A-2");
    EXPECT_NE(field(listener.sent[1], 122), "");
    EXPECT_EQ(next_theirs(), 4u);
    ASSERT_TRUE(send_order("A-6"));
    EXPECT_EQ(field(listener.sent.back(), 34), "6");
    EXPECT_EQ(field(listener.sent.back(), 43), "");
}

TEST_F(QuickfixEngineTest, ResendsARangeThatEndsWithSessionMessages) {
    log_on();
    ASSERT_TRUE(send_order("A-2"));
    receive(2, "1", "112=x|");
    forget();
    receive(3, "2", "7=2|16=3|");
    EXPECT_EQ(sent(34), (Events{"D 2", "4 3"}));
    EXPECT_EQ(field(listener.sent[1], 36), "4");
}

TEST_F(QuickfixEngineTest, BoundsTheResendOfALongHistory) {
    log_on();
    const std::string order = fix_message("35=D|34=3|49=US|52=20260105-12:00:00|56=PEER|11=A|");
    for (core::MsgSeqNum number = 2; number <= 50'000; ++number)
        ASSERT_TRUE(store.store.add(number, order));
    ASSERT_TRUE(store.store.set_next_sender_msg_seq_num(50'001));
    receive(2, "2", "7=1|16=0|");
    EXPECT_LE(store.visited, 2'000);
    ASSERT_FALSE(listener.sent.empty());
    EXPECT_EQ(field(listener.sent[0], 35), "4");
    EXPECT_EQ(field(listener.sent[0], 34), "1");
}

TEST_F(QuickfixEngineTest, RejectsAResendRequestForWhatItNeverSent) {
    log_on();
    core::MsgSeqNum number = 2;
    for (const char* range :
         {"7=2|16=0|", "7=0|16=0|", "7=-1|16=0|", "7=1|16=-1|", "7=900|16=0|"}) {
        forget();
        receive(number++, "2", range);
        EXPECT_EQ(sent(373), Events{"3 5"}) << range;
        EXPECT_EQ(next_theirs(), number);
    }
}

TEST_F(QuickfixEngineTest, EndsOnAnotherBeginString) {
    log_on();
    receive_text("35=8|34=2|49=PEER|56=US|52=" + now_text() + "|", "FIX.4.2");
    EXPECT_EQ(sent(58), Events{"5 Incorrect BeginString"});
    expect_ended(Reason::ProtocolViolation, "BeginString=\"FIX.4.2\", expected \"FIX.4.4\"");
}

TEST_F(QuickfixEngineTest, EndsOnAnotherCompId) {
    log_on();
    receive_text("35=8|34=2|49=OTHER|56=US|52=" + now_text() + "|");
    EXPECT_EQ(sent(373), (Events{"3 9", "5 "}));
    expect_ended(Reason::ProtocolViolation, "SenderCompID=\"OTHER\", expected \"PEER\"");
    EXPECT_TRUE(listener.messages.empty());
}

TEST_F(QuickfixEngineTest, EndsOnASendingTimeOutOfTolerance) {
    log_on();
    receive_text("35=8|34=2|49=PEER|56=US|52=" + now_text(std::chrono::seconds{-125}) + "|");
    EXPECT_EQ(sent(373), (Events{"3 10", "5 "}));
    expect_ended(Reason::ProtocolViolation, "SendingTime accuracy problem");
}

TEST_F(QuickfixEngineTest, EndsWithoutAUsableMsgSeqNum) {
    const Events bad{"", "34=|", "34=0|", "34=-2|", "34=x|", "34=4294967298|"};
    for (std::size_t i = 0; i < bad.size(); ++i) {
        listener.ended.clear();
        engine.reset();
        log_on(i + 1);
        receive_text("35=8|" + bad[i] + "49=PEER|56=US|52=" + now_text() + "|");
        ASSERT_EQ(listener.sent.size(), 1u) << bad[i];
        EXPECT_EQ(field(listener.sent[0], 35), "5");
        expect_ended(Reason::ProtocolViolation, "34");
    }
}

TEST_F(QuickfixEngineTest, RejectsASequenceResetThatGoesBack) {
    log_on();
    receive(2, "0", "");
    receive(3, "4", "36=2|");
    EXPECT_EQ(sent(373), Events{"3 5"});
    EXPECT_EQ(next_theirs(), 3u);
}

TEST_F(QuickfixEngineTest, FollowsASequenceResetForward) {
    log_on();
    receive(2, "4", "36=50|");
    EXPECT_EQ(next_theirs(), 50u);
}

TEST_F(QuickfixEngineTest, EndsOnANumberThatOverflowsAnInt) {
    log_on();
    receive(2, "4", "36=4294967299|");
    expect_ended(Reason::ProtocolViolation, "tag 36");
    EXPECT_EQ(next_theirs(), 2u);
}

TEST_F(QuickfixEngineTest, EndsOnASecondLogon) {
    log_on();
    receive(2, "A", "98=0|108=30|");
    expect_ended(Reason::ProtocolViolation, "Logon state is not valid");
}

TEST_F(QuickfixEngineTest, TakesDataFieldsWithSohInThem) {
    connect();
    receive(1, "A", "98=0|108=30|95=10|96=a|10=000|b|");
    EXPECT_TRUE(engine->is_logged_on());
    receive(2, "8", execution_report("E2", "354=3|355=a|b|"));
    EXPECT_EQ(listener.messages.size(), 1u);
}

}  // namespace
}  // namespace broker::test
