#include "account/host_queries.hpp"

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

class HostQueriesTest : public AccountPartsTest {
protected:
    HostQueriesTest() {
        add_live(ledger_, "A");
        add_live(ledger_, "B");
        add_live(ledger_, "X", "GBPUSD");
        offer({QueryKind::OrderStatus, QueryKind::Positions});
    }

    void offer(core::EnumSet<QueryKind> kinds) {
        route_.offered = kinds;
        queries_ = std::make_unique<HostQueries>(10s, events_, ledger_);
    }
    [[nodiscard]] core::Result<void> ask(QueryKind kind, std::uint64_t request_id,
                                         std::string_view order = {},
                                         std::string_view symbol = {}) {
        core::Query query;
        query.kind = kind;
        query.request_id = request_id;
        query.cl_ord_id = id(order);
        query.symbol = core::Symbol::from(symbol).value();
        return queries_->ask(query, route_, clock_.monotonic());
    }
    // The venue has accepted a replace: the order's id in force is `name`.
    void replace(std::string_view orig, std::string_view name) {
        core::ReplaceOrder request;
        request.cl_ord_id = id(name);
        request.orig_cl_ord_id = id(orig);
        ASSERT_TRUE(ledger_.add(request, clock_.monotonic()).has_value());
        ledger_.sent(request.cl_ord_id, 5, clock_.monotonic(), clock_.monotonic());
        core::ExecutionReport replaced =
            report(name, core::ExecType::Replaced, core::OrdStatus::New);
        const std::string order_id = "V-" + std::string{orig};
        replaced.order_id = order_id;
        ASSERT_EQ(ledger_.apply(replaced).order->cl_ord_id, id(name));
    }
    // A status report about the order comes; the questions that it answers.
    std::vector<std::uint64_t> answer(std::string_view name) {
        std::vector<std::uint64_t> request_ids;
        queries_->note(*ledger_.find(id(name)), core::Channel::FixTrading, request_ids);
        queries_->end_complete();
        return request_ids;
    }

    core::OrderLedger ledger_{{}};
    QueryRoute route_{&channel_, core::Channel::FixTrading, {}};
    std::unique_ptr<HostQueries> queries_;
};

TEST_F(HostQueriesTest, QuestionAboutAnOrderEndsWithItsAnswer) {
    ASSERT_TRUE(ask(QueryKind::OrderStatus, 7, "A"));
    EXPECT_THAT(sent_, ElementsAre("H A"));
    EXPECT_THAT(answer("B"), IsEmpty());
    EXPECT_THAT(events_.lines, IsEmpty());
    EXPECT_THAT(answer("A"), ElementsAre(7));
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=1 NONE"));
    EXPECT_THAT(answer("A"), IsEmpty());
}

TEST_F(HostQueriesTest, MassQuestionAsksOrderByOrderWhereTheVenueHasNoMassRequest) {
    ASSERT_TRUE(ask(QueryKind::MassStatus, 7));
    EXPECT_THAT(sent_, UnorderedElementsAre("H A", "H B", "H X"));
    (void)answer("A");
    (void)answer("X");
    EXPECT_THAT(events_.lines, IsEmpty());
    (void)answer("B");
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=3 NONE"));
}

TEST_F(HostQueriesTest, MassQuestionAboutASymbolAsksAboutItsOrdersAlone) {
    ASSERT_TRUE(ask(QueryKind::MassStatus, 7, {}, "GBPUSD"));
    EXPECT_THAT(sent_, ElementsAre("H X"));
}

TEST_F(HostQueriesTest, MassQuestionWithoutLiveOrdersIsCompleteAtOnce) {
    ASSERT_TRUE(ask(QueryKind::MassStatus, 7, {}, "USDJPY"));
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 NONE"));
}

TEST_F(HostQueriesTest, MassQuestionGoesToTheChannelWhereTheVenueHasIt) {
    offer({QueryKind::OrderStatus, QueryKind::MassStatus});
    ASSERT_TRUE(ask(QueryKind::MassStatus, 7));
    EXPECT_THAT(sent_, ElementsAre("ask 2"));
    EXPECT_THAT(answer("A"), IsEmpty());
    EXPECT_THAT(events_.lines, IsEmpty());  // the channel ends it
}

TEST_F(HostQueriesTest, OtherQuestionsAreTheChannels) {
    ASSERT_TRUE(ask(QueryKind::Positions, 7));
    EXPECT_THAT(sent_, ElementsAre("ask 3"));
}

TEST_F(HostQueriesTest, TradesOfAnOrderAreAskedForByItsIdInForce) {
    replace("A", "A2");
    ASSERT_TRUE(ask(QueryKind::Trades, 7, "A"));
    ASSERT_TRUE(ask(QueryKind::Trades, 8, "of another session"));
    ASSERT_TRUE(ask(QueryKind::Trades, 9));
    EXPECT_THAT(sent_, ElementsAre("ask 5 A2", "ask 5 of another session", "ask 5"));
}

