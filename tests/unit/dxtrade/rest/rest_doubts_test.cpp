#include <algorithm>

#include "orders_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;
using core::Certainty;
using core::OrdStatus;
using core::Reason;

class RestDoubtTest : public RestOrdersTest, public ::testing::WithParamInterface<Scripted> {};

TEST_P(RestDoubtTest, IsInDoubtAndSettledByTheHistory) {
    log_on();
    history_ = order_json("A", "WORKING");
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(transport().answer(kPost, GetParam()));
    EXPECT_EQ(listener_.orders[1].rfind("A in doubt OUTCOME_", 0), 0U);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(order("A").status, OrdStatus::New);
    EXPECT_EQ(transport().count(kPost), 1U);
}

TEST_P(RestDoubtTest, SendsTheIdenticalRequestOnceMoreAndKnowsItArrivedBy409) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    const std::string first = transport().last(kPost)->body;
    ASSERT_TRUE(transport().answer(kPost, GetParam()));
    ASSERT_EQ(transport().count(kPost), 2U);
    EXPECT_EQ(transport().last(kPost)->body, first);
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    history_ = order_json("A", "WORKING");
    ASSERT_TRUE(transport().answer(kPost, refused(409, "100")));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    pass(20s);
    EXPECT_EQ(transport().count(kPost), 2U);
}

INSTANTIATE_TEST_SUITE_P(Answers, RestDoubtTest,
                         ::testing::Values(failed(Reason::HttpTimeout, true),
                                           failed(Reason::ConnectionLost, true),
                                           failed(Reason::ConnectionClosedByPeer, true),
                                           failed(Reason::HttpResponseMalformed, true),
                                           answered(500), answered(503),
                                           answered(200, "not JSON")));

TEST_F(RestOrdersTest, DoesNotSendAnOrderAgainThatIsPastItsTimeToLive) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    pass(5s);
    ASSERT_TRUE(transport().answer(kPost, failed(Reason::HttpTimeout, true)));
    pass(30s);
    EXPECT_EQ(transport().count(kPost), 1U);
}

TEST_F(RestOrdersTest, TakesAbsenceAsProofOnlyAfterTheGrace) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    pass(5s);
    ASSERT_TRUE(transport().answer(kPost, failed(Reason::HttpTimeout, true)));
    pass(4s);
    EXPECT_GT(transport().count("history"), 1U);
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    pass(2s);
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(order("A").status, OrdStatus::Rejected);
}

TEST_F(RestOrdersTest, NeverTakesAbsenceAsProofWhenTheHistoryCannotBeRead) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    pass(5s);
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target.find("history") != std::string::npos) {
            return answered(200, R"({"orders":"none"})");
        }
        return usual(request);
    };
    ASSERT_TRUE(transport().answer(kPost, failed(Reason::HttpTimeout, true)));
    pass(60s);
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
}

TEST_F(RestOrdersTest, TakesARefusalOfTheRepeatedRequestAsNoProofAboutTheFirst) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(transport().answer(kPost, failed(Reason::HttpTimeout, true)));
    ASSERT_TRUE(transport().answer(kPost, refused(409, "301")));
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    history_ = order_json("A", "WORKING");
    pass(2s);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
}

TEST_F(RestOrdersTest, TakesA409OfAFirstRequestAsDoubtAndNeverSendsItAgain) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(transport().answer(kPost, refused(409, "100")));
    pass(60s);
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
    EXPECT_EQ(transport().count(kPost), 1U);
}

// ---- what an earlier process has left in doubt

class RestResumeTest : public RestOrdersTest {
protected:
    // The ledger of the process before knows the order; this channel has never seen it.
    void recover(std::string_view id) {
        const core::NewOrder order = limit_order(id);
        (void)ledger_.add(order, core::MonotonicTime::max());
        (void)ledger_.doubt(order.cl_ord_id, Reason::OutcomeDisconnected);
    }
    void recover_replace(std::string_view id, std::string_view of, std::string_view price) {
        core::ReplaceOrder request;
        request.cl_ord_id = core::ClOrdID::from(id).value();
        request.orig_cl_ord_id = core::ClOrdID::from(of).value();
        request.price = core::Decimal::parse(price).value();
        (void)ledger_.add(request, core::MonotonicTime::max());
        (void)ledger_.doubt(request.cl_ord_id, Reason::OutcomeDisconnected);
    }
    void resume(std::string_view id, bool has_arrived = false) {
        const auto cl_ord_id = core::ClOrdID::from(id).value();
        channel().resume(order(id), *ledger_.find_request(cl_ord_id), has_arrived);
    }
};

TEST_F(RestResumeTest, OrderThatTheHistoryShowsIsAcknowledged) {
    recover("A");
    log_on();
    history_ = order_json("A", "WORKING");
    resume("A");
    EXPECT_TRUE(listener_.orders.empty()) << "nobody is told from inside the call";
    pass(200ms);
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(order("A").status, OrdStatus::New);
    EXPECT_EQ(transport().count(kPost), 0U);
}

