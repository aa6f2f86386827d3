#include "account/reconciliation.hpp"

#include "unit/plugin/account_parts_fixture.hpp"

namespace broker::account {
namespace {

using core::QueryKind;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

class ReconciliationTest : public AccountPartsTest {
protected:
    ReconciliationTest() {
        add_live(ledger_, "A");
        add_live(ledger_, "B");
    }

    void begin(core::EnumSet<QueryKind> offered) {
        part_ = std::make_unique<Reconciliation>(ReconciliationRules{offered, 5s}, ledger_, log_);
        part_->begin(channel_, clock_.monotonic());
    }
    // The venue names the order in a status report.
    void answer(std::string_view name) {
        const auto applied = ledger_.apply(picture(name));
        part_->note(*applied.order);
    }
    void end_mass_status(Reason reason = Reason::None) {
        core::QueryDone done;
        done.kind = QueryKind::MassStatus;
        done.reason = reason;
        done.text = "the venue's words";
        part_->note_mass_status_done(done, channel_, clock_.monotonic());
    }
    void tick(core::Duration later) {
        clock_.advance(later);
        part_->on_tick(channel_, clock_.monotonic());
    }

    const core::EnumSet<QueryKind> kOneByOne{QueryKind::OrderStatus};
    const core::EnumSet<QueryKind> kBoth{QueryKind::OrderStatus, QueryKind::MassStatus};
    const core::EnumSet<QueryKind> kMassAlone{QueryKind::MassStatus};
    core::OrderLedger ledger_{{}};
    std::unique_ptr<Reconciliation> part_;
};

TEST_F(ReconciliationTest, OrdersAreAskedAboutOneByOneWhereThereIsNoMassRequest) {
    begin(kOneByOne);
    EXPECT_THAT(sent_, UnorderedElementsAre("H A", "H B"));
    answer("A");
    EXPECT_TRUE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 1U);
    answer("B");
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 0U);
}

TEST_F(ReconciliationTest, MassStatusThatNamesEveryOrderEndsItWithoutFurtherQuestions) {
    begin(kBoth);
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
    answer("A");
    answer("B");
    EXPECT_TRUE(part_->is_running());  // it may go on to orders that nobody here knows
    end_mass_status();
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 0U);
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
}

TEST_F(ReconciliationTest, OrdersThatMassStatusLeavesOutAreAskedAboutOneByOne) {
    begin(kBoth);
    answer("A");
    end_mass_status();
    EXPECT_THAT(sent_, ElementsAre("ask 2", "H B"));
    EXPECT_TRUE(part_->is_running());
    answer("B");
    EXPECT_FALSE(part_->is_running());
}

TEST_F(ReconciliationTest, OrdersThatMassStatusLeavesOutStayUnansweredWhereTheyCannotBeAskedAbout) {
    begin(kMassAlone);
    answer("A");
    end_mass_status();
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 1U);
}

TEST_F(ReconciliationTest, RefusedMassStatusIsLoggedAndEveryOrderIsAskedAbout) {
    begin(kBoth);
    end_mass_status(Reason::RequestRejected);
    EXPECT_THAT(last_log(), HasSubstr("REQUEST_REJECTED text=\"the venue's words\""));
    EXPECT_THAT(sent_, UnorderedElementsAre("ask 2", "H A", "H B"));
    EXPECT_TRUE(part_->is_running());
}

TEST_F(ReconciliationTest, MassStatusWithoutAnswerGivesWayToQuestionsOneByOne) {
    begin(kBoth);
    answer("A");
    tick(5s - 1ns);
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
    tick(1ns);
    EXPECT_THAT(sent_, ElementsAre("ask 2", "H B"));
    EXPECT_THAT(last_log(), HasSubstr("OUTCOME_TIMEOUT"));
    EXPECT_TRUE(part_->is_running());
    end_mass_status();  // the channel gives it up later: nothing is asked again
    EXPECT_THAT(sent_, ElementsAre("ask 2", "H B"));
    answer("B");
    EXPECT_FALSE(part_->is_running());
}

