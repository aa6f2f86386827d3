#include <algorithm>

#include "channel_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;
using core::Reason;
using States = std::vector<std::string>;

class RestSessionTest : public RestChannelTest {
protected:
    // Instead of logging in.
    void sign_requests() {
        RestChannelSettings settings = settings_of(profile_);
        settings.credentials = {};
        settings.credentials.authentication = Authentication::Hmac;
        settings.credentials.public_token = "pub";
        settings.credentials.private_token = core::Secret{"priv"};
        channel_ = std::make_unique<RestChannel>(std::move(settings), host_, listener_);
    }
};

TEST_F(RestSessionTest, LogsInAndReadsAccountAndPortfolioBeforeItIsLoggedOn) {
    channel().start();
    EXPECT_TRUE(listener_.states.empty());
    transport().run();
    EXPECT_EQ(listener_.states, (States{"connecting", "logged on"}));
    ASSERT_GE(transport().sent.size(), 3U);
    EXPECT_EQ(ScriptedTransport::line_of(transport().sent[0]), "POST /base/login");
    EXPECT_EQ(ScriptedTransport::line_of(transport().sent[1]), "GET /base/users/alice%40default");
    EXPECT_EQ(ScriptedTransport::line_of(transport().sent[2]),
              "GET /base/accounts/default%3AA/portfolio");
    EXPECT_EQ(ScriptedTransport::header(transport().sent[2], "Authorization"), "DXAPI token-1");
}

TEST_F(RestSessionTest, IsLoggedOnWithoutAccountDetailsWhereTheVenueDoesNotShowThem) {
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target.find("/users/") != std::string::npos) return answered(404);
        return usual(request);
    };
    log_on();
}

TEST_F(RestSessionTest, TellsRefusedLoginAndWaitsTheLongestTimeBeforeTheNext) {
    transport().script = [](const net::HttpRequest&) {
        return answered(401, R"({"errorCode":"3","description":"login failed"})");
    };
    channel().start();
    transport().run();
    EXPECT_EQ(listener_.states, (States{"connecting", "down REST_LOGIN_REFUSED"}));
    EXPECT_GE(listener_.next_attempt, 30s);
    answer_as_usual();
    pass(29s);
    EXPECT_EQ(transport().count("/login"), 1U);
    pass(2s);
    EXPECT_TRUE(channel().is_logged_on());
}

TEST_F(RestSessionTest, TellsUnreachableHostAndTriesAgainWithBackoff) {
    transport().script = [](const net::HttpRequest&) {
        return failed(Reason::ConnectRefused, false);
    };
    channel().start();
    transport().run();
    EXPECT_EQ(listener_.states, (States{"connecting", "down CONNECT_REFUSED"}));
    answer_as_usual();
    pass(3s);
    EXPECT_TRUE(channel().is_logged_on());
}

TEST_F(RestSessionTest, IsNotLoggedOnWhereTheAccountIsNotPermitted) {
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target.find("/portfolio") != std::string::npos) {
            return answered(404, R"({"errorCode":"2","description":"no such entity"})");
        }
        return usual(request);
    };
    channel().start();
    transport().run();
    EXPECT_FALSE(channel().is_logged_on());
    EXPECT_EQ(listener_.states.back(), "down REST_NOT_PERMITTED");
}

TEST_F(RestSessionTest, LogsInOneASecondWhateverTheNumberOfAccounts) {
    std::vector<std::unique_ptr<RestChannel>> channels;
    for (int i = 0; i < 30; ++i) {
        channels.push_back(std::make_unique<RestChannel>(settings_of(profile_), host_, listener_));
        channels.back()->start();
    }
    pass(31s);
    std::vector<core::MonotonicTime> logins;
    for (std::size_t i = 0; i < transport().sent.size(); ++i) {
        if (transport().sent[i].target == "/base/login") logins.push_back(transport().sent_at[i]);
    }
    ASSERT_EQ(logins.size(), 30U);
    for (std::size_t i = 1; i < logins.size(); ++i) EXPECT_GE(logins[i] - logins[i - 1], 1s);
    EXPECT_TRUE(std::all_of(channels.begin(), channels.end(),
                            [](const auto& each) { return each->is_logged_on(); }));
}

TEST_F(RestSessionTest, PingsAtAThirdOfTheTimeoutWhenNothingElseIsAsked) {
    log_on();
    channel().set_push_live(true);
    pass(9min);
    EXPECT_EQ(transport().count("/ping"), 0U);
    pass(2min);
    EXPECT_EQ(transport().count("/ping"), 1U);
}

TEST_F(RestSessionTest, DoesNotPingWhilePollsKeepTheTokenAlive) {
    log_on();
    pass(20min);
    EXPECT_EQ(transport().count("/ping"), 0U);
    EXPECT_GT(transport().count("/portfolio"), 100U);
}

TEST_F(RestSessionTest, AdoptsTheTokenThatAPingBrings) {
    log_on();
    channel().set_push_live(true);
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target == "/base/ping") {
            return answered(200, R"({"sessionToken":"pinged","timeout":"PT30M"})");
        }
        return usual(request);
    };
    pass(11min);
    EXPECT_EQ(channel().tokens().token(), "pinged");
    channel().refresh();
    transport().run();
    EXPECT_EQ(ScriptedTransport::header(*transport().last("/portfolio"), "Authorization"),
              "DXAPI pinged");
}

