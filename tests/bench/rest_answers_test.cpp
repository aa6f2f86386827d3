#include "bench/rest_answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace broker::bench {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kOrder =
    "POST /dxsca-web/accounts/default%3ABENCH/orders HTTP/1.1\r\nhost: localhost\r\n"
    "content-length: 2\r\n\r\n{}";

TEST(RestAnswers, AnswersLoginWithASessionToken) {
    RestAnswers venue;
    const std::string login =
        "POST /dxsca-web/login HTTP/1.1\r\nContent-Length: 14\r\n\r\n{\"a\":\"secret\"}";
    const auto step = venue.answer(login);
    EXPECT_EQ(step.kind, RestAnswers::Kind::Session);
    EXPECT_EQ(step.size, login.size());
    EXPECT_THAT(step.reply, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(step.reply, HasSubstr("\"sessionToken\""));
}

TEST(RestAnswers, AnswersEachOrderWithAnIdOfItsOwnAndAsManyBytes) {
    RestAnswers venue;
    const auto first = venue.answer(kOrder + "GET /");
    EXPECT_EQ(first.kind, RestAnswers::Kind::Order);
    EXPECT_EQ(first.size, kOrder.size());
    const std::string reply{first.reply};
    EXPECT_THAT(reply, EndsWith("{\"orderId\":100000001,\"updateOrderId\":100000001}"));
    const auto second = venue.answer(kOrder);
    EXPECT_NE(second.reply, reply);
    EXPECT_EQ(second.reply.size(), reply.size());
}

TEST(RestAnswers, WaitsUntilARequestIsWhole) {
    RestAnswers venue;
    for (std::size_t size = 0; size < kOrder.size(); ++size) {
        EXPECT_EQ(venue.answer(kOrder.substr(0, size)).kind, RestAnswers::Kind::Incomplete) << size;
    }
}

TEST(RestAnswers, ShowsAnAccountWithoutOrders) {
    RestAnswers venue;
    for (const char* path :
         {"portfolio", "positions", "orders", "orders/history?with-client-id=X", "metrics"}) {
        const auto step = venue.answer("GET /dxsca-web/accounts/A/" + std::string{path} +
                                       " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        EXPECT_EQ(step.kind, RestAnswers::Kind::Session) << path;
    }
}

TEST(RestAnswers, CallsAnythingElseUnexpected) {
    RestAnswers venue;
    const auto step = venue.answer("GET /dxsca-web/elsewhere HTTP/1.1\r\n\r\n");
    EXPECT_EQ(step.kind, RestAnswers::Kind::Unexpected);
    EXPECT_THAT(step.reply, StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

}  // namespace
}  // namespace broker::bench
