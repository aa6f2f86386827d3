#include "dxtrade/rest/session_token.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::payload;

TEST(SessionToken, PutsCredentialsIntoOneBlockOfMemory) {
    const core::Secret password{"p\"w\\d\n" + std::string(100, 'x')};
    const std::string body = login_body("alice", "default", password);
    EXPECT_EQ(body, R"({"username":"alice","domain":"default","password":"p\"w\\d\n)" +
                        std::string(100, 'x') + "\"}");
    EXPECT_EQ(login_by_token_body("alice", "default", core::Secret{"tok"}),
              R"({"username":"alice","domain":"default","token":"tok"})");
}

TEST(SessionToken, ReadsEveryFormOfAnAnswer) {
    for (const char* name : {"login.json", "login_iso_timeout.json", "login_seconds_timeout.json",
                             "login_ms_timeout.json"}) {
        const auto session = session_token_from_json(payload(name));
        ASSERT_TRUE(session) << name;
        EXPECT_EQ(session->token, "k3v8example") << name;
        EXPECT_EQ(session->timeout, core::Duration{minutes{30}}) << name;
    }
}

TEST(SessionToken, KeepsTheTokenInUseWhereAPingBringsNone) {
    for (const std::string& text :
         {payload("ping_empty.json"), std::string{}, std::string{" \n"}}) {
        const auto session = session_token_from_json(text);
        ASSERT_TRUE(session);
        EXPECT_EQ(session->token, "");
        EXPECT_FALSE(session->timeout);
    }
}

TEST(SessionToken, NeverQuotesAnAnswerInItsError) {
    for (const char* text :
         {"k3v8example", "\"k3v8example\"", R"({"sessionToken":"k3v8example")"}) {
        const auto session = session_token_from_json(text);
        ASSERT_FALSE(session);
        EXPECT_EQ(session.error().reason, core::Reason::HttpResponseMalformed);
        EXPECT_EQ(session.error().detail.find("k3v8"), std::string::npos);
    }
}

TEST(SessionToken, ReadsEveryFormOfATimeout) {
    EXPECT_EQ(session_timeout("00:30:00"), core::Duration{minutes{30}});
    EXPECT_EQ(session_timeout("01:00:05.250"), core::Duration{hours{1} + seconds{5}});
    EXPECT_EQ(session_timeout("PT30M"), core::Duration{minutes{30}});
    EXPECT_EQ(session_timeout("P1DT1H2M3.5S"), core::Duration{hours{25} + minutes{2} + seconds{3}});
    EXPECT_EQ(session_timeout("1800"), core::Duration{seconds{1'800}});
    EXPECT_EQ(session_timeout("604800"), core::Duration{hours{24 * 7}});
    EXPECT_EQ(session_timeout("604801"), core::Duration{milliseconds{604'801}});
    EXPECT_EQ(session_timeout("1800000"), core::Duration{minutes{30}});
}

TEST(SessionToken, RefusesWhatIsNoTimeout) {
    for (const char* text :
         {"", "0", "-5", "00:00:00", "soon", "30m", "P", "PT", "PT5", "P5H", "00:30", "00:60:00",
          "1800s", "99999999999999999999", "PT-5M", "P1DT1H99999999999S"}) {
        EXPECT_FALSE(session_timeout(text)) << text;
    }
}

TEST(SessionToken, PutsOneSpaceBetweenSchemeAndToken) {
    EXPECT_EQ(authorization(core::Secret{"k3v"}), "DXAPI k3v");
}

}  // namespace
}  // namespace broker::dxtrade::rest