TEST_F(ReconciliationTest, RefusedQuestionIsNotWaitedForAndItsOrderStaysUnanswered) {
    begin(kOneByOne);  // MsgSeqNums 2 and 3
    EXPECT_TRUE(part_->apply({Reason::RejectedByApplication, 2, "H", "not offered", {}}));
    EXPECT_THAT(last_log(), HasSubstr("text=\"not offered\""));
    EXPECT_TRUE(part_->is_running());
    EXPECT_TRUE(part_->apply({Reason::RejectedByApplication, 3, "H", "not offered", {}}));
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 2U);
}

TEST_F(ReconciliationTest, RejectOfAnotherMessageIsNotItsOwn) {
    begin(kOneByOne);
    EXPECT_FALSE(part_->apply({Reason::RejectedBySession, 2, "D", "an order", {}}));
    EXPECT_FALSE(part_->apply({Reason::RejectedBySession, 9, "H", "another", {}}));
    EXPECT_TRUE(part_->is_running());
}

TEST_F(ReconciliationTest, SilenceEndsItAtTheDeadlineAndNotBefore) {
    begin(kOneByOne);
    answer("A");
    tick(5s - 1ns);
    EXPECT_TRUE(part_->is_running());
    tick(1ns);
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 1U);
}

TEST_F(ReconciliationTest, SilenceOfAVenueWithBothQuestionsEndsItAfterBothDeadlines) {
    begin(kBoth);
    tick(5s);
    EXPECT_TRUE(part_->is_running());
    tick(5s);
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 2U);
}

TEST_F(ReconciliationTest, NothingIsAskedWhereTheVenueAnswersNothing) {
    begin({});
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 2U);
    part_->ask_for_status(id("A"), channel_);
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(ReconciliationTest, MassRequestThatThePeerDidNotTakeGivesWayToQuestionsOneByOne) {
    channel_.is_broken = true;
    begin(kMassAlone);
    EXPECT_FALSE(part_->is_running());
    EXPECT_THAT(last_log(), HasSubstr("mass-status-request account=ACC-1"));
    begin(kBoth);
    EXPECT_THAT(last_log(), HasSubstr("status-request account=ACC-1 ClOrdID="));
    EXPECT_TRUE(part_->is_running());  // until the deadline: the orders have not been checked
    tick(5s);
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 2U);
}

TEST_F(ReconciliationTest, MassAnswerThatComesAfterTheSessionEndedBeginsNothing) {
    begin(kBoth);
    part_->cancel();
    end_mass_status(Reason::OutcomeDisconnected);
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
    EXPECT_FALSE(part_->is_running());
    EXPECT_EQ(part_->unanswered(), 0U);
}

TEST_F(ReconciliationTest, AnswersAboutOrdersThatWereNotAskedAboutChangeNothing) {
    begin(kOneByOne);
    add_live(ledger_, "C");
    answer("C");
    EXPECT_EQ(part_->unanswered(), 2U);
    EXPECT_TRUE(part_->is_running());
}

TEST_F(ReconciliationTest, OneOrderIsAskedAboutAtAnyTimeAndAnUnknownOneNever) {
    begin(kOneByOne);
    sent_.clear();
    part_->ask_for_status(id("A"), channel_);
    part_->ask_for_status(id("nobody"), channel_);
    EXPECT_THAT(sent_, ElementsAre("H A"));
}

TEST_F(ReconciliationTest, WithoutLiveOrdersTheMassRequestStillLooksForThoseOfOthers) {
    core::OrderLedger empty{{}};
    Reconciliation part{{kBoth, 5s}, empty, log_};
    part.begin(channel_, clock_.monotonic());
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
    EXPECT_TRUE(part.is_running());
    Reconciliation one_by_one{{kOneByOne, 5s}, empty, log_};
    one_by_one.begin(channel_, clock_.monotonic());
    EXPECT_FALSE(one_by_one.is_running());
}

}  // namespace
}  // namespace broker::account
