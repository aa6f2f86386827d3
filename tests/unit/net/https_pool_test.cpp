#include "net/https_pool.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <semaphore>

#include "unit/net/https_pool_fixture.hpp"

namespace broker::net {
namespace {

using core::Reason;
using testing::ElementsAre;

class HttpsPoolTest : public HttpsPoolFixture {};

TEST_F(HttpsPoolTest, SendsAHundredRequestsOverOneHandshake) {
    serve(test::echo_targets);
    open();
    for (int i = 0; i < 100; ++i) {
        const std::string target = "/" + std::to_string(i);
        const auto& sent = settled(get(target));
        ASSERT_TRUE(sent.outcome->response) << sent.outcome->response.error().detail;
        EXPECT_TRUE(sent.outcome->was_written);
        EXPECT_LE(sent.outcome->written, sent.outcome->response->received);
        EXPECT_EQ(sent.body(), target);
    }
    EXPECT_EQ(pool_->handshakes(), 1U);
    EXPECT_EQ(pool_->connections(), 1U);
}

TEST_F(HttpsPoolTest, SendsTheRequestAsItIsGiven) {
    std::promise<test::ReceivedRequest> received;
    serve([&](test::TlsPeer& peer) {
        if (!peer.handshake()) return;
        received.set_value(test::read_request(peer).value());
        peer.write(test::response_text(""));
        peer.read_to_end();
    });
    open({.user_agent = "dxtrade-adapter/1"});
    settled(send({HttpMethod::Put,
                  "/dxsca-web/accounts/default%3AA/orders?x=1",
                  {{"Authorization", "DXAPI token"}, {"If-Match", "\"1\""}},
                  "{\"a\":1}"}));
    const auto request = received.get_future().get();
    EXPECT_EQ(request.head,
              "PUT /dxsca-web/accounts/default%3AA/orders?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" +
                  server_->port() +
                  "\r\nUser-Agent: dxtrade-adapter/1\r\nAccept-Encoding: gzip, deflate\r\n"
                  "Authorization: DXAPI token\r\nIf-Match: \"1\"\r\nContent-Length: 7");
    EXPECT_EQ(request.body, "{\"a\":1}");
}

TEST_F(HttpsPoolTest, OpensNoMoreConnectionsThanAllowed) {
    std::atomic<int> accepted{0};
    std::counting_semaphore<> go{0};
    serve(
        [&](test::TlsPeer& peer) {
            ++accepted;
            if (!peer.handshake()) return;
            while (const auto request = test::read_request(peer)) {
                go.acquire();
                peer.write(test::response_text(request->target()));
            }
        },
        {.is_concurrent = true});
    open({.max_connections = 3});
    for (int i = 0; i < 10; ++i) get("/" + std::to_string(i));
    EXPECT_TRUE(run_until([&] { return pool_->waiting() == 7; }));
    EXPECT_EQ(pool_->connections(), 3U);
    go.release(10);
    for (auto& each : sent_) settled(each);
    EXPECT_EQ(accepted, 3);
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(sent_[static_cast<std::size_t>(i)].body(), "/" + std::to_string(i));
    }
}

TEST_F(HttpsPoolTest, ServesTheLanesInTheirOrderAndEachFirstInFirstOut) {
    Notes order;
    serve([&](test::TlsPeer& peer) {
        if (!peer.handshake()) return;
        while (const auto request = test::read_request(peer)) {
            order.add(request->target());
            peer.write(test::response_text(""));
        }
    });
    open({.max_connections = 1});
    get("/query-1", HttpLane::Query);
    get("/query-2", HttpLane::Query);
    get("/new", HttpLane::New);
    get("/replace", HttpLane::Replace);
    get("/cancel-1", HttpLane::Cancel);
    get("/cancel-2", HttpLane::Cancel);
    for (auto& each : sent_) settled(each);
    EXPECT_THAT(order.all(),
                ElementsAre("/cancel-1", "/cancel-2", "/replace", "/new", "/query-1", "/query-2"));
}

TEST_F(HttpsPoolTest, DoesNotWriteARequestWhoseTimeHasPassed) {
    Notes received;
    std::binary_semaphore go{0};
    serve([&](test::TlsPeer& peer) {
        if (!peer.handshake()) return;
        while (const auto request = test::read_request(peer)) {
            received.add(request->target());
            if (received.count() == 1) go.acquire();
            peer.write(test::response_text(""));
        }
    });
    open({.max_connections = 1});
    auto& first = get("/first");
    EXPECT_TRUE(run_until([&] { return pool_->waiting() == 0; }));
    auto& late = get("/late", HttpLane::New, system_clock_.monotonic() + 30ms);
    settled(late);
    EXPECT_EQ(late.reason(), Reason::OrderTooOld);
    EXPECT_FALSE(late.outcome->was_written);
    EXPECT_FALSE(first.outcome);
    go.release();
    EXPECT_TRUE(settled(first).outcome->response);
    EXPECT_EQ(settled(get("/next")).reason(), Reason::None);
    EXPECT_THAT(received.all(), ElementsAre("/first", "/next"));
}

TEST_F(HttpsPoolTest, RefusesMoreWaitingRequestsThanItsBound) {
    serve(test::echo_targets);
    open({.max_connections = 1, .max_waiting = 2});
    get("/1");
    get("/2");
    auto& third = get("/3");
    for (auto& each : sent_) settled(each);
    EXPECT_EQ(third.reason(), Reason::TooManyRequests);
    EXPECT_FALSE(third.outcome->was_written);
    EXPECT_EQ(sent_[0].body() + sent_[1].body(), "/1/2");
}

TEST_F(HttpsPoolTest, RefusesAHeaderThatWouldBecomeTwo) {
    serve(test::echo_targets);
    open();
    auto& sent = settled(send({HttpMethod::Get, "/", {{"X", "a\r\nHost: evil"}}, {}}));
    EXPECT_EQ(sent.reason(), Reason::InvalidField);
    EXPECT_FALSE(sent.outcome->was_written);
    EXPECT_EQ(pool_->handshakes(), 0U);
}

TEST_F(HttpsPoolTest, ConnectsAheadWhenItIsWarmedUp) {
    serve(test::echo_targets);
    open();
    pool_->warm_up();
    pool_->warm_up();
    EXPECT_TRUE(run_until([&] { return pool_->connections() == 1; }));
    EXPECT_EQ(settled(get("/x")).body(), "/x");
    EXPECT_EQ(pool_->handshakes(), 1U);
}

// Answers one request a connection and then closes it without a word of HTTP.
void answer_once(test::TlsPeer& peer) {
    if (!peer.handshake()) return;
    if (const auto request = test::read_request(peer)) {
        peer.write(test::response_text(request->target()));
    }
}

TEST_F(HttpsPoolTest, ReplacesAConnectionThatThePeerClosedWhileItWasIdleAndResumesItsSession) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        serve(answer_once, {.min_version = version, .max_version = version});
        open();
        for (int i = 0; i < 5; ++i) {
            EXPECT_EQ(settled(get("/x")).body(), "/x");
            EXPECT_TRUE(run_until([&] { return pool_->connections() == 0; }));
        }
        EXPECT_EQ(pool_->handshakes(), 5U);
        EXPECT_EQ(pool_->resumed_handshakes(), 4U) << version;
        pool_.reset();
        server_.reset();
    }
}

