#include "account/change_doubts.hpp"

#include "unit/plugin/account_parts_fixture.hpp"

namespace broker::account {
namespace {

using core::OrdStatus;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

class ChangeDoubtsTest : public AccountPartsTest {
protected:
    ChangeDoubtsTest() { add_live(ledger_, "A"); }

    void cancel(std::string_view name, std::string_view orig) {
        core::CancelOrder request;
        request.cl_ord_id = id(name);
        request.orig_cl_ord_id = id(orig);
        ASSERT_TRUE(ledger_.add(request, clock_.monotonic()).has_value());
        ledger_.sent(request.cl_ord_id, ++number_, clock_.monotonic(), clock_.monotonic());
    }
    // From the price 1.1.
    void replace(std::string_view name, std::string_view orig, std::string_view price) {
        core::ReplaceOrder request;
        request.cl_ord_id = id(name);
        request.orig_cl_ord_id = id(orig);
        request.price = core::Decimal::parse(price).value();
        ASSERT_TRUE(ledger_.add(request, clock_.monotonic()).has_value());
        ledger_.sent(request.cl_ord_id, ++number_, clock_.monotonic(), clock_.monotonic());
    }
    void lose_session() {
        ledger_.disconnected([](const core::Order&, const core::Request&) {});
        part_.begin_anew();
    }
    // The orders that are asked about.
    std::vector<std::string> tick(core::Duration later) {
        clock_.advance(later);
        std::vector<std::string> asked;
        part_.on_tick(clock_.monotonic(),
                      [&](const core::ClOrdID& order) { asked.emplace_back(order.view()); });
        return asked;
    }
    // The changes that the answer shows to be without effect.
    std::vector<std::string> answer(std::string_view name, OrdStatus status = OrdStatus::New,
                                    bool is_poss_dup = false, std::string_view price = {}) {
        core::ExecutionReport shown = report(name, core::ExecType::OrderStatus, status);
        if (!price.empty()) shown.price = core::Decimal::parse(price).value();
        shown.is_poss_dup = is_poss_dup;
        const auto applied = ledger_.apply(shown);
        std::vector<std::string> changes;
        for (const core::ClOrdID& change : part_.note(shown, *applied.order))
            changes.emplace_back(change.view());
        return changes;
    }

