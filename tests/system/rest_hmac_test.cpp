// An account whose REST requests are signed: right keys, wrong ones, and a venue that signs
// something else.
#include <filesystem>
#include <fstream>

#include "system/rest_fixture.hpp"

namespace broker::test {
namespace {

using simulator::RestEndpoint;
using testing::HasSubstr;
using testing::Not;

class SignedRequests : public RestFixture {
protected:
    SignedRequests()
        : RestFixture{[](simulator::SimulatorOptions& options) {
              options.accounts.front().public_token = "public-1";
              options.accounts.front().private_token = "the-private-key";
          }} {}

    void use_key(const std::string& key) {
        const auto file = rig_.directory() / "private-token";
        std::ofstream{file} << key;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        rig_.account().rest_credentials =
            "authentication: hmac, public_token: public-1, private_token: \"file:" + file.string() +
            "\"";
    }
    // As start(), with a venue that refuses.
    void start_refused() {
        rig_.account().rest = Rest::Trades;
        rig_.account().rest_reconnect = "{initial_ms: 20, maximum_ms: 60000}";
        rig_.start();
        ASSERT_TRUE(events().wait_for(session_reason("ACC-1", BROKER_REASON_REST_LOGIN_REFUSED)))
            << rig_.log();
    }
};

TEST_F(SignedRequests, AccountTradesWithoutALogin) {
    use_key("the-private-key");
    start(Rest::Trades, false);
    submit("M-1");
    ASSERT_TRUE(wait_status("M-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    rest_order("L-1");
    ASSERT_TRUE(rig_.replace("ACC-1", "R-1", "L-1", "", "0.6").is_ok());
    ASSERT_TRUE(wait_settled("R-1")) << rig_.log();
    ASSERT_TRUE(rig_.cancel("ACC-1", "C-1", "R-1").is_ok());
    ASSERT_TRUE(wait_settled("C-1")) << rig_.log();
    expect_same_at_both({"M-1"});
    expect_same_at_both({"L-1", "R-1", "C-1"});
    EXPECT_EQ(venue().rest_counters().of(RestEndpoint::Login), 0U);
    for (const auto& request : venue().rest_requests()) {
        EXPECT_NE(request.status, 401U) << request.method << " " << request.target;
    }
}

TEST_F(SignedRequests, EveryPartOfWhatIsSignedFollowsTheProfile) {
    venue().change_rest([](simulator::RestOptions& rest) {
        rest.hmac.uri_has_prefix = true;
        rest.hmac.uri_has_query = false;
        rest.hmac.uri_is_encoded = false;
        rest.hmac.empty_content_has_line = false;
        rest.hmac.separator = "|";
    });
    rig_.change_profile(
        "hmac: {uri_has_prefix: false, uri_has_query: true, uri_is_encoded: true,\n"
        "         empty_content_has_line: true, separator: \"\\n\"}",
        "hmac: {uri_has_prefix: true, uri_has_query: false, uri_is_encoded: false,\n"
        "         empty_content_has_line: false, separator: \"|\"}");
    use_key("the-private-key");
    start(Rest::Trades, false);
    submit("M-1");
    ASSERT_TRUE(wait_status("M-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
}

TEST_F(SignedRequests, WrongKeyIsToldClearlyAndTriedAgainOnlyAfterTheLongestWait) {
    use_key("another-key");
    start_refused();
    const RecordedEvent told =
        events().find(session_reason("ACC-1", BROKER_REASON_REST_LOGIN_REFUSED)).front();
    EXPECT_EQ(told.channel, BROKER_CHANNEL_REST);
    EXPECT_THAT(told.text, HasSubstr("refuses the signature"));
    EXPECT_THAT(told.text, HasSubstr("private_token"));
    EXPECT_GE(told.next_attempt_ms, 60'000);
    // Each request that was under way, and none since.
    EXPECT_LE(venue().rest_requests().size(), 3U) << rig_.log();
    EXPECT_EQ(rig_.submit({.id = "M-1"}).reason, BROKER_REASON_ACCOUNT_NOT_READY);
    EXPECT_TRUE(venue().orders().empty());
    rig_.stop();
    EXPECT_THAT(rig_.log(), Not(HasSubstr("another-key")));
    EXPECT_THAT(events().all_text(), Not(HasSubstr("another-key")));
}

TEST_F(SignedRequests, VenueThatSignsSomethingElseIsToldLikewise) {
    venue().change_rest([](simulator::RestOptions& rest) { rest.hmac.uri_has_prefix = true; });
    use_key("the-private-key");
    start_refused();
    EXPECT_THAT(
        events().find(session_reason("ACC-1", BROKER_REASON_REST_LOGIN_REFUSED)).front().text,
        HasSubstr("rest.hmac"));
}

TEST_F(SignedRequests, PushBesideThemIsRefusedWithTheConfiguration) {
    use_key("the-private-key");
    rig_.account().rest = Rest::Trades;
    rig_.account().has_push = true;
    try {
        rig_.create();
        FAIL() << "the adapter was made";
    } catch (const std::exception& error) {
        EXPECT_THAT(error.what(), HasSubstr("push: expected rest.authentication: password or "
                                            "token with it"));
    }
}

}  // namespace
}  // namespace broker::test
