// The pool's attempts to connect that fail.
#include <atomic>

#include "support/manual_clock.hpp"
#include "unit/net/https_pool_fixture.hpp"

namespace broker::net {
namespace {

using core::Reason;
using testing::HasSubstr;

class HttpsPoolAttempts : public HttpsPoolFixture {
protected:
    const core::Clock& clock() override { return manual_clock_; }
    // A server whose certificate is not trusted; counts who comes.
    void serve_untrusted() {
        serve(
            [this](test::TlsPeer& peer) {
                ++accepted_;
                (void)peer.handshake();
            },
            {.identity = other_pki_.server()});
    }
    test::TestPki other_pki_;
    test::ManualClock manual_clock_;
    std::atomic<int> accepted_{0};
};

TEST_F(HttpsPoolAttempts, FailEveryWaitingRequestWithTheirReason) {
    serve_untrusted();
    open({.max_connections = 1});
    get("/1");
    get("/2");
    for (auto& each : sent_) {
        EXPECT_EQ(settled(each).reason(), Reason::TlsCertificateUntrusted);
        EXPECT_FALSE(each.outcome->was_written);
        EXPECT_THAT(each.outcome->response.error().detail, HasSubstr("127.0.0.1:"));
    }
    EXPECT_EQ(accepted_, 1);
}

TEST_F(HttpsPoolAttempts, ComeAfterPausesThatGrowAndFailAtOnceMeanwhile) {
    serve_untrusted();
    open({.max_connections = 1});
    int expected = 0;
    for (const auto pause : {100ms, 200ms, 400ms, 800ms, 1'600ms, 2'000ms, 2'000ms}) {
        settled(get("/attempt"));
        EXPECT_EQ(accepted_, ++expected);
        manual_clock_.advance(pause - 1ms);
        EXPECT_EQ(settled(get("/too-soon")).reason(), Reason::TlsCertificateUntrusted);
        EXPECT_EQ(accepted_, expected);
        manual_clock_.advance(1ms);
    }
}

TEST_F(HttpsPoolAttempts, CountOnceWhenSeveralFailTogether) {
    serve_untrusted();
    open({.max_connections = 4});
    for (int i = 0; i < 4; ++i) get("/");
    for (auto& each : sent_) settled(each);
    EXPECT_EQ(accepted_, 4);
    manual_clock_.advance(100ms);
    settled(get("/again"));
    EXPECT_EQ(accepted_, 5);
}

TEST_F(HttpsPoolAttempts, RefuseAServerThatIsNotTheOneNamed) {
    serve(test::echo_targets);
    open({.server_name = "venue.example"});
    auto& sent = settled(get("/1"));
    EXPECT_EQ(sent.reason(), Reason::TlsHostNameMismatch);
    EXPECT_FALSE(sent.outcome->was_written);
}

TEST_F(HttpsPoolAttempts, FailWhenNobodyListens) {
    const test::DeadPort nobody{test::DeadPort::Kind::Refuses};
    HttpsPoolSettings settings;
    settings.host = "127.0.0.1";
    settings.port = nobody.text();
    pool_.emplace(context_, clock(), pki_.context(), settings);
    auto& sent = settled(get("/1"));
    EXPECT_EQ(sent.reason(), Reason::ConnectRefused);
    EXPECT_FALSE(sent.outcome->was_written);
}

}  // namespace
}  // namespace broker::net