TEST_F(HttpsPoolTest, WritesNothingToAConnectionWhoseCloseItHasNotReadYet) {
    // Shared with the server, which ends the second connection after the test's own variables.
    struct Ends {
        std::atomic<int> count{0};
        std::promise<void> first;
    };
    const auto ends = std::make_shared<Ends>();
    serve([ends](test::TlsPeer& peer) {
        answer_once(peer);
        peer.close_notify();
        if (++ends->count == 1) ends->first.set_value();
    });
    open();
    EXPECT_EQ(settled(get("/1")).body(), "/1");
    ends->first.get_future().wait();  // the loop does not run meanwhile
    EXPECT_EQ(settled(get("/2")).body(), "/2");
    EXPECT_EQ(pool_->handshakes(), 2U);
}

TEST_F(HttpsPoolTest, EndsAConnectionAfterAnAnswerThatSaysClose) {
    serve([&](test::TlsPeer& peer) {
        if (!peer.handshake() || !test::read_request(peer)) return;
        peer.write(test::response_text("x", "Connection: close\r\n"));
        peer.read_to_end();
    });
    open();
    EXPECT_EQ(settled(get("/1")).body(), "x");
    EXPECT_EQ(pool_->connections(), 0U);
    EXPECT_EQ(settled(get("/2")).body(), "x");
    EXPECT_EQ(pool_->handshakes(), 2U);
}

