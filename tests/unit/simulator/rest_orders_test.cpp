#include "rest_fixture.hpp"

namespace broker::simulator {
namespace {

class RestOrdersTest : public RestFixture {
protected:
    void SetUp() override {
        RestFixture::SetUp();
        ASSERT_EQ(log_in().status, 200U);
    }
    // positionCode of the only position.
    [[nodiscard]] std::string position_code() {
        const auto positions = get_json("/positions").at("positions").as_array();
        EXPECT_EQ(positions.size(), 1U);
        return positions.empty() ? "" : text(positions[0].as_object(), "positionCode");
    }
    RestAnswer put(const std::string& body, const std::string& tag) {
        return client_->request("PUT", kAccount + std::string{"/orders"}, body,
                                {{"If-Match", tag}});
    }
    RestAnswer cancel(const std::string& code, const std::string& tag) {
        return client_->request("DELETE", kAccount + std::string{"/orders/"} + code, {},
                                {{"If-Match", tag}});
    }
    [[nodiscard]] static std::string close(const std::string& code, const std::string& type,
                                           const std::string& position, const std::string& more) {
        return R"({"orderCode":")" + code + R"(","type":")" + type +
               R"(","instrument":"EURUSD","positionEffect":"CLOSE","side":"SELL","positionCode":")" +
               position + "\"" + more + R"(,"tif":"GTC"})";
    }
};

TEST_F(RestOrdersTest, FillsAMarketOrderAndShowsItInHistoryAsThePositionItOpens) {
    const auto answer = post_order(market("m-1", "BUY", "20000"));
    ASSERT_EQ(answer.status, 200U) << answer.body;
    const auto number = json::serialize(parsed(answer).at("orderId"));
    EXPECT_EQ(json::serialize(parsed(answer).at("updateOrderId")), number);

    const auto order = history_of("m-1");
    EXPECT_EQ(text(order, "orderId"), number);
    EXPECT_EQ(text(order, "clientOrderId"), "m-1");
    EXPECT_NE(text(order, "orderCode"), "m-1");
    EXPECT_EQ(text(order, "account"), "default:ACC-1");
    EXPECT_EQ(text(order, "status"), "COMPLETED");
    EXPECT_EQ(text(order, "finalStatus"), "true");
    EXPECT_EQ(text(order, "type"), "MARKET");
    const auto& leg = order.at("legs").as_array()[0].as_object();
    EXPECT_EQ(text(leg, "quantity"), "20000");
    EXPECT_EQ(text(leg, "filledQuantity"), "20000");
    EXPECT_EQ(text(leg, "positionCode"), number);
    const auto& executions = order.at("executions").as_array();
    ASSERT_EQ(executions.size(), 2U);
    EXPECT_EQ(text(executions[0].as_object(), "status"), "ACCEPTED");
    EXPECT_EQ(text(executions[0].as_object(), "lastQuantity"), "0");
    EXPECT_EQ(text(executions[1].as_object(), "status"), "COMPLETED");
    EXPECT_EQ(text(executions[1].as_object(), "lastQuantity"), "20000");

    const auto position = get_json("/positions").at("positions").as_array().at(0).as_object();
    EXPECT_EQ(text(position, "positionCode"), number);
    EXPECT_EQ(text(position, "quantity"), "20000");
    EXPECT_EQ(text(position, "side"), "BUY");
    EXPECT_TRUE(get_json("/orders").at("orders").as_array().empty());
}

TEST_F(RestOrdersTest, RefusesWhatIsNoOrderWithTheCodesOfTheVenue) {
    const auto refusal = [&](const std::string& body) { return error_of(post_order(body)); };
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    EXPECT_EQ(refusal(limit("l-1", "1000", "1.09")), "409/100");
    EXPECT_EQ(refusal(limit("bad id", "1000", "1.09")), "400/101");
    EXPECT_EQ(refusal(limit(std::string(65, 'x'), "1000", "1.09")), "400/101");
    EXPECT_EQ(refusal(market("m-1", "BUY", "1000", R"(,"positionEffect":"OPEN","stopLoss":1)")),
              "400/32");
    EXPECT_EQ(refusal(market("m-2", "BUY", "1000", R"(,"marginRate":0.1)")), "400/33");
    EXPECT_EQ(refusal(market("m-3", "BUY", "0")), "400/33");
    EXPECT_EQ(refusal(market("m-4", "BUY", "0.001")), "409/1000");
    EXPECT_EQ(refusal(market("m-5", "SELL", "1000", R"(,"positionEffect":"CLOSE")")), "400/33");
    EXPECT_EQ(
        refusal(market("m-6", "SELL", "1", R"(,"positionEffect":"CLOSE","positionCode":"7")")),
        "404/2");
    EXPECT_EQ(refusal("{\"orderCode\":"), "400/32");
    EXPECT_EQ(get_json("/orders/history").at("orders").as_array().size(), 1U);
    EXPECT_EQ(simulator_->rest_counters().conflicts, 2U);
}

TEST_F(RestOrdersTest, CancelsWithTheTagOfTheOrdersAlone) {
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    const auto path = kAccount + std::string{"/orders/l-1"};
    EXPECT_EQ(error_of(client_->request("DELETE", path)), "403/99");
    EXPECT_EQ(cancel("l-1", "\"old\"").status, 412U);
    EXPECT_EQ(error_of(cancel("nobody", etag())), "404/2");
    EXPECT_EQ(cancel("l-1", etag()).status, 200U);
    EXPECT_EQ(text(history_of("l-1"), "status"), "CANCELED");
    EXPECT_EQ(error_of(cancel("l-1", etag())), "409/1005");
    simulator_->change_rest([](RestOptions& rest) { rest.requires_if_match = false; });
    ASSERT_EQ(post_order(limit("l-2", "1000", "1.09")).status, 200U);
    const auto code = text(history_of("l-2"), "orderCode");
    const auto colon = code.find(':');
    EXPECT_EQ(client_
                  ->request("DELETE", kAccount + std::string{"/orders/"} + code.substr(0, colon) +
                                          "%3A" + code.substr(colon + 1))
                  .status,
              200U);
}

TEST_F(RestOrdersTest, RestatesAnOrderWithPutAndKeepsItsNumber) {
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    const auto before = history_of("l-1");
    const std::string body =
        R"({"orderCode":"l-1","instrument":"EURUSD","side":"BUY","positionEffect":"OPEN",)"
        R"("quantity":"2E3","limitPrice":1.08,"tif":"GTC"})";
    const auto answer = put(body, etag());
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.headers.at("etag"), etag());
    const auto after = history_of("l-1");
    EXPECT_EQ(text(after, "orderId"), text(before, "orderId"));
    EXPECT_NE(json::serialize(parsed(answer).at("updateOrderId")), text(before, "orderId"));
    const auto& leg = after.at("legs").as_array()[0].as_object();
    EXPECT_EQ(text(leg, "quantity"), "2000");
    EXPECT_EQ(text(leg, "price"), "1.08");
    const auto changed = [&](const std::string& from, const std::string& to) {
        auto other = body;
        other.replace(other.find(from), from.size(), to);
        return error_of(put(other, etag()));
    };
    EXPECT_EQ(changed("BUY", "SELL"), "409/1000");
    EXPECT_EQ(changed("EURUSD", "GBPUSD"), "409/1000");
    EXPECT_EQ(changed(R"("limitPrice":1.08,)", ""), "400/33");
    EXPECT_EQ(changed("l-1", "l-9"), "404/2");
}