TEST_F(RestResumeTest, FillOfHoursAgoIsToldOfAnOrderThatLivedOnWithoutAProcess) {
    recover("A");
    std::string filled = order_json("A", "COMPLETED", "1.1", "1000");
    filled.insert(
        filled.size() - 1,
        R"(,"executions":[{"executionCode":"E1","status":"COMPLETED","lastQuantity":1000,)"
        R"("lastPrice":1.1,"filledQuantity":1000,"remainingQuantity":0,)"
        R"("transactionTime":"2026-01-05T12:00:01Z"}])");
    history_ = filled;
    clock_.advance(2h);
    channel().expect(order("A"));
    log_on();
    pass(10s);
    EXPECT_EQ(std::count(listener_.orders.begin(), listener_.orders.end(), "A report Trade"), 1);
    EXPECT_EQ(order("A").status, OrdStatus::Filled);
    EXPECT_EQ(order("A").cum_qty, core::Decimal::parse("1000").value());
}

TEST_F(RestResumeTest, OrderThatTheHistoryLacksIsRejectedAfterTheGraceAndNeverSentAgain) {
    recover("A");
    log_on();
    resume("A");
    pass(4s);
    EXPECT_GT(transport().count("history"), 1U);
    EXPECT_EQ(certainty("A"), Certainty::Unknown) << "the last of it may still arrive";
    pass(2s);
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(transport().count(kPost), 0U);
}

TEST_F(RestResumeTest, OrderOfAListOfWhichTheVenueHasShownOneIsNotAbsent) {
    recover("A");
    log_on();
    resume("A", true);
    pass(60s);
    EXPECT_EQ(certainty("A"), Certainty::Unknown);
}

TEST_F(RestResumeTest, ReplaceWhoseTermsTheHistoryShowsIsInForce) {
    log_on();
    place("A");
    history_ = order_json("A", "WORKING", "1.2");
    recover_replace("R", "A", "1.2");
    resume("R");
    pass(200ms);
    EXPECT_EQ(certainty("R"), Certainty::Acknowledged);
    EXPECT_EQ(order("A").cl_ord_id.view(), "R");
}

TEST_F(RestResumeTest, ReplaceOfAnOrderThatWorksOnAfterTheGraceIsRejected) {
    log_on();
    place("A");
    history_ = order_json("A", "WORKING", "1.1");
    recover_replace("R", "A", "1.2");
    resume("R");
    pass(4s);
    EXPECT_EQ(certainty("R"), Certainty::Unknown);
    pass(3s);
    EXPECT_EQ(certainty("R"), Certainty::Rejected);
}

TEST_F(RestResumeTest, WhatIsUnderWayAlreadyIsNotTakenUpAgain) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    resume("A");
    pass(7s);
    EXPECT_EQ(transport().count("history"), 0U);
    EXPECT_NE(certainty("A"), Certainty::Rejected);
    ASSERT_TRUE(transport().answer(kPost, failed(Reason::HttpTimeout, true)));
    const std::size_t asked = transport().count("history");
    resume("A");
    transport().run();
    EXPECT_EQ(transport().count("history"), asked);
}

// ---- groups and the end

TEST_F(RestOrdersTest, SaysNothingMoreOnceItIsStopped) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    channel().stop("over", [] {});
    transport().run();
    listener_.orders.clear();
    ASSERT_TRUE(transport().answer(kPost, answered(200, std::string{kTaken})));
    EXPECT_TRUE(listener_.orders.empty());
}

class RestGroupTest : public RestOrdersTest {
protected:
    core::NewOrderList bracket() const {
        core::NewOrderList list;
        list.list_id = core::ListID::from("L").value();
        list.contingency = core::Contingency::Bracket;
        list.order_count = 3;
        list.orders[0] = limit_order("L1");
        for (std::size_t i = 1; i < 3; ++i) {
            core::NewOrder& child = list.orders[i];
            child = limit_order("L" + std::to_string(i + 1));
            child.side = core::Side::Sell;
            child.position_effect = core::PositionEffect::Close;
        }
        list.orders[1].ord_type = core::OrdType::Stop;
        list.orders[1].stop_px = core::Decimal::parse("1.0").value();
        list.orders[1].price.reset();
        list.orders[2].price = core::Decimal::parse("1.5").value();
        return list;
    }
    void send_bracket() {
        const core::NewOrderList list = bracket();
        ASSERT_TRUE(ledger_.add(list, core::MonotonicTime::max()));
        const auto sent = channel().send(list);
        ASSERT_TRUE(sent) << sent.error().detail;
        ledger_.list_sent(list.list_id, sent->msg_seq_num, sent->journaled, sent->written);
    }
    // As after a restart: the ledger knows the group, the channel does not.
    void resume_bracket() {
        const core::NewOrderList list = bracket();
        ASSERT_TRUE(ledger_.add(list, core::MonotonicTime::max()));
        for (const core::NewOrder& each : list.members()) {
            const core::ClOrdID& id = each.cl_ord_id;
            (void)ledger_.doubt(id, Reason::OutcomeDisconnected);
            channel().resume(order(id.view()), *ledger_.find_request(id), false);
        }
    }
};