TEST_F(HttpsPoolTest, ClosesAnIdleConnectionAfterItsTimeAndBeforeThePeers) {
    serve([&](test::TlsPeer& peer) {
        if (!peer.handshake()) return;
        while (const auto request = test::read_request(peer)) {
            const bool is_hinted = request->target() == "/hinted";
            peer.write(test::response_text("", is_hinted ? "Keep-Alive: timeout=1\r\n" : ""));
        }
    });
    open({.idle_timeout = 20ms});
    settled(get("/1"));
    EXPECT_TRUE(run_until([&] { return pool_->connections() == 0; }));

    open();
    settled(get("/hinted"));
    EXPECT_EQ(pool_->connections(), 1U);
    EXPECT_TRUE(run_until([&] { return pool_->connections() == 0; }));
}

TEST_F(HttpsPoolTest, GivesUpAConnectionWithBytesThatAnswerNoRequest) {
    serve([&](test::TlsPeer& peer) {
        if (!peer.handshake() || !test::read_request(peer)) return;
        peer.write(test::response_text("x") + test::response_text("smuggled"));
        peer.read_to_end();
    });
    open();
    EXPECT_EQ(settled(get("/1")).body(), "x");
    EXPECT_TRUE(run_until([&] { return pool_->connections() == 0; }));
    EXPECT_EQ(settled(get("/2")).body(), "x");
}

TEST_F(HttpsPoolTest, MayBeDestroyedByTheOneWhoIsTold) {
    serve(test::echo_targets);
    open();
    bool is_told = false;
    pool_->send({HttpMethod::Get, "/", {}, {}}, HttpLane::New, core::MonotonicTime::max(),
                [&](const HttpOutcome&) {
                    is_told = true;
                    pool_.reset();
                });
    EXPECT_TRUE(run_until([&] { return is_told; }));
    EXPECT_FALSE(pool_);
}

TEST_F(HttpsPoolTest, TellsEveryoneOnceWhenItIsDestroyedWithEverythingPending) {
    std::promise<void> is_received;
    serve([&](test::TlsPeer& peer) {
        if (!peer.handshake() || !test::read_request(peer)) return;
        is_received.set_value();
        peer.read_to_end();
    });
    open({.max_connections = 2});  // the second one's handshake does not come to its turn
    auto& written = get("/written");
    auto& waiting_1 = get("/waiting-1", HttpLane::Cancel);
    EXPECT_TRUE(run_until([&] { return pool_->waiting() == 1; }));
    is_received.get_future().wait();
    pool_.reset();
    for (auto& each : sent_) EXPECT_EQ(settled(each).reason(), Reason::ConnectionLost);
    EXPECT_NE(written.outcome->was_written, waiting_1.outcome->was_written);
}

TEST_F(HttpsPoolTest, MayBeDestroyedInEveryTurnOfItsLife) {
    for (int turns = 0; turns < 40; ++turns) {
        serve(test::echo_targets, {.is_concurrent = true});
        open({.max_connections = 2});
        for (int i = 0; i < 4; ++i) get("/x");
        const auto is_settled = [](const Sent& sent) { return sent.outcome.has_value(); };
        for (int i = 0; i < turns && !std::all_of(sent_.begin(), sent_.end(), is_settled); ++i) {
            context_.run_one_for(1s);
        }
        pool_.reset();
        for (auto& each : sent_) settled(each);
        sent_.clear();
        server_.reset();
    }
}

}  // namespace
}  // namespace broker::net
