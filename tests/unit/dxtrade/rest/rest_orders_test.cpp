#include <gmock/gmock.h>

#include "orders_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;
using core::Certainty;
using core::OrdStatus;
using core::Reason;

// ---- new orders

TEST_F(RestOrdersTest, TakesAnOrderAtOnceUnderANumberThatFixNeverHas) {
    log_on();
    const auto sent = send(limit_order("A"));
    ASSERT_TRUE(sent);
    EXPECT_GE(sent->msg_seq_num, core::MsgSeqNum{1} << 63U);
    EXPECT_EQ(transport().count(kPost), 1U);
    EXPECT_TRUE(listener_.orders.empty());
}

TEST_F(RestOrdersTest, RefusesAnOrderAtOnceBeforeItIsLoggedOn) {
    const auto sent = channel().send(limit_order("A"));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().reason, Reason::AccountNotReady);
}

TEST_F(RestOrdersTest, RefusesAnOrderWhereTheProfileDoesNotOfferThemOverRest) {
    profile_.rest.orders.is_offered = false;
    log_on();
    const auto sent = channel().send(limit_order("A"));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().reason, Reason::NotSupported);
}

// Such an order carries no quantity: the venue closes the whole position.
TEST_F(RestOrdersTest, RefusesALimitThatClosesAnythingButAWholeKnownPosition) {
    positions_ = R"({"account":"default:A","version":1,"positionCode":"700411","symbol":"EURUSD",)"
                 R"("quantity":20000,"side":"BUY","openPrice":1.2})";
    log_on();
    core::NewOrder close = limit_order("A");
    close.side = core::Side::Sell;
    close.position_effect = core::PositionEffect::Close;
    close.instructions.position_code = core::FixedString<64>::from("700411").value();
    close.order_qty = core::Decimal::parse("5000").value();
    const auto part = channel().send(close);
    ASSERT_FALSE(part);
    EXPECT_EQ(part.error().reason, Reason::InvalidField);
    EXPECT_THAT(part.error().detail, testing::HasSubstr("expected 20000 of position_code 700411"));
    close.instructions.position_code = core::FixedString<64>::from("700999").value();
    EXPECT_FALSE(channel().send(close));

    close.instructions.position_code = core::FixedString<64>::from("700411").value();
    close.order_qty = core::Decimal::parse("20000").value();
    EXPECT_TRUE(send(close));
}

TEST_F(RestOrdersTest, TakesA200AsAcknowledgementAlone) {
    log_on();
    place("A");
    EXPECT_EQ(listener_.orders, (Lines{"A written", "A report PendingNew"}));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
    EXPECT_EQ(order("A").status, OrdStatus::PendingNew);
    EXPECT_EQ(order("A").order_id.view(), "700");
}

TEST_F(RestOrdersTest, TakesAnEmptyAnswerAsAcknowledgementToo) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(transport().answer(kPost, answered(204)));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
}

TEST_F(RestOrdersTest, ReportsARejectInTheVenuesWords) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(transport().answer(kPost, refused(409, "301")));
    EXPECT_EQ(listener_.orders, (Lines{"A written", "A report Rejected"}));
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
}

TEST_F(RestOrdersTest, ReportsNothingSentWhenThePeerIsGoneBeforeAByteIsWritten) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(transport().answer(kPost, failed(Reason::ConnectRefused, false)));
    EXPECT_EQ(listener_.orders, (Lines{"A not sent CONNECT_REFUSED"}));
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    EXPECT_EQ(transport().count("history"), 0U);
}

TEST_F(RestOrdersTest, RejectsAnOrderThatTheVenueRejectsAfterItsAcknowledgement) {
    log_on();
    history_ = order_json("A", "REJECTED");
    place("A");
    ++version_;
    pass(6s);
    EXPECT_EQ(order("A").status, OrdStatus::Rejected);
}

TEST_F(RestOrdersTest, CountsAFillOnceThatHistoryAndPortfolioBothShow) {
    log_on();
    place("A");
    const std::string fill =
        R"(,"executions":[{"executionCode":"x1","status":"COMPLETED","finalStatus":true,)"
        R"("lastQuantity":1000,"lastPrice":1.1,"filledQuantity":1000,"remainingQuantity":0}]})";
    history_ = order_json("A", "COMPLETED", "1.1", "1000");
    history_.replace(history_.size() - 1, 1, fill);
    ++version_;
    pass(10s);
    EXPECT_EQ(order("A").status, OrdStatus::Filled);
    EXPECT_EQ(order("A").filled_qty, core::Decimal::parse("1000").value());
}

// ---- time and budget

