#include "net/uri.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broker::net {
namespace {

using testing::HasSubstr;
using testing::Not;

void expect_refused(std::string_view url, std::string_view words,
                    std::string_view scheme = "https") {
    const auto base = parse_base_url(url, scheme);
    ASSERT_FALSE(base) << url;
    EXPECT_EQ(base.error().reason, core::Reason::Configuration);
    EXPECT_THAT(base.error().detail, HasSubstr(words));
}

TEST(BaseUrl, IsSplitIntoHostPortAndPath) {
    const auto base = parse_base_url("https://demo.dx.trade:9443/dxsca-web").value();
    EXPECT_EQ(base.host, "demo.dx.trade");
    EXPECT_EQ(base.port, "9443");
    EXPECT_EQ(base.path, "/dxsca-web");
}

TEST(BaseUrl, HasPort443AndNoPathUnlessTheyAreGiven) {
    for (const auto* url : {"https://h.example", "https://h.example/", "https://h.example:/"}) {
        const auto base = parse_base_url(url).value();
        EXPECT_EQ(base.port, "443") << url;
        EXPECT_EQ(base.path, "") << url;
    }
}

TEST(BaseUrl, LosesTheSlashAtTheEndOfItsPath) {
    EXPECT_EQ(parse_base_url("https://h/a/b//").value().path, "/a/b");
}

TEST(BaseUrl, TakesAnIpv6AddressInBracketsAndAnIpv4Address) {
    const auto base = parse_base_url("https://[::1]:9443/x").value();
    EXPECT_EQ(base.host, "::1");
    EXPECT_EQ(base.port, "9443");
    EXPECT_EQ(parse_base_url("https://127.0.0.1").value().host, "127.0.0.1");
}

TEST(BaseUrl, TakesASchemeInAnyCaseAndWssWhereItIsAskedFor) {
    EXPECT_TRUE(parse_base_url("HTTPS://h"));
    EXPECT_EQ(parse_base_url("wss://h/p", "wss").value().path, "/p");
}

TEST(BaseUrl, IsRefusedWithoutTlsOrWithAnotherScheme) {
    expect_refused("http://h/x", "without TLS");
    expect_refused("ws://h/x", "without TLS", "wss");
    expect_refused("wss://h/x", "must begin with https://");
    expect_refused("https://h/x", "must begin with wss://", "wss");
}

TEST(BaseUrl, IsRefusedWithoutAHostOrWithAPortOutOfRange) {
    expect_refused("https:///x", "host is missing");
    expect_refused("https://h:0/x", "1..65535");
    expect_refused("https://h:65536/x", "1..65535");
    expect_refused("https://h:999999999999/x", "1..65535");
}

TEST(BaseUrl, IsRefusedWithAQueryOrAFragment) {
    expect_refused("https://h/x?y=1", "query");
    expect_refused("https://h/x#y", "fragment");
}

TEST(BaseUrl, IsRefusedWhenItIsNoUrl) {
    for (const auto* url :
         {"", "h.example/x", "https:/h", "https://h/a b", "https://[::1/x", "https://h:port/x",
          "https://h/%zz", "https://a%0d%0ab/", "https://[v1.x]/"}) {
        EXPECT_FALSE(parse_base_url(url)) << url;
    }
}

TEST(BaseUrl, IsRefusedWithCredentialsThatTheErrorDoesNotRepeat) {
    for (const auto* url : {"https://user:hunter2@h/x", "https://user:hunter2@h/x y"}) {
        const auto base = parse_base_url(url);
        ASSERT_FALSE(base);
        EXPECT_THAT(base.error().detail, Not(HasSubstr("hunter2")));
    }
    expect_refused("https://user:hunter2@h/x", "credentials");
}

TEST(HostAndPort, PutsAnIpv6AddressIntoBrackets) {
    EXPECT_EQ(host_and_port("h", "1"), "h:1");
    EXPECT_EQ(host_and_port("::1", "1"), "[::1]:1");
}

TEST(EncodeSegment, KeepsUnreservedBytesAlone) {
    EXPECT_EQ(encode_segment("azAZ09-._~"), "azAZ09-._~");
    EXPECT_EQ(encode_segment("default:AB-1001"), "default%3AAB-1001");
    EXPECT_EQ(encode_segment("EUR/USD"), "EUR%2FUSD");
    EXPECT_EQ(encode_segment(std::string_view{"\0 %\xFF", 4}), "%00%20%25%FF");
}

TEST(EncodeSegment, LeavesNoByteThatATargetCannotHold) {
    for (int byte = 0; byte < 256; ++byte) {
        const char character = static_cast<char>(byte);
        for (const char each : encode_segment({&character, 1})) {
            EXPECT_TRUE(each > ' ' && each < '\x7F') << byte;
            EXPECT_EQ(std::string_view{"/?#&=+;,:@"}.find(each), std::string_view::npos) << byte;
        }
    }
}

TEST(QueryString, IsEmptyWithoutParameters) { EXPECT_EQ(QueryString{}.text(), ""); }

TEST(QueryString, EncodesNamesAndValues) {
    QueryString query;
    query.add("limit", "100").add("from", "2026-11-26T10:00:00+01:00").add("a&b", "");
    EXPECT_EQ(query.text(), "?limit=100&from=2026-11-26T10%3A00%3A00%2B01%3A00&a%26b=");
}

TEST(QueryString, KeepsTheCommasOfAList) {
    QueryString query;
    query.add_list("order-codes", {"p:1", "c,2"}).add_list("none", {});
    EXPECT_EQ(query.text(), "?order-codes=p%3A1,c%2C2&none=");
}

}  // namespace
}  // namespace broker::net
