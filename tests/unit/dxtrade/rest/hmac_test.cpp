// The hashes are those of the openssl command:
// printf '%s' TEXT | openssl dgst -sha256 -hmac KEY -binary | base64
#include "dxtrade/rest/hmac.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

SignedParts order_parts() {
    return {net::HttpMethod::Post, "/dxsca-web", "/accounts/default%3AAB-1001/orders",
            R"({"orderCode":"A-1"})", example_time() + std::chrono::milliseconds{901}};
}

SignedParts query_parts() {
    return {net::HttpMethod::Get, "/dxsca-web",
            "/accounts/default%3AAB-1001/metrics?include-positions=true", "",
            example_time() + std::chrono::milliseconds{901}};
}

TEST(Hmac, AgreesWithThePublishedVector) {
    // RFC 4231, test case 2.
    EXPECT_EQ(hmac_sha256(core::Secret{"Jefe"}, "what do ya want for nothing?"),
              "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
}

TEST(Hmac, SignsFourLinesByDefault) {
    EXPECT_EQ(canonical_text(order_parts(), {}),
              "Method=POST\nContent={\"orderCode\":\"A-1\"}\n"
              "URI=/accounts/default%3AAB-1001/orders\nTimestamp=1933135628901");
    EXPECT_EQ(hmac_authorization("pub", core::Secret{"s3cr3t-private-token"}, order_parts(), {}),
              "DXAPI principal=\"pub\",timestamp=1933135628901,"
              "hash=\"qo85qAZ7vK7785H4p1ihVB5fb7/0DtuoUTH0jzXdaY0=\"");
}

TEST(Hmac, SignsThePathDecodedAndWithItsPrefixWhereTheRulesSaySo) {
    HmacRules rules;
    rules.uri_has_prefix = true;
    rules.uri_is_encoded = false;
    EXPECT_EQ(canonical_text(query_parts(), rules),
              "Method=GET\nContent=\n"
              "URI=/dxsca-web/accounts/default:AB-1001/metrics?include-positions=true\n"
              "Timestamp=1933135628901");
    EXPECT_EQ(hmac_authorization("pub", core::Secret{"s3cr3t-private-token"}, query_parts(), rules),
              "DXAPI principal=\"pub\",timestamp=1933135628901,"
              "hash=\"7u4V2Sb4nw9iKaOi3MtyhK0FfezCKVwzB46CnfRjyTk=\"");
}

TEST(Hmac, LeavesOutQueryAndEmptyContentWhereTheRulesSaySo) {
    HmacRules rules;
    rules.uri_has_query = false;
    rules.empty_content_has_line = false;
    rules.separator = "|";
    EXPECT_EQ(canonical_text(query_parts(), rules),
              "Method=GET|URI=/accounts/default%3AAB-1001/metrics|Timestamp=1933135628901");
}

TEST(Hmac, KeepsAPercentThatEncodesNothing) {
    HmacRules rules;
    rules.uri_is_encoded = false;
    SignedParts parts = query_parts();
    parts.target = "/a%2Fb%zz%4";
    EXPECT_NE(canonical_text(parts, rules).find("URI=/a/b%zz%4"), std::string::npos);
}

TEST(Hmac, TakesAnEmptyKey) { EXPECT_EQ(hmac_sha256(core::Secret{}, "x").size(), 44U); }

}  // namespace
}  // namespace broker::dxtrade::rest
