// stop() in every state: prompt, complete, `done` once.
#include "unit/fix_transport/transport_fixture.hpp"

namespace broker::fix {
namespace {

using namespace test;
using core::Reason;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SessionTransportStop : public TransportTest {
protected:
    [[nodiscard]] bool wait_for_connecting() {
        return listener_.wait_until([](const auto& r) { return !r.connecting.empty(); });
    }
    void expect_one_disconnect(Reason reason, const std::string& text) {
        const auto disconnects = listener_.record().disconnects;
        ASSERT_THAT(disconnects, SizeIs(1));
        EXPECT_EQ(disconnects[0].reason, reason) << disconnects[0].text;
        EXPECT_THAT(disconnects[0].text, HasSubstr(text));
        EXPECT_LT(disconnects[0].next_attempt, 0ns);
        EXPECT_EQ(state(), TransportState::Idle);
    }
};

TEST_F(SessionTransportStop, EndsAConnectThatGetsNoAnswer) {
    const DeadPort hole{DeadPort::Kind::BlackHole};
    settings_.connect.hosts = {{"127.0.0.1", hole.text()}};
    settings_.connect_timeout = 1h;
    start();
    ASSERT_TRUE(wait_for_connecting());
    EXPECT_TRUE(stop());
    expect_one_disconnect(Reason::StoppedByHost, "end of test");
}

TEST_F(SessionTransportStop, EndsAHandshakeThatGetsNoAnswer) {
    settings_.handshake_timeout = 1h;
    const Signal hello;
    const auto server = add_server([&](TlsPeer& peer) {
        (void)peer.read_plain();
        hello.set();
        while (peer.read_plain()) {
        }
    });
    start();
    ASSERT_TRUE(hello.wait());
    EXPECT_TRUE(stop());
    expect_one_disconnect(Reason::StoppedByHost, "end of test");
}

TEST_F(SessionTransportStop, EndsALogonThatGetsNoAnswer) {
    session_.logon_timeout = std::chrono::hours{1};
    const Signal logon;
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        (void)peer.read_some();
        logon.set();
        peer.read_to_end();
    });
    start();
    ASSERT_TRUE(logon.wait());
    EXPECT_TRUE(stop());
    expect_one_disconnect(Reason::StoppedByHost, "end of test");
}

TEST_F(SessionTransportStop, EndsTheWaitForTheNextAttempt) {
    const DeadPort refuses{DeadPort::Kind::Refuses};
    settings_.connect.hosts = {{"127.0.0.1", refuses.text()}};
    settings_.connect.backoff = {.initial = std::chrono::hours{1},
                                 .maximum = std::chrono::hours{1}};
    start();
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    EXPECT_TRUE(stop());
    EXPECT_THAT(listener_.record().disconnects, SizeIs(1));
    EXPECT_EQ(state(), TransportState::Idle);
}

TEST_F(SessionTransportStop, LogsOutFirst) {
    std::promise<std::string> logout;
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        std::string bytes;
        while (bytes.find("35=5") == std::string::npos) {
            const std::string more = peer.read_some();
            if (more.empty()) return;
            bytes += more;
        }
        logout.set_value(bytes);
        (void)peer.write(fix_message("5", "58=goodbye|"));
        peer.read_to_end();
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_TRUE(stop());
    EXPECT_THAT(logout.get_future().get(), HasSubstr("58=end of test"));
    expect_one_disconnect(Reason::StoppedByHost, "goodbye");
}

TEST_F(SessionTransportStop, DoesNotWaitLongForAPeerThatNeverAnswersTheLogout) {
    session_.logout_timeout = 0s;
    const auto server = add_server(logged_on_then([](TlsPeer& peer) { peer.read_to_end(); }));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_TRUE(stop());
    expect_one_disconnect(Reason::LogoutTimeout, "no answer to Logout");
}

TEST_F(SessionTransportStop, IsBoundedEvenIfTheEngineForgetsItsDeadline) {
    session_.logout_timeout = 0s;
    session_.username = engine_script::kIgnoresDeadlines;
    const auto server = add_server(logged_on_then([](TlsPeer& peer) { peer.read_to_end(); }));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_TRUE(stop());
    expect_one_disconnect(Reason::LogoutTimeout, "no end of session");
}

TEST_F(SessionTransportStop, RefusesFurtherOrdersAtOnce) {
    const auto server = add_server(logged_on_then([](TlsPeer& peer) { peer.read_to_end(); }));
    session_.logout_timeout = 0s;
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    const Signal done;
    on_loop([&] { transport_->stop("end", [done] { done.set(); }); });
    MessageEncoder message;
    message.clear("D");
    message.add(11, "A-17");
    EXPECT_EQ(on_loop([&] { return transport_->send(message); }).error().reason,
              Reason::AccountNotReady);
    EXPECT_TRUE(done.wait());
}

TEST_F(SessionTransportStop, CallsDoneOnceForEachOfSeveralStops) {
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    std::atomic<int> first{0};
    std::atomic<int> second{0};
    on_loop([&] {
        transport_->stop("one", [&] { ++first; });
        transport_->stop("two", [&] { ++second; });
    });
    EXPECT_TRUE(stop());
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 1);
}

TEST_F(SessionTransportStop, IsDoneAtOnceWhenItNeverStarted) {
    const auto server = add_server(logged_on_then(answer_logout));
    make();
    thread_.start();
    EXPECT_TRUE(stop());
    EXPECT_THAT(listener_.record().connecting, IsEmpty());
}

TEST_F(SessionTransportStop, RightAfterStartConnectsNowhere) {
    const auto server = add_server(logged_on_then(answer_logout));
    make();
    thread_.start();
    const Signal done;
    on_loop([&] {
        transport_->start();
        transport_->stop("changed my mind", [done] { done.set(); });
    });
    EXPECT_TRUE(done.wait());
    EXPECT_THAT(listener_.record().logged_on, IsEmpty());
}

TEST_F(SessionTransportStop, MayBeAskedForFromACallback) {
    const auto server = add_server(logged_on_then(answer_logout));
    const Signal done;
    listener_.then = [&] { transport_->stop("seen enough", [done] { done.set(); }); };
    start();
    EXPECT_TRUE(done.wait());
    expect_one_disconnect(Reason::StoppedByHost, "");
}

TEST_F(SessionTransportStop, TheTransportMayBeDestroyedByDone) {
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    const Signal destroyed;
    on_loop([&] {
        transport_->stop("end", [this, destroyed] {
            transport_.reset();
            destroyed.set();
        });
    });
    EXPECT_TRUE(destroyed.wait());
    on_loop([] {});  // the loop goes on without it
}

TEST_F(SessionTransportStop, MayBeStartedAgainAfterwards) {
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_TRUE(stop());
    on_loop([&] { transport_->start(); });
    EXPECT_TRUE(listener_.wait_for_logons(2));
    EXPECT_TRUE(stop());
}

TEST_F(SessionTransportStop, TheLoopMayEndInTheMiddleOfASession) {
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    thread_.stop();
    transport_.reset();
    EXPECT_THAT(listener_.record().disconnects, IsEmpty());
}

}  // namespace
}  // namespace broker::fix
