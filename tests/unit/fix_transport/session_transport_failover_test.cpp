// Hosts that fail, a person who moves the session, and the budget of attempts.
#include "unit/fix_transport/transport_fixture.hpp"

namespace broker::fix {
namespace {

using namespace test;
using core::Reason;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

class SessionTransportFailover : public TransportTest {
protected:
    [[nodiscard]] std::string host(std::size_t index) const {
        return settings_.connect.hosts[index].text();
    }
    core::Result<void> fail_over(const std::string& to) {
        return on_loop([&] { return transport_->fail_over(to, "the operator moves it"); });
    }
};

TEST_F(SessionTransportFailover, LeavesAHostThatAcceptsAndDrops) {
    const auto drops = add_server([](TlsPeer&) {});
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_THAT(listener_.record().logged_on, ElementsAre(host(1)));
    EXPECT_EQ(listener_.record().disconnects[0].peer, host(0));
}

TEST_F(SessionTransportFailover, LeavesAHostWhoseTlsIsSilent) {
    settings_.handshake_timeout = 50ms;
    const auto silent = add_server([](TlsPeer& peer) {
        while (peer.read_plain()) {
        }
    });
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_EQ(listener_.record().disconnects[0].reason, Reason::TlsHandshakeTimeout);
}

TEST_F(SessionTransportFailover, LeavesAHostThatNeverAccepts) {
    const DeadPort hole{DeadPort::Kind::BlackHole};
    settings_.connect.hosts = {{"127.0.0.1", hole.text()}};
    settings_.connect_timeout = 100ms;
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_EQ(listener_.record().disconnects[0].reason, Reason::ConnectTimeout);
    EXPECT_THAT(listener_.record().logged_on, ElementsAre(host(1)));
}

TEST_F(SessionTransportFailover, LeavesAHostThatLogsOnAndDropsEachTime) {
    settings_.connect.failover.healthy_after = 60s;
    const auto drops = add_server(logged_on_then([](TlsPeer& peer) { peer.close_notify(); }));
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(4));
    EXPECT_THAT(listener_.record().logged_on, ElementsAre(host(0), host(0), host(0), host(1)));
}

TEST_F(SessionTransportFailover, GoesBackToThePrimaryAtTheNextReconnectIfItIsPreferred) {
    settings_.connect.failover = {
        .policy = Failover::PreferPrimary, .return_after = 0s, .healthy_after = 0s};
    std::atomic<int> at_primary{0};
    const auto primary = add_server([&](TlsPeer& peer) {
        if (++at_primary == 1) return;
        logged_on_then(answer_logout)(peer);
    });
    const auto backup = add_server(logged_on_then([](TlsPeer& peer) { peer.close_notify(); }));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(2));
    EXPECT_THAT(listener_.record().logged_on, ElementsAre(host(1), host(0)));
}

TEST_F(SessionTransportFailover, APersonMovesALoggedOnSessionByLogoutAndLogon) {
    const Signal logged_out;
    const auto primary = add_server(logged_on_then([&](TlsPeer& peer) {
        if (peer.read_some().find("35=5") == std::string::npos) return;
        logged_out.set();
        (void)peer.write(fix_message("5"));
        peer.read_to_end();
    }));
    const auto backup = add_server(logged_on_then(answer_logout));
    settings_.connect.backoff = {.initial = 1h, .maximum = 1h};  // a backoff would be noticed
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    ASSERT_TRUE(fail_over(host(1)));
    ASSERT_TRUE(listener_.wait_for_logons(2));
    EXPECT_TRUE(logged_out.wait());
    const auto record = listener_.record();
    EXPECT_THAT(record.logged_on, ElementsAre(host(0), host(1)));
    EXPECT_EQ(record.disconnects.at(0).reason, Reason::StoppedByHost);
    EXPECT_EQ(record.disconnects.at(0).next_attempt, 0ns);
    EXPECT_EQ(on_loop([&] { return transport_->host(); }), host(1));
}

TEST_F(SessionTransportFailover, APersonEndsAWaitByMoving) {
    const DeadPort refuses{DeadPort::Kind::Refuses};
    settings_.connect.hosts = {{"127.0.0.1", refuses.text()}};
    settings_.connect.backoff = {.initial = 24h, .maximum = 24h};
    const auto backup = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    ASSERT_TRUE(fail_over(host(1)));
    EXPECT_TRUE(listener_.wait_for_logons(1));
}

TEST_F(SessionTransportFailover, APersonEndsAnAttemptByMoving) {
    const DeadPort hole{DeadPort::Kind::BlackHole};
    settings_.connect.hosts = {{"127.0.0.1", hole.text()}};
    settings_.connect_timeout = 1h;
    const auto backup = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_until([](const auto& r) { return !r.connecting.empty(); }));
    ASSERT_TRUE(fail_over(""));
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_EQ(listener_.record().disconnects[0].text, "the operator moves it");
}

TEST_F(SessionTransportFailover, MovingToAHostThatIsNotConfiguredIsRefused) {
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    const auto moved = fail_over("elsewhere:9880");
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().reason, Reason::InvalidField);
    EXPECT_THAT(moved.error().detail, HasSubstr("elsewhere:9880"));
    EXPECT_EQ(state(), TransportState::LoggedOn);
}

TEST_F(SessionTransportFailover, BeforeTheStartAMoveOnlyDecidesWhereItBegins) {
    const auto primary = add_server(logged_on_then(answer_logout));
    const auto backup = add_server(logged_on_then(answer_logout));
    make();
    thread_.start();
    ASSERT_TRUE(fail_over(host(1)));
    on_loop([&] { transport_->start(); });
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_THAT(listener_.record().connecting, ElementsAre(host(1)));
}

TEST_F(SessionTransportFailover, StopDuringAMoveConnectsNowhere) {
    session_.logout_timeout = 1s;
    const auto primary = add_server(logged_on_then([](TlsPeer& peer) { peer.read_to_end(); }));
    const auto backup = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    ASSERT_TRUE(fail_over(host(1)));
    EXPECT_TRUE(stop());
    EXPECT_THAT(listener_.record().connecting, Each(host(0)));
}

TEST_F(SessionTransportFailover, TellsTheWaitForTheBudgetWithItsTime) {
    const auto server = add_server(logged_on_then(answer_logout));
    settings_.connect.budget = std::make_shared<core::ConnectBudget>(
        core::ConnectLimits{.account_per_s = 0, .host_per_s = 4});
    (void)settings_.connect.budget->take({"another", host(0)}, clock_.monotonic(),
                                         clock_.monotonic());
    settings_.connect.account = "ACC-1";
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    const auto record = listener_.record();
    ASSERT_EQ(record.disconnects.size(), 1U);
    EXPECT_EQ(record.disconnects[0].reason, Reason::Started);
    EXPECT_EQ(record.disconnects[0].peer, host(0));
    EXPECT_THAT(record.disconnects[0].text, HasSubstr("waits for its turn"));
    EXPECT_GT(record.disconnects[0].next_attempt, 0ns);
    EXPECT_LE(record.disconnects[0].next_attempt, 250ms);
}

}  // namespace
}  // namespace broker::fix