TEST_F(RestOrdersTest, AttachesProtectionWithoutQuantityThatEndsWithThePosition) {
    ASSERT_EQ(post_order(market("m-1", "BUY", "20000")).status, 200U);
    const auto code = position_code();
    EXPECT_EQ(error_of(post_order(close("sl", "STOP", code, R"(,"stopPrice":1.05,"quantity":1)"))),
              "400/33");
    ASSERT_EQ(post_order(close("sl", "STOP", code, R"(,"stopPrice":1.05,"quantity":0)")).status,
              200U);
    ASSERT_EQ(post_order(close("tp", "LIMIT", code, R"(,"limitPrice":1.2)")).status, 200U);
    auto orders = get_json("/orders").at("orders").as_array();
    ASSERT_EQ(orders.size(), 2U);
    const auto leg = orders[0].at("legs").as_array()[0].as_object();
    EXPECT_EQ(text(leg, "quantity"), "(absent)");
    EXPECT_EQ(text(leg, "positionCode"), code);
    EXPECT_EQ(text(leg, "positionEffect"), "CLOSE");

    EXPECT_EQ(error_of(post_order(close("m-2", "MARKET", code, R"(,"quantity":20001)"))), "400/33");
    ASSERT_EQ(post_order(close("m-2", "MARKET", code, R"(,"quantity":5000)")).status, 200U);
    EXPECT_EQ(position_code(), code);
    ASSERT_EQ(post_order(close("m-3", "MARKET", code, "")).status, 200U);
    EXPECT_TRUE(get_json("/positions").at("positions").as_array().empty());
    EXPECT_EQ(text(history_of("sl"), "status"), "CANCELED");
    EXPECT_EQ(text(history_of("tp"), "status"), "CANCELED");
    const auto cash = history_of("m-3").at("cashTransactions").as_array();
    ASSERT_EQ(cash.size(), 1U);
    EXPECT_EQ(text(cash[0].as_object(), "type"), "SETTLEMENT");
    EXPECT_EQ(text(cash[0].as_object(), "positionCode"), code);
}

