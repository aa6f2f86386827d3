#include "simulator/rest_faults.hpp"

#include "rest_fixture.hpp"

namespace broker::simulator {
namespace {

class RestFaultsTest : public RestFixture {
protected:
    void SetUp() override {
        RestFixture::SetUp();
        ASSERT_EQ(log_in().status, 200U);
    }
    void order_fault(RestFault fault) { add_fault(fault, RestEndpoint::PlaceOrder); }
    [[nodiscard]] bool exists(const std::string& code) {
        return !get_json("/orders/history?with-client-id=" + code).at("orders").as_array().empty();
    }
};

TEST(RestFaultNames, AreAllDifferentAndFoundByName) {
    for (std::size_t i = 0; i < kRestFaultCount; ++i) {
        const auto fault = static_cast<RestFault>(i);
        EXPECT_EQ(rest_fault_from_name(rest_fault_name(fault)), fault);
    }
    for (std::size_t i = 0; i < kRestEndpointCount; ++i) {
        const auto endpoint = static_cast<RestEndpoint>(i);
        EXPECT_EQ(endpoint_from_name(endpoint_name(endpoint)), endpoint);
    }
    EXPECT_FALSE(rest_fault_from_name("no_fault").has_value());
}

TEST(RestFaultRules, MeetTheNextRequestsOfTheirKindAfterThoseTheySkip) {
    RestFaults faults;
    faults.add(
        {.fault = RestFault::ErrorAfter, .endpoint = RestEndpoint::Ping, .times = 2, .skip = 1});
    EXPECT_TRUE(faults.take(RestEndpoint::Login).empty());
    EXPECT_TRUE(faults.take(RestEndpoint::Ping).empty());
    EXPECT_EQ(faults.take(RestEndpoint::Ping).size(), 1U);
    EXPECT_EQ(faults.take(RestEndpoint::Ping).size(), 1U);
    EXPECT_TRUE(faults.take(RestEndpoint::Ping).empty());
}

TEST_F(RestFaultsTest, DoNothingBeforeTheAnswerThatRefuses) {
    const std::pair<RestFault, unsigned> faults[] = {{RestFault::TooManyRequests, 429},
                                                     {RestFault::TooManyRequestsBare, 429},
                                                     {RestFault::UnavailableBefore, 503},
                                                     {RestFault::HtmlError, 502},
                                                     {RestFault::CloseBefore, 0}};
    for (const auto& [fault, status] : faults) {
        order_fault(fault);
        EXPECT_EQ(post_order(limit("l-1", "1000", "1.09")).status, status);
        EXPECT_FALSE(exists("l-1")) << rest_fault_name(fault);
    }
}

TEST_F(RestFaultsTest, SayWhenToComeAgainOnlyInOneKindOf429) {
    order_fault(RestFault::TooManyRequests);
    EXPECT_EQ(post_order("{}").headers.at("retry-after"), "1");
    order_fault(RestFault::TooManyRequestsBare);
    EXPECT_EQ(post_order("{}").headers.count("retry-after"), 0U);
}

TEST_F(RestFaultsTest, DoWhatWasAskedBeforeTheAnswerIsSpoilt) {
    const std::pair<RestFault, unsigned> faults[] = {{RestFault::ErrorAfter, 500},
                                                     {RestFault::LoseAnswer, 0},
                                                     {RestFault::CutBody, 0},
                                                     {RestFault::WrongJson, 200},
                                                     {RestFault::EmptyBody, 200}};
    for (const auto& [fault, status] : faults) {
        order_fault(fault);
        const auto name = std::string{rest_fault_name(fault)};
        EXPECT_EQ(post_order(limit(name, "1000", "1.09")).status, status) << name;
        EXPECT_TRUE(exists(name)) << name;
        EXPECT_EQ(error_of(post_order(limit(name, "1000", "1.09"))), "409/100");
    }
}

TEST_F(RestFaultsTest, AnswerLateOrNever) {
    client_->set_timeout(200);
    order_fault(RestFault::NeverAnswer);
    EXPECT_TRUE(post_order(limit("l-1", "1000", "1.09")).is_timeout);
    simulator_->add_rest_fault({.fault = RestFault::Slow,
                                .endpoint = RestEndpoint::PlaceOrder,
                                .delay = std::chrono::milliseconds{500}});
    EXPECT_TRUE(post_order(limit("l-2", "1000", "1.09")).is_timeout);
    client_->set_timeout(10'000);
    EXPECT_TRUE(exists("l-1"));
    EXPECT_TRUE(exists("l-2"));
}

TEST_F(RestFaultsTest, EndTheTokenInTheMiddleOfTheSession) {
    order_fault(RestFault::ExpiredToken);
    EXPECT_EQ(error_of(post_order(limit("l-1", "1000", "1.09"))), "401/1");
    EXPECT_EQ(error_of(get("/orders")), "401/1");
    ASSERT_EQ(log_in().status, 200U);
    EXPECT_FALSE(exists("l-1"));
}

TEST_F(RestFaultsTest, RefuseALoginWithTheRightPassword) {
    add_fault(RestFault::LoginRefused, RestEndpoint::Login);
    EXPECT_EQ(error_of(log_in()), "401/3");
    EXPECT_EQ(log_in().status, 200U);
}

TEST_F(RestFaultsTest, CallAFreshTagStale) {
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    add_fault(RestFault::StaleETag, RestEndpoint::CancelOrder);
    const auto cancel = [&] {
        return client_->request("DELETE", kAccount + std::string{"/orders/l-1"}, {},
                                {{"If-Match", etag()}});
    };
    EXPECT_EQ(cancel().status, 412U);
    EXPECT_EQ(cancel().status, 200U);
}

TEST_F(RestFaultsTest, OfTheListenerMeetRestToo) {
    client_->disconnect();
    const auto attempt = [&](Fault fault) {
        simulator_->set_fault(Listener::Rest, fault, true);
        client_->set_timeout(300);
        const auto answer = get("/portfolio");
        simulator_->set_fault(Listener::Rest, fault, false);
        client_->set_timeout(10'000);
        return answer.status;
    };
    for (const auto fault : {Fault::RefuseConnections, Fault::Silent, Fault::WrongCaCertificate,
                             Fault::ExpiredCertificate, Fault::TlsOneOneOnly, Fault::MuteToClient,
                             Fault::MuteToServer})
        EXPECT_EQ(attempt(fault), 0U) << fault_name(fault);
    EXPECT_EQ(get("/portfolio").status, 200U);
    simulator_->drop_connections(Listener::Rest);
    EXPECT_EQ(get("/portfolio").status, 0U);
    EXPECT_EQ(get("/portfolio").status, 200U);
}

TEST_F(RestFaultsTest, CountRequestsByEndpoint) {
    (void)get("/orders");
    (void)get("/orders");
    const auto counters = simulator_->rest_counters();
    EXPECT_EQ(counters.of(RestEndpoint::Orders), 2U);
    EXPECT_EQ(counters.of(RestEndpoint::Login), 1U);
    EXPECT_EQ(counters.connections, 1U);
    const auto log = simulator_->rest_requests();
    ASSERT_EQ(log.size(), 3U);
    EXPECT_TRUE(log[0].body.empty());
    EXPECT_EQ(log[1].target, kAccount + std::string{"/orders"});
}

}  // namespace
}  // namespace broker::simulator
