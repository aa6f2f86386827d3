#include "net/http_request_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broker::net {
namespace {

using core::Reason;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const HttpPeerFields kPeer{"venue.example:9443", "dxtrade-adapter/1"};

std::string text_of(const HttpRequest& request) {
    return http_request_text(request, kPeer).value();
}

void expect_refused(const HttpRequest& request, const HttpPeerFields& peer = kPeer) {
    const auto text = http_request_text(request, peer);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().reason, Reason::InvalidField);
    EXPECT_THAT(text.error().detail, Not(HasSubstr("secret")));
}

TEST(HttpRequestText, HasWhatEachRequestNeeds) {
    EXPECT_EQ(text_of({HttpMethod::Get, "/a?b=c", {{"Accept", "application/json"}}, {}}),
              "GET /a?b=c HTTP/1.1\r\nHost: venue.example:9443\r\n"
              "User-Agent: dxtrade-adapter/1\r\nAccept-Encoding: gzip, deflate\r\n"
              "Accept: application/json\r\n\r\n");
}

TEST(HttpRequestText, HasALengthWhereAPeerExpectsABody) {
    for (const auto method : {HttpMethod::Post, HttpMethod::Put}) {
        EXPECT_THAT(text_of({method, "/", {}, {}}), EndsWith("Content-Length: 0\r\n\r\n"));
        EXPECT_THAT(text_of({method, "/", {}, "{}"}), EndsWith("Content-Length: 2\r\n\r\n{}"));
    }
    for (const auto method : {HttpMethod::Get, HttpMethod::Delete}) {
        EXPECT_THAT(text_of({method, "/", {}, {}}), Not(HasSubstr("Content-Length")));
        EXPECT_THAT(text_of({method, "/", {}, "{}"}), EndsWith("Content-Length: 2\r\n\r\n{}"));
    }
}

TEST(HttpRequestText, NamesEachMethod) {
    EXPECT_THAT(text_of({HttpMethod::Delete, "/", {}, {}}), testing::StartsWith("DELETE / "));
    EXPECT_EQ(http_method_name(HttpMethod::Get), "GET");
    EXPECT_EQ(http_method_name(HttpMethod::Post), "POST");
    EXPECT_EQ(http_method_name(HttpMethod::Put), "PUT");
}

TEST(HttpRequestText, IsRefusedWithATargetThatIsNotOnePath) {
    for (const auto* target :
         {"", "a", "https://x/", "/a b", "/a\r\nX: y", "/\xC3\xA4", "/a\x7F"}) {
        expect_refused({HttpMethod::Get, target, {}, {}});
    }
}

TEST(HttpRequestText, IsRefusedWithAHeaderThatIsNotOneLine) {
    for (const auto& value : {std::string{"secret\r\nX: y"}, std::string{"secret\n"},
                              std::string{"secret\r"}, std::string{"secret\0", 7}}) {
        expect_refused({HttpMethod::Get, "/", {{"X", value}}, {}});
    }
    for (const auto* name : {"", "X Y", "X:", "X\r\n", "X\xE4"}) {
        expect_refused({HttpMethod::Get, "/", {{name, "secret"}}, {}});
    }
}

TEST(HttpRequestText, IsRefusedWithAHeaderThatTheConnectionWrites) {
    for (const auto* name : {"Host", "content-length", "TRANSFER-ENCODING", "Connection",
                             "User-Agent", "Accept-Encoding", "Expect", "Upgrade", "TE"}) {
        expect_refused({HttpMethod::Get, "/", {{name, "secret"}}, {}});
    }
}

TEST(HttpRequestText, IsRefusedWithAControlCharacterInWhatEveryRequestHas) {
    expect_refused({HttpMethod::Get, "/", {}, {}}, {"venue\r\n", "agent"});
    expect_refused({HttpMethod::Get, "/", {}, {}}, {"venue", "agent\n"});
}

TEST(HttpRequestText, IsRefusedAboveFourMebibytes) {
    expect_refused({HttpMethod::Post, "/", {}, std::string(4U << 20U, 'x')});
    EXPECT_TRUE(http_request_text({HttpMethod::Post, "/", {}, std::string(4'000'000, 'x')}, kPeer));
}

}  // namespace
}  // namespace broker::net
