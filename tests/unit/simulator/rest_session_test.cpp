#include "rest_fixture.hpp"
#include "simulator/rest_signature.hpp"

namespace broker::simulator {
namespace {

using RestSessionTest = RestFixture;

TEST_F(RestSessionTest, GivesATokenAndItsTimeoutForTheRightPassword) {
    const auto answer = log_in();
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(parsed(answer).at("timeout").as_string(), "00:30:00");
    EXPECT_FALSE(token_.empty());
    EXPECT_EQ(get("/portfolio").status, 200U);
    EXPECT_EQ(simulator_->rest_counters().logins, 1U);
    EXPECT_EQ(simulator_->rest_counters().handshakes, 1U);
}

TEST_F(RestSessionTest, RefusesAWrongPasswordAndAWrongDomainWithErrorCode3) {
    EXPECT_EQ(error_of(client_->request("POST", "/dxsca-web/login", login_body("wrong"))), "401/3");
    const auto body = R"({"username":"acc1","domain":"vendor","password":")" + password() + "\"}";
    EXPECT_EQ(error_of(client_->request("POST", "/dxsca-web/login", body)), "401/3");
    EXPECT_EQ(simulator_->rest_counters().refused_logins, 2U);
}

TEST_F(RestSessionTest, AnswersAnEmptyLoginWithErrorCode110) {
    EXPECT_EQ(error_of(client_->request("POST", "/dxsca-web/login")), "500/110");
}

TEST_F(RestSessionTest, RefusesRequestsWithoutATokenOrInAnotherScheme) {
    EXPECT_EQ(error_of(get("/portfolio")), "401/1");
    ASSERT_EQ(log_in().status, 200U);
    client_->authorize("Bearer " + token_);
    EXPECT_EQ(error_of(get("/portfolio")), "401/1");
}

TEST_F(RestSessionTest, EndsTheTokenAtLogout) {
    ASSERT_EQ(log_in().status, 200U);
    EXPECT_EQ(client_->request("POST", "/dxsca-web/logout").status, 200U);
    EXPECT_EQ(error_of(get("/portfolio")), "401/1");
}

TEST_F(RestSessionTest, EndsTokensWhenTheVenueKicksThem) {
    ASSERT_EQ(log_in().status, 200U);
    simulator_->end_rest_sessions();
    EXPECT_EQ(error_of(get("/portfolio")), "401/1");
}

TEST_F(RestSessionTest, AnswersAPingWithTheTokenOrWithANewOneThatReplacesIt) {
    ASSERT_EQ(log_in().status, 200U);
    auto ping = client_->request("POST", "/dxsca-web/ping");
    EXPECT_EQ(parsed(ping).at("sessionToken").as_string(), token_);
    simulator_->change_rest([](RestOptions& rest) { rest.ping_gives_new_token = true; });
    ping = client_->request("POST", "/dxsca-web/ping");
    EXPECT_NE(parsed(ping).at("sessionToken").as_string(), token_);
    EXPECT_EQ(error_of(get("/portfolio")), "401/1");
}

TEST_F(RestSessionTest, WritesTheTimeoutInEachFormat) {
    const std::pair<TimeoutFormat, const char*> formats[] = {
        {TimeoutFormat::Iso8601, "\"PT30M\""},
        {TimeoutFormat::Seconds, "1800"},
        {TimeoutFormat::Milliseconds, "\"1800000\""}};
    for (const auto& [format, expected] : formats) {
        simulator_->change_rest([&](RestOptions& rest) { rest.timeout_format = format; });
        EXPECT_EQ(json::serialize(parsed(log_in()).at("timeout")), expected);
    }
}

TEST_F(RestSessionTest, EndsTheFirstTokenAtASecondLoginIfToldTo) {
    ASSERT_EQ(log_in().status, 200U);
    simulator_->change_rest([](RestOptions& rest) { rest.second_login_ends_first = true; });
    const auto first = token_;
    ASSERT_EQ(log_in().status, 200U);
    EXPECT_EQ(get("/portfolio").status, 200U);
    client_->authorize("DXAPI " + first);
    EXPECT_EQ(error_of(get("/portfolio")), "401/1");
}

TEST_F(RestSessionTest, TakesALoginTokenOnlyIfTheAccountHasOne) {
    const std::string body = R"({"username":"acc1","domain":"default","token":"sso"})";
    EXPECT_EQ(error_of(client_->request("POST", "/dxsca-web/loginByToken", body)), "401/3");
    SimulatorOptions options;
    options.accounts.front().login_token = "sso";
    restart(std::move(options));
    EXPECT_EQ(client_->request("POST", "/dxsca-web/loginByToken", body).status, 200U);
}

TEST_F(RestSessionTest, AcceptsASignedRequestAndRefusesOneOfAnotherKeyOrTime) {
    SimulatorOptions options;
    options.accounts.front().public_token = "public";
    options.accounts.front().private_token = "private";
    restart(std::move(options));
    const auto now = std::chrono::floor<std::chrono::milliseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    const auto sign = [&](const std::string& key, std::int64_t time) {
        const auto text =
            "Method=GET\nContent=\nURI=/accounts/default%3AACC-1/portfolio\nTimestamp=" +
            std::to_string(time);
        client_->authorize("DXAPI principal=\"public\",timestamp=" + std::to_string(time) +
                           ",hash=\"" + signature_hash(key, text) + "\"");
        return get("/portfolio").status;
    };
    EXPECT_EQ(sign("private", now), 200U);
    EXPECT_EQ(sign("other", now), 401U);
    EXPECT_EQ(sign("private", now - 600'000), 401U);
}

TEST_F(RestSessionTest, LimitsLoginsReadsAndOrdersApart) {
    SimulatorOptions options;
    options.rest.rate_limits.read = {2, std::chrono::hours{1}};
    options.rest.rate_limits.login = {2, std::chrono::hours{1}};
    restart(std::move(options));
    ASSERT_EQ(log_in().status, 200U);
    EXPECT_EQ(get("/orders").status, 200U);
    EXPECT_EQ(get("/orders").status, 200U);
    const auto refused = get("/orders");
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.headers.at("retry-after"), "1");
    EXPECT_EQ(post_order(limit("a1", "1000", "1.09")).status, 200U);
    simulator_->change_rest([](RestOptions& rest) { rest.rate_limits.sends_retry_after = false; });
    EXPECT_EQ(get("/orders").headers.count("retry-after"), 0U);
    ASSERT_EQ(log_in().status, 200U);
    EXPECT_EQ(log_in().status, 429U);
    EXPECT_EQ(simulator_->rest_counters().rate_limited, 3U);
}

TEST_F(RestSessionTest, AnswersUnknownAndBadlyEncodedPathsWithHtml) {
    ASSERT_EQ(log_in().status, 200U);
    for (const char* target :
         {"/dxsca-web/orders", "/dxsca-web/accounts", "/dxsca-web/time", "/elsewhere",
          "/dxsca-web/accounts/default:ACC-1/portfolio", "/dxsca-web/login/",
          "/dxsca-web/accounts/default%3/portfolio", "/dxsca-web/instruments"}) {
        const auto answer = client_->request("GET", target);
        EXPECT_EQ(answer.status, 404U) << target;
        EXPECT_EQ(answer.headers.at("content-type"), "text/html") << target;
    }
}

TEST_F(RestSessionTest, RefusesOtherMethodsAcceptsContentTypesAndMissingUserAgents) {
    ASSERT_EQ(log_in().status, 200U);
    EXPECT_EQ(client_->request("GET", "/dxsca-web/ping").status, 405U);
    EXPECT_EQ(get("/portfolio", {{"Accept", "text/csv"}}).status, 406U);
    EXPECT_EQ(client_
                  ->request("POST", kAccount + std::string{"/orders"}, "{}",
                            {{"Content-Type", "text/plain"}})
                  .status,
              415U);
    client_->set_user_agent("");
    EXPECT_EQ(get("/portfolio").status, 403U);
}

TEST_F(RestSessionTest, HidesTheAccountsOfOtherUsers) {
    SimulatorOptions options;
    options.accounts.push_back(
        {.id = "ACC-2", .account = "default:ACC-2", .sender_comp_id = "ACC2", .username = "acc2"});
    restart(std::move(options));
    ASSERT_EQ(log_in().status, 200U);
    EXPECT_EQ(error_of(client_->request("GET", "/dxsca-web/accounts/default%3AACC-2/portfolio")),
              "404/2");
    EXPECT_EQ(error_of(client_->request("GET", "/dxsca-web/accounts/nobody/portfolio")), "404/2");
}

TEST_F(RestSessionTest, DemandsAClientCertificateOnlyIfToldTo) {
    SimulatorOptions options;
    options.rest.demands_client_certificate = true;
    restart(std::move(options));
    EXPECT_EQ(log_in().status, 0U);
    auto with_certificate = rest_options();
    with_certificate.certificate_pem = read_file(directory_ / "client-ACC-1.pem");
    with_certificate.key_pem = read_file(directory_ / "client-ACC-1.key");
    client_ = std::make_unique<RestTestClient>(with_certificate);
    EXPECT_EQ(log_in().status, 200U);
}

TEST_F(RestSessionTest, CompressesAnswersForClientsThatAcceptIt) {
    ASSERT_EQ(log_in().status, 200U);
    const auto answer = get("/portfolio", {{"Accept-Encoding", "gzip"}});
    EXPECT_EQ(answer.headers.at("content-encoding"), "gzip");
    EXPECT_EQ(answer.body.substr(0, 2), "\x1f\x8b");
}

}  // namespace
}  // namespace broker::simulator
