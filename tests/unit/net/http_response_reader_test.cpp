#include "net/http_response_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/gzip.hpp"

namespace broker::net {
namespace {

using namespace std::chrono_literals;
using core::Reason;
using core::Result;
using testing::HasSubstr;
using Progress = HttpResponseReader::Progress;

constexpr HttpLimits kSmall{.max_header_bytes = 1'000, .max_body_bytes = 2'000};
constexpr core::MonotonicTime kReceived{7s};

// Reads one response out of bytes that come in pieces of that size, then the end of the stream.
Result<HttpResponse> read(std::string_view bytes, std::size_t piece,
                          const HttpLimits& limits = kSmall) {
    HttpResponseReader reader{limits};
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const auto progress = reader.put(bytes.substr(at, piece));
        if (!progress) return progress.error();
        if (*progress == Progress::Whole) return reader.take(kReceived);
    }
    if (const auto whole = reader.end_of_stream(); !whole) return whole.error();
    return reader.take(kReceived);
}

// The same in every size of pieces.
void expect_body(std::string_view bytes, std::string_view body) {
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const auto response = read(bytes, piece);
        ASSERT_TRUE(response) << piece << ": " << response.error().detail;
        ASSERT_EQ(response->body, body) << piece;
    }
}

void expect_failure(std::string_view bytes, Reason reason, std::string_view words = "") {
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const auto response = read(bytes, piece);
        ASSERT_FALSE(response) << piece;
        ASSERT_EQ(response.error().reason, reason) << piece << ": " << response.error().detail;
        ASSERT_THAT(response.error().detail, HasSubstr(words)) << piece;
    }
}

std::string ok(std::string_view rest) { return "HTTP/1.1 200 OK\r\n" + std::string{rest}; }

std::string ok_with(std::string_view headers, std::string_view body) {
    return ok(std::string{headers} + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
              std::string{body});
}

TEST(HttpResponseReader, ReadsStatusHeadersAndBody) {
    const auto response =
        read(
            "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nETag: \"7\"\r\n"
            "Content-Length: 2\r\n\r\n{}",
            5)
            .value();
    EXPECT_EQ(response.status, 409U);
    EXPECT_EQ(response.header("content-TYPE"), "application/json");
    EXPECT_EQ(response.header("ETag"), "\"7\"");
    EXPECT_EQ(response.header("Retry-After"), "");
    EXPECT_EQ(response.header("ETa"), "");
    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(response.received, kReceived);
}

