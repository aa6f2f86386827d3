#include "dxtrade/rest/rest_error.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Reason;
using test::payload;

RestError json_error(unsigned status, std::string_view code) {
    return rest_error(status, "application/json", R"({"errorCode":")" + std::string{code} + "\"}");
}

TEST(RestError, ReadsCodeAndDescription) {
    const RestError error = rest_error(400, "application/json;charset=UTF-8",
                                       payload("error_400_missing_position_code.json"));
    EXPECT_EQ(error.error_code, "33");
    EXPECT_EQ(text_of(error), "HTTP 400 errorCode=33 \"missing positionCode\"");
}

TEST(RestError, ReadsACodeThatIsANumber) {
    EXPECT_EQ(rest_error(401, "application/json", payload("error_401_expired.json")).error_code,
              "1");
}

TEST(RestError, KnowsAPageByItsTypeOrItsText) {
    EXPECT_TRUE(rest_error(404, "text/html", payload("error_404.html")).is_html);
    EXPECT_TRUE(rest_error(403, "", payload("error_403.html")).is_html);
    EXPECT_TRUE(rest_error(403, "Text/HTML; charset=x", "").is_html);
    EXPECT_FALSE(rest_error(404, "application/json", "{}").is_html);
    EXPECT_EQ(text_of(rest_error(404, "text/html", payload("error_404.html"))),
              "HTTP 404 (a page instead of an answer)");
}

TEST(RestError, KeepsTheWordsOfAnAnswerThatIsNoJson) {
    const RestError error = rest_error(503, "text/plain", "maintenance\nuntil 3");
    EXPECT_EQ(error.description, "maintenance until 3");
    EXPECT_EQ(rest_error(500, "", std::string(1'000, 'x')).description.size(), 200U);
}

struct Case {
    RestError error;
    RequestClass request;
    Proof proof;
    Reason reason;
};

RestError page(unsigned status) { return rest_error(status, "text/html", "<html></html>"); }
RestError nothing(unsigned status) { return rest_error(status, "", ""); }

TEST(RestError, ProvesOnlyWhatTheAnswerSays) {
    using R = RequestClass;
    const std::vector<Case> cases{
        // orders
        {json_error(400, "33"), R::NewOrder, Proof::Refused, Reason::RejectedByVenue},
        {json_error(400, "101"), R::NewOrder, Proof::Refused, Reason::RejectedByVenue},
        {json_error(400, "32"), R::ChangeOrder, Proof::Refused, Reason::RejectedByVenue},
        {nothing(400), R::NewOrder, Proof::Refused, Reason::RejectedByVenue},
        {json_error(409, "100"), R::NewOrder, Proof::Exists, Reason::DuplicateClOrdID},
        {json_error(409, "2001"), R::NewOrder, Proof::Refused, Reason::RejectedByVenue},
        {nothing(409), R::NewOrder, Proof::Nothing, Reason::HttpUnexpectedStatus},
        {page(409), R::NewOrder, Proof::Nothing, Reason::HttpUnexpectedStatus},
        {json_error(409, "1005"), R::ChangeOrder, Proof::OrderFinal, Reason::OrderFinal},
        {json_error(409, "100"), R::ChangeOrder, Proof::Refused, Reason::RejectedByVenue},
        {json_error(404, "2"), R::NewOrder, Proof::Refused, Reason::RestNotPermitted},
        {json_error(404, "2"), R::ChangeOrder, Proof::OrderUnknown, Reason::OrderUnknown},
        {page(404), R::NewOrder, Proof::NotPermitted, Reason::RestNotPermitted},
        {page(404), R::ChangeOrder, Proof::NotPermitted, Reason::RestNotPermitted},
        {json_error(403, "99"), R::ChangeOrder, Proof::PreconditionMissing,
         Reason::RequestRejected},
        {page(403), R::NewOrder, Proof::NotPermitted, Reason::RestNotPermitted},
        {json_error(403, ""), R::NewOrder, Proof::NotPermitted, Reason::RestNotPermitted},
        {json_error(412, ""), R::ChangeOrder, Proof::PreconditionStale, Reason::RequestRejected},
        {nothing(405), R::ChangeOrder, Proof::Refused, Reason::RequestRejected},
        {nothing(406), R::NewOrder, Proof::Refused, Reason::RequestRejected},
        {nothing(413), R::NewOrder, Proof::Refused, Reason::RequestRejected},
        {nothing(415), R::NewOrder, Proof::Refused, Reason::RequestRejected},
        {nothing(429), R::NewOrder, Proof::Throttled, Reason::HttpThrottled},
        {json_error(401, "1"), R::NewOrder, Proof::SessionExpired, Reason::RestSessionExpired},
        {json_error(401, "3"), R::NewOrder, Proof::LoginRefused, Reason::RestLoginRefused},
        {json_error(500, "110"), R::NewOrder, Proof::Nothing, Reason::OutcomeServerError},
        {page(502), R::ChangeOrder, Proof::Nothing, Reason::OutcomeServerError},
        {nothing(503), R::NewOrder, Proof::Nothing, Reason::OutcomeServerError},
        {nothing(408), R::NewOrder, Proof::Nothing, Reason::HttpUnexpectedStatus},
        {nothing(302), R::NewOrder, Proof::Nothing, Reason::HttpUnexpectedStatus},
        {nothing(304), R::ChangeOrder, Proof::Nothing, Reason::HttpUnexpectedStatus},
        // the rest
        {json_error(401, "3"), R::Login, Proof::LoginRefused, Reason::RestLoginRefused},
        {nothing(401), R::Login, Proof::LoginRefused, Reason::RestLoginRefused},
        {nothing(401), R::Read, Proof::SessionExpired, Reason::RestSessionExpired},
        {page(403), R::Login, Proof::NotPermitted, Reason::RestNotPermitted},
        {json_error(404, "2"), R::Read, Proof::NotPermitted, Reason::RestNotPermitted},
        {json_error(400, "32"), R::Read, Proof::Refused, Reason::RequestRejected},
        {nothing(503), R::Read, Proof::Nothing, Reason::HttpServerError},
        {nothing(429), R::Login, Proof::Throttled, Reason::HttpThrottled},
    };
    for (const Case& one : cases) {
        const Verdict found = verdict(one.error, one.request);
        EXPECT_EQ(found.proof, one.proof) << text_of(one.error);
        EXPECT_EQ(found.reason, one.reason) << text_of(one.error);
    }
}

TEST(RestError, ProvesNothingDoneByAllButTwo) {
    EXPECT_FALSE(proves_not_done(Proof::Nothing));
    EXPECT_FALSE(proves_not_done(Proof::Exists));
    EXPECT_TRUE(proves_not_done(Proof::Refused));
    EXPECT_TRUE(proves_not_done(Proof::Throttled));
    EXPECT_TRUE(proves_not_done(Proof::SessionExpired));
}

}  // namespace
}  // namespace broker::dxtrade::rest
