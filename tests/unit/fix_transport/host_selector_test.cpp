#include "fix/host_selector.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::fix {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPrimary = 0;
constexpr std::size_t kBackup = 1;
constexpr core::Duration kHealthy = 10min;
constexpr core::Duration kShort = 1s;

class HostSelectorTest : public testing::Test {
protected:
    HostSelector make(Failover policy, std::size_t count = 2) {
        return HostSelector{count, {.policy = policy, .return_after = 60s, .healthy_after = 30s}};
    }
    void fail(HostSelector& hosts) { hosts.attempt_failed(clock_.monotonic()); }
    void end_session(HostSelector& hosts, core::Duration lasted) {
        clock_.advance(lasted);
        hosts.session_ended(lasted, clock_.monotonic());
    }

    test::ManualClock clock_;
};

TEST_F(HostSelectorTest, BeginsWithThePrimaryAndGoesRoundWhileAllFail) {
    HostSelector hosts = make(Failover::Sticky, 3);
    for (const std::size_t expected : {0, 1, 2, 0, 1}) {
        EXPECT_EQ(hosts.current(), expected);
        fail(hosts);
    }
}

TEST_F(HostSelectorTest, StickyStaysWithTheHostThatLoggedItOn) {
    HostSelector hosts = make(Failover::Sticky);
    fail(hosts);
    end_session(hosts, kHealthy);
    EXPECT_EQ(hosts.current(), kBackup);
}

TEST_F(HostSelectorTest, PreferPrimaryGoesBackOnceThePrimaryHasRested) {
    HostSelector hosts = make(Failover::PreferPrimary);
    fail(hosts);
    end_session(hosts, 59s);
    EXPECT_EQ(hosts.current(), kBackup) << "too soon";
    end_session(hosts, kShort);
    EXPECT_EQ(hosts.current(), kPrimary);
}

TEST_F(HostSelectorTest, AReturnThatFailsEndsWhereItBegan) {
    HostSelector hosts = make(Failover::PreferPrimary, 3);
    fail(hosts);
    fail(hosts);  // the third host logs the session on
    end_session(hosts, kHealthy);
    ASSERT_EQ(hosts.current(), kPrimary);
    fail(hosts);
    EXPECT_EQ(hosts.current(), 2U);
    end_session(hosts, 59s);
    EXPECT_EQ(hosts.current(), 2U) << "the primary has just failed again";
}

TEST_F(HostSelectorTest, AHostThatLogsOnAndDropsIsLeftAfterThreeShortSessions) {
    for (const Failover policy : {Failover::Sticky, Failover::PreferPrimary}) {
        HostSelector hosts = make(policy);
        end_session(hosts, kShort);
        end_session(hosts, kShort);
        EXPECT_EQ(hosts.current(), kPrimary);
        end_session(hosts, kShort);
        EXPECT_EQ(hosts.current(), kBackup);
    }
}

TEST_F(HostSelectorTest, AHealthySessionBetweenShortOnesSpeaksForTheHost) {
    HostSelector hosts = make(Failover::Sticky);
    for (int i = 0; i < 10; ++i) {
        end_session(hosts, kShort);
        end_session(hosts, kShort);
        end_session(hosts, kHealthy);
        ASSERT_EQ(hosts.current(), kPrimary);
    }
}

TEST_F(HostSelectorTest, WhatAPersonPrefersIsThePrimaryFromThenOn) {
    HostSelector hosts = make(Failover::PreferPrimary);
    hosts.prefer(kBackup);
    EXPECT_EQ(hosts.current(), kBackup);
    end_session(hosts, kHealthy);
    EXPECT_EQ(hosts.current(), kBackup);
    fail(hosts);
    EXPECT_EQ(hosts.current(), kPrimary);
    end_session(hosts, kHealthy);
    EXPECT_EQ(hosts.current(), kBackup);
}

TEST_F(HostSelectorTest, ASingleHostIsAlwaysTheOne) {
    HostSelector hosts = make(Failover::PreferPrimary, 1);
    for (int i = 0; i < 5; ++i) {
        fail(hosts);
        end_session(hosts, kShort);
        EXPECT_EQ(hosts.current(), kPrimary);
    }
}

}  // namespace
}  // namespace broker::fix
