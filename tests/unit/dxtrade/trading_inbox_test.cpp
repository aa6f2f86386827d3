#include "dxtrade/fix/trading_inbox.hpp"

#include <gmock/gmock.h>

#include "support/manual_clock.hpp"
#include "unit/dxtrade/dxtrade_fixture.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::QueryKind;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr core::UtcTime kNow{std::chrono::seconds{1'767'614'400}};
constexpr core::MonotonicTime kStart{std::chrono::seconds{100}};

Profile profile() {
    Profile result;
    result.queries.offered = {
        QueryKind::OrderStatus,         QueryKind::MassStatus, QueryKind::Positions,
        QueryKind::AccountSummary,      QueryKind::Trades,     QueryKind::Instruments,
        QueryKind::TradingSessionStatus};
    return result;
}

class TradingInboxTest : public testing::Test {
protected:
    // Asks and returns what went out, with | for SOH; the error's text if nothing did.
    std::string ask(core::Query query) {
        const auto id = inbox_.queries().begin(query, {kStart, kNow}, encoder_);
        if (!id) return id.error().detail;
        inbox_.queries().sent(id->view(), ++last_seq_num_);
        return test::with_bars(encoder_.body());
    }
    std::string ask(QueryKind kind, std::uint64_t request_id = 7) {
        core::Query query;
        query.kind = kind;
        query.request_id = request_id;
        return ask(query);
    }
    void receive(std::string_view body) {
        inbox_.on_application_message(received_.parse(body), kStart);
    }
    // The one question that was asked has ended, for this reason and with this many answers.
    void expect_done(Reason reason, std::uint64_t count) {
        ASSERT_EQ(listener_.done.size(), 1U);
        EXPECT_EQ(listener_.done[0].reason, reason) << listener_.done[0].text;
        EXPECT_EQ(listener_.done[0].count, count);
        EXPECT_EQ(listener_.done[0].request_id, 7U);
        EXPECT_EQ(inbox_.queries().open_count(), 0U);
    }

    Dialect dialect_{profile(), "default:ACC-1"};
    RecordingListener listener_;
    ReceivedMessage received_;
    broker::fix::MessageEncoder encoder_;
    core::MsgSeqNum last_seq_num_ = 10;
    TradingInbox inbox_{dialect_, listener_, "Q", 10s};
};

const std::string kPicture = "|37=V|17=0|150=I|39=0|55=EURUSD|54=1|38=5|151=5|14=0|6=0|";

TEST_F(TradingInboxTest, MassStatusEndsWithTheReportThatIsTheLastRequested) {
    EXPECT_EQ(ask(QueryKind::MassStatus), "584=Q1|585=7|1=default:ACC-1|");
    receive("35=8|34=2|584=Q1|911=3|11=A" + kPicture);
    EXPECT_THAT(listener_.done, IsEmpty());
    receive("35=8|34=3|584=Q1|912=Y|11=B" + kPicture);
    EXPECT_THAT(listener_.reports, ElementsAre("A", "B"));
    EXPECT_THAT(listener_.request_ids, ElementsAre(7, 7));
    expect_done(Reason::None, 2);
}

TEST_F(TradingInboxTest, MassStatusEndsWhenAsManyReportsHaveComeAsAnnounced) {
    (void)ask(QueryKind::MassStatus);
    receive("35=8|34=2|584=Q1|911=2|11=A" + kPicture);
    receive("35=8|34=3|584=Q1|911=2|11=B" + kPicture);
    expect_done(Reason::None, 2);
}

TEST_F(TradingInboxTest, MassStatusOfNoOrdersIsCompleteAndReportsNoOrder) {
    (void)ask(QueryKind::MassStatus);
    receive("35=8|34=2|584=Q1|911=0|37=NONE|17=0|150=I|39=8|103=5|55=NA|54=1|151=0|14=0|6=0|");
    EXPECT_THAT(listener_.reports, IsEmpty());
    expect_done(Reason::None, 0);
}