TEST_F(RestOrdersTest, RefusesAtOnceAnOrderWhoseTurnWouldComeTooLate) {
    profile_.rest.rates.trade = {1, std::chrono::milliseconds{1'000}};
    log_on();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(send(limit_order("A" + std::to_string(i))));
    const auto sent = send(limit_order("late"));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().reason, Reason::RateBudgetExhausted);
}

TEST_F(RestOrdersTest, WritesAWaitingOrderInItsTurnAndSaysSo) {
    profile_.rest.rates.trade = {1, std::chrono::milliseconds{1'000}};
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    const auto second = send(limit_order("B"));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->msg_seq_num, 0U);
    EXPECT_EQ(channel().remaining_budget(RateClass::Trade), 0U);
    pass(1s);
    EXPECT_EQ(listener_.orders, (Lines{"B handed over"}));
    EXPECT_EQ(certainty("B"), Certainty::Journaled);
}

TEST_F(RestOrdersTest, SendsCancelsBeforeReplacesBeforeNewOrders) {
    profile_.rest.rates.trade = {3, std::chrono::milliseconds{1'000}};
    log_on();
    place("A");
    place("B");
    place("C");
    ASSERT_TRUE(send(limit_order("D")));
    ASSERT_TRUE(replace("B2", "B", "1.2"));
    ASSERT_TRUE(cancel("A2", "A"));
    const std::size_t before = transport().sent.size();
    pass(1s);
    Lines lines;
    for (std::size_t i = before; i < transport().sent.size(); ++i) {
        if (transport().sent[i].method != net::HttpMethod::Get) {
            lines.emplace_back(net::http_method_name(transport().sent[i].method));
        }
    }
    EXPECT_EQ(lines, (Lines{"DELETE", "PUT", "POST"}));
}

TEST_F(RestOrdersTest, SendsAThrottledOrderAgainWithTheSameCodeInsideItsTime) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(transport().answer(kPost, refused(429, "0")));
    EXPECT_EQ(transport().count(kPost), 1U);
    pass(2s);
    ASSERT_EQ(transport().count(kPost), 2U);
    ASSERT_TRUE(transport().answer(kPost, answered(200, std::string{kTaken})));
    EXPECT_EQ(certainty("A"), Certainty::Acknowledged);
}

TEST_F(RestOrdersTest, RejectsAThrottledOrderWhoseTimeIsOver) {
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    Scripted throttled = refused(429, "0");
    throttled.headers.push_back({"Retry-After", "60"});
    ASSERT_TRUE(transport().answer(kPost, throttled));
    EXPECT_EQ(certainty("A"), Certainty::Rejected);
    pass(70s);
    EXPECT_EQ(transport().count(kPost), 1U);
}

TEST_F(RestOrdersTest, DoesNotWriteAnOrderThatIsOutOfTimeWhenItsTurnComes) {
    profile_.rest.rates.trade = {1, std::chrono::milliseconds{1'000}};
    log_on();
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(send(limit_order("B")));
    Scripted throttled = refused(429, "0");
    throttled.headers.push_back({"Retry-After", "30"});
    ASSERT_TRUE(transport().answer(kPost, throttled));
    pass(40s);
    EXPECT_TRUE(heard("B not sent ORDER_TOO_OLD"));
    EXPECT_EQ(certainty("B"), Certainty::Rejected);
    EXPECT_EQ(transport().count(kPost), 1U);
}

TEST_F(RestOrdersTest, ReadsThePortfolioAtOnceAfterAnAcknowledgementUnlessPushBringsIt) {
    log_on();
    const std::size_t before = transport().count("/portfolio");
    place("A");
    EXPECT_EQ(transport().count("/portfolio"), before + 1);
    channel().set_push_live(true);
    place("B");
    EXPECT_EQ(transport().count("/portfolio"), before + 1);
}

TEST_F(RestOrdersTest, KeepsNoWaitingOrderForALaterSession) {
    profile_.rest.rates.trade = {1, std::chrono::milliseconds{1'000}};
    log_on();
    pass(6s);
    ASSERT_TRUE(send(limit_order("A")));
    ASSERT_TRUE(send(limit_order("B")));
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target == "/base/login") return answered(401, R"({"errorCode":"3"})");
        return usual(request);
    };
    ASSERT_TRUE(transport().answer(kPost, answered(401, R"({"errorCode":"1"})")));
    EXPECT_FALSE(channel().is_logged_on());
    EXPECT_EQ(certainty("B"), Certainty::Rejected);
    EXPECT_EQ(certainty("A"), Certainty::Rejected);  // a 401 is proof
    answer_as_usual();
    pass(60s);
    EXPECT_TRUE(channel().is_logged_on());
    EXPECT_EQ(transport().count(kPost), 1U);
}

TEST_F(RestOrdersTest, RefusesOrdersWhileTheHostKeepsFailingAndTellsTheBreaker) {
    log_on();
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(send(limit_order("A" + std::to_string(i))));
        ASSERT_TRUE(transport().answer(kPost, failed(Reason::ConnectRefused, false)));
    }
    EXPECT_EQ(listener_.conditions, (std::vector<Reason>{Reason::CircuitOpened}));
    const auto sent = send(limit_order("B"));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().reason, Reason::CircuitOpen);
    pass(6s);
    ASSERT_TRUE(send(limit_order("C")));
    ASSERT_TRUE(transport().answer(kPost, answered(200, std::string{kTaken})));
    EXPECT_EQ(listener_.conditions,
              (std::vector<Reason>{Reason::CircuitOpened, Reason::CircuitHalfOpen,
                                   Reason::CircuitClosed}));
}

// ---- cancels and replaces

TEST_F(RestOrdersTest, AcknowledgesACancelAndReportsItByTheCancelsId) {
    log_on();
    place("A");
    listener_.orders.clear();
    ASSERT_TRUE(cancel("A2", "A"));
    ASSERT_TRUE(transport().answer(kDelete, answered(200, std::string{kTaken})));
    EXPECT_EQ(listener_.orders[1], "A2 report PendingCancel");
    history_ = order_json("A", "CANCELED");
    const std::string execution =
        R"(,"executions":[{"executionCode":"x1","status":"CANCELED","finalStatus":true}]})";
    history_.replace(history_.size() - 1, 1, execution);
    ++version_;
    pass(10s);
    EXPECT_TRUE(heard("A2 report Canceled"));
    EXPECT_EQ(order("A").status, OrdStatus::Canceled);
    EXPECT_EQ(certainty("A2"), Certainty::Acknowledged);
}

TEST_F(RestOrdersTest, RejectsACancelOfAnOrderThatIsFinalAndLooksUpHowItEnded) {
    log_on();
    place("A");
    ASSERT_TRUE(cancel("A2", "A"));
    history_ = order_json("A", "COMPLETED", "1.1", "1000");
    ASSERT_TRUE(transport().answer(kDelete, refused(409, "1005")));
    EXPECT_TRUE(heard("A2 cancel reject 1005"));
    EXPECT_EQ(order("A").status, OrdStatus::Filled);
    EXPECT_EQ(certainty("A2"), Certainty::Rejected);
}

TEST_F(RestOrdersTest, LeavesACancelInDoubtUntilTheOrderIsSeenWorkingAfterTheGrace) {
    log_on();
    open_orders_ = order_json("A", "WORKING");
    history_ = open_orders_;
    place("A");
    ASSERT_TRUE(cancel("A2", "A"));
    ASSERT_TRUE(transport().answer(kDelete, failed(Reason::HttpTimeout, true)));
    pass(4s);
    EXPECT_EQ(certainty("A2"), Certainty::Unknown);
    pass(2s);
    EXPECT_EQ(certainty("A2"), Certainty::Rejected);
    EXPECT_EQ(transport().count(kDelete), 1U);
}

TEST_F(RestOrdersTest, RestatesTheWholeOrderInAReplaceAndReportsItWhenThePictureShowsIt) {
    log_on();
    place("A");
    ASSERT_TRUE(replace("A2", "A", "1.2"));
    const std::string body = transport().last(kPut)->body;
    EXPECT_NE(body.find(R"("orderCode":"A")"), std::string::npos) << body;
    EXPECT_NE(body.find(R"("quantity":1000)"), std::string::npos) << body;
    EXPECT_NE(body.find(R"("limitPrice":1.2)"), std::string::npos) << body;
    ASSERT_TRUE(transport().answer(kPut, answered(200, R"({"orderId":700,"updateOrderId":701})")));
    EXPECT_TRUE(heard("A2 report PendingReplace"));
    EXPECT_EQ(order("A").cl_ord_id.view(), "A");
    open_orders_ = order_json("A", "WORKING", "1.2");
    ++version_;
    pass(6s);
    EXPECT_TRUE(heard("A2 report Replaced"));
    EXPECT_EQ(order("A").cl_ord_id.view(), "A2");
    EXPECT_EQ(order("A").price, core::Decimal::parse("1.2").value());
    EXPECT_EQ(order("A").status, OrdStatus::New);
    // The next one still goes by the first id.
    ASSERT_TRUE(replace("A3", "A2", "1.3"));
    EXPECT_NE(transport().last(kPut)->body.find(R"("orderCode":"A")"), std::string::npos);
}

TEST_F(RestOrdersTest, SettlesAReplaceInDoubtByThePictureThatShowsItsTerms) {
    log_on();
    open_orders_ = order_json("A", "WORKING");
    history_ = open_orders_;
    place("A");
    pass(6s);
    ASSERT_TRUE(replace("A2", "A", "1.2"));
    ASSERT_TRUE(transport().answer(kPut, failed(Reason::ConnectionLost, true)));
    EXPECT_EQ(certainty("A2"), Certainty::Unknown);
    history_ = order_json("A", "WORKING", "1.2");
    pass(2s);
    EXPECT_EQ(certainty("A2"), Certainty::Acknowledged);
    EXPECT_EQ(order("A").cl_ord_id.view(), "A2");
}

TEST_F(RestOrdersTest, TakesOldTermsAsProofAgainstAReplaceOnlyAfterTheGrace) {
    log_on();
    open_orders_ = order_json("A", "WORKING");
    history_ = open_orders_;
    place("A");
    pass(6s);
    ASSERT_TRUE(replace("A2", "A", "1.2"));
    ASSERT_TRUE(transport().answer(kPut, failed(Reason::HttpTimeout, true)));
    pass(4s);
    EXPECT_EQ(certainty("A2"), Certainty::Unknown);
    pass(2s);
    EXPECT_EQ(certainty("A2"), Certainty::Rejected);
    EXPECT_EQ(transport().count(kPut), 1U);
}

TEST_F(RestOrdersTest, RejectsAReplaceInTheVenuesWords) {
    log_on();
    place("A");
    ASSERT_TRUE(replace("A2", "A", "1.2"));
    ASSERT_TRUE(transport().answer(kPut, refused(400, "33")));
    EXPECT_TRUE(heard("A2 cancel reject 33"));
    EXPECT_EQ(certainty("A2"), Certainty::Rejected);
}

// ---- If-Match

TEST_F(RestOrdersTest, ReadsTheETagAndSendsAgainOnceWhenTheVenueDemandsIfMatch) {
    log_on();
    place("A");
    ASSERT_TRUE(cancel("A2", "A"));
    EXPECT_EQ(ScriptedTransport::header(*transport().last(kDelete), "If-Match"), "");
    ASSERT_TRUE(transport().answer(kDelete, refused(403, "99")));
    ASSERT_EQ(transport().count(kDelete), 2U);
    EXPECT_EQ(ScriptedTransport::header(*transport().last(kDelete), "If-Match"), "\"e1\"");
    ASSERT_TRUE(transport().answer(kDelete, answered(200)));
    EXPECT_EQ(certainty("A2"), Certainty::Acknowledged);
    // It has learned: the next change is preceded by a reading.
    etag_ = "\"e2\"";
    place("B");
    ASSERT_TRUE(cancel("B2", "B"));
    transport().run();
    EXPECT_EQ(ScriptedTransport::header(*transport().last(kDelete), "If-Match"), "\"e2\"");
}

TEST_F(RestOrdersTest, ReadsAgainAndSendsAReplaceOnceMoreWhenTheETagIsStale) {
    profile_.rest.orders.if_match = IfMatchRule::Always;
    log_on();
    place("A");
    ASSERT_TRUE(replace("A2", "A", "1.2"));
    transport().run();
    EXPECT_EQ(ScriptedTransport::header(*transport().last(kPut), "If-Match"), "\"e1\"");
    etag_ = "\"e2\"";
    ASSERT_TRUE(transport().answer(kPut, refused(412, "0")));
    ASSERT_EQ(transport().count(kPut), 2U);
    EXPECT_EQ(ScriptedTransport::header(*transport().last(kPut), "If-Match"), "\"e2\"");
    ASSERT_TRUE(transport().answer(kPut, refused(412, "0")));
    EXPECT_EQ(transport().count(kPut), 2U);
    EXPECT_EQ(certainty("A2"), Certainty::Rejected);
}

TEST_F(RestOrdersTest, SendsNoIfMatchWhereTheProfileSaysNever) {
    profile_.rest.orders.if_match = IfMatchRule::Never;
    log_on();
    place("A");
    ASSERT_TRUE(cancel("A2", "A"));
    ASSERT_TRUE(transport().answer(kDelete, refused(403, "99")));
    EXPECT_EQ(transport().count(kDelete), 1U);
    EXPECT_EQ(certainty("A2"), Certainty::Rejected);
}

}  // namespace
}  // namespace broker::dxtrade::rest
