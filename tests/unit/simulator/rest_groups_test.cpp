#include "rest_fixture.hpp"

namespace broker::simulator {
namespace {

class RestGroupsTest : public RestFixture {
protected:
    void SetUp() override {
        RestFixture::SetUp();
        ASSERT_EQ(log_in().status, 200U);
    }
    [[nodiscard]] static std::string child(const std::string& code, const std::string& type,
                                           const std::string& price) {
        return R"({"orderCode":")" + code + R"(","type":")" + type +
               R"(","instrument":"EURUSD","quantity":0,"positionEffect":"CLOSE","side":"SELL",")" +
               (type == "STOP" ? "stopPrice" : "limitPrice") + "\":" + price + R"(,"tif":"GTC"})";
    }
    [[nodiscard]] static std::string group(const std::string& contingency,
                                           const std::string& orders) {
        return R"({"contingencyType":")" + contingency + R"(","orders":[)" + orders + "]}";
    }
    [[nodiscard]] static std::string bracket(const std::string& parent) {
        return group("if-then", parent + "," + child("sl", "STOP", "1.05") + "," +
                                    child("tp", "LIMIT", "1.2"));
    }
    [[nodiscard]] std::string status_of(const std::string& code) {
        return text(history_of(code), "status");
    }
    RestAnswer put(const std::string& body) {
        return client_->request("PUT", kAccount + std::string{"/orders"}, body,
                                {{"If-Match", etag()}});
    }
};

TEST_F(RestGroupsTest, ListsTheOrdersBehindAnEntryWithItsPositionAndWithoutQuantity) {
    const auto answer = post_order(bracket(limit("b", "1000", "1.09")));
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto responses = parsed(answer).at("orderResponses").as_array();
    ASSERT_EQ(responses.size(), 3U);
    const auto orders = get_json("/orders").at("orders").as_array();
    ASSERT_EQ(orders.size(), 3U);
    const auto& stop = orders[1].as_object();
    EXPECT_EQ(text(stop, "clientOrderId"), "sl");
    EXPECT_EQ(text(stop, "status"), "WORKING");
    const auto& leg = stop.at("legs").as_array()[0].as_object();
    EXPECT_EQ(text(leg, "quantity"), "(absent)");
    EXPECT_EQ(text(leg, "positionCode"), json::serialize(responses[0].at("orderId")));
    const auto& links = orders[0].at("links").as_array();
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(text(links[0].as_object(), "linkType"), "CHILD");
    EXPECT_EQ(text(links[0].as_object(), "linkedClientOrderId"), "sl");
}

TEST_F(RestGroupsTest, ShowsTheOtherStatusAndDirectionOfLinksIfToldTo) {
    simulator_->change_rest([](RestOptions& rest) {
        rest.child_status = ChildStatus::Accepted;
        rest.link_direction = LinkDirection::ParentOnParent;
    });
    ASSERT_EQ(post_order(bracket(limit("b", "1000", "1.09"))).status, 200U);
    const auto orders = get_json("/orders").at("orders").as_array();
    EXPECT_EQ(text(orders[1].as_object(), "status"), "ACCEPTED");
    EXPECT_EQ(text(orders[0].at("links").as_array()[0].as_object(), "linkType"), "PARENT");
}

TEST_F(RestGroupsTest, MakesProtectionEffectiveOnceTheEntryIsFilled) {
    ASSERT_EQ(post_order(bracket(market("b", "BUY", "1000"))).status, 200U);
    EXPECT_EQ(status_of("b"), "COMPLETED");
    EXPECT_EQ(status_of("sl"), "WORKING");
    ASSERT_TRUE(simulator_->set_quote("EURUSD", decimal("1.04"), decimal("1.04002")));
    EXPECT_EQ(status_of("sl"), "COMPLETED");
    EXPECT_EQ(status_of("tp"), "CANCELED");
    EXPECT_TRUE(get_json("/positions").at("positions").as_array().empty());
}

TEST_F(RestGroupsTest, CancelsWhatWaitsWithItsEntry) {
    ASSERT_EQ(post_order(bracket(limit("b", "1000", "1.09"))).status, 200U);
    const auto path =
        kAccount + std::string{"/orders/group?order-codes=b,sl,tp&"} + "contingency-type=IF-THEN";
    const auto answer = client_->request("DELETE", path, {}, {{"If-Match", etag()}});
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(parsed(answer).at("orderResponses").as_array().size(), 3U);
    for (const char* code : {"b", "sl", "tp"}) EXPECT_EQ(status_of(code), "CANCELED") << code;
}

TEST_F(RestGroupsTest, DropsTheOrdersBehindAnEntryThatIsRestatedAlone) {
    ASSERT_EQ(post_order(bracket(limit("b", "1000", "1.09"))).status, 200U);
    const auto answer = put(limit("b", "2000", "1.08"));
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(status_of("b"), "WORKING");
    EXPECT_EQ(status_of("sl"), "CANCELED");
    EXPECT_EQ(status_of("tp"), "CANCELED");
}

TEST_F(RestGroupsTest, KeepsTheOrdersOfAGroupThatIsRestatedAsAWhole) {
    ASSERT_EQ(post_order(bracket(limit("b", "1000", "1.09"))).status, 200U);
    const auto answer =
        put(group("IF-THEN", limit("b", "2000", "1.08") + "," + child("sl", "STOP", "1.04")));
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(status_of("b"), "WORKING");
    const auto stop = history_of("sl");
    EXPECT_EQ(text(stop, "status"), "WORKING");
    EXPECT_EQ(text(stop.at("legs").as_array()[0].as_object(), "price"), "1.04");
    EXPECT_EQ(status_of("tp"), "CANCELED");
}

TEST_F(RestGroupsTest, CancelsTheOtherOrderOfAnOcoWhenOneIsFilled) {
    ASSERT_EQ(
        post_order(group("OCO", limit("a", "1000", "1.09") + "," + limit("b", "1000", "1.08")))
            .status,
        200U);
    ASSERT_TRUE(simulator_->set_quote("EURUSD", decimal("1.08999"), decimal("1.09")));
    EXPECT_EQ(status_of("a"), "COMPLETED");
    EXPECT_EQ(status_of("b"), "CANCELED");
}

TEST_F(RestGroupsTest, RefusesGroupsOfOtherShapesAsAWhole) {
    const auto refusal = [&](const std::string& body) { return error_of(post_order(body)); };
    const auto entry = limit("b", "1000", "1.09");
    EXPECT_EQ(refusal(group("IF-THEN", entry + "," + limit("c", "1", "1.1"))), "400/33");
    EXPECT_EQ(refusal(group("IF-THEN", child("sl", "STOP", "1.05") + "," + entry)), "400/33");
    EXPECT_EQ(refusal(group("OCO", entry + "," + limit("c", "7", "1.1"))), "400/33");
    EXPECT_EQ(refusal(group("ANY", entry + "," + limit("c", "7", "1.1"))), "400/32");
    EXPECT_TRUE(get_json("/orders/history").at("orders").as_array().empty());
}

}  // namespace
}  // namespace broker::simulator