TEST_F(RestOrdersTest, FillsProtectionForTheWholePositionAndCancelsTheOther) {
    ASSERT_EQ(post_order(market("m-1", "BUY", "20000")).status, 200U);
    const auto code = position_code();
    ASSERT_EQ(post_order(close("sl", "STOP", code, R"(,"stopPrice":1.09)")).status, 200U);
    ASSERT_EQ(post_order(close("tp", "LIMIT", code, R"(,"limitPrice":1.2)")).status, 200U);
    ASSERT_TRUE(simulator_->set_quote("EURUSD", decimal("1.08"), decimal("1.08002")));
    EXPECT_EQ(text(history_of("sl"), "status"), "COMPLETED");
    EXPECT_EQ(text(history_of("tp"), "status"), "CANCELED");
    EXPECT_TRUE(get_json("/positions").at("positions").as_array().empty());
}

TEST_F(RestOrdersTest, ShowsAnOrderOfFixAndTellsFixOfOneOverRest) {
    FixTestClient fix{client_options()};
    log_on(fix);
    fix.send(order("f-1", "1.05"));
    ASSERT_EQ(fix.receive_line({11, 150}), "8 11=f-1 150=0");
    const auto shown = history_of("f-1");
    EXPECT_EQ(text(shown, "status"), "WORKING");
    EXPECT_EQ(text(shown, "clientOrderId"), "f-1");

    ASSERT_EQ(post_order(limit("r-1", "1000", "1.06")).status, 200U);
    EXPECT_EQ(fix.receive_line({11, 150, 44}), "8 11=r-1 150=0 44=1.06");
    ASSERT_EQ(cancel("f-1", etag()).status, 200U);
    EXPECT_EQ(fix.receive_line({11, 41, 150}), "8 11=f-1 150=4");
    EXPECT_EQ(text(history_of("f-1"), "status"), "CANCELED");
    EXPECT_EQ(error_of(post_order(limit("f-1", "1000", "1.06"))), "409/100");
}

