// The pool against peers that do not keep to the rules, or are gone.
#include <atomic>
#include <future>

#include "net/gzip.hpp"
#include "unit/net/https_pool_fixture.hpp"

namespace broker::net {
namespace {

using core::Reason;
using testing::HasSubstr;
using testing::Not;

class HttpsPoolHostile : public HttpsPoolFixture {
protected:
    // The request was written and fails like this.
    void expect_failure(HttpsPoolSettings settings, Reason reason, std::string_view words) {
        open(std::move(settings));
        auto& sent = settled(get("/orders"));
        ASSERT_FALSE(sent.outcome->response);
        EXPECT_TRUE(sent.outcome->was_written);
        EXPECT_NE(sent.outcome->written, core::MonotonicTime{});
        EXPECT_EQ(sent.reason(), reason) << sent.outcome->response.error().detail;
        EXPECT_THAT(sent.outcome->response.error().detail, HasSubstr(words));
        EXPECT_EQ(pool_->connections(), 0U);
    }
};

constexpr auto kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

TEST_F(HttpsPoolHostile, SaysThatTheRequestWasWrittenWhenThePeerClosesInsteadOfAnswering) {
    std::atomic<int> requests{0};
    serve([&](test::TlsPeer& peer) {
        if (peer.handshake() && test::read_request(peer)) ++requests;
    });
    expect_failure({}, Reason::ConnectionClosedByPeer, "before the first byte");
    context_.run_for(50ms);
    EXPECT_EQ(requests, 1) << "written again";
}

TEST_F(HttpsPoolHostile, SaysThatTheRequestWasWrittenWhenThePeerResetsTheConnection) {
    serve([](test::TlsPeer& peer) {
        if (peer.handshake() && test::read_request(peer)) peer.reset();
    });
    expect_failure({}, Reason::ConnectionLost, "127.0.0.1:");
}

TEST_F(HttpsPoolHostile, TimesOutWithoutAnAnswer) {
    serve_bytes("");
    expect_failure({.request_timeout = 100ms}, Reason::HttpTimeout, "none within 100 ms");
}

TEST_F(HttpsPoolHostile, TimesOutInTheHeader) {
    serve_bytes("HTTP/1.1 200 OK\r\nX: ");
    expect_failure({.request_timeout = 100ms}, Reason::HttpTimeout, "not the whole of it");
}

TEST_F(HttpsPoolHostile, TimesOutInTheBody) {
    serve_bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"");
    expect_failure({.request_timeout = 100ms}, Reason::HttpTimeout, "not the whole of it");
}

TEST_F(HttpsPoolHostile, BoundsAnEndlessHeader) {
    serve([](test::TlsPeer& peer) {
        if (!peer.handshake() || !test::read_request(peer)) return;
        peer.write("HTTP/1.1 200 OK\r\n");
        while (peer.write("X-Header: " + std::string(1'000, 'x') + "\r\n")) {
        }
    });
    expect_failure({.max_header_bytes = 10'000}, Reason::HttpResponseTooLarge, "header");
}

TEST_F(HttpsPoolHostile, BoundsAnEndlessBody) {
    for (const bool is_chunked : {false, true}) {
        serve([is_chunked](test::TlsPeer& peer) {
            if (!peer.handshake() || !test::read_request(peer)) return;
            peer.write(is_chunked ? kChunked : "HTTP/1.1 200 OK\r\n\r\n");
            const std::string piece(1'000, 'x');
            while (peer.write(is_chunked ? "3e8\r\n" + piece + "\r\n" : piece)) {
            }
        });
        expect_failure({.max_body_bytes = 100'000}, Reason::HttpResponseTooLarge, "body");
        server_.reset();
    }
}

TEST_F(HttpsPoolHostile, BoundsWhatACompressedBodyBecomes) {
    serve_bytes(
        test::response_text(gzip(std::string(10U << 20U, '\0')), "Content-Encoding: gzip\r\n"));
    expect_failure({.max_body_bytes = 1U << 20U}, Reason::HttpResponseTooLarge, "1048576 bytes");
}

TEST_F(HttpsPoolHostile, RefusesABadChunk) {
    serve_bytes(std::string{kChunked} + "5\r\nhelloworld\r\n0\r\n\r\n");
    expect_failure({}, Reason::HttpResponseMalformed, "chunk");
}

TEST_F(HttpsPoolHostile, RefusesABodyThatIsCutShort) {
    serve([](test::TlsPeer& peer) {
        if (!peer.handshake() || !test::read_request(peer)) return;
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
        peer.close_notify();
    });
    expect_failure({}, Reason::ConnectionClosedByPeer, "after 5 bytes of the body");
}

TEST_F(HttpsPoolHostile, TakesABodyThatEndsWithTheConnectionOnlyIfThePeerEndsItInOrder) {
    for (const bool is_in_order : {false, true}) {
        serve([is_in_order](test::TlsPeer& peer) {
            if (!peer.handshake() || !test::read_request(peer)) return;
            peer.write("HTTP/1.1 200 OK\r\n\r\nhello");
            if (is_in_order) peer.close_notify();
        });
        if (is_in_order) {
            open();
            EXPECT_EQ(settled(get("/")).body(), "hello");
        } else {
            expect_failure({}, Reason::ConnectionClosedByPeer, "that was cut");
        }
        server_.reset();
    }
}

TEST_F(HttpsPoolHostile, PassesHtmlThroughWithItsContentType) {
    serve_bytes(test::response_text("<html>blocked</html>", "Content-Type: text/html\r\n",
                                    "403 Forbidden"));
    open();
    auto& sent = settled(get("/orders"));
    ASSERT_TRUE(sent.outcome->response);
    EXPECT_EQ(sent.outcome->response->status, 403U);
    EXPECT_EQ(sent.outcome->response->header("content-type"), "text/html");
    EXPECT_EQ(sent.body(), "<html>blocked</html>");
}

TEST_F(HttpsPoolHostile, GivesUpAConnectionWhoseAnswerComesBeforeTheWholeRequestHasLeft) {
    std::promise<void> is_settled;
    serve(
        [&](test::TlsPeer& peer) {
            if (!peer.handshake() || peer.read_some().empty()) return;
            peer.write(test::response_text("too large", "", "413 Content Too Large"));
            is_settled.get_future().wait();  // without reading on
        },
        {.receive_buffer = 4'096});
    open();
    auto& sent = settled(
        send({HttpMethod::Post, "/orders", {}, std::string(4'000'000, 'x')}, HttpLane::New));
    is_settled.set_value();
    ASSERT_TRUE(sent.outcome->response) << sent.outcome->response.error().detail;
    EXPECT_EQ(sent.outcome->response->status, 413U);
    EXPECT_EQ(pool_->connections(), 0U);
}

TEST_F(HttpsPoolHostile, SaysNothingSecretOfARequestThatFails) {
    serve_bytes("nonsense that is not HTTP at all\r\n\r\n");
    open();
    auto& sent = settled(
        send({HttpMethod::Post, "/login?key=hunter2", {{"Authorization", "hunter2"}}, "hunter2"}));
    EXPECT_EQ(sent.reason(), Reason::HttpResponseMalformed);
    EXPECT_THAT(sent.outcome->response.error().detail, Not(HasSubstr("hunter2")));
}

TEST_F(HttpsPoolHostile, GivesUpAPeerThatDoesNotFinishTheHandshake) {
    serve([](test::TlsPeer& peer) {
        while (peer.read_plain()) {
        }
    });
    open({.handshake_timeout = 50ms});
    auto& sent = settled(get("/orders"));
    EXPECT_EQ(sent.reason(), Reason::TlsHandshakeTimeout);
    EXPECT_FALSE(sent.outcome->was_written);
}

}  // namespace
}  // namespace broker::net