    static constexpr core::Duration kGrace = 10s;
    core::OrderLedger ledger_{{}};
    ChangeDoubts part_{kGrace, ledger_};
    core::MsgSeqNum number_ = 10;
};

TEST_F(ChangeDoubtsTest, TwoAnswersAGraceApartShowThatACancelHadNoEffect) {
    cancel("C", "A");
    lose_session();
    EXPECT_THAT(tick(0s), IsEmpty());
    EXPECT_THAT(tick(kGrace - 1ns), IsEmpty());
    EXPECT_THAT(tick(1ns), ElementsAre("A"));
    EXPECT_THAT(answer("A"), IsEmpty());
    EXPECT_THAT(tick(kGrace - 1ns), IsEmpty());
    EXPECT_THAT(tick(1ns), ElementsAre("A"));
    EXPECT_THAT(answer("A", OrdStatus::PartiallyFilled), ElementsAre("C"));
}

TEST_F(ChangeDoubtsTest, TwoAnswersWithTheOldTermsShowThatAReplaceHadNoEffect) {
    replace("R", "A", "1.2");
    lose_session();
    (void)tick(0s);
    EXPECT_THAT(tick(kGrace), ElementsAre("A"));
    EXPECT_THAT(answer("A", OrdStatus::New, false, "1.1"), IsEmpty());
    EXPECT_THAT(tick(kGrace), ElementsAre("A"));
    EXPECT_THAT(answer("A", OrdStatus::New, false, "1.1"), ElementsAre("R"));
}

TEST_F(ChangeDoubtsTest, AnswersWithoutTermsSayNothingOfAReplace) {
    replace("R", "A", "1.2");
    lose_session();
    (void)tick(0s);
    for (int i = 0; i < 4; ++i) {
        EXPECT_THAT(tick(kGrace), ElementsAre("A"));
        EXPECT_THAT(answer("A"), IsEmpty());
    }
}

TEST_F(ChangeDoubtsTest, AReplaceWhoseTermsAnAnswerShowsIsInForceAndInDoubtNoLonger) {
    replace("R", "A", "1.2");
    lose_session();
    (void)tick(0s);
    (void)tick(kGrace);
    EXPECT_THAT(answer("A", OrdStatus::New, false, "1.1"), IsEmpty());
    (void)tick(kGrace);
    EXPECT_THAT(answer("A", OrdStatus::New, false, "1.2"), IsEmpty());
    EXPECT_THAT(tick(kGrace), IsEmpty());
    EXPECT_EQ(ledger_.find_request(id("R"))->certainty, core::Certainty::Acknowledged);
}

TEST_F(ChangeDoubtsTest, AnswersThatNobodyAskedForCountForNothing) {
    cancel("C", "A");
    lose_session();
    EXPECT_THAT(tick(0s), IsEmpty());
    EXPECT_THAT(answer("A"), IsEmpty()) << "before the grace is over";
    EXPECT_THAT(tick(kGrace), ElementsAre("A"));
    EXPECT_THAT(answer("A"), IsEmpty());
    EXPECT_THAT(answer("A"), IsEmpty()) << "the second answer to one question";
}

TEST_F(ChangeDoubtsTest, AnAnswerThatShowsItPendingBeginsAnew) {
    cancel("C", "A");
    lose_session();
    (void)tick(0s);
    (void)tick(kGrace);
    EXPECT_THAT(answer("A"), IsEmpty());
    (void)tick(kGrace);
    EXPECT_THAT(answer("A", OrdStatus::PendingCancel), IsEmpty());
    (void)tick(kGrace);
    EXPECT_THAT(answer("A"), IsEmpty());
    (void)tick(kGrace);
    EXPECT_THAT(answer("A"), ElementsAre("C"));
}

TEST_F(ChangeDoubtsTest, ARepeatedAnswerIsOfTheTimeBeforeAndTheQuestionIsAskedAgain) {
    cancel("C", "A");
    lose_session();
    (void)tick(0s);
    (void)tick(kGrace);
    EXPECT_THAT(answer("A"), IsEmpty());
    (void)tick(kGrace);
    EXPECT_THAT(answer("A", OrdStatus::New, true), IsEmpty());
    EXPECT_THAT(tick(kGrace), ElementsAre("A"));
    EXPECT_THAT(answer("A"), ElementsAre("C"));
}

TEST_F(ChangeDoubtsTest, ANewSessionBeginsAnew) {
    cancel("C", "A");
    lose_session();
    (void)tick(0s);
    (void)tick(kGrace);
    EXPECT_THAT(answer("A"), IsEmpty());
    part_.begin_anew();
    EXPECT_THAT(tick(kGrace), IsEmpty());
    EXPECT_THAT(tick(kGrace), ElementsAre("A"));
    EXPECT_THAT(answer("A"), IsEmpty());
}

TEST_F(ChangeDoubtsTest, AnOrderWithSeveralChangesInDoubtIsAskedAboutOnce) {
    add_live(ledger_, "B");
    cancel("C1", "A");
    cancel("C2", "A");
    cancel("C3", "B");
    lose_session();
    (void)tick(0s);
    EXPECT_THAT(tick(kGrace), UnorderedElementsAre("A", "B"));
    (void)answer("A");
    (void)tick(kGrace);
    EXPECT_THAT(answer("A"), UnorderedElementsAre("C1", "C2"));
    EXPECT_THAT(answer("B"), IsEmpty());
}

TEST_F(ChangeDoubtsTest, WhatIsSettledMeanwhileIsNotAskedAbout) {
    cancel("C", "A");
    lose_session();
    (void)tick(0s);
    (void)ledger_.apply(report("C", core::ExecType::Canceled, OrdStatus::Canceled));
    EXPECT_THAT(tick(kGrace), IsEmpty());
    add_live(ledger_, "B");
    cancel("unanswered", "B");
    (void)tick(0s);
    EXPECT_THAT(tick(kGrace), IsEmpty()) << "not in doubt: its answer may still come";
}

}  // namespace
}  // namespace broker::account