TEST_F(RestSessionTest, RenewsTheTokenOnceForAllRequestsThatMeetA401AndSendsEachAgainOnce) {
    log_on();
    pass(6s);
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (ScriptedTransport::header(request, "Authorization") == "DXAPI token-1") {
            return answered(401, R"({"errorCode":"1","description":"expired"})");
        }
        return usual(request);
    };
    core::Query positions;
    positions.kind = core::QueryKind::AccountSummary;
    positions.request_id = 1;
    ASSERT_TRUE(channel().ask(positions));
    positions.request_id = 2;
    ASSERT_TRUE(channel().ask(positions));
    transport().run();
    EXPECT_EQ(logins_, 2);
    ASSERT_EQ(listener_.done.size(), 2U);
    EXPECT_EQ(listener_.done[0].reason, Reason::None);
    EXPECT_EQ(listener_.done[1].reason, Reason::None);
    EXPECT_TRUE(channel().is_logged_on());
    EXPECT_EQ(std::count(listener_.states.begin(), listener_.states.end(), "logged on"), 1);
}

TEST_F(RestSessionTest, EndsWhenNewCredentialsAreRefusedAgainAndAgain) {
    log_on();
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target == "/base/login") return usual(request);
        return answered(401, R"({"errorCode":"1","description":"expired"})");
    };
    pass(10s);
    EXPECT_NE(
        std::find(listener_.states.begin(), listener_.states.end(), "down REST_LOGIN_REFUSED"),
        listener_.states.end());
    EXPECT_LE(logins_, 12);
}

TEST_F(RestSessionTest, TellsItsTokenListenersWhenTheTokenIsGoneAndWhenThereIsANewOne) {
    struct Listener final : TokenListener {
        explicit Listener(TokenSource& of) : tokens{of} { tokens.add_listener(*this); }
        ~Listener() override { tokens.remove_listener(*this); }
        void on_token_changed() override { seen.emplace_back(tokens.token()); }
        TokenSource& tokens;
        std::vector<std::string> seen;
    };
    log_on();
    pass(6s);
    Listener listener{channel().tokens()};
    channel().tokens().expired("token-1");
    channel().tokens().expired("token-1");
    EXPECT_TRUE(listener.seen.empty());
    transport().run();
    EXPECT_EQ(listener.seen, (std::vector<std::string>{"", "token-2"}));
    channel().tokens().expired("token-1");  // an old one
    transport().run();
    EXPECT_EQ(logins_, 2);
}

TEST_F(RestSessionTest, LogsOutWhenStopped) {
    log_on();
    bool is_done = false;
    channel().stop("done", [&] { is_done = true; });
    EXPECT_FALSE(is_done);
    transport().run();
    EXPECT_TRUE(is_done);
    EXPECT_EQ(transport().count("/logout"), 1U);
}

TEST_F(RestSessionTest, IsStoppedInBoundedTimeWhenThePeerIsGone) {
    log_on();
    transport().script = nullptr;
    int times = 0;
    channel().stop("done", [&] { ++times; });
    pass(3s);
    EXPECT_EQ(times, 1);
    transport().answer("/logout", failed(Reason::ConnectionLost, true));
    EXPECT_EQ(times, 1);
}

TEST_F(RestSessionTest, SignsEachRequestInsteadOfLoggingInWithHmac) {
    sign_requests();
    log_on();
    EXPECT_EQ(transport().count("/login"), 0U);
    EXPECT_EQ(ScriptedTransport::header(*transport().last("/portfolio"), "Authorization")
                  .rfind("DXAPI principal=\"pub\",timestamp=", 0),
              0U);
}

TEST_F(RestSessionTest, TellsRefusedSignatureAndWaitsTheLongestTimeBeforeTheNext) {
    sign_requests();
    transport().script = [](const net::HttpRequest&) {
        return answered(401, R"({"errorCode":"1","description":"not authorised"})");
    };
    channel().start();
    transport().run();
    EXPECT_EQ(listener_.states, (States{"connecting", "down REST_LOGIN_REFUSED"}));
    EXPECT_GE(listener_.next_attempt, 30s);
    EXPECT_NE(listener_.notices.back().find("private_token"), std::string::npos);
    answer_as_usual();
    const std::size_t sent = transport().sent.size();
    pass(29s);
    EXPECT_EQ(transport().sent.size(), sent);
    pass(2s);
    EXPECT_TRUE(channel().is_logged_on());
}

TEST_F(RestSessionTest, NeverTellsPasswordOrToken) {
    log_on();
    pass(6s);
    transport().script = [](const net::HttpRequest&) {
        return answered(401, R"({"errorCode":"3","description":"login failed"})");
    };
    pass(10s);
    for (const std::string& text : listener_.notices) {
        EXPECT_EQ(text.find("secret-word"), std::string::npos) << text;
        EXPECT_EQ(text.find("token-1"), std::string::npos) << text;
    }
    EXPECT_FALSE(listener_.notices.empty());
}

TEST(LoginGate, SpreadsSlotsEvenlyAndApartByHost) {
    LoginGate gate;
    const core::MonotonicTime now{1h};
    const RateRule two{2, std::chrono::milliseconds{1'000}};
    EXPECT_EQ(gate.take_slot("a", two, now), now);
    EXPECT_EQ(gate.take_slot("a", two, now), now + 500ms);
    EXPECT_EQ(gate.take_slot("b", two, now), now);
    gate.throttled("b", now + 7s);
    EXPECT_EQ(gate.take_slot("b", two, now), now + 7s);
}

}  // namespace
}  // namespace broker::dxtrade::rest
