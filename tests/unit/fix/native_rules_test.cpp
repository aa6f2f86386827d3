// The native engine's rules, each alone.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "fix/native/disconnect.hpp"
#include "fix/native/full_validation.hpp"
#include "fix/native/gap_queue.hpp"
#include "fix/native/heartbeat.hpp"
#include "fix/native/inbound_sequence.hpp"
#include "fix/native/logon.hpp"
#include "fix/native/resend_requester.hpp"
#include "fix/native/validation.hpp"
#include "support/fix_message.hpp"

namespace broker::fix::native {
namespace {

using core::MonotonicTime;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::fix_message;

constexpr MonotonicTime kStart{std::chrono::hours{1}};

// A view and the bytes it points into.
struct Parsed {
    explicit Parsed(const std::string& body) : bytes{fix_message(body)} {
        EXPECT_TRUE(view.parse(bytes)) << body;
    }
    std::string bytes;
    MessageView view;
};

const std::string kHeader = "34=2|49=PEER|56=US|52=20260105-12:00:00.000|";

static_assert(classify(5, 5) == InboundSequence::Expected);
static_assert(classify(5, 6) == InboundSequence::GapBefore);
static_assert(classify(5, 4) == InboundSequence::TooLow);
static_assert(!is_usable(0) && is_usable(1) && is_usable(kMaxMsgSeqNum));
static_assert(!is_usable(kMaxMsgSeqNum + 1));
static_assert(classify_gap_fill(7, 8) == NewSeqNo::Advances);
static_assert(classify_gap_fill(7, 7) == NewSeqNo::Refused);
static_assert(classify_gap_fill(7, 1) == NewSeqNo::Refused);
static_assert(classify_reset(7, 8) == NewSeqNo::Advances);
static_assert(classify_reset(7, 7) == NewSeqNo::Unchanged);
static_assert(classify_reset(7, 6) == NewSeqNo::Refused);

TEST(NativePossDup, ComparesOrigSendingTimeWithSendingTime) {
    const auto of = [](const std::string& more, bool is_required = true) {
        return classify_poss_dup(Parsed{"35=8|" + kHeader + more}.view, is_required);
    };
    EXPECT_EQ(of(""), PossDup::No);
    EXPECT_EQ(of("43=N|122=20270105-12:00:00|"), PossDup::No);
    EXPECT_EQ(of("43=Y|122=20260105-12:00:00.000|"), PossDup::Sound);
    EXPECT_EQ(of("43=Y|122=20260105-12:00:00.001|"), PossDup::OrigSendingTimeLater);
    EXPECT_EQ(of("43=Y|"), PossDup::OrigSendingTimeMissing);
    EXPECT_EQ(of("43=Y|122=yesterday|"), PossDup::OrigSendingTimeMissing);
    EXPECT_EQ(of("43=Y|", false), PossDup::Sound);
}

TEST(NativePossDup, LetsASequenceResetDoWithoutOrigSendingTime) {
    EXPECT_EQ(classify_poss_dup(Parsed{"35=4|" + kHeader + "43=Y|123=Y|36=9|"}.view, true),
              PossDup::Sound);
}

TEST(NativeDisconnect, HasAReasonAndASentenceForEveryCause) {
    std::set<std::string_view> sentences;
    constexpr int kCauses = static_cast<int>(Disconnect::InternalError) + 1;
    for (int cause = 0; cause < kCauses; ++cause) {
        const auto text = describe(static_cast<Disconnect>(cause));
        EXPECT_NE(text.reason, core::Reason::None) << cause;
        EXPECT_TRUE(sentences.insert(text.sentence).second) << text.sentence;
    }
    EXPECT_EQ(disconnect_text(Disconnect::PeerLogout, "bye"), "the peer logged out: bye");
    EXPECT_EQ(disconnect_text(Disconnect::PeerLogout, ""), "the peer logged out");
}

TEST(NativeGapQueue, GivesEachMessageInItsTurnAndForgetsWhatIsPassed) {
    GapQueue queue{{10, 1000}};
    EXPECT_TRUE(queue.keep(5, "five"));
    EXPECT_TRUE(queue.keep(7, "seven"));
    queue.settle(6);
    EXPECT_FALSE(queue.take(4));
    EXPECT_EQ(queue.take(5)->message, "five");
    EXPECT_TRUE(queue.take(6)->is_settled);
    EXPECT_FALSE(queue.take(8));
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(queue.bytes(), 0U);
}

TEST(NativeGapQueue, KeepsNoMoreThanItsBounds) {
    GapQueue queue{{3, 10}};
    EXPECT_TRUE(queue.keep(2, "12345"));
    EXPECT_FALSE(queue.keep(2, "x")) << "it is there already";
    EXPECT_FALSE(queue.keep(3, "123456")) << "too many bytes";
    EXPECT_TRUE(queue.keep(3, "12345"));
    queue.settle(4);
    queue.settle(5);
    EXPECT_FALSE(queue.has(5)) << "too many messages";
    EXPECT_EQ(queue.size(), 3U);
}

TEST(NativeResendRequester, AsksOnceForAGap) {
    ResendRequester requester{{0, seconds{10}, 3}};
    EXPECT_EQ(requester.next(2, 9, kStart), (NumberRange{2, 9}));
    EXPECT_FALSE(requester.next(2, 9, kStart));
    EXPECT_FALSE(requester.next(8, 9, kStart));
    EXPECT_FALSE(requester.next(10, 9, kStart));
    EXPECT_FALSE(requester.is_waiting());
}

TEST(NativeResendRequester, AsksForALongGapInParts) {
    ResendRequester requester{{100, seconds{10}, 3}};
    EXPECT_EQ(requester.next(1, 250, kStart), (NumberRange{1, 100}));
    EXPECT_FALSE(requester.next(100, 250, kStart));
    EXPECT_EQ(requester.next(101, 250, kStart), (NumberRange{101, 200}));
    EXPECT_EQ(requester.next(201, 250, kStart), (NumberRange{201, 250}));
}

TEST(NativeResendRequester, TakesAPartOfAnySize) {
    ResendRequester requester{{UINT64_MAX, seconds{10}, 3}};
    EXPECT_EQ(requester.next(7, kMaxMsgSeqNum, kStart), (NumberRange{7, kMaxMsgSeqNum}));
}

TEST(NativeResendRequester, WaitsAnewWithEachMessageThatComes) {
    ResendRequester requester{{0, seconds{10}, 2}};
    (void)requester.next(2, 9, kStart);
    EXPECT_EQ(requester.deadline(), kStart + seconds{10});
    (void)requester.next(3, 9, kStart + seconds{8});
    EXPECT_EQ(requester.deadline(), kStart + seconds{18});
    EXPECT_TRUE(requester.may_repeat());
    EXPECT_EQ(requester.next(3, 9, kStart + seconds{18}), (NumberRange{3, 9}));
}

TEST(NativeResendRequester, GivesUpAfterSoManyRequestsWithoutProgress) {
    ResendRequester requester{{0, seconds{10}, 3}};
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(requester.next(2, 9, kStart));
        EXPECT_TRUE(requester.may_repeat());
    }
    EXPECT_TRUE(requester.next(2, 9, kStart));
    EXPECT_FALSE(requester.may_repeat());
}

TEST(NativeResendRequester, AsksAgainOnlyWhenWhatIsDueUnaskedDoesNotCome) {
    ResendRequester requester{{0, seconds{10}, 3}};
    requester.assume_asked({2, 9}, kStart);
    EXPECT_FALSE(requester.next(2, 9, kStart));
    EXPECT_EQ(requester.deadline(), kStart + seconds{10});
    EXPECT_TRUE(requester.may_repeat());
    EXPECT_TRUE(requester.next(2, 9, kStart + seconds{10}));
}

TEST(NativeHeartbeat, IsDueWhenNothingWasSentForHeartBtInt) {
    Heartbeat heartbeat{seconds{30}};
    heartbeat.start(kStart);
    EXPECT_EQ(heartbeat.next(), kStart + seconds{30});
    EXPECT_EQ(heartbeat.due(kStart + milliseconds{29'999}), Heartbeat::Due::Nothing);
    EXPECT_EQ(heartbeat.due(kStart + seconds{30}), Heartbeat::Due::Heartbeat);
    heartbeat.sent(kStart + seconds{20});
    EXPECT_EQ(heartbeat.due(kStart + seconds{30}), Heartbeat::Due::Nothing);
}

TEST(NativeHeartbeat, AsksASilentPeerAndThenGivesItUp) {
    Heartbeat heartbeat{seconds{10}};
    heartbeat.start(kStart);
    const auto asked = kStart + seconds{12};
    EXPECT_EQ(heartbeat.due(asked), Heartbeat::Due::TestRequest);
    EXPECT_EQ(heartbeat.new_test_request(asked), "T1");
    heartbeat.sent(asked);
    EXPECT_EQ(heartbeat.due(asked + milliseconds{11'999}), Heartbeat::Due::Heartbeat);
    EXPECT_EQ(heartbeat.due(asked + seconds{12}), Heartbeat::Due::PeerIsGone);
    heartbeat.received(asked + seconds{11});
    EXPECT_NE(heartbeat.due(asked + seconds{12}), Heartbeat::Due::PeerIsGone);
}

TEST(NativeHeartbeat, MeasuresTheAnswerToItsOwnRequestAlone) {
    Heartbeat heartbeat{seconds{10}};
    heartbeat.start(kStart);
    EXPECT_FALSE(heartbeat.answered("", kStart));
    (void)heartbeat.new_test_request(kStart);
    EXPECT_EQ(heartbeat.new_test_request(kStart + seconds{12}), "T2");
    EXPECT_FALSE(heartbeat.answered("T1", kStart + seconds{13}));
    EXPECT_EQ(heartbeat.answered("T2", kStart + seconds{13}), seconds{1});
    EXPECT_FALSE(heartbeat.answered("T2", kStart + seconds{14})) << "answered already";
}

TEST(NativeLogon, AcceptsHeartBtIntWithinADay) {
    const auto fault = [](const std::string& body) {
        return find_logon_fault(Parsed{"35=A|" + kHeader + body}.view).has_value();
    };
    EXPECT_FALSE(fault("98=0|108=30|"));
    EXPECT_FALSE(fault("98=0|108=0|"));
    EXPECT_FALSE(fault("98=0|108=86400|"));
    for (const char* body : {"98=0|108=-1|", "98=0|108=86401|", "98=0|108=x|", "98=0|", "108=30|",
                             "98=1|108=30|", "98=0|108=99999999999999999999|"})
        EXPECT_TRUE(fault(body)) << body;
}

TEST(NativeLogon, ComparesNextExpectedMsgSeqNumWithItsOwnLogon) {
    const auto of = [](const std::string& more) {
        return classify_next_expected(Parsed{"35=A|" + kHeader + more}.view, 7);
    };
    EXPECT_EQ(of(""), NextExpected::Absent);
    EXPECT_EQ(of("789=0|"), NextExpected::Absent);
    EXPECT_EQ(of("789=7|"), NextExpected::BehindUs);
    EXPECT_EQ(of("789=8|"), NextExpected::InStep);
    EXPECT_EQ(of("789=9|"), NextExpected::AheadOfUs);
}

TEST(NativeLogon, RefusesSettingsThatNoSessionCanBeMadeWith) {
    const auto throws = [](auto change) {
        SessionSettings settings;
        settings.sender_comp_id = "US";
        settings.target_comp_id = "PEER";
        change(settings);
        EXPECT_THROW(check_settings(settings), std::runtime_error);
    };
    throws([](auto& s) { s.heart_bt_int = seconds{0}; });
    throws([](auto& s) { s.heart_bt_int = seconds{86'401}; });
    throws([](auto& s) { s.sender_comp_id = ""; });
    throws([](auto& s) { s.target_comp_id = ""; });
    throws([](auto& s) {
        s.username =
            "a\x01"
            "554=b";
    });
    throws([](auto& s) {
        s.password = core::Secret{
            "a\x01"
            "35=D"};
    });
    throws([](auto& s) { s.recovery.page_messages = 0; });
    throws([](auto& s) { s.recovery.max_requests = 0; });
}

TEST(NativeValidation, KnowsEveryFormat) {
    EXPECT_TRUE(has_format("-12", FieldFormat::Integer));
    EXPECT_FALSE(has_format("-", FieldFormat::Integer));
    EXPECT_FALSE(has_format("-12", FieldFormat::Number));
    EXPECT_FALSE(has_format("+1", FieldFormat::Integer));
    EXPECT_TRUE(has_format("-1.50", FieldFormat::Decimal));
    EXPECT_FALSE(has_format("1e5", FieldFormat::Decimal));
    EXPECT_TRUE(has_format("Y", FieldFormat::YesNo));
    EXPECT_FALSE(has_format("y", FieldFormat::YesNo));
    EXPECT_TRUE(has_format("x", FieldFormat::Char));
    EXPECT_FALSE(has_format("xy", FieldFormat::Char));
    EXPECT_TRUE(has_format("20260105", FieldFormat::Date));
    EXPECT_FALSE(has_format("2026015", FieldFormat::Date));
}

TEST(NativeValidation, LeavesTheApplicationsFieldsAlone) {
    EXPECT_FALSE(find_session_fault(Parsed{"35=8|" + kHeader + "39=?|39=|9945=x|"}.view));
}

TEST(NativeValidation, KnowsTheMessageTypesOfFix44) {
    for (const char* type : {"0", "9", "A", "Z", "a", "z", "AA", "AZ", "BH"})
        EXPECT_TRUE(is_standard_msg_type(type)) << type;
    for (const char* type : {"I", "O", "U", "BI", "ZZ", "UE", "", "AAA", "?"})
        EXPECT_FALSE(is_standard_msg_type(type)) << type;
}

TEST(NativeDictionary, RefusesAFileThatIsNone) {
    EXPECT_THROW((void)load_dictionary("/nonexistent.xml"), std::runtime_error);
}

TEST(NativeDictionary, HasGroupsOfGroupsAndComponents) {
    const Dictionary dictionary = load_dictionary(DICTIONARY_PATH);
    const DictionaryBlock& report = dictionary.messages.at("8");
    EXPECT_TRUE(report.required.contains(37));
    EXPECT_TRUE(report.tags.contains(55)) << "of the component Instrument";
    const DictionaryBlock& parties = report.groups.at(453);
    EXPECT_EQ(parties.order.front(), 448);
    EXPECT_TRUE(parties.groups.contains(802));
    EXPECT_EQ(dictionary.fields.at(39).format, FieldFormat::Char);
    EXPECT_TRUE(dictionary.fields.at(39).values.contains("2"));
}

// QuickFIX's own messages are the yardstick elsewhere; here each part of an order of ours is.
TEST(NativeDictionary, AcceptsAWholeMessageAndAnyUserDefinedTag) {
    const Dictionary dictionary = load_dictionary(DICTIONARY_PATH);
    const std::string report =
        "37=O1|11=A|17=E1|150=F|39=1|55=X|54=1|151=5|14=5|6=1.1|9945=77|6001=x|";
    EXPECT_FALSE(find_dictionary_fault(dictionary, Parsed{"35=8|" + kHeader + report}.view));
}

TEST(NativeDictionary, HasWhatTheVenueAddsToIt) {
    Dictionary dictionary = load_dictionary(DICTIONARY_PATH);
    const std::string report =
        "35=8|" + kHeader + "37=O1|11=A|17=E1|150=F|39=1|55=X|54=1|40=~|151=5|14=5|6=1.1|2376=24|";
    const auto unknown_value = find_dictionary_fault(dictionary, Parsed{report}.view);
    ASSERT_TRUE(unknown_value);
    EXPECT_EQ(unknown_value->ref_tag, 40);

    apply({{}, {40}}, dictionary);
    const auto unknown_tag = find_dictionary_fault(dictionary, Parsed{report}.view);
    ASSERT_TRUE(unknown_tag);
    EXPECT_EQ(unknown_tag->ref_tag, 2376);

    apply({{{2376, {"8"}}}, {}}, dictionary);
    EXPECT_FALSE(find_dictionary_fault(dictionary, Parsed{report}.view));
    EXPECT_THROW(apply({{{2376, {"?"}}}, {}}, dictionary), std::runtime_error);
}

}  // namespace
}  // namespace broker::fix::native
