#include "core/circuit_breaker.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

class CircuitBreakerTest : public testing::Test {
protected:
    [[nodiscard]] MonotonicTime now() const { return clock_.monotonic(); }
    void fail_times(CircuitBreaker& breaker, int times) {
        for (int i = 0; i < times; ++i) last_ = breaker.failed(now());
    }
    // Brings a fresh breaker to HalfOpen.
    void probe(CircuitBreaker& breaker) {
        fail_times(breaker, 5);
        clock_.advance(5s);
        ASSERT_TRUE(breaker.allow(now()).is_allowed);
    }

    test::ManualClock clock_;
    std::optional<CircuitState> last_;
};

TEST_F(CircuitBreakerTest, OpensAtTheGivenNumberOfFailuresInARow) {
    CircuitBreaker breaker{{}};
    fail_times(breaker, 4);
    EXPECT_FALSE(last_);
    EXPECT_TRUE(breaker.allow(now()).is_allowed);
    fail_times(breaker, 1);
    EXPECT_EQ(last_, CircuitState::Open);
    EXPECT_FALSE(breaker.allow(now()).is_allowed);
}

TEST_F(CircuitBreakerTest, StaysClosedWhenASuccessStandsBetweenTheFailures) {
    CircuitBreaker breaker{{.sample = 0}};
    for (int i = 0; i < 100; ++i) {
        fail_times(breaker, 4);
        EXPECT_FALSE(breaker.succeeded(now()));
    }
    EXPECT_EQ(breaker.state(), CircuitState::Closed);
}

TEST_F(CircuitBreakerTest, OpensWhenTheShareOfFailuresInAFullSampleIsReached) {
    CircuitBreaker breaker{{.failures_to_open = 5, .sample = 10, .failure_percent = 50}};
    for (int i = 0; i < 4; ++i) {
        EXPECT_FALSE(breaker.failed(now()));
        EXPECT_FALSE(breaker.succeeded(now()));
    }
    EXPECT_FALSE(breaker.succeeded(now()));
    EXPECT_EQ(breaker.failed(now()), CircuitState::Open);  // the tenth, five of them failed
}

TEST_F(CircuitBreakerTest, ForgetsWhatIsOlderThanTheSample) {
    CircuitBreaker breaker{{.failures_to_open = 5, .sample = 4, .failure_percent = 75}};
    fail_times(breaker, 2);
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(breaker.succeeded(now()));
    fail_times(breaker, 2);
    EXPECT_FALSE(last_);
    fail_times(breaker, 1);
    EXPECT_EQ(last_, CircuitState::Open);
}

TEST_F(CircuitBreakerTest, LetsOneProbeGoWhenItHasBeenOpenForItsTime) {
    CircuitBreaker breaker{{}};
    fail_times(breaker, 5);
    EXPECT_EQ(breaker.next_probe(), now() + 5s);
    clock_.advance(5s - 1ns);
    EXPECT_FALSE(breaker.allow(now()).is_allowed);
    clock_.advance(1ns);
    const auto first = breaker.allow(now());
    EXPECT_TRUE(first.is_allowed);
    EXPECT_EQ(first.entered, CircuitState::HalfOpen);
    const auto second = breaker.allow(now());
    EXPECT_FALSE(second.is_allowed);
    EXPECT_FALSE(second.entered);
}

TEST_F(CircuitBreakerTest, ClosesWhenTheProbeSucceedsAndStartsItsCountsAgain) {
    CircuitBreaker breaker{{}};
    probe(breaker);
    EXPECT_EQ(breaker.succeeded(now()), CircuitState::Closed);
    EXPECT_TRUE(breaker.allow(now()).is_allowed);
    fail_times(breaker, 4);
    EXPECT_FALSE(last_);
}

TEST_F(CircuitBreakerTest, DoublesItsTimeUpToTheLongestWithEachProbeThatFails) {
    CircuitBreaker breaker{{}};
    probe(breaker);
    for (const Duration wait : {10s, 20s, 40s, 60s, 60s}) {
        EXPECT_EQ(breaker.failed(now()), CircuitState::Open);
        clock_.advance(wait - 1ns);
        EXPECT_FALSE(breaker.allow(now()).is_allowed);
        clock_.advance(1ns);
        EXPECT_TRUE(breaker.allow(now()).is_allowed);
    }
    ASSERT_EQ(breaker.succeeded(now()), CircuitState::Closed);
    fail_times(breaker, 5);
    EXPECT_EQ(breaker.next_probe(), now() + 5s);
}

TEST_F(CircuitBreakerTest, IgnoresOutcomesOfOlderRequestsWhileItIsOpen) {
    CircuitBreaker breaker{{}};
    fail_times(breaker, 5);
    EXPECT_FALSE(breaker.succeeded(now()));
    EXPECT_FALSE(breaker.failed(now()));
    EXPECT_EQ(breaker.state(), CircuitState::Open);
    EXPECT_EQ(breaker.next_probe(), now() + 5s);
}

TEST_F(CircuitBreakerTest, LetsAnotherProbeGoWhenNothingIsHeardOfTheFirst) {
    CircuitBreaker breaker{{}};
    probe(breaker);
    clock_.advance(30s - 1ns);
    EXPECT_FALSE(breaker.allow(now()).is_allowed);
    clock_.advance(1ns);
    EXPECT_TRUE(breaker.allow(now()).is_allowed);
    EXPECT_EQ(breaker.state(), CircuitState::HalfOpen);
}

}  // namespace
}  // namespace broker::core