TEST_F(RestGroupTest, SendsAGroupInOneRequestAndAcknowledgesEachOrder) {
    log_on();
    send_bracket();
    EXPECT_EQ(transport().count(kPost), 1U);
    ASSERT_TRUE(transport().answer(
        kPost, answered(200, R"({"orderResponses":[{"orderId":1},{"orderId":2},{"orderId":3}]})")));
    EXPECT_EQ(certainty("L1"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("L3"), Certainty::Acknowledged);
    EXPECT_EQ(order("L3").order_id.view(), "3");
}

TEST_F(RestGroupTest, OfAnEarlierProcessIsInForceAsAWholeOnceTheHistoryShowsOneOfIt) {
    log_on();
    resume_bracket();
    history_ = order_json("L1", "WORKING");
    pass(30s);
    EXPECT_EQ(certainty("L1"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("L2"), Certainty::Unknown) << "it may wait under another id";
    EXPECT_EQ(certainty("L3"), Certainty::Unknown);
}

TEST_F(RestGroupTest, OfAnEarlierProcessIsAbsentAsAWhole) {
    log_on();
    resume_bracket();
    pass(7s);
    for (const std::string_view id : {"L1", "L2", "L3"}) {
        EXPECT_EQ(certainty(id), Certainty::Rejected);
    }
}

TEST_F(RestGroupTest, HoldsTheOrdersInDoubtThatTheAnswerLeavesOut) {
    log_on();
    send_bracket();
    ASSERT_TRUE(transport().answer(kPost, answered(200, R"({"orderResponses":[{"orderId":1}]})")));
    EXPECT_EQ(certainty("L1"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("L2"), Certainty::Unknown);
    EXPECT_EQ(certainty("L3"), Certainty::Unknown);
    EXPECT_EQ(transport().count(kPost), 1U);
    // The venue may show waiting members under other ids: absence proves nothing.
    pass(60s);
    EXPECT_EQ(certainty("L3"), Certainty::Unknown);
    EXPECT_EQ(transport().count(kPost), 1U);
}

TEST_F(RestGroupTest, RestatesTheWholeGroupInAReplaceOfAMember) {
    log_on();
    send_bracket();
    ASSERT_TRUE(transport().answer(kPost, answered(200)));
    ASSERT_TRUE(replace("R", "L3", "1.6"));
    const std::string body = transport().last(kPut)->body;
    for (const std::string_view code : {"\"L1\"", "\"L2\"", "\"L3\"", "1.6"}) {
        EXPECT_NE(body.find(code), std::string::npos) << code << " in " << body;
    }
    ASSERT_TRUE(transport().answer(
        kPut, answered(200, R"({"orderResponses":[{"orderId":1},{"orderId":2},{"orderId":3}]})")));
    EXPECT_TRUE(heard("R report PendingReplace"));
    EXPECT_EQ(order("L3").order_id.view(), "3");
}

TEST_F(RestGroupTest, CancelsAListInOneRequestWhereTheProfileHasIt) {
    profile_.order_lists.can_cancel_list = true;
    log_on();
    send_bracket();
    ASSERT_TRUE(transport().answer(kPost, answered(200)));
    core::CancelOrderList request;
    request.list_id = core::ListID::from("L").value();
    request.cl_ord_id_prefix = core::FixedString<48>::from("X-").value();
    ASSERT_TRUE(ledger_.add(request, core::MonotonicTime::max()));
    const auto sent = channel().send(request);
    ASSERT_TRUE(sent) << sent.error().detail;
    ledger_.list_sent(request.list_id, sent->msg_seq_num, sent->journaled, sent->written);
    ASSERT_NE(transport().last(kDelete), nullptr);
    EXPECT_NE(transport().last(kDelete)->target.find("order-codes=L1,L2,L3"), std::string::npos);
    ASSERT_TRUE(transport().answer(kDelete, answered(200)));
    for (const std::string_view id : {"X-1", "X-2", "X-3"}) {
        EXPECT_EQ(certainty(id), Certainty::Acknowledged) << id;
    }
}

TEST_F(RestGroupTest, RefusesToCancelAListInOneRequestWhereTheProfileHasNoSuchThing) {
    log_on();
    core::CancelOrderList request;
    request.list_id = core::ListID::from("L").value();
    const auto sent = channel().send(request);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().reason, Reason::NotSupported);
}

TEST_F(RestGroupTest, RejectsEveryOrderOfAGroupThatTheVenueRefuses) {
    log_on();
    send_bracket();
    ASSERT_TRUE(transport().answer(kPost, refused(400, "33")));
    for (const std::string_view id : {"L1", "L2", "L3"}) {
        EXPECT_EQ(certainty(id), Certainty::Rejected) << id;
    }
}

}  // namespace
}  // namespace broker::dxtrade::rest