TEST_F(TradingInboxTest, MassStatusThatIsRefusedEndsAsRejectedWithTheVenuesWords) {
    (void)ask(QueryKind::MassStatus);
    receive(
        "35=8|34=2|584=Q1|37=NONE|17=0|150=8|39=8|103=0|58=not today|55=NA|54=1|151=0|14=0|6=0|");
    EXPECT_THAT(listener_.reports, IsEmpty());
    expect_done(Reason::RequestRejected, 0);
    EXPECT_EQ(listener_.done[0].text, "not today");
}

TEST_F(TradingInboxTest, OrderStatusIsAnsweredByAPictureOfTheOrder) {
    core::Query query;
    query.kind = QueryKind::OrderStatus;
    query.request_id = 7;
    query.cl_ord_id = core::ClOrdID::from("A").value();
    query.symbol = core::Symbol::from("EURUSD").value();
    EXPECT_EQ(ask(query), "11=A|790=Q1|1=default:ACC-1|55=EURUSD|");
    receive("35=8|34=2|11=B" + kPicture);
    EXPECT_THAT(listener_.done, IsEmpty());
    receive("35=8|34=3|11=A" + kPicture);
    expect_done(Reason::None, 1);
}

TEST_F(TradingInboxTest, PositionsEndWhenAllThatWereAnnouncedHaveCome) {
    EXPECT_EQ(ask(QueryKind::Positions),
              "710=Q1|724=0|263=0|1=default:ACC-1|581=1|715=20260105|60=20260105-12:00:00.000|");
    receive("35=AO|34=2|721=R|710=Q1|727=1|728=0|729=0|1=ACC-1|581=1|");
    EXPECT_THAT(listener_.done, IsEmpty());
    receive("35=AP|34=3|721=R|710=Q1|728=0|55=EURUSD|730=1.1|702=1|703=TQ|704=5|705=0|");
    EXPECT_THAT(listener_.positions, ElementsAre("EURUSD"));
    expect_done(Reason::None, 1);
}

TEST_F(TradingInboxTest, PositionsOfAnEmptyAccountAreComplete) {
    (void)ask(QueryKind::Positions);
    receive("35=AO|34=2|721=R|710=Q1|727=0|728=2|729=0|1=ACC-1|581=1|");
    expect_done(Reason::None, 0);
}

TEST_F(TradingInboxTest, PositionsThatAreRefusedEndAsRejected) {
    (void)ask(QueryKind::Positions);
    receive("35=AO|34=2|721=R|710=Q1|728=4|729=2|1=ACC-1|581=1|");
    expect_done(Reason::RequestRejected, 0);
    EXPECT_EQ(listener_.done[0].text, "tag 728=4");
}

TEST_F(TradingInboxTest, AccountSummaryEndsWithItsOneReport) {
    EXPECT_EQ(ask(QueryKind::AccountSummary), "909=Q1|1=default:ACC-1|");
    receive("35=BA|34=2|908=C|909=Q1|910=0|15=USD|899=90|900=110.5|901=100|");
    ASSERT_EQ(listener_.summaries.size(), 1U);
    EXPECT_EQ(listener_.summaries[0].equity, core::Decimal::parse("110.5"));
    EXPECT_EQ(listener_.summaries[0].balance, core::Decimal::parse("100"));
    EXPECT_EQ(listener_.summaries[0].margin_free, core::Decimal::parse("90"));
    expect_done(Reason::None, 1);
}

