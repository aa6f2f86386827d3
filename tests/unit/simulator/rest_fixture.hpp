// A whole simulator and a REST client that is logged in.
#pragma once

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "rest_test_client.hpp"
#include "simulator_fixture.hpp"

namespace broker::simulator {

namespace json = boost::json;

class RestFixture : public SimulatorFixture {
protected:
    static constexpr const char* kAccount = "/dxsca-web/accounts/default%3AACC-1";

    [[nodiscard]] RestTestClientOptions rest_options() const {
        return {.port = simulator_->port(Listener::Rest),
                .trust_pem = read_file(directory_ / "ca.pem")};
    }
    void SetUp() override { connect(); }
    // Anew, to the simulator as it is.
    void connect() { client_ = std::make_unique<RestTestClient>(rest_options()); }
    // A simulator with other options, and a client that is not logged in.
    void restart(SimulatorOptions options) {
        client_.reset();
        make_simulator(std::move(options));
        simulator_->start();
        connect();
    }
    [[nodiscard]] std::string login_body(const std::string& given_password) const {
        return R"({"username":"acc1","domain":"default","password":")" + given_password + "\"}";
    }
    RestAnswer log_in() {
        auto answer = client_->request("POST", "/dxsca-web/login", login_body(password()));
        if (answer.status == 200) {
            token_ = parsed(answer).at("sessionToken").as_string().c_str();
            client_->authorize("DXAPI " + token_);
        }
        return answer;
    }
    [[nodiscard]] static json::value parsed(const RestAnswer& answer) {
        boost::system::error_code error;
        auto value = json::parse(answer.body, error);
        EXPECT_FALSE(error) << answer.status << ' ' << answer.body;
        return value;
    }
    RestAnswer get(const std::string& path, const RestHeaders& more = {}) {
        return client_->request("GET", kAccount + path, {}, more);
    }
    [[nodiscard]] json::value get_json(const std::string& path) {
        const auto answer = get(path);
        EXPECT_EQ(answer.status, 200U) << answer.body;
        return parsed(answer);
    }
    RestAnswer post_order(const std::string& body) {
        return client_->request("POST", kAccount + std::string{"/orders"}, body);
    }
    [[nodiscard]] static std::string market(const std::string& code, const std::string& side,
                                            const std::string& quantity,
                                            const std::string& more = {}) {
        return R"({"orderCode":")" + code + R"(","type":"MARKET","instrument":"EURUSD","side":")" +
               side + R"(","quantity":)" + quantity +
               (more.empty() ? R"(,"positionEffect":"OPEN")" : more) + R"(,"tif":"GTC"})";
    }
    [[nodiscard]] static std::string limit(const std::string& code, const std::string& quantity,
                                           const std::string& price) {
        return R"({"orderCode":")" + code +
               R"(","type":"LIMIT","instrument":"EURUSD","side":"BUY","positionEffect":"OPEN")" +
               R"(,"quantity":)" + quantity + R"(,"limitPrice":)" + price + R"(,"tif":"GTC"})";
    }
    [[nodiscard]] std::string etag() { return get("/orders").headers["etag"]; }
    // The order of the history with this client id; fails the test if there is none.
    [[nodiscard]] json::object history_of(const std::string& code) {
        const auto orders =
            get_json("/orders/history?with-client-id=" + code).at("orders").as_array();
        EXPECT_EQ(orders.size(), 1U) << code;
        return orders.empty() ? json::object{} : orders.front().as_object();
    }
    [[nodiscard]] static std::string text(const json::object& object, const char* key) {
        const auto* value = object.if_contains(key);
        if (value == nullptr) return "(absent)";
        if (value->is_string()) return std::string{value->as_string()};
        if (!value->is_double()) return json::serialize(*value);
        std::array<char, 32> digits{};
        auto* const end = std::to_chars(digits.begin(), digits.end(), value->as_double()).ptr;
        return {digits.data(), end};
    }
    // errorCode of a refusal, after its HTTP status: "409/100".
    [[nodiscard]] static std::string error_of(const RestAnswer& answer) {
        return std::to_string(answer.status) + "/" + text(parsed(answer).as_object(), "errorCode");
    }
    void add_fault(RestFault fault, RestEndpoint endpoint, int times = 1) {
        simulator_->add_rest_fault({.fault = fault, .endpoint = endpoint, .times = times});
    }

    std::string token_;
    std::unique_ptr<RestTestClient> client_;
};

}  // namespace broker::simulator