TEST_F(HostQueriesTest, QuestionAboutAnOrderNobodyKnowsIsRefusedAndNothingIsSent) {
    const auto asked = ask(QueryKind::OrderStatus, 7, "nobody");
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().reason, Reason::OrderUnknown);
    EXPECT_THAT(asked.error().detail, HasSubstr("ClOrdID=nobody"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(HostQueriesTest, OneAnswerServesEveryQuestionAboutItsOrder) {
    ASSERT_TRUE(ask(QueryKind::OrderStatus, 7, "A"));
    ASSERT_TRUE(ask(QueryKind::OrderStatus, 8, "A"));
    ASSERT_TRUE(ask(QueryKind::MassStatus, 9));
    EXPECT_THAT(answer("A"), ElementsAre(7, 8, 9));
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=1 NONE", "done 8 count=1 NONE"));
    (void)answer("B");
    EXPECT_THAT(answer("X"), ElementsAre(9));
    EXPECT_THAT(events_.take(), ElementsAre("done 9 count=3 NONE"));
}

TEST_F(HostQueriesTest, QuestionFollowsItsOrderThroughAReplace) {
    ASSERT_TRUE(ask(QueryKind::OrderStatus, 7, "A"));
    replace("A", "A2");
    EXPECT_THAT(answer("A2"), ElementsAre(7));
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=1 NONE"));
}

TEST_F(HostQueriesTest, QuestionIsOutOfTimeAtItsDeadlineAndNotBefore) {
    ASSERT_TRUE(ask(QueryKind::MassStatus, 7));
    (void)answer("A");
    clock_.advance(10s - 1ns);
    queries_->on_tick(clock_.monotonic());
    EXPECT_THAT(events_.lines, IsEmpty());
    clock_.advance(1ns);
    queries_->on_tick(clock_.monotonic());
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=1 OUTCOME_TIMEOUT"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("2 orders"));
    EXPECT_THAT(answer("B"), IsEmpty());
}

TEST_F(HostQueriesTest, DisconnectEndsEveryQuestionOnce) {
    ASSERT_TRUE(ask(QueryKind::OrderStatus, 7, "A"));
    ASSERT_TRUE(ask(QueryKind::MassStatus, 8));
    queries_->disconnected(core::Channel::FixTrading);
    EXPECT_THAT(events_.take(), ElementsAre("done 7 count=0 OUTCOME_DISCONNECTED",
                                            "done 8 count=0 OUTCOME_DISCONNECTED"));
    queries_->disconnected(core::Channel::FixTrading);
    EXPECT_THAT(answer("A"), IsEmpty());
    EXPECT_THAT(events_.lines, IsEmpty());
}

TEST_F(HostQueriesTest, QuestionIsRefusedWhenThePeerIsGone) {
    channel_.is_broken = true;
    const auto asked = ask(QueryKind::OrderStatus, 7, "A");
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().reason, Reason::WriteQueueFull);
    EXPECT_FALSE(ask(QueryKind::Positions, 8));
    EXPECT_THAT(answer("A"), IsEmpty());
    queries_->disconnected(core::Channel::FixTrading);
    EXPECT_THAT(events_.lines, IsEmpty());  // whoever asked tells of the refusal
}

TEST_F(HostQueriesTest, MassQuestionThatThePeerTookInPartIsNotOpen) {
    channel_.takes = 1;
    EXPECT_FALSE(ask(QueryKind::MassStatus, 7));
    EXPECT_EQ(sent_.size(), 1U);
    EXPECT_THAT(answer("A"), IsEmpty());
    EXPECT_THAT(answer("B"), IsEmpty());
    EXPECT_THAT(events_.lines, IsEmpty());
}

TEST_F(HostQueriesTest, RefusedMessageEndsItsQuestionWithThePeersWords) {
    ASSERT_TRUE(ask(QueryKind::OrderStatus, 7, "A"));  // MsgSeqNum 2
    ASSERT_TRUE(ask(QueryKind::MassStatus, 8));        // 3 to 5
    core::MessageReject reject{Reason::RejectedByApplication, 4, "H", "not offered", {}};
    EXPECT_TRUE(queries_->apply(reject));
    EXPECT_THAT(events_.take(), ElementsAre("done 8 count=0 REQUEST_REJECTED"));
    EXPECT_EQ(events_.texts.back(), "not offered");
    EXPECT_FALSE(queries_->apply(reject));
    EXPECT_THAT(answer("A"), ElementsAre(7));
}

TEST_F(HostQueriesTest, RejectOfAnotherMessageEndsNothing) {
    ASSERT_TRUE(ask(QueryKind::OrderStatus, 7, "A"));  // MsgSeqNum 2
    EXPECT_FALSE(queries_->apply({Reason::RejectedBySession, 2, "D", "other numbers", {}}));
    EXPECT_FALSE(queries_->apply({Reason::RejectedBySession, 0, "H", "no number", {}}));
    EXPECT_FALSE(queries_->apply({Reason::RejectedBySession, 3, "H", "another", {}}));
    EXPECT_THAT(events_.lines, IsEmpty());
}

TEST_F(HostQueriesTest, NoMoreQuestionsAboutOrdersAreOpenThanTheirLimit) {
    for (std::size_t i = 0; i < HostQueries::kMaxOpen; ++i) {
        ASSERT_TRUE(ask(QueryKind::OrderStatus, i + 1, "A"));
    }
    const auto asked = ask(QueryKind::OrderStatus, 99, "A");
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().reason, Reason::TooManyRequests);
    EXPECT_EQ(answer("A").size(), HostQueries::kMaxOpen);
    EXPECT_TRUE(ask(QueryKind::OrderStatus, 99, "A"));
}

}  // namespace
}  // namespace broker::account