TEST_F(TradingInboxTest, TradesOfATimeRangeEndWithTheLastReportRequested) {
    core::Query query;
    query.kind = QueryKind::Trades;
    query.request_id = 7;
    query.from = kNow - 1h;
    EXPECT_EQ(ask(query), "568=Q1|569=1|263=0|580=1|75=20260105|60=20260105-11:00:00.000|");
    const std::string sides = "|32=5|31=1.1|75=20260105|60=20260105-11:30:00|552=1|54=1|37=V|11=A|";
    receive("35=AQ|34=2|568=Q1|569=1|749=0|750=0|55=EURUSD|");
    receive("35=AE|34=3|571=T1|568=Q1|570=N|55=EURUSD" + sides);
    EXPECT_THAT(listener_.done, IsEmpty());
    receive("35=AE|34=4|571=T2|568=Q1|912=Y|570=N|55=EURUSD" + sides);
    EXPECT_THAT(listener_.trades, ElementsAre("T1", "T2"));
    expect_done(Reason::None, 2);
}

TEST_F(TradingInboxTest, TradesOfOneOrderAreAskedForByItsClOrdID) {
    core::Query query;
    query.kind = QueryKind::Trades;
    query.cl_ord_id = core::ClOrdID::from("A").value();
    EXPECT_EQ(ask(query), "568=Q1|569=1|263=0|11=A|");
}

TEST_F(TradingInboxTest, TradesThatAreRefusedOrNoneEndWithTheAck) {
    (void)ask(QueryKind::Trades);
    receive("35=AQ|34=2|568=Q1|569=0|749=8|750=2|58=no|55=NA|");
    (void)ask(QueryKind::Trades);
    receive("35=AQ|34=3|568=Q2|569=0|748=0|749=0|750=1|55=NA|");
    ASSERT_EQ(listener_.done.size(), 2U);
    EXPECT_EQ(listener_.done[0].reason, Reason::RequestRejected);
    EXPECT_EQ(listener_.done[1].reason, Reason::None);
}

TEST_F(TradingInboxTest, InstrumentsComeInPagesUntilTheLastFragment) {
    EXPECT_EQ(ask(QueryKind::Instruments), "320=Q1|559=4|");
    receive("35=y|34=2|320=Q1|322=R|560=0|393=3|893=N|146=2|55=EURUSD|561=1000|55=GBPUSD|");
    EXPECT_THAT(listener_.done, IsEmpty());
    receive("35=y|34=3|320=Q1|322=R|560=0|393=3|893=Y|146=1|55=USDJPY|");
    EXPECT_THAT(listener_.instruments, ElementsAre("EURUSD", "GBPUSD", "USDJPY"));
    expect_done(Reason::None, 3);
}

TEST_F(TradingInboxTest, OneInstrumentIsAskedForByItsDefinition) {
    core::Query query;
    query.kind = QueryKind::Instruments;
    query.request_id = 7;
    query.symbol = core::Symbol::from("EURUSD").value();
    EXPECT_EQ(ask(query), "320=Q1|321=0|55=EURUSD|");
    receive("35=d|34=2|320=Q1|322=R|323=4|55=EURUSD|561=0.01|");
    EXPECT_THAT(listener_.instruments, ElementsAre("EURUSD"));
    expect_done(Reason::None, 1);
}

TEST_F(TradingInboxTest, TradingSessionStatusEndsItsQuestionAndComesUnaskedToo) {
    receive("35=h|34=2|336=1|340=3|");
    EXPECT_THAT(listener_.request_ids, ElementsAre(0));
    EXPECT_EQ(ask(QueryKind::TradingSessionStatus), "335=Q1|263=0|");
    receive("35=h|34=3|335=Q1|336=1|340=2|");
    EXPECT_THAT(listener_.session_statuses,
                ElementsAre(core::TradSesStatus::Closed, core::TradSesStatus::Open));
    expect_done(Reason::None, 1);
}

TEST_F(TradingInboxTest, RejectOfTheMessageEndsTheQuestionAndIsNotToldAsAnOrdersReject) {
    (void)ask(QueryKind::Positions);
    inbox_.on_session_reject(received_.parse("35=3|34=2|45=11|58=what|"), kStart);
    EXPECT_THAT(listener_.rejects, IsEmpty());
    expect_done(Reason::RequestRejected, 0);
}

