#include "simulator/rest_message.hpp"

#include <gtest/gtest.h>

#include "simulator/rest_history.hpp"
#include "simulator/rest_json.hpp"
#include "simulator/rest_reference.hpp"
#include "simulator/rest_signature.hpp"

namespace broker::simulator {
namespace {

std::optional<RestRequest> request_to(const std::string& target) {
    RestRequest request{.method = "GET", .target = target};
    if (!read_target(request)) return std::nullopt;
    return request;
}

TEST(RestTarget, IsDecodedSegmentBySegment) {
    const auto request = request_to("/dxsca-web/accounts/default%3AA%2fB/orders?limit=2&x=a%20b");
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->path, (std::vector<std::string>{"accounts", "default:A/B", "orders"}));
    EXPECT_EQ(request->parameter("limit"), "2");
    EXPECT_EQ(request->parameter("x"), "a b");
    EXPECT_EQ(request->parameter("y"), "");
}

TEST(RestTarget, IsRefusedWhereItIsNotEncodedAsASegment) {
    for (const char* target : {"/dxsca-web", "/dxsca-web/", "/dxsca-web/a//b", "/dxsca-web/a:b",
                               "/dxsca-web/a%", "/dxsca-web/a%4", "/dxsca-web/a%zz",
                               "/dxsca-web/a/", "/other/a", "/dxsca-webs/a", "/dxsca-web/a?b=%"})
        EXPECT_FALSE(request_to(target).has_value()) << target;
}

TEST(RestJson, KeepsTheTextOfNumbersAndReadsExponents) {
    const auto json = json_from(R"({"a":0.10,"b":"1E4","c":-2.5e-1,"d":[1,2],"e":"x"})");
    ASSERT_TRUE(json.has_value());
    EXPECT_EQ(json->scalar_of("a"), "0.10");
    EXPECT_EQ(json->find("a")->decimal()->to_string(), "0.10");
    EXPECT_EQ(*json->find("b")->decimal(), *core::Decimal::from(10'000, 0));
    EXPECT_EQ(*json->find("c")->decimal(), *core::Decimal::from(-25, 2));
    EXPECT_EQ(json->find("d")->items.size(), 2U);
    EXPECT_FALSE(json->find("e")->decimal().has_value());
}

TEST(RestJson, RefusesWhatIsNoJson) {
    for (const char* text : {"", "{", "{\"a\":}", "[1,]", "{} {}", "nul"})
        EXPECT_FALSE(json_from(text).has_value()) << text;
    EXPECT_FALSE(json_from(std::string(33, '[') + std::string(33, ']')).has_value());
}

TEST(RestJson, EscapesTextAndWritesNumbersExactly) {
    JsonWriter json{JsonStyle{}};
    json.begin_object().text("a\"b", "c\\d\n").number("n", *core::Decimal::parse("1.50"));
    json.key("l").begin_array().value("x").value("y").end_array().boolean("t", true).end_object();
    EXPECT_EQ(json.str(), R"({"a\"b":"c\\d\u000a","n":1.50,"l":["x","y"],"t":true})");
}

TEST(RestTime, IsReadWithAndWithoutFractionAndAsADate) {
    EXPECT_EQ(iso_text(*iso_time("2031-04-05T06:07:08.901Z")), "2031-04-05T06:07:08.901Z");
    EXPECT_EQ(iso_text(*iso_time("2031-04-05T06:07:08Z")), "2031-04-05T06:07:08.000Z");
    EXPECT_EQ(iso_text(*iso_time("2031-04-05Z")), "2031-04-05T00:00:00.000Z");
    for (const char* text : {"", "2031", "05.04.2031", "2031-13-01", "2031-04-05 06:07:08Z"})
        EXPECT_FALSE(iso_time(text).has_value()) << text;
}

TEST(RestPattern, HasAStarForAnyCharacters) {
    EXPECT_TRUE(matches_pattern("EUR*", "EURUSD"));
    EXPECT_TRUE(matches_pattern("*USD", "EURUSD"));
    EXPECT_TRUE(matches_pattern("E*R*D", "EURUSD"));
    EXPECT_TRUE(matches_pattern("*", ""));
    EXPECT_FALSE(matches_pattern("EUR", "EURUSD"));
    EXPECT_FALSE(matches_pattern("USD*", "EURUSD"));
}

TEST(RestSignatureText, HasThePartsThatTheOptionsGive) {
    RestRequest request{.method = "POST", .target = "/dxsca-web/a%3Ab?c=1", .body = "{}"};
    HmacOptions options;
    EXPECT_EQ(signed_text(request, 7, options),
              "Method=POST\nContent={}\nURI=/a%3Ab?c=1\nTimestamp=7");
    options.uri_has_prefix = true;
    options.uri_has_query = false;
    options.uri_is_encoded = false;
    options.empty_content_has_line = false;
    options.separator = "|";
    request.body.clear();
    EXPECT_EQ(signed_text(request, 7, options), "Method=POST|URI=/dxsca-web/a:b|Timestamp=7");
}

TEST(RestSignatureText, IsHashedAsRfc4231Has) {
    // RFC 4231, test case 2.
    EXPECT_EQ(signature_hash("Jefe", "what do ya want for nothing?"),
              "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
}

}  // namespace
}  // namespace broker::simulator