TEST_F(RestOrdersTest, ShowsTheExecIDsOfFixUnlessItHasCodesOfItsOwn) {
    FixTestClient fix{client_options()};
    log_on(fix);
    fix.send(order("f-1", "1.05"));
    const auto line = fix.receive_line({17});
    const auto code_of = [&](const std::string& id) {
        return text(history_of(id).at("executions").as_array()[0].as_object(), "executionCode");
    };
    EXPECT_EQ("8 17=" + code_of("f-1"), line);
    simulator_->change_rest([](RestOptions& rest) { rest.own_execution_codes = true; });
    fix.send(order("f-2", "1.05"));
    const auto other = fix.receive_line({17});
    EXPECT_NE("8 17=" + code_of("f-2"), other);
}

TEST_F(RestOrdersTest, NetsPositionsAndRefusesGroupsOnNetAccounts) {
    simulator_->change_rest([](RestOptions& rest) { rest.position_based = false; });
    ASSERT_EQ(post_order(market("m-1", "BUY", "2000", " ")).status, 200U);
    ASSERT_EQ(post_order(market("m-2", "SELL", "500", " ")).status, 200U);
    const auto position = get_json("/positions").at("positions").as_array().at(0).as_object();
    EXPECT_EQ(text(position, "quantity"), "1500");
    EXPECT_EQ(error_of(post_order(R"({"contingencyType":"OCO","orders":[)" +
                                  limit("a", "1", "1.01") + "," + limit("b", "1", "1.02") + "]}")),
              "400/33");
}

TEST_F(RestOrdersTest, RefusesByRuleAtOnceOrLaterAsTheRatioSays) {
    simulator_->add_rule({.action = Action::RejectNew, .text = "margin"});
    const auto refused = post_order(market("m-1", "BUY", "1000"));
    EXPECT_EQ(error_of(refused), "409/1000");
    EXPECT_EQ(text(parsed(refused).as_object(), "description"), "margin");
    simulator_->change_rest([](RestOptions& rest) { rest.reject_async_ratio = decimal("1"); });
    EXPECT_EQ(post_order(market("m-2", "BUY", "1000")).status, 200U);
    const auto order = history_of("m-2");
    EXPECT_EQ(text(order, "status"), "REJECTED");
    EXPECT_EQ(text(order.at("executions").as_array()[0].as_object(), "rejectReason"), "margin");
}

TEST_F(RestOrdersTest, AnswersWithoutABodyOrWithNumbersAsTextIfToldTo) {
    simulator_->change_rest([](RestOptions& rest) { rest.empty_200_body = true; });
    const auto empty = post_order(limit("l-1", "1000", "1.09"));
    EXPECT_EQ(empty.status, 200U);
    EXPECT_TRUE(empty.body.empty());
    simulator_->change_rest([](RestOptions& rest) {
        rest.empty_200_body = false;
        rest.order_ids_as_strings = true;
    });
    EXPECT_TRUE(parsed(post_order(limit("l-2", "1", "1.09"))).at("orderId").is_string());
}

TEST_F(RestOrdersTest, ClosesPositionsAndCancelsOrdersAtOnceIfItMay) {
    ASSERT_EQ(post_order(market("m-1", "BUY", "20000")).status, 200U);
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    const std::string path = kAccount + std::string{"/close"};
    const std::string body = R"({"closePositions":true,"cancelOrders":true})";
    EXPECT_EQ(client_->request("POST", path, body).status, 200U);
    EXPECT_TRUE(get_json("/positions").at("positions").as_array().empty());
    EXPECT_EQ(text(history_of("l-1"), "status"), "CANCELED");
    simulator_->change_rest([](RestOptions& rest) { rest.may_close_all = false; });
    EXPECT_EQ(client_->request("POST", path, body).status, 404U);
}

TEST_F(RestOrdersTest, KeepsMetadataWithTheOrder) {
    auto body = limit("l-1", "1000", "1.09");
    body.insert(1, R"("metadata":{"strategy":"7"},)");
    ASSERT_EQ(post_order(body).status, 200U);
    EXPECT_EQ(json::serialize(history_of("l-1").at("metadata")), R"({"strategy":"7"})");
}

}  // namespace
}  // namespace broker::simulator