TEST_F(TradingInboxTest, BusinessMessageRejectEndsTheQuestionThatItNames) {
    (void)ask(QueryKind::Positions);
    receive("35=j|34=2|372=AN|379=Q1|380=3|");
    expect_done(Reason::RequestRejected, 0);
    EXPECT_EQ(listener_.done[0].text, "unsupported message type");
}

TEST_F(TradingInboxTest, RejectOfAnotherMessageIsToldAndEndsNothing) {
    (void)ask(QueryKind::Positions);
    receive("35=j|34=2|45=10|372=D|380=4|");
    EXPECT_EQ(listener_.rejects.size(), 1U);
    EXPECT_THAT(listener_.done, IsEmpty());
}

TEST_F(TradingInboxTest, MsgSeqNumsFromBeforeASequenceResetEndNothing) {
    (void)ask(QueryKind::Positions);
    inbox_.queries().on_sequence_reset();
    inbox_.on_session_reject(received_.parse("35=3|34=2|45=11|58=what|"), kStart);
    EXPECT_EQ(listener_.rejects.size(), 1U);
    EXPECT_THAT(listener_.done, IsEmpty());
}

TEST_F(TradingInboxTest, QuestionsAreOutOfTimeAtTheirDeadlineAndNotBefore) {
    (void)ask(QueryKind::Positions);
    inbox_.queries().on_tick(kStart + 10s - 1ns);
    EXPECT_THAT(listener_.done, IsEmpty());
    inbox_.queries().on_tick(kStart + 10s);
    expect_done(Reason::OutcomeTimeout, 0);
}

TEST_F(TradingInboxTest, DisconnectEndsEveryQuestion) {
    (void)ask(QueryKind::Positions, 1);
    (void)ask(QueryKind::Trades, 2);
    inbox_.queries().on_disconnected("gone");
    ASSERT_EQ(listener_.done.size(), 2U);
    EXPECT_EQ(listener_.done[1].reason, Reason::OutcomeDisconnected);
    EXPECT_EQ(listener_.done[1].text, "gone");
}

TEST_F(TradingInboxTest, NoMoreThan64QuestionsAreOpen) {
    for (int i = 0; i < 64; ++i) (void)ask(QueryKind::Positions);
    core::Query query;
    query.kind = QueryKind::Positions;
    const auto refused = inbox_.queries().begin(query, {kStart, kNow}, encoder_);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().reason, Reason::TooManyRequests);
}

TEST_F(TradingInboxTest, QuestionThatTheProfileDoesNotOfferIsRefused) {
    const Dialect dialect{Profile{}, "ACC-1"};
    TradingInbox inbox{dialect, listener_, "Q", 10s};
    core::Query query;
    query.kind = QueryKind::Positions;
    const auto refused = inbox.queries().begin(query, {kStart, kNow}, encoder_);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().reason, Reason::NotSupported);
    EXPECT_EQ(inbox.queries().open_count(), 0U);
}

TEST_F(TradingInboxTest, AnswersThatNameNoQuestionAreToldWithoutARequestId) {
    receive("35=AP|34=3|721=R|710=other|728=0|55=EURUSD|730=1.1|702=1|703=TQ|704=5|705=0|");
    EXPECT_THAT(listener_.request_ids, ElementsAre(0));
    EXPECT_THAT(listener_.unsolicited, ElementsAre(true));
    EXPECT_THAT(listener_.done, IsEmpty());
}

TEST_F(TradingInboxTest, AnswersToTheAdaptersOwnQuestionAreNotUnsolicited) {
    (void)ask(QueryKind::Positions, 0);
    receive("35=AP|34=3|721=R|710=Q1|728=0|55=EURUSD|730=1.1|702=1|703=TQ|704=5|705=0|");
    EXPECT_THAT(listener_.request_ids, ElementsAre(0));
    EXPECT_THAT(listener_.unsolicited, ElementsAre(false));
}