TEST(HttpResponseReader, ReadsBodiesOfEveryFraming) {
    expect_body(ok("Content-Length: 5\r\n\r\nhello"), "hello");
    expect_body(ok("Content-Length: 0\r\n\r\n"), "");
    expect_body(ok("Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n"),
                "hello");
    expect_body(ok("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "");
    expect_body(ok("Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nTrailer: t\r\n\r\n"), "x");
    expect_body(ok("\r\nuntil the end"), "until the end");
}

TEST(HttpResponseReader, ReadsAnswersThatNeverHaveABody) {
    for (const auto* status : {"204 No Content", "304 Not Modified"}) {
        expect_body("HTTP/1.1 " + std::string{status} + "\r\nContent-Encoding: gzip\r\n\r\n", "");
    }
}

TEST(HttpResponseReader, DecodesGzipAndDeflate) {
    const std::string text(1'500, 'x');
    expect_body(ok_with("Content-Encoding: gzip\r\n", gzip(text)), text);
    expect_body(ok_with("Content-Encoding: GZIP\r\n", gzip(text)), text);
    expect_body(ok_with("Content-Encoding: identity\r\n", "plain"), "plain");
    // "{}" as stored deflate with a zlib header.
    const std::string deflated{"\x78\x01\x01\x02\x00\xFD\xFF{}\x01\x75\x00\xF9", 13};
    expect_body(ok_with("Content-Encoding: deflate\r\n", deflated), "{}");
}

TEST(HttpResponseReader, RefusesAnEncodingThatNobodyAskedFor) {
    expect_failure(ok_with("Content-Encoding: br\r\n", "x"), Reason::HttpResponseMalformed,
                   "content encoding");
    expect_failure(ok("Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"),
                   Reason::HttpResponseMalformed, "transfer encoding");
}

TEST(HttpResponseReader, PassesOverInterimResponses) {
    expect_body("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" +
                    ok("Content-Length: 2\r\n\r\nhi"),
                "hi");
}

TEST(HttpResponseReader, RefusesInterimResponsesWithoutEndAndAnUnaskedUpgrade) {
    std::string endless;
    for (int i = 0; i < 17; ++i) endless += "HTTP/1.1 100 Continue\r\n\r\n";
    expect_failure(endless, Reason::HttpResponseMalformed, "interim");
    expect_failure("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                   Reason::HttpResponseMalformed, "101");
}

TEST(HttpResponseReader, BoundsTheHeader) {
    expect_failure(ok("X: " + std::string(2'000, 'x')), Reason::HttpResponseTooLarge, "header");
}

TEST(HttpResponseReader, BoundsTheBodyInEveryFraming) {
    const std::string most(2'000, 'x');
    EXPECT_EQ(read(ok_with("", most), 1).value().body, most);
    expect_failure(ok("Content-Length: 2001\r\n\r\n"), Reason::HttpResponseTooLarge, "body");
    expect_failure(ok("Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + most + "\r\n1\r\nx"),
                   Reason::HttpResponseTooLarge, "body");
    expect_failure(ok("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"),
                   Reason::HttpResponseTooLarge);
    expect_failure(ok("\r\n" + most + "x"), Reason::HttpResponseTooLarge, "body");
}

TEST(HttpResponseReader, BoundsChunkExtensionsAndTrailers) {
    const std::string chunked = ok("Transfer-Encoding: chunked\r\n\r\n");
    expect_failure(chunked + "1;x=" + std::string(3'000, 'x'), Reason::HttpResponseTooLarge);
    expect_failure(chunked + "0\r\nX: " + std::string(3'000, 'x'), Reason::HttpResponseTooLarge);
}

TEST(HttpResponseReader, BoundsWhatACompressedBodyBecomes) {
    expect_failure(ok_with("Content-Encoding: gzip\r\n", gzip(std::string(1U << 18U, 'x'))),
                   Reason::HttpResponseTooLarge, "2000 bytes");
}

TEST(HttpResponseReader, RefusesWhatIsNotHttp) {
    for (const std::string& bytes :
         {std::string{" HTTP/1.1 200 OK\r\n\r\n"}, std::string{"SSH-2.0-OpenSSH\r\n\r\n"},
          std::string{"HTTP/1.1 2x0 OK\r\n\r\n"}, std::string{"HTTP/2 200\r\n\r\n"},
          ok("no colon\r\n\r\n"), ok("Content-Length: -1\r\n\r\n"),
          ok("Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
          ok("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
          ok("Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
          ok("Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n")}) {
        expect_failure(bytes, Reason::HttpResponseMalformed);
    }
}

TEST(HttpResponseReader, RefusesEveryPrefixOfAResponseAsCutShort) {
    for (const std::string& whole :
         {ok("Content-Length: 5\r\n\r\nhello"),
          ok("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto response = read(std::string_view{whole}.substr(0, size), 3);
            ASSERT_FALSE(response) << size;
            EXPECT_EQ(response.error().reason, Reason::ConnectionClosedByPeer) << size;
        }
    }
}

TEST(HttpResponseReader, SaysHowMuchOfAResponseThereWas) {
    EXPECT_THAT(read("", 1).error().detail, HasSubstr("before the first byte"));
    EXPECT_THAT(read("HTTP/1.1 200", 1).error().detail, HasSubstr("within the header"));
    EXPECT_THAT(read(ok("Content-Length: 5\r\n\r\nhel"), 1).error().detail,
                HasSubstr("after 3 bytes of the body"));
}

TEST(HttpResponseReader, TellsWhetherTheConnectionGoesOn) {
    const auto keeps_alive = [](std::string_view bytes) {
        HttpResponseReader reader{kSmall};
        EXPECT_EQ(reader.put(bytes).value(), Progress::Whole) << bytes;
        EXPECT_TRUE(reader.take(kReceived));
        return reader.keeps_alive();
    };
    EXPECT_TRUE(keeps_alive(ok_with("", "x")));
    EXPECT_FALSE(keeps_alive(ok_with("Connection: close\r\n", "x")));
    EXPECT_FALSE(keeps_alive("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_TRUE(
        keeps_alive("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"));
}

TEST(HttpResponseReader, TellsForHowLongTheConnectionIsKept) {
    const auto timeout = [](std::string_view value) {
        HttpResponseReader reader{kSmall};
        EXPECT_TRUE(reader.put(ok_with("Keep-Alive: " + std::string{value} + "\r\n", "")));
        EXPECT_TRUE(reader.take(kReceived));
        return reader.keep_alive_timeout();
    };
    EXPECT_EQ(timeout("timeout=5, max=100"), 5s);
    EXPECT_EQ(timeout("max=100, timeout=60"), 60s);
    EXPECT_EQ(timeout("timeout=4000000000"), 24h);
    for (const auto* value : {"", "max=100", "timeout=", "timeout=x", "timeout=99999999999"}) {
        EXPECT_EQ(timeout(value), 0s) << value;
    }
}

TEST(HttpResponseReader, ReadsOneResponseAfterTheOther) {
    HttpResponseReader reader{kSmall};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(reader.is_empty());
        EXPECT_EQ(reader.put(ok_with("", std::to_string(i))).value(), Progress::Whole);
        EXPECT_EQ(reader.take(kReceived).value().body, std::to_string(i));
    }
    EXPECT_TRUE(reader.is_empty());
}

TEST(HttpResponseReader, KnowsThatBytesFollowTheResponse) {
    HttpResponseReader reader{kSmall};
    EXPECT_EQ(reader.put(ok_with("", "x") + "H").value(), Progress::Whole);
    EXPECT_EQ(reader.take(kReceived).value().body, "x");
    EXPECT_FALSE(reader.is_empty());
}

}  // namespace
}  // namespace broker::net