TEST_F(TradingInboxTest, UnknownMsgTypeIsAVenueFaultWithItsType) {
    receive("35=ZZ|34=2|58=hello|");
    EXPECT_THAT(listener_.faults, ElementsAre(Reason::MsgTypeUnknown));
    EXPECT_THAT(listener_.fault_texts, ElementsAre(HasSubstr("ZZ")));
}

TEST_F(TradingInboxTest, UnknownTagIsToldOnceForEachMsgTypeAndOtherFaultsEachTime) {
    receive("35=8|34=2|11=A|7001=x" + kPicture);
    receive("35=8|34=3|11=A|7001=y" + kPicture);
    EXPECT_THAT(listener_.faults, ElementsAre(Reason::TagUnknown));
    receive("35=9|34=4|37=V|11=B|41=A|39=0|434=1|7001=x|");
    EXPECT_THAT(listener_.faults, ElementsAre(Reason::TagUnknown, Reason::TagUnknown));
    receive("35=8|34=5|11=A|44=abc" + kPicture);
    receive("35=8|34=6|11=A|44=abc" + kPicture);
    EXPECT_EQ(listener_.faults.size(), 4U);
    EXPECT_EQ(listener_.fault_texts.back(), "tag 44=abc cannot be used");
}

TEST_F(TradingInboxTest, AllocationsAndNewsAreKeptAsNotices) {
    receive("35=AS|34=2|755=AL1|54=1|53=5|");
    receive("35=B|34=3|148=maintenance|");
    EXPECT_THAT(listener_.notices,
                ElementsAre("AllocationReport|755=AL1|54=1|53=5", "News|148=maintenance"));
    EXPECT_THAT(listener_.faults, IsEmpty());
}

TEST_F(TradingInboxTest, ListStatusComesAsARecordAndAReportForEachOrder) {
    receive(
        "35=N|34=2|66=L|429=2|82=1|431=3|83=1|68=2|73=2|11=A|14=0|39=0|151=5|84=0|6=0|"
        "11=B|14=5|39=2|151=0|84=0|6=1.1|");
    EXPECT_THAT(listener_.list_statuses, ElementsAre(core::ListOrderStatus::Executing));
    EXPECT_THAT(listener_.reports, ElementsAre("A", "B"));
    EXPECT_EQ(listener_.raw_reports[1].exec_type, core::ExecType::OrderStatus);
    EXPECT_EQ(listener_.raw_reports[1].ord_status, core::OrdStatus::Filled);
    EXPECT_FALSE(listener_.raw_reports[1].last_qty.has_value());
}

TEST_F(TradingInboxTest, RejectedListRejectsItsOrdersUnlessTheySayOtherwise) {
    receive(
        "35=N|34=2|66=L|429=2|82=1|431=7|83=1|444=no|68=3|73=3|11=A|14=0|39=8|151=0|84=0|6=0|"
        "11=B|11=C|14=0|39=0|151=5|84=0|6=0|");
    EXPECT_THAT(listener_.list_statuses, ElementsAre(core::ListOrderStatus::Reject));
    ASSERT_EQ(listener_.raw_reports.size(), 3U);
    EXPECT_EQ(listener_.raw_reports[0].exec_type, core::ExecType::Rejected);
    EXPECT_EQ(listener_.raw_reports[1].exec_type, core::ExecType::Rejected);
    EXPECT_EQ(listener_.raw_reports[1].ord_status, core::OrdStatus::Rejected);
    EXPECT_EQ(listener_.raw_reports[2].exec_type, core::ExecType::OrderStatus);
}

TEST_F(TradingInboxTest, GroupWhoseCountLiesIsReadAsItIsAndTold) {
    receive("35=N|34=2|66=L|429=2|82=1|431=3|83=1|68=2|73=9|11=A|14=0|39=0|151=5|84=0|6=0|");
    EXPECT_THAT(listener_.reports, ElementsAre("A"));
    EXPECT_THAT(listener_.fault_texts, ElementsAre("tag 73=9 cannot be used"));
}

}  // namespace
}  // namespace broker::dxtrade::fix
